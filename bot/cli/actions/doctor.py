"""What stands in the desk's way, asked of its platforms and its database. Exit code 1: an error was found."""

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path

import typer

from bot.bootstrap.process import DeskProcess
from bot.bootstrap.readiness import LITTLE_SPACE_MB, free_space_mb
from bot.cli.actions.environment import keep_private, load_settings
from bot.domain.findings import Finding, Severity
from bot.settings import Settings

COLORS = {Severity.ERROR: typer.colors.RED, Severity.WARNING: typer.colors.YELLOW, Severity.HINT: None}


def examine_desk(*, is_demo: bool) -> None:
    keep_private()
    settings = load_settings(is_demo=is_demo)
    findings, platforms = asyncio.run(_examine(settings))
    findings += _of_data_folder(settings.make_data_dir())
    for finding in findings:
        typer.secho(f"{finding.severity}: {finding.sentence}", fg=COLORS[finding.severity])
    checked = ("settings", "desk.yaml", "database", "outbox", "data folder", *platforms)
    passed = "Checked" if findings else "All checks passed"
    typer.echo(f"{passed}: {', '.join(checked)}.")
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise typer.Exit(1)


async def _examine(settings: Settings) -> tuple[list[Finding], list[str]]:
    """What was found, and the platforms that were asked."""
    desk = DeskProcess(settings)
    try:
        return await desk.doctor.examine(), [name.capitalize() for name in desk.platforms]
    finally:
        await desk.stop()


def _of_data_folder(folder: Path) -> Iterator[Finding]:
    """Whether files can be made there, space is left, and others on this machine cannot read what people wrote."""
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"probe")
    except OSError as error:
        yield Finding(
            severity=Severity.ERROR,
            sentence=f"Nothing can be written in the data folder {folder} ({error.strerror}). Give the user that "
            "runs the desk the right to, free some space, or name another folder in DESKBELL_DATA_DIR.",
        )
    free_mb = free_space_mb(folder)
    if free_mb < LITTLE_SPACE_MB:
        yield Finding(
            severity=Severity.WARNING,
            sentence=f"The disk of the data folder {folder} has {free_mb} MB left. Free some space.",
        )
    readable = [path.name for path in sorted(folder.glob("*.db")) if path.stat().st_mode & 0o077]
    if readable:
        yield Finding(
            severity=Severity.WARNING,
            sentence=f"Other users of this machine can read {', '.join(readable)} in {folder}. "
            f"Close it to them: chmod go= {folder}/*.db*",
        )
