"""`sla what-if`: past tickets under another `desk.yaml`, whether the desk is running or not; writes nothing of it."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.terminal import Demo, said_plainly

USUAL = "12 weeks"


def sla_what_if(
    new: Annotated[Path, typer.Argument(help="The desk.yaml to try, with other policies or calendars.")],
    since: Annotated[
        str,
        typer.Option(help="Tickets opened since: “12 weeks”, “last month”, “2026-01-01 until 2026-02-01”."),
    ] = USUAL,
    until: Annotated[str | None, typer.Option(help="Tickets opened before this day.")] = None,
    team: Annotated[str | None, typer.Option(help="One team, by its name or title; without, all.")] = None,
    csv: Annotated[
        Path | None, typer.Option(help="Write what would have ended otherwise as CSV; - for standard output.")
    ] = None,
    *,
    demo: Demo = False,
) -> None:
    """Tell which targets of past tickets would have been met or missed under another desk.yaml."""
    from bot.cli.actions.sla.what_if import compare

    with said_plainly():
        words = since if until is None else f"{since.removeprefix('since ')} until {until}"
        compare(new, words, team=team, csv=csv, is_demo=demo)
