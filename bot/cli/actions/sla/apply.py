"""A changed SLA policy for the tickets that are open, whether the desk is running or not.

What would move is shown before anything does. Exit code 3: something was left alone because it changed meanwhile.
"""

import asyncio
import getpass
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import Progress, track
from rich.table import Table

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.cli.actions.database import opened_storage
from bot.cli.actions.environment import load_settings
from bot.cli.actions.files import STANDARD_OUTPUT, opened
from bot.cli.terminal import for_terminal, say
from bot.clocks import ShiftedClock, SystemClock
from bot.commands.framework.lookups import team_called
from bot.commands.framework.parsing import read_reference
from bot.config import load_configuration
from bot.documents.report_files import write_csv
from bot.domain.desk import Desk
from bot.domain.errors import UsageError
from bot.domain.sentence import Sentence, sentence
from bot.ports.unit_of_work import Storage
from bot.services.context.context import ContextFactory
from bot.services.policy_changes.bulk_apply import (
    ApplyOutcome,
    ApplyScope,
    ProposalPage,
    ProposedChange,
    apply_change,
    check_scope,
    operator,
    propose_changes,
)
from bot.services.policy_changes.reapply import TargetChange, TargetState
from bot.settings import Settings
from bot.text.error_text import english
from bot.text.instants import in_words

