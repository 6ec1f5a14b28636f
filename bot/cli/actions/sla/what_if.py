"""Past tickets under another `desk.yaml`, whether the desk is running or not; writes nothing of it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.cli.actions.database import opened_storage
from bot.cli.actions.desk_file import read_configuration
from bot.cli.actions.environment import load_settings
from bot.cli.actions.files import STANDARD_OUTPUT, opened
from bot.cli.actions.sla.what_if_tables import show
from bot.clocks import ShiftedClock, SystemClock
from bot.commands.framework.lookups import team_called
from bot.config import load_configuration
from bot.documents.report_files import write_csv
from bot.domain.calendars.typed_windows import Window, read_window
from bot.domain.tickets.ticket import Status
from bot.ports.storage.tickets import TicketFilter
from bot.ports.unit_of_work import Storage
from bot.services.policy_changes.what_if import ChangedTarget, PastTicket, WhatIf, read_past
from bot.services.reports.reports import zone_of
from bot.settings import Settings

SHOWN = 20
"""Targets that would have ended otherwise, in the table; `--csv` has all."""
HEAD = (
    *("ticket", "team", "priority", "target", "begun_at", "before", "after"),
    *("missed_at_before", "missed_at_after", "policy_before", "policy_after"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfOptions:
    """Tickets opened in the window, and targets that were one team's, by its name, or all of them."""

    window: Window
    team: str | None

    @property
    def filter(self) -> TicketFilter:
        return TicketFilter(
            statuses=frozenset(Status),
            opened_since=self.window.since,
            opened_before=self.window.until,
        )


def compare(new: Path, words: str, *, team: str | None, csv: Path | None, is_demo: bool) -> None:
    """Try the file `new` on the tickets opened in the time that these words mean."""
    settings = load_settings(is_demo=is_demo)
    desk = load_configuration(settings.config, KNOWN_PLATFORMS).desk
    other = read_configuration(new, settings).desk
    clock = ShiftedClock(settings.data_dir / "clock.json") if is_demo else SystemClock()
    now = clock.now()
    asked = WhatIfOptions(
        window=read_window(words, now=now, zone=zone_of(desk, None)),
        team=None if team is None else team_called(desk, team).name,
    )
    run = WhatIf(other, until=now, team=asked.team)
    first = asyncio.run(_compare(settings, run, asked, csv=csv))
    if csv != STANDARD_OUTPUT:
        show(other, new, run.findings, first)


async def _compare(
    settings: Settings, run: WhatIf, asked: WhatIfOptions, *, csv: Path | None
) -> list[ChangedTarget]:
    """Returns the first of what would have ended otherwise; all of it goes into the file, page by page."""
    first: list[ChangedTarget] = []
    async with opened_storage(settings) as storage:
        with _written_to(csv) as write:
            async for past in _pages(storage, asked):
                changed = [each for ticket in past for each in run.take(ticket)]
                first += changed[: SHOWN - len(first)]
                write(map(_row, changed))
    return first


async def _pages(storage: Storage, asked: WhatIfOptions) -> AsyncIterator[list[PastTicket]]:
    """Each page is read in a short transaction of its own, and worked on outside of it."""
    many = await storage.read(lambda uow: uow.tickets.count(asked.filter))
    after = 0
    with Progress(transient=True, console=Console(stderr=True)) as progress:
        task = progress.add_task("Rehearsing", total=many)
        while page := await storage.read(lambda uow: read_past(uow, asked.filter, after=after)):  # noqa: B023
            yield page
            after = page[-1].ticket.id
            progress.advance(task, len(page))


@contextmanager
def _written_to(csv: Path | None) -> Iterator[Callable[[Iterable[Sequence[object]]], None]]:
    """Writes rows into the file, below its head; without one nowhere."""
    if csv is None:
        yield lambda _: None
        return
    with opened(csv) as file:
        write_csv(file, [HEAD])
        yield lambda rows: write_csv(file, rows)


def _row(each: ChangedTarget) -> tuple[object, ...]:
    """Instants as in ISO 8601, UTC."""
    ticket, comparison = each.ticket, each.comparison
    return (
        ticket.reference,
        comparison.team,
        comparison.priority.value,
        comparison.measure.value,
        _instant(comparison.cycle_at or ticket.opened_at),
        comparison.before.value,
        comparison.after.value,
        _instant(comparison.missed_at_before),
        _instant(comparison.missed_at_after),
        ticket.sla_policy or "",
        comparison.policy_after,
    )


def _instant(at: datetime | None) -> str:
    return "" if at is None else at.isoformat()
