"""Who is away, since when and until when; a person may be away several times."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, select, text

from bot.domain.on_call.absence import Absence
from storage.engine.columns import index_key, instant, micros
from storage.engine.session import Session
from storage.tables.on_call import absences

PUT: Final = text(
    "INSERT INTO absences (person, since, until, reason, is_by_lead)"
    " VALUES (:person, :since, :until, :reason, :is_by_lead)"
    " ON CONFLICT (person, since)"
    " DO UPDATE SET until = excluded.until, reason = excluded.reason, is_by_lead = excluded.is_by_lead"
)
END = delete(absences).where(
    absences.c.person == bindparam("the_person"), absences.c.since == bindparam("the_beginning")
)
SINCE = (
    select(absences).where(absences.c.until > bindparam("now")).order_by(absences.c.person, absences.c.since)
)


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
            is_by_lead=absence.is_by_lead,
        )

    def end(self, absence: Absence) -> None:
        beginning = micros(absence.since)
        self._session.write(END, the_person=index_key(absence.person), the_beginning=beginning)

    def since(self, now: datetime) -> Sequence[Absence]:
        return [
            Absence(
                person=row["person"],
                since=instant(row["since"]),
                until=instant(row["until"]),
                reason=row["reason"],
                is_by_lead=bool(row["is_by_lead"]),
            )
            for row in self._session.fetch(SINCE, now=micros(now))
        ]
