"""What was told last of what is watched; a row is changed only by whoever knows what it says."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select, text

from storage.engine.columns import index_key
from storage.engine.session import Session
from storage.tables.tickets.boards import watches

ALL = select(watches)
BEGIN: Final = text("INSERT INTO watches (name, told) VALUES (:name, '') ON CONFLICT (name) DO NOTHING")
TELL: Final = text("UPDATE watches SET told = :told WHERE name = :name AND told = :was")


class SqlAnnouncedStates:
    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> Mapping[str, str]:
        return {row["name"]: row["told"] for row in self._session.fetch(ALL)}

    def tell(self, name: str, *, was: str, told: str) -> bool:
        if not was:
            self._session.write(BEGIN, name=index_key(name))
        return self._session.count(TELL, name=index_key(name), was=was, told=told) > 0