SHOWN = 40
"""Lines of the table; `--csv` has all."""
LEFT_ALONE = 3
HEAD = (
    *("ticket", "team", "measure", "policy before", "policy after", "target before", "target after"),
    *("due before", "due after", "breached before", "breached after"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedChanges:
    """All that would change, in the order of the tickets."""

    looked_at: int
    proposed: Sequence[ProposedChange]

    @property
    def moves(self) -> list[tuple[ProposedChange, TargetChange]]:
        return [(each, move) for each in self.proposed for move in each.moves]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedScope:
    """What people typed: names, titles and ticket numbers, which may not exist."""

    policy: str | None
    team: str | None
    tickets: tuple[str, ...]
    to: str | None


def apply_policies(asked: AskedScope, *, csv: Path | None, is_sure: bool, is_demo: bool) -> None:
    settings = load_settings(is_demo=is_demo)
    desk = load_configuration(settings.config, KNOWN_PLATFORMS).desk
    scope = ApplyScope(
        policy=asked.policy,
        team=None if asked.team is None else team_called(desk, asked.team).name,
        numbers=tuple(_number(desk, each) for each in asked.tickets),
        to=asked.to,
    )
    clock = ShiftedClock(settings.data_dir / "clock.json") if is_demo else SystemClock()
    contexts = ContextFactory(desk=lambda: desk, clock=clock)
    left_alone = asyncio.run(_look_and_do(settings, contexts, scope, csv=csv, is_sure=is_sure))
    if left_alone:
        raise typer.Exit(LEFT_ALONE)


def _number(desk: Desk, word: str) -> int:
    found = read_reference(word, prefix=desk.prefix)
    if found is None:
        raise UsageError(sentence("terminal.apply_no_number", text=word, prefix=desk.prefix))
    return found.number


async def _look_and_do(
    settings: Settings, contexts: ContextFactory, scope: ApplyScope, *, csv: Path | None, is_sure: bool
) -> int:
    """Returns how many tickets were left alone because they changed meanwhile."""
    async with opened_storage(settings) as storage:
        found = await _look(storage, contexts, scope)
        if csv != STANDARD_OUTPUT:
            _show(contexts.desk(), found)
        if csv is not None:
            _write(csv, found)
        if not found.proposed:
            return 0
        if not is_sure and not typer.confirm(_question(found), err=True):
            say(sentence("terminal.apply_nothing_changed"))
            return 0
        return await _do_all(storage, contexts, found.proposed, scope)


async def _look(storage: Storage, contexts: ContextFactory, scope: ApplyScope) -> ProposedChanges:
    await storage.read(lambda uow: check_scope(contexts.context(uow), scope))
    proposed: list[ProposedChange] = []
    looked_at, after = 0, 0
    with Progress(transient=True, console=Console(stderr=True)) as progress:
        task = progress.add_task(english(sentence("terminal.apply_looking")), total=None)
        while True:
            page = await _page(storage, contexts, scope, after=after)
            proposed += page.proposed
            looked_at += page.looked_at
            progress.update(task, completed=looked_at)
            if page.last is None:
                return ProposedChanges(looked_at=looked_at, proposed=proposed)
            after = page.last


async def _page(storage: Storage, contexts: ContextFactory, scope: ApplyScope, *, after: int) -> ProposalPage:
    return await storage.read(lambda uow: propose_changes(contexts.context(uow), scope, after=after))


async def _do_all(
    storage: Storage, contexts: ContextFactory, proposed: Sequence[ProposedChange], scope: ApplyScope
) -> int:

    by = operator(getpass.getuser())
    outcomes: Counter[ApplyOutcome] = Counter()
    for each in track(proposed, description="Applying", transient=True, console=Console(stderr=True)):
        outcome = await storage.run(lambda uow: apply_change(contexts, uow, each, scope=scope, by=by))  # noqa: B023
        outcomes[outcome] += 1
        if outcome is ApplyOutcome.CHANGED:
            say(sentence("terminal.apply_left_alone", reference=each.ticket.reference), is_error=True)
    say(sentence("terminal.applied", count=outcomes[ApplyOutcome.APPLIED]))
    left_alone = outcomes[ApplyOutcome.CHANGED]
    if left_alone:
        say(sentence("terminal.apply_again", count=left_alone))
    return left_alone


def _show(desk: Desk, found: ProposedChanges) -> None:

    console = Console(markup=False, highlight=False, soft_wrap=True)
    moves = found.moves
    if moves:
        table = Table(title=english(sentence("terminal.apply_moves")), title_justify="left")
        for head in ("Ticket", "Target", "Due now", "Due then", ""):
            table.add_column(head)
        for each, move in moves[:SHOWN]:
            table.add_row(*_cells(desk, each, move))
        console.print(table)
    if len(moves) > SHOWN:
        console.print(for_terminal(sentence("terminal.apply_more", more=len(moves) - SHOWN)))
    console.print("\n".join(map(for_terminal, _totals(found))))


def _cells(desk: Desk, each: ProposedChange, move: TargetChange) -> tuple[str, ...]:
    zone = desk.team_of(each.ticket).calendar.zone

    def due(promise: TargetState | None) -> str:
        if promise is None:
            return english(sentence("terminal.apply_no_target"))
        if promise.due_at is None:
            return english(sentence("terminal.apply_paused", target=promise.target))
        return in_words(promise.due_at, zone=zone, language="en")

    return (
        each.ticket.reference,
        move.measure.label,
        due(move.before),
        due(move.after),
        ", ".join(part for part in (_change_of_policy(each), _breach(move)) if part),
    )


def _change_of_policy(each: ProposedChange) -> str:
    before, after = each.change.before, each.change.choice.policy
    old, new = None if before is None else (before.name, before.variant), (after.name, after.variant)
    if old == new:
        return ""
    name = after.name + (f" ({after.variant})" if after.variant else "")
    return english(sentence("terminal.apply_by_policy", policy=name))


def _breach(move: TargetChange) -> str:
    return english(sentence("terminal.apply_breached")) if _is_breached_at_once(move) else ""


def _is_breached_at_once(move: TargetChange) -> bool:
    was_broken = move.before is not None and move.before.is_broken
    return move.after is not None and move.after.is_broken and not was_broken


def _totals(found: ProposedChanges) -> Iterator[Sentence]:
    looked_at = sentence("terminal.apply_looked_at", count=found.looked_at)
    if not found.proposed:
        yield sentence("terminal.apply_all_current", looked_at=looked_at)
        return
    moves = [move for _, move in found.moves]
    shifts = [shift for move in moves if (shift := _shift(move)) is not None]
    counts = {
        "terminal.apply_earlier": sum(shift < timedelta() for shift in shifts),
        "terminal.apply_later": sum(shift > timedelta() for shift in shifts),
        "terminal.apply_new": sum(move.before is None for move in moves),
        "terminal.apply_given_up": sum(move.after is None for move in moves),
        "terminal.apply_breached_count": sum(_is_breached_at_once(move) for move in moves),
    }
    told = tuple(sentence(key, number=many) for key, many in counts.items() if many)
    yield sentence(
        "terminal.apply_totals",
        looked_at=looked_at,
        number=len(found.proposed),
        changes=told or sentence("terminal.apply_no_due_time_moves"),
    )
    if still := sum(not each.moves for each in found.proposed):
        yield sentence("terminal.apply_still", count=still)


def _shift(move: TargetChange) -> timedelta | None:
    before = None if move.before is None else move.before.due_at
    after = None if move.after is None else move.after.due_at
    return None if before is None or after is None else after - before


def _question(found: ProposedChanges) -> str:
    return english(sentence("terminal.apply_question", count=len(found.proposed)))


def _write(csv: Path, found: ProposedChanges) -> None:
    """Instants as in ISO 8601, UTC; targets in seconds."""
    with opened(csv) as file:
        write_csv(file, [HEAD])
        write_csv(file, (_row(each, move) for each, move in found.moves))


def _row(each: ProposedChange, move: TargetChange) -> tuple[object, ...]:
    before, after = move.before, move.after
    return (
        each.ticket.reference,
        each.ticket.team,
        move.measure.value,
        "" if each.change.before is None else each.change.before.name,
        each.change.choice.policy.name,
        *(_seconds(each) for each in (before, after)),
        *(_due(each) for each in (before, after)),
        before is not None and before.is_broken,
        after is not None and after.is_broken,
    )


def _seconds(promise: TargetState | None) -> int | str:
    return "" if promise is None else int(promise.target.total_seconds())


def _due(promise: TargetState | None) -> str:
    return "" if promise is None or promise.due_at is None else promise.due_at.isoformat()
