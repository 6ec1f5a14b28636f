"""`report`: figures, targets met and missed, and others, at the terminal, whether the desk is running or not."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.terminal import Demo, said_plainly
from bot.domain.calendars.typed_windows import USUAL


def report(
    team: Annotated[str | None, typer.Option(help="One team, by its name or title; without, all.")] = None,
    since: Annotated[
        str, typer.Option(help="How far back: “12 weeks”, “last month”, “2026-01-01 until 2026-02-01”.")
    ] = USUAL,
    of: Annotated[
        str | None,
        typer.Option(help="Which report, by its name, such as “inboxes” or “sla”; without, the figures."),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            help="What the SLA report tells targets apart by: team, policy, priority, target or week; without, team."
        ),
    ] = None,
    csv: Annotated[Path | None, typer.Option(help="Write the table as CSV; - for standard output.")] = None,
    targets: Annotated[
        Path | None, typer.Option(help="Write a CSV with one row for each target; - for standard output.")
    ] = None,
    jsonl: Annotated[
        Path | None, typer.Option(help="Write the table as JSON, an object a line; - for standard output.")
    ] = None,
    png: Annotated[Path | None, typer.Option(help="Draw the table as a chart.")] = None,
    *,
    demo: Demo = False,
) -> None:
    """Requests answered, resolved and open, and how fast; with --of sla, --by or --targets the SLA targets."""
    from bot.cli.actions.report import ReportFiles, make_report

    with said_plainly():
        files = ReportFiles(csv=csv, jsonl=jsonl, targets=targets, png=png)
        make_report(team=team, since=since, by=by, of=of, files=files, is_demo=demo)
