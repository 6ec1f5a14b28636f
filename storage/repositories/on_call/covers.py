"""Who stands in for whom in which rota, and until when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select, update

from bot.domain.on_call.rota import Cover, Shift
from storage.engine.columns import instant, micros
from storage.engine.session import Session
from storage.engine.statements import Insertion
from storage.tables.on_call import covers

COVER: Final = Insertion(covers, ("rota", "person", "begins", "ends", "made_by"))
OF_ROTA = (
    select(covers)
    .where(covers.c.rota == bindparam("the_rota"), covers.c.ends > bindparam("since"))
    .order_by(covers.c.id)
)
END = (
    update(covers)
    .where(covers.c.id == bindparam("the_cover"), covers.c.ends > bindparam("at"))
    .values(ends=bindparam("at"))
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

    def of(self, rota: str, *, since: datetime) -> Sequence[Cover]:
        return [
            Cover(
                id=row["id"],
                person=row["person"],
                begins=instant(row["begins"]),
                ends=instant(row["ends"]),
                made_by=row["made_by"],
            )
            for row in self._session.fetch(OF_ROTA, the_rota=rota, since=micros(since))
        ]

    def end(self, cover: Cover, *, at: datetime) -> None:
        self._session.write(END, the_cover=cover.id, at=micros(at))
