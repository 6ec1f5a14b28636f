"""Whose home page may be in front of them, so that only those are drawn anew after changes.

Kept in memory: a page is drawn anew whenever it is opened, so what is forgotten here costs nothing but
freshness until then.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from bot.domain.directory import Person, Team

LOOKED_AT_FOR = timedelta(hours=1)
"""Desk time after opening for which somebody may still look; platforms do not say when they stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeViewer:
    person: Person
    conversation: int
    opened_at: datetime


class HomeViewers:
    """Thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._homes: dict[str, HomeViewer] = {}

    def note(self, home: HomeViewer) -> None:
        with self._lock:
            self._homes[home.person.key] = home

    @property
    def are_open(self) -> bool:
        """Whether anybody may be looking at a home page."""
        return bool(self._homes)

    def concerned(self, people: Iterable[str | None], *, team: Team, now: datetime) -> list[HomeViewer]:
        """Open homes of these people, and of the team's agents and leads."""
        keys = set(people)
        with self._lock:
            self._homes = {
                key: home for key, home in self._homes.items() if now - home.opened_at <= LOOKED_AT_FOR
            }
            homes = list(self._homes.values())
        return [home for home in homes if home.person.key in keys or team.has_agent(home.person)]
