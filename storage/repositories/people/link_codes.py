"""Codes that link accounts, and how often wrong ones were typed."""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, select, text

from bot.domain.people.link_code import LinkCode
from storage.engine.columns import index_key, instant, micros
from storage.engine.session import Session
from storage.tables.people import link_codes, link_tries

PUT: Final = text(
    "INSERT INTO link_codes (account, code, made_at) VALUES (:account, :code, :made_at)"
    " ON CONFLICT (account) DO UPDATE SET code = excluded.code, made_at = excluded.made_at"
)
FIND = select(link_codes).where(link_codes.c.code == bindparam("the_code"))
DROP = delete(link_codes).where(link_codes.c.account == bindparam("the_account"))
TRIES = select(link_tries).where(link_tries.c.account == bindparam("the_account"))
NOTE_TRY: Final = text(
    "INSERT INTO link_tries (account, since, number) VALUES (:account, :at, 1)"
    " ON CONFLICT (account) DO UPDATE SET"
    " number = CASE WHEN link_tries.since < :oldest THEN 1 ELSE link_tries.number + 1 END,"
    " since = CASE WHEN link_tries.since < :oldest THEN excluded.since ELSE link_tries.since END"
)


class SqlLinkCodes:
    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, code: LinkCode) -> None:
        self._session.write(
            PUT, account=index_key(code.account), code=code.code, made_at=micros(code.made_at)
        )

    def find(self, code: str) -> LinkCode | None:
        row = self._session.fetch_one(FIND, the_code=code)
        if row is None:
            return None
        return LinkCode(account=row["account"], code=row["code"], made_at=instant(row["made_at"]))

    def drop(self, account: str) -> None:
        self._session.write(DROP, the_account=index_key(account))

    def wrong_tries(self, account: str, *, since: datetime) -> int:
        row = self._session.fetch_one(TRIES, the_account=index_key(account))
        return int(row["number"]) if row is not None and row["since"] >= micros(since) else 0

    def note_wrong_try(self, account: str, *, at: datetime, since: datetime) -> None:
        self._session.write(NOTE_TRY, account=index_key(account), at=micros(at), oldest=micros(since))
