"""Which accounts are one human's. Links are few: from an account they are followed step by step by the key."""

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import bindparam, select, text

from bot.domain.people.identity import Link, LinkWay
from storage.engine.columns import Row, index_key, instant, micros, to_json
from storage.engine.session import Session
from storage.engine.statements import ListedIn
from storage.tables.people import identity_links

PUT: Final = text(
    "INSERT INTO identity_links (account, other, way, linked_by, at, is_removed)"
    " VALUES (:account, :other, :way, :linked_by, :at, :is_removed)"
    " ON CONFLICT (account, other) DO UPDATE SET way = excluded.way,"
    " linked_by = excluded.linked_by, at = excluded.at, is_removed = excluded.is_removed"
)
LINKED: Final = (
    select(identity_links.c.account)
    .where(identity_links.c.account == bindparam("the_account"), identity_links.c.is_removed.is_(False))
    .cte("linked", recursive=True)
)
ACCOUNTS: Final = select(
    LINKED.union(
        select(identity_links.c.other)
        .join(LINKED, identity_links.c.account == LINKED.c.account)
        .where(identity_links.c.is_removed.is_(False))
    )
)
AMONG: Final = (
    select(identity_links)
    .where(ListedIn(identity_links.c.account, "accounts"), identity_links.c.account < identity_links.c.other)
    .order_by(identity_links.c.at, identity_links.c.account, identity_links.c.other)
)


class SqlIdentities:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._asked: dict[str, frozenset[str]] = {}

    def accounts_of(self, key: str) -> frozenset[str]:
        if key not in self._asked:
            rows = self._session.fetch(ACCOUNTS, the_account=index_key(key))
            accounts = frozenset({key, *(row["account"] for row in rows)})
            self._asked |= dict.fromkeys(accounts, accounts)
        return self._asked[key]

    def links_among(self, accounts: Iterable[str]) -> Sequence[Link]:
        asked = {index_key(each) for each in accounts}
        rows = self._session.fetch(AMONG, accounts=to_json(sorted(asked)))
        return [link_from(row) for row in rows if row["other"] in asked]

    def put(self, link: Link) -> None:
        self._asked.clear()
        for account, other in ((link.account, link.other), (link.other, link.account)):
            self._session.write(
                PUT,
                account=index_key(account),
                other=index_key(other),
                way=link.way,
                linked_by=link.by,
                at=micros(link.at),
                is_removed=link.is_removed,
            )


def link_from(row: Row) -> Link:
    return Link(
        account=row["account"],
        other=row["other"],
        way=LinkWay(row["way"]),
        by=row["linked_by"],
        at=instant(row["at"]),
        is_removed=bool(row["is_removed"]),
    )
