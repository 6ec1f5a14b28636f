"""What each team is told at fixed times: in the morning of a working day, in the last hour of its week, figures.

What was told is a row, so that each is told once, whoever watches and whatever restarts. Nothing is told twice over:
who was away in the morning reads it later that day, and no other day's with it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.domain.calendars.day_boundaries import begins, ends, week_ended_before, week_ends
from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef, Digest, Team
from bot.domain.figures.post_periods import figures_period, period_begun
from bot.ports.storage.outbox import RowKind
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import Context, ContextFactory

_DAY = timedelta(days=1)
_LATE_DAYS = 7
"""A week's summary that nobody could be told in its last hour is told within so many days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """A team's digest of this day. `was` is the day of the one before, empty for none."""

    team: Team
    kind: Digest
    day: date
    was: str

    @property
    def name(self) -> str:
        return _name(self.team, self.kind)

    def to_json(self) -> dict[str, Any]:
        """What it is about is settled now, whenever it is shown."""
        told = {"team": self.team.name, "day": self.day.isoformat()}
        if self.kind.is_figures:
            first, after = figures_period(self.team.calendar, self.kind, self.day)
            return told | {"since": first.isoformat(), "until": after.isoformat()}
        until = week_ends(self.team.calendar, self.day) if self.kind is Digest.WEEK else None
        if until is None:
            return told
        since = week_ended_before(self.team.calendar, self.day)
        return told | {"since": since.isoformat(), "until": until.isoformat()}


class Digests:
    def __init__(self, *, storage: Storage, contexts: ContextFactory) -> None:
        self._storage = storage
        self._contexts = contexts

    async def tick(self) -> int:
        """Tell what is due; returns how many digests were. Looking alone writes nothing."""
        if not await self._storage.read(lambda uow: list(self._due(uow))):
            return 0
        return await self._storage.run(self._tell)

    def _due(self, uow: UnitOfWork) -> Iterator[_Due]:
        return _all_due(self._contexts.desk(), uow.watches.all(), now=self._contexts.clock.now())

    def _tell(self, uow: UnitOfWork) -> int:
        context = self._contexts.context(uow)
        found = [
            each
            for each in self._due(uow)
            if uow.watches.tell(each.name, was=each.was, told=each.day.isoformat())
        ]
        by_channel: defaultdict[tuple[ChannelRef, Digest], list[_Due]] = defaultdict(list)
        for each in found:
            by_channel[each.team.digest_channel, each.kind].append(each)
        for (channel, kind), due in by_channel.items():
            _tell_in(context, channel, kind, due)
        return len(found)


def _tell_in(context: Context, channel: ChannelRef, kind: Digest, due: list[_Due]) -> None:
    """One message for all teams of the channel whose digest is due together."""
    marks = ",".join(f"{each.team.name}/{each.day}" for each in due)
    context.uow.outbox.put_once(
        RowKind.DIGEST,
        conversation=context.uow.conversations.of_channel(channel).id,
        key=f"digest:{kind}:{channel}:{marks}",
        payload={"digest": str(kind), "teams": [each.to_json() for each in due]},
        now=context.now,
    )


def _name(team: Team, kind: Digest) -> str:
    return f"digest:{kind}:{team.name}"


def _all_due(desk: Desk, told: Mapping[str, str], *, now: datetime) -> Iterator[_Due]:
    for team in desk.teams.values():
        for kind in sorted(team.digests):
            was = told.get(_name(team, kind), "")
            day = _day_due(team, kind, was=was, now=now)
            if day is not None and day.isoformat() > was:
                yield _Due(team=team, kind=kind, day=day, was=was)


def _day_due(team: Team, kind: Digest, *, was: str, now: datetime) -> date | None:
    """The day whose digest is to be told by now, whether or not it has been; None for none."""
    today = now.astimezone(team.calendar.zone).date()
    if kind.is_figures:
        return _figures_due(team, kind, today, was=was, now=now)
    if kind is Digest.MORNING:
        return today if _is_within(begins(team.calendar, today), ends(team.calendar, today), now) else None
    # Who has never been told of a week is not told of one before the desk was there.
    for back in range(_LATE_DAYS if was else 1):
        day = today - back * _DAY
        at = week_ends(team.calendar, day)
        if at is not None and at <= now:
            return (
                day if _is_within(at, ends(team.calendar, day), now) or team.calendar.is_open(now) else None
            )
    return None


def _figures_due(team: Team, kind: Digest, today: date, *, was: str, now: datetime) -> date | None:
    """The day after what they are of. Who missed the first working morning is told on a later one of the same period.

    Who has never been told is told from their first working morning on: of nothing before the desk was there.
    """
    if not _is_within(begins(team.calendar, today), ends(team.calendar, today), now):
        return None
    day = period_begun(kind, today)
    earlier = (day + back * _DAY for back in range((today - day).days))
    is_first = all(begins(team.calendar, each) is None for each in earlier)
    return day if was or is_first else None


def _is_within(begun: datetime | None, ended: datetime | None, now: datetime) -> bool:
    return begun is not None and ended is not None and begun <= now < ended
