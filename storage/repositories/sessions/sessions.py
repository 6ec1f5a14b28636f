"""Sessions. Of several who end one at the same time, one did."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, or_, select, text, update

from bot.domain.sessions.session import ProviderSession, Session, SignInWay
from storage.engine.columns import (
    Row,
    from_json,
    index_key,
    instant,
    instant_or_none,
    micros,
    micros_or_none,
    to_json,
)
from storage.engine.session import Session as DatabaseSession
from storage.engine.statements import Insertion, ListedIn
from storage.tables.sessions import sessions

ADD: Final = Insertion(sessions, tuple(sessions.columns.keys()))
FIND: Final = select(sessions).where(sessions.c.digest == bindparam("the_digest"))
GET: Final = select(sessions).where(sessions.c.id == bindparam("session"))
UNENDED: Final = (
    select(sessions)
    .where(sessions.c.ended_at.is_(None))
    .order_by(sessions.c.used_at.desc(), sessions.c.id.desc())
    .limit(bindparam("at_most"))
)
UNENDED_OF: Final = UNENDED.where(ListedIn(sessions.c.account, "accounts"))
OF_PROVIDER: Final = (
    select(sessions)
    .where(
        sessions.c.provider == bindparam("the_provider"),
        sessions.c.provider != text("''"),
        sessions.c.ended_at.is_(None),
        or_(bindparam("the_subject") == "", sessions.c.subject == bindparam("the_subject")),
        or_(bindparam("the_sid") == "", sessions.c.sid == bindparam("the_sid")),
    )
    .order_by(sessions.c.id)
)
NOTE_USE: Final = (
    update(sessions)
    .where(sessions.c.id == bindparam("session"), sessions.c.used_at < bindparam("at"))
    .values(used_at=bindparam("at"))
)
END: Final = (
    update(sessions)
    .where(sessions.c.id == bindparam("session"), sessions.c.ended_at.is_(None))
    .values(ended_at=bindparam("at"))
)
FORGET: Final = delete(sessions).where(sessions.c.created_at < bindparam("before"))


class SqlSessions:
    def __init__(self, session: DatabaseSession) -> None:
        self._session = session

    def add(self, session: Session, *, digest: str) -> None:
        self._session.insert(
            ADD,
            {
                "id": session.id,
                "digest": digest,
                "account": index_key(session.account),
                "way": session.way,
                "browser": session.browser,
                "created_at": micros(session.created_at),
                "used_at": micros(session.used_at),
                "ended_at": micros_or_none(session.ended_at),
                "provider": session.provider.name,
                "subject": index_key(session.provider.subject),
                "sid": session.provider.sid,
                "groups": to_json(sorted(session.provider.groups)),
            },
        )

    def find(self, digest: str) -> Session | None:
        row = self._session.fetch_one(FIND, the_digest=digest)
        return None if row is None else session_from(row)

    def get(self, session: int) -> Session | None:
        row = self._session.fetch_one(GET, session=session)
        return None if row is None else session_from(row)

    def unended(self, accounts: Iterable[str] | None, *, limit: int) -> Sequence[Session]:
        if accounts is None:
            rows = self._session.fetch(UNENDED, at_most=limit)
        else:
            asked = to_json(sorted({index_key(each) for each in accounts}))
            rows = self._session.fetch(UNENDED_OF, accounts=asked, at_most=limit)
        return [session_from(row) for row in rows]

    def of_provider(self, name: str, *, subject: str, sid: str) -> Sequence[Session]:
        rows = self._session.fetch(
            OF_PROVIDER, the_provider=name, the_subject=index_key(subject), the_sid=sid
        )
        return [session_from(row) for row in rows]

    def note_use(self, session: int, *, at: datetime) -> None:
        self._session.write(NOTE_USE, session=session, at=micros(at))

    def end(self, session: int, *, at: datetime) -> bool:
        return self._session.count(END, session=session, at=micros(at)) == 1

    def forget(self, *, before: datetime) -> None:
        self._session.write(FORGET, before=micros(before))


def session_from(row: Row) -> Session:
    return Session(
        id=row["id"],
        account=row["account"],
        way=SignInWay(row["way"]),
        browser=row["browser"],
        created_at=instant(row["created_at"]),
        used_at=instant(row["used_at"]),
        ended_at=instant_or_none(row["ended_at"]),
        provider=ProviderSession(
            name=row["provider"],
            subject=row["subject"],
            sid=row["sid"],
            groups=frozenset(from_json(row["groups"])),
        ),
    )
