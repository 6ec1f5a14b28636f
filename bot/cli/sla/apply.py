"""`sla apply`: a changed SLA policy for the tickets that are open, whether the desk is running or not."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.terminal import Demo, said_plainly


def sla_apply(
    policy: Annotated[
        str | None, typer.Argument(help="Only tickets that run by this policy; without, all that are open.")
    ] = None,
    team: Annotated[str | None, typer.Option(help="Only this team’s, by its name or title.")] = None,
    ticket: Annotated[list[str] | None, typer.Option(help="Only this ticket; may be given again.")] = None,
    to: Annotated[str | None, typer.Option(help="Put them on this policy instead of their own.")] = None,
    csv: Annotated[
        Path | None, typer.Option(help="Write what would move as CSV; - for standard output.")
    ] = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False,
    demo: Demo = False,
) -> None:
    """Apply SLA policies as they are configured now to open tickets, showing first what would move."""
    from bot.cli.actions.sla.apply import AskedScope, apply_policies

    with said_plainly():
        asked = AskedScope(policy=policy, team=team, tickets=tuple(ticket or ()), to=to)
        apply_policies(asked, csv=csv, is_sure=yes, is_demo=demo)
