"""Versions of `desk.yaml`. Of two who take the same number at the same time, one gets it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select, text, update

from bot.domain.settings.desk_version import DeskVersion, VersionOrigin
from storage.engine.columns import Row, index_key, instant, instant_or_none, micros, micros_or_none
from storage.engine.session import Session
from storage.tables.settings import desk_versions

ADD: Final = text(
    "INSERT INTO desk_versions (number, author, reason, at, text, digest, base, origin, restored, applied_at)"
    " VALUES (:number, :author, :reason, :at, :text, :digest, :base, :origin, :restored, :applied_at)"
    " ON CONFLICT (number) DO NOTHING"
)
LATEST: Final = select(desk_versions).order_by(desk_versions.c.number.desc()).limit(bindparam("at_most"))
GET: Final = select(desk_versions).where(desk_versions.c.number == bindparam("the_number"))
NOTE_APPLIED: Final = (
    update(desk_versions)
    .where(desk_versions.c.number == bindparam("the_number"), desk_versions.c.applied_at.is_(None))
    .values(applied_at=bindparam("at_time"))
)


class SqlDeskVersions:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, version: DeskVersion) -> bool:
        row = {
            "number": version.number,
            "author": index_key(version.author),
            "reason": version.reason,
            "at": micros(version.at),
            "text": version.text,
            "digest": version.digest,
            "base": version.base,
            "origin": version.origin,
            "restored": version.restored,
            "applied_at": micros_or_none(version.applied_at),
        }
        return self._session.count(ADD, **row) == 1

    def newest(self) -> DeskVersion | None:
        return next(iter(self.latest(limit=1)), None)

    def get(self, number: int) -> DeskVersion | None:
        row = self._session.fetch_one(GET, the_number=number)
        return None if row is None else _version(row)

    def latest(self, *, limit: int) -> Sequence[DeskVersion]:
        return [_version(row) for row in self._session.fetch(LATEST, at_most=limit)]

    def note_applied(self, number: int, *, at: datetime) -> None:
        self._session.write(NOTE_APPLIED, the_number=number, at_time=micros(at))


def _version(row: Row) -> DeskVersion:
    return DeskVersion(
        number=row["number"],
        author=row["author"],
        reason=row["reason"],
        at=instant(row["at"]),
        text=row["text"],
        digest=row["digest"],
        base=row["base"],
        origin=VersionOrigin(row["origin"]),
        restored=row["restored"],
        applied_at=instant_or_none(row["applied_at"]),
    )
