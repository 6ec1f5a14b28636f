"""Who is on call: people who take turns by the day or the week, and those who cover for them.

A turn begins when the clock on the rota's wall reads the hand-over time; where the change to summer time skips
it or the change back repeats it, as RFC 5545, 3.3.5, has it: an hour later, and at its first reading.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.errors import ConfigurationError
from bot.domain.sentence import sentence

_DAY = timedelta(days=1)


class Every(StrEnum):
    """How long one person's turn is."""

    DAY = "day"
    WEEK = "week"

    @property
    def days(self) -> int:
        return 1 if self is Every.DAY else 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Somebody's time on call, `begins` included and `ends` not. `person` is a reference as in `desk.yaml`."""

    person: str
    begins: datetime
    ends: datetime

    def holds(self, at: datetime) -> bool:
        return self.begins <= at < self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover(Shift):
    """Somebody stands in, because a person (`made_by`, a key) said so; `id` is what it is taken back by."""

    id: int
    made_by: str


IsAway = Callable[[str, datetime], bool]
"""Whether the person of this reference is away at this instant."""


def nobody_is_away(_person: str, _at: datetime) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rota:
    """`people` take turns in this order from the hand-over on `starts` on, each for `every`.

    `handover` is the minute of the local day, and `starts` the local day of the first hand-over, so that a weekly
    rota hands over on its weekday. `shifts` are fixed times that go before the turns, earlier ones of the list
    before later ones: exceptions and events of an iCalendar file. A rota may consist of them alone. Raises
    ConfigurationError for one that nobody is in, or a hand-over outside the day.
    """

    name: str
    zone: ZoneInfo
    people: tuple[str, ...] = ()
    every: Every = Every.WEEK
    handover: int = 0
    starts: date = date(2024, 1, 1)
    shifts: tuple[Shift, ...] = field(default_factory=tuple)

    def __post_init__(self) -> None:
        if not self.people and not self.shifts:
            raise ConfigurationError(sentence("configuration.rota_without_people", rota=self.name))
        if not 0 <= self.handover < 24 * 60:
            raise ConfigurationError(sentence("configuration.rota_handover", rota=self.name))

    @property
    def everybody(self) -> frozenset[str]:
        return frozenset(self.people) | {shift.person for shift in self.shifts}

    def on_call(
        self, at: datetime, *, covers: Sequence[Shift] = (), is_away: IsAway = nobody_is_away
    ) -> str | None:
        """Whose turn it is at this instant; None when nobody is there.

        The newest cover that holds goes before everything, then a fixed shift, then the turn. Whoever is away is
        passed over for the next in turn.
        """
        for person in self._in_line(at, covers):
            if not is_away(person, at):
                return person
        return None

    def next_handover(self, at: datetime) -> datetime | None:
        """When the next turn begins, later than `at`; None for a rota of fixed shifts alone."""
        return self._begins(max(self._turn_at(at) + 1, 0)) if self.people else None

    def borders(self, start: datetime, end: datetime, *, covers: Sequence[Shift] = ()) -> list[datetime]:
        """Every instant after `start`, up to `end`, at which it may be another person's turn, in order."""
        fixed = (at for each in (*self.shifts, *covers) for at in (each.begins, each.ends))
        found = {at for at in fixed if start < at <= end}
        at = self.next_handover(start)
        while at is not None and at <= end:
            found.add(at)
            at = self.next_handover(at)
        return sorted(found)

    def _in_line(self, at: datetime, covers: Sequence[Shift]) -> Iterator[str]:
        yield from (each.person for each in reversed(covers) if each.holds(at))
        yield from (each.person for each in self.shifts if each.holds(at))
        if self.people and at >= self._begins(0):
            turn = self._turn_at(at)
            yield from (self.people[(turn + step) % len(self.people)] for step in range(len(self.people)))

    def _turn_at(self, at: datetime) -> int:
        """The number of the turn that `at` falls into; the first is 0, those before it are negative."""
        local = at.astimezone(self.zone).date()
        turn = (local - self.starts).days // self.every.days
        # The day's own hand-over may still be to come, or a skipped one come late.
        while self._begins(turn) > at:
            turn -= 1
        while self._begins(turn + 1) <= at:
            turn += 1
        return turn

    def _begins(self, turn: int) -> datetime:
        day = self.starts + turn * self.every.days * _DAY
        hour, minute = divmod(self.handover, 60)
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=self.zone).astimezone(UTC)
