"""Who stands in for whom in which rota, and until when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select

from bot.domain.rota import Shift
from storage.columns import instant, micros
from storage.session import Session
from storage.statements import Insertion
from storage.tables import covers

COVER: Final = Insertion(covers, ("rota", "person", "begins", "ends", "made_by"))
OF_ROTA = (
    select(covers)
    .where(covers.c.rota == bindparam("the_rota"), covers.c.ends > bindparam("since"))
    .order_by(covers.c.id)
)


class SqlCovers:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, rota: str, shift: Shift, *, made_by: str) -> None:
        row = {
            "rota": rota,
            "person": shift.person,
            "begins": micros(shift.begins),
            "ends": micros(shift.ends),
            "made_by": made_by,
        }
        self._session.insert(COVER, row)

    def of(self, rota: str, *, since: datetime) -> Sequence[Shift]:
        rows = self._session.fetch(OF_ROTA, the_rota=rota, since=micros(since))
        return [
            Shift(person=row["person"], begins=instant(row["begins"]), ends=instant(row["ends"]))
            for row in rows
        ]
