"""One-time links, and refused attempts by address."""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, func, select, text, update

from bot.domain.sessions.session import SignInWay
from bot.domain.sessions.sign_in_link import SignInLink, SignInSide
from storage.engine.columns import index_key, instant, instant_or_none, micros, micros_or_none
from storage.engine.session import Session
from storage.engine.statements import Insertion
from storage.tables.sessions import sign_in_links, sign_in_refusals, sign_in_uses

ADD: Final = Insertion(sign_in_links, tuple(sign_in_links.columns.keys()))
FIND: Final = select(sign_in_links).where(sign_in_links.c.digest == bindparam("the_digest"))
USE: Final = (
    update(sign_in_links)
    .where(sign_in_links.c.digest == bindparam("the_digest"), sign_in_links.c.used_at.is_(None))
    .values(used_at=bindparam("at"))
)
MADE_SINCE: Final = select(func.count().label("number")).where(
    sign_in_links.c.account == bindparam("the_account"), sign_in_links.c.made_at >= bindparam("oldest")
)
FORGET: Final = delete(sign_in_links).where(sign_in_links.c.made_at < bindparam("before"))
FORGET_USES: Final = delete(sign_in_uses).where(sign_in_uses.c.used_at < bindparam("before"))
USE_ONCE: Final = text(
    "INSERT INTO sign_in_uses (digest, used_at) VALUES (:digest, :at) ON CONFLICT (digest) DO NOTHING"
)
FORGET_REFUSALS: Final = delete(sign_in_refusals).where(sign_in_refusals.c.since < bindparam("before"))
REFUSALS: Final = select(sign_in_refusals).where(sign_in_refusals.c.address == bindparam("the_address"))
NOTE_REFUSAL: Final = text(
    "INSERT INTO sign_in_refusals (address, since, number) VALUES (:address, :at, 1)"
    " ON CONFLICT (address) DO UPDATE SET"
    " number = CASE WHEN sign_in_refusals.since < :oldest THEN 1 ELSE sign_in_refusals.number + 1 END,"
    " since = CASE WHEN sign_in_refusals.since < :oldest THEN excluded.since ELSE sign_in_refusals.since END"
)


class SqlSignInLinks:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, link: SignInLink, *, digest: str) -> None:
        self._session.insert(
            ADD,
            {
                "digest": digest,
                "account": index_key(link.account),
                "way": link.way,
                "side": link.side,
                "made_at": micros(link.made_at),
                "used_at": micros_or_none(link.used_at),
            },
        )

    def find(self, digest: str) -> SignInLink | None:
        row = self._session.fetch_one(FIND, the_digest=digest)
        if row is None:
            return None
        return SignInLink(
            account=row["account"],
            way=SignInWay(row["way"]),
            side=SignInSide(row["side"]),
            made_at=instant(row["made_at"]),
            used_at=instant_or_none(row["used_at"]),
        )

    def use(self, digest: str, *, at: datetime) -> bool:
        return self._session.count(USE, the_digest=digest, at=micros(at)) == 1

    def use_once(self, digest: str, *, at: datetime) -> bool:
        return self._session.count(USE_ONCE, digest=digest, at=micros(at)) == 1

    def made_since(self, account: str, since: datetime) -> int:
        (row,) = self._session.fetch(MADE_SINCE, the_account=index_key(account), oldest=micros(since))
        return int(row["number"])

    def forget(self, *, before: datetime) -> None:
        self._session.write(FORGET, before=micros(before))
        self._session.write(FORGET_REFUSALS, before=micros(before))
        self._session.write(FORGET_USES, before=micros(before))

    def refusals(self, address: str, *, since: datetime) -> int:
        row = self._session.fetch_one(REFUSALS, the_address=index_key(address))
        return int(row["number"]) if row is not None and row["since"] >= micros(since) else 0

    def note_refusal(self, address: str, *, at: datetime, since: datetime) -> None:
        self._session.write(NOTE_REFUSAL, address=index_key(address), at=micros(at), oldest=micros(since))
