"""What stands in the desk's way, asked of its platforms and its database. Exit code 1: an error was found."""

import asyncio

import typer

from bot.bootstrap.process import DeskProcess
from bot.cli.actions.environment import load_settings
from bot.domain.findings import Finding, Severity
from bot.settings import Settings

COLORS = {Severity.ERROR: typer.colors.RED, Severity.WARNING: typer.colors.YELLOW, Severity.HINT: None}


def examine_desk(*, is_demo: bool) -> None:
    findings = asyncio.run(_examine(load_settings(is_demo=is_demo)))
    for finding in findings:
        typer.secho(f"{finding.severity}: {finding.sentence}", fg=COLORS[finding.severity])
    if not findings:
        typer.echo("Nothing stands in the desk’s way.")
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise typer.Exit(1)


async def _examine(settings: Settings) -> list[Finding]:
    desk = DeskProcess(settings)
    try:
        return await desk.doctor.examine()
    finally:
        await desk.stop()
