"""Requests from a file into the desk. Run again after an interruption: nothing comes in twice.

Exit code 3: rows were rejected, and the others came in.
"""

import asyncio
import csv
import json
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typer
from rich.progress import Progress

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.cli.actions.database import opened_storage
from bot.cli.actions.desk_file import find_inbox
from bot.cli.actions.environment import load_settings
from bot.cli.actions.files import said_of
from bot.cli.terminal import say
from bot.clocks import ShiftedClock, SystemClock
from bot.commands.catalogue import all_commands
from bot.commands.framework.dispatch import Dispatch
from bot.commands.framework.registry import Registry
from bot.config import load_configuration
from bot.domain.errors import ConfigurationError, StorageUnavailable, TechnicalError
from bot.domain.sentence import Sentence, sentence
from bot.intake.imported_requests import person_at
from bot.intake.intake import DeskIntake
from bot.intake.request_columns import (
    UNKNOWN_CATEGORY,
    Columns,
    LeaveOut,
    read_categories,
    read_leave_out,
)
from bot.intake.request_file import (
    BadRow,
    GoodRow,
    ImportPlan,
    RepeatedRow,
    ignored_columns,
    read_mapping,
    read_rows,
    requester_hint,
    with_known_columns,
)
from bot.ports.settings_file import SettingsFile
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import ContextFactory
from bot.services.reports.reports import zone_of
from bot.settings import Settings
from bot.text.error_text import english
from storage.file_store import FolderFileStore

MOST_SHOWN = 10
"""Rejected rows that are told at the terminal; the rejects file has all."""
AHEAD = 32
"""Requests handed to the database before the first is answered: hides the way there and back."""


ROWS_REJECTED = 3
"""The exit code when some rows were rejected."""


@dataclass(slots=True)
class ImportTally:
    new: int = 0
    known: int = 0
    repeated: int = 0
    rejects: list[BadRow] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    """Rows that were to stay out, by why: `finished` or `old`."""
    finished: int = 0
    """Rows that came from a request nobody works on any more, by its status."""
    nameless: int = 0
    """Rows that name nobody who asked."""
    nobodies: set[str] = field(default_factory=set)
    """Names of requesters whom the desk cannot answer."""
    addresses: dict[str, str] = field(default_factory=dict)
    """The names of requesters who came with an e-mail address, by that."""
    strangers: set[str] = field(default_factory=set)
    """Names of those of them whom no account with that address leads to, so that they can't be answered either."""

    @property
    def sentence(self) -> Sentence:
        tickets = sentence("terminal.new_tickets", count=self.new)
        key = "terminal.imported_repeats" if self.repeated else "terminal.imported"
        return sentence(key, tickets=tickets, known=self.known, **self._others)

    @property
    def forecast(self) -> Sentence:
        """Of a file that was only read; which of its requests are there already is not known."""
        requests = sentence("terminal.requests", count=self.new)
        key = "terminal.import_forecast_repeats" if self.repeated else "terminal.import_forecast"
        return sentence(key, requests=requests, **self._others)

    @property
    def _others(self) -> dict[str, int]:
        rejected = {"rejected": len(self.rejects)}
        return {**rejected, "repeated": self.repeated} if self.repeated else rejected

    @property
    def interrupted(self) -> Sentence:
        tickets = sentence("terminal.new_tickets", count=self.new)
        return sentence("terminal.import_interrupted", tickets=tickets, known=self.known)

    def note(self, plan: ImportPlan, row: GoodRow) -> None:
        self.finished += plan.columns.is_finished(row.raw)
        if not any(plan.columns.words(row.raw, each) for each in ("requester", "email")):
            self.nameless += 1
        elif _is_nobody_here(plan, row):
            self.nobodies.add(row.event.actor.name)
        elif row.event.actor.email is not None and row.event.actor not in plan.listed.values():
            self.addresses[row.event.actor.email] = row.event.actor.name

    def note_strangers(self, uow: UnitOfWork, *, platform: str) -> None:
        """Once all that is known of people is in the database."""
        for address, name in self.addresses.items():
            if person_at(uow, address, platform=platform) is None:
                self.strangers.add(name)

    def count(self, *, is_new: bool) -> None:
        if is_new:
            self.new += 1
        else:
            self.known += 1


