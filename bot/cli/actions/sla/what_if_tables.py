"""What a what-if found, as tables at the terminal: sums by team, priority and target, and what would change."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table

from bot.cli.terminal import for_terminal
from bot.domain.desk import Desk
from bot.domain.sentence import Sentence, sentence
from bot.domain.sla.timer import Measure
from bot.domain.sla.what_if import TargetOutcome
from bot.domain.tickets.ticket import Priority
from bot.services.policy_changes.what_if import ChangedTarget, OutcomeSums, WhatIfFindings
from bot.text.error_text import english


def show(desk: Desk, new: Path, findings: WhatIfFindings, changed: Sequence[ChangedTarget]) -> None:
    """`changed` are the first of the targets that would have ended otherwise, in the order of their tickets."""
    console = Console(markup=False, highlight=False, soft_wrap=True)
    if not findings.tickets:
        console.print(for_terminal(sentence("terminal.what_if_no_tickets")))
        return
    if findings.sums:
        console.print(_sums(desk, findings))
    else:
        console.print(for_terminal(sentence("terminal.what_if_no_targets")))
    if changed:
        console.print(_changes(desk, changed))
    for each in _sentences(new, findings, shown=len({each.ticket.id for each in changed})):
        console.print(for_terminal(each))


def _sums(desk: Desk, findings: WhatIfFindings) -> object:
    table = Table(title=english(sentence("terminal.what_if_missed")), title_justify="left")
    for head in ("Team", "Priority", "Target"):
        table.add_column(head)
    for head in ("Targets", "Missed", "After", "Change"):
        table.add_column(head, justify="right", no_wrap=True)
    measures, priorities = list(Measure), list(Priority)
    groups = sorted(
        findings.sums, key=lambda each: (each[0], -priorities.index(each[1]), measures.index(each[2]))
    )
    last: tuple[str, str] = ("", "")
    for team, priority, measure in groups:
        heads = desk.title_of(team), priority.value
        table.add_row(
            "" if heads[0] == last[0] else heads[0],
            "" if heads == last else heads[1],
            measure.label,
            *_numbers([findings.sums[team, priority, measure]]),
            end_section=(team, priority, measure) == groups[-1],
        )
        last = heads
    table.add_row("all", "", "", *_numbers(findings.sums.values()))
    return table


def _numbers(sums: Iterable[OutcomeSums]) -> list[str]:
    targets, targets_then, missed, missed_then = (
        sum(column) for column in zip(*((*each.targets, *each.missed) for each in sums), strict=True)
    )
    change = missed_then - missed
    return [
        f"{targets:,}" if targets == targets_then else f"{targets:,} → {targets_then:,}",
        f"{missed:,}",
        f"{missed_then:,}",
        f"{change:+,}" if change else "",
    ]


def _changes(desk: Desk, changed: Sequence[ChangedTarget]) -> object:
    table = Table(title=english(sentence("terminal.what_if_changes")), title_justify="left")
    for head in ("Ticket", "Team", "Target", "Before", "After"):
        table.add_column(head)
    for each in changed:
        ticket, comparison = each.ticket, each.comparison
        zone = desk.team_of(ticket).calendar.zone
        table.add_row(
            ticket.reference,
            desk.title_of(comparison.team),
            comparison.measure.label,
            _ended(comparison.before, comparison.missed_at_before, zone),
            _ended(comparison.after, comparison.missed_at_after, zone),
        )
    return table


def _ended(outcome: TargetOutcome, missed_at: datetime | None, zone: ZoneInfo) -> str:
    """With when it was due, by the team's clock, where it was missed."""
    return (
        outcome.value
        if missed_at is None
        else f"{outcome.value}, due {missed_at.astimezone(zone):%a %d %b %H:%M}"
    )


def _sentences(new: Path, findings: WhatIfFindings, *, shown: int) -> Iterable[Sentence]:
    yield sentence("terminal.what_if_changed", number=findings.tickets_changed, count=findings.tickets)
    left = findings.tickets_changed - shown
    if left > 0:
        yield sentence("terminal.what_if_not_listed", count=left)
    for team, many in sorted(findings.teams_missing.items()):
        yield sentence("terminal.what_if_no_team", file=str(new), team=team, count=many)
    if findings.tickets_excluded:
        yield sentence("terminal.what_if_excluded", count=findings.tickets_excluded)
    if findings.untold:
        yield sentence(
            "terminal.what_if_untold", count=findings.tickets_untold, references=", ".join(findings.untold)
        )
    yield sentence("terminal.what_if_taken")
