"""Whoever reads a list: all that a search needs to know of them, whether they asked for it or it is shown to them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.desk import Desk
from bot.domain.directory import Person
from bot.ports.unit_of_work import UnitOfWork
from bot.text.instants import known_zone


class ListReader(Protocol):
    """A context is one."""

    @property
    def uow(self) -> UnitOfWork: ...
    @property
    def desk(self) -> Desk: ...
    @property
    def actor(self) -> Person: ...
    @property
    def now(self) -> datetime: ...
    @property
    def language(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReader:
    """Somebody to whom a page is shown. `language` is the page's; `now` is desk time, UTC."""

    uow: UnitOfWork
    desk: Desk
    actor: Person
    now: datetime
    language: str


def zone_of(reader: ListReader) -> ZoneInfo:
    """Where the reader's clock hangs: their own zone, else their first team's, else UTC."""
    zone = known_zone(reader.actor.time_zone)
    if zone is not None:
        return zone
    teams = reader.desk.teams_of(reader.actor)
    return teams[0].calendar.zone if teams else ZoneInfo("UTC")