class ImportInterruption(TechnicalError):
    """The import stopped in the middle; run it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """`is_announced`: as requests that are made now. `is_dry_run`: nothing is written."""

    is_announced: bool = False
    is_dry_run: bool = False
    is_demo: bool = False
    leave_out: tuple[str, ...] = ()
    """As it was typed: `solved`, a day, or an age."""
    categories: tuple[str, ...] = ()
    """As they were typed: the file's, an equals sign, the desk's."""


def import_file(file: Path, *, inbox: str, mapping: tuple[str, ...], way: ImportOptions) -> None:
    settings = load_settings(is_demo=way.is_demo)
    configuration = load_configuration(settings.config, KNOWN_PLATFORMS)
    desk = configuration.desk
    found = find_inbox(desk, inbox)
    if not file.is_file():
        raise ConfigurationError(sentence("terminal.no_file", file=str(file)))
    clock = ShiftedClock(settings.data_dir / "clock.json") if way.is_demo else SystemClock()
    columns = Columns(
        mapped=read_mapping(mapping),
        renamed=read_categories(way.categories, desk.categories),
        categories=desk.categories,
        zone=zone_of(desk, None),
        now=clock.now(),
    )
    plan = ImportPlan(
        path=file,
        inbox=found,
        at=columns.now,
        columns=columns,
        listed={each.key: each.as_person() for each in configuration.workspace.people},
        listed_on=configuration.names.workspace,
        is_announced=way.is_announced,
        language=desk.language,
    )
    plan, known = with_known_columns(plan)
    otherwise_called = {name: each for name, each in known.items() if each != name}
    if otherwise_called:
        taken = tuple(
            sentence("terminal.import_taken", column=each, field=name)
            for name, each in otherwise_called.items()
        )
        say(sentence("terminal.import_recognised", columns=taken))
    leave_out = read_leave_out(way.leave_out, zone=columns.zone, now=columns.now)
    if hint := requester_hint(plan, leave_out):
        say(hint, is_error=True, color=typer.colors.YELLOW)
    elif ignored := ignored_columns(plan, leave_out):
        say(sentence("terminal.import_ignored", columns=tuple(ignored)))
    if way.is_dry_run:
        tally = _look_through(plan, leave_out)
        say(f"{file}: {english(tally.forecast)}")
    else:
        tally = asyncio.run(_import_all(settings, plan, clock, leave_out))
        say(f"{file}: {english(tally.sentence)}")
    for why, count in sorted(tally.left_out.items()):
        say(sentence(f"terminal.import_left_out_{why}", count=count))
    if tally.finished:
        told = sentence("terminal.import_finished", count=tally.finished)
        say(told, is_error=True, color=typer.colors.YELLOW)
    if tally.nameless:
        told = sentence("terminal.import_nameless", count=tally.nameless)
        say(told, is_error=True, color=typer.colors.YELLOW)
    for key, names in (("nobodies", tally.nobodies), ("strangers", tally.strangers)):
        if names:
            say(_unanswerable(names, key), is_error=True, color=typer.colors.YELLOW)
    say(sentence("terminal.import_announced" if plan.is_announced else "terminal.import_silent"))
    _show_rejects(file, tally.rejects, is_kept=not way.is_dry_run)
    if tally.rejects:
        raise typer.Exit(ROWS_REJECTED)


def _is_nobody_here(plan: ImportPlan, row: GoodRow) -> bool:
    """Whether the row names its requester by a name alone, which leads to nobody whom the desk could answer."""
    return row.event.actor.email is None and row.event.actor not in plan.listed.values()


def _unanswerable(names: set[str], key: str) -> Sentence:
    """How many requesters are nobody here, the first of them, and how to name them so that they are somebody."""
    shown = tuple(f"“{name}”" for name in sorted(names)[:MOST_SHOWN])
    return sentence(f"terminal.import_{key}", count=len(names), people=shown)


def _show_rejects(file: Path, rejects: list[BadRow], *, is_kept: bool) -> None:
    for row in rejects[:MOST_SHOWN]:
        for reason in row.reasons:
            rejected = sentence("operations.at_line", file=str(file), line=str(row.line), problem=reason)
            say(rejected, is_error=True, color=typer.colors.YELLOW)
    if len(rejects) > MOST_SHOWN:
        more = sentence("terminal.import_more_rejected", count=len(rejects) - MOST_SHOWN)
        say(more, is_error=True, color=typer.colors.YELLOW)
    if unknown := _unknown_categories(rejects):
        say(unknown, is_error=True, color=typer.colors.YELLOW)
    if rejects and is_kept:
        kept = write_rejects(file, rejects)
        say(sentence("terminal.import_rejects", file=str(kept)), color=typer.colors.YELLOW)


def _unknown_categories(rejects: list[BadRow]) -> Sentence | None:
    """Which categories the desk doesn't have, most frequent first, and how these rows come in all the same."""
    found = Counter(
        str(reason.facts["value"])
        for row in rejects
        for reason in row.reasons
        if reason.key in UNKNOWN_CATEGORY
    )
    if not found:
        return None
    named = tuple(f"“{name}” ({count})" for name, count in found.most_common(MOST_SHOWN))
    return sentence("terminal.import_unknown_categories", count=len(found), choices=named)


