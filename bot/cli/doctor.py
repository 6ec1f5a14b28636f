"""`doctor`: what stands in the desk's way, asked of its platforms and its database."""

import asyncio
from typing import Annotated

import typer

from bot.cli.terminal import load_settings, said_plainly
from bot.domain.findings import Finding, Severity
from bot.settings import Settings

COLORS = {Severity.ERROR: typer.colors.RED, Severity.WARNING: typer.colors.YELLOW, Severity.HINT: None}


def doctor(*, demo: Annotated[bool, typer.Option("--demo", help="Look at the demo’s desk.")] = False) -> None:
    """Ask the platforms and the database what is wrong, and how to mend it. Changes nothing."""
    with said_plainly():
        findings = asyncio.run(_examine(load_settings(is_demo=demo)))
    for finding in findings:
        typer.secho(f"{finding.severity}: {finding.sentence}", fg=COLORS[finding.severity])
    if not findings:
        typer.echo("Nothing stands in the desk’s way.")
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise typer.Exit(1)


async def _examine(settings: Settings) -> list[Finding]:
    from bot.bootstrap.process import DeskProcess

    desk = DeskProcess(settings)
    try:
        return await desk.doctor.examine()
    finally:
        await desk.stop()
