"""Who is away, since when and until when; each person once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, select, text

from bot.domain.absence import Absence
from storage.columns import index_key, instant, micros
from storage.session import Session
from storage.tables import absences

PUT: Final = text(
    "INSERT INTO absences (person, since, until, reason) VALUES (:person, :since, :until, :reason)"
    " ON CONFLICT (person) DO UPDATE"
    " SET since = excluded.since, until = excluded.until, reason = excluded.reason"
)
END = delete(absences).where(absences.c.person == bindparam("the_person"))
AT = select(absences).where(absences.c.since <= bindparam("now"), absences.c.until > bindparam("now"))


class SqlAbsences:
    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, absence: Absence) -> None:
        self._session.write(
            PUT,
            person=index_key(absence.person),
            since=micros(absence.since),
            until=micros(absence.until),
            reason=absence.reason,
        )

    def end(self, person: str) -> None:
        self._session.write(END, the_person=index_key(person))

    def at(self, now: datetime) -> Mapping[str, Absence]:
        return {
            row["person"]: Absence(
                person=row["person"],
                since=instant(row["since"]),
                until=instant(row["until"]),
                reason=row["reason"],
            )
            for row in self._session.fetch(AT, now=micros(now))
        }