def _rows(
    plan: ImportPlan, leave_out: LeaveOut, tally: ImportTally
) -> Iterator[GoodRow | RepeatedRow | BadRow]:
    """Those that are not left out, which are counted; what is wrong with one of these is nobody's concern."""
    for row in read_rows(plan):
        if not isinstance(row, RepeatedRow) and (why := leave_out.why(plan.columns, row.raw)):
            tally.left_out[why] += 1
        else:
            yield row


def _look_through(plan: ImportPlan, leave_out: LeaveOut) -> ImportTally:
    tally = ImportTally()
    for row in _rows(plan, leave_out, tally):
        match row:
            case BadRow():
                tally.rejects.append(row)
            case RepeatedRow():
                tally.repeated += 1
            case GoodRow():
                tally.new += 1
                tally.note(plan, row)
    return tally


async def _import_all(
    settings: Settings, plan: ImportPlan, clock: SystemClock | ShiftedClock, leave_out: LeaveOut
) -> ImportTally:
    async with opened_storage(settings) as storage:
        configuration = load_configuration(settings.config, KNOWN_PLATFORMS)
        desk = configuration.desk
        intake = DeskIntake(
            storage=storage,
            file_store=FolderFileStore(settings.data_dir / "files", cap=settings.file_limit_bytes),
            contexts=ContextFactory(desk=lambda: desk, clock=clock),
            dispatch=Dispatch(Registry(all_commands()), NoProcess()),
        )
        # Their addresses are known before any of them has said a word.
        await intake.meet([each.as_person() for each in configuration.workspace.people])
        with Progress() as progress:
            task = progress.add_task("Importing", total=_count_rows(plan.path))
            tally = await _take_rows(intake, plan, lambda: progress.advance(task), leave_out)
            progress.update(task, completed=progress.tasks[0].total or 0)
        platform = plan.inbox.channel.platform
        await storage.read(lambda uow: tally.note_strangers(uow, platform=platform))
        return tally


def _count_rows(path: Path) -> int:
    """Roughly how many rows the file has, for a progress bar."""
    with path.open("rb") as file:
        return max(sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b"")), 1)


async def _take_rows(
    intake: DeskIntake, plan: ImportPlan, advance: Callable[[], None], leave_out: LeaveOut
) -> ImportTally:
    """In the file's order, several on their way at a time. Raises ImportInterruption when the database gives out."""
    tally = ImportTally()
    under_way: deque[asyncio.Task[bool]] = deque()
    try:
        for row in _rows(plan, leave_out, tally):
            match row:
                case BadRow():
                    tally.rejects.append(row)
                case RepeatedRow():
                    tally.repeated += 1
                case GoodRow():
                    tally.note(plan, row)
                    under_way.append(asyncio.create_task(intake.take_import(row.event)))
            if len(under_way) >= AHEAD:
                tally.count(is_new=await under_way.popleft())
            advance()
        while under_way:
            tally.count(is_new=await under_way.popleft())
    except StorageUnavailable as error:
        for outcome in await asyncio.gather(*under_way, return_exceptions=True):
            if isinstance(outcome, bool):
                tally.count(is_new=outcome)
        raise ImportInterruption(error.sentence, tally.interrupted) from error
    return tally


def write_rejects(path: Path, rejects: list[BadRow]) -> Path:
    """Beside the file: line, reason and the row's own columns, to be mended and imported in its turn."""
    target = path.with_name(f"{path.stem}.rejects.csv")
    columns = list(dict.fromkeys(name for row in rejects for name in row.raw))
    # A byte that is no text is shown as an escape.
    with (
        said_of(target),
        target.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file,
    ):
        writer = csv.DictWriter(file, ["line", "reason", *columns], extrasaction="ignore")
        writer.writeheader()
        for row in rejects:
            writer.writerow(
                {"line": row.line, "reason": " ".join(map(english, row.reasons)), **_flat(row.raw)}
            )
    return target


def _flat(raw: Any) -> dict[str, str]:  # noqa: ANN401  a row is whatever the file held
    return {
        name: value
        if isinstance(value, str)
        else ""
        if value is None
        else json.dumps(value, ensure_ascii=False)
        for name, value in raw.items()
    }


class NoProcess:
    """There is no running desk in this process to be reloaded or asked."""

    def reload(self) -> Sentence:
        raise ConfigurationError(sentence("terminal.no_desk_to_reload"))

    @property
    def settings_file(self) -> SettingsFile:
        raise ConfigurationError(sentence("terminal.no_desk_to_reload"))

    def status_lines(self) -> list[Sentence]:
        return []
