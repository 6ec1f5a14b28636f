"""Up to when everything that was said is known to be here, by name. A watermark moves forward only."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, select, text

from storage.engine.columns import index_key, instant, micros
from storage.engine.session import Session
from storage.tables.desk import watermarks

ALL = select(watermarks)
MOVE: Final = text(
    "INSERT INTO watermarks (name, at) VALUES (:name, :at)"
    " ON CONFLICT (name) DO UPDATE SET at = excluded.at WHERE excluded.at > watermarks.at"
)
HOLD: Final = text(
    "INSERT INTO watermarks (name, at) VALUES (:name, :at)"
    " ON CONFLICT (name) DO UPDATE SET at = excluded.at WHERE excluded.at < watermarks.at"
)
FORGET = delete(watermarks).where(watermarks.c.name == bindparam("the_name"))


class SqlWatermarks:
    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> Mapping[str, datetime]:
        return {row["name"]: instant(row["at"]) for row in self._session.fetch(ALL)}

    def move(self, name: str, *, to: datetime) -> None:
        self._session.write(MOVE, name=index_key(name), at=micros(to))

    def hold(self, name: str, *, at: datetime) -> None:
        self._session.write(HOLD, name=index_key(name), at=micros(at))

    def forget(self, name: str) -> None:
        self._session.write(FORGET, the_name=index_key(name))
