"""What stands in the desk's way, asked of its platforms and its database. Exit code 1: an error was found."""

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path
from stat import S_IRGRP, S_IROTH, S_IXGRP, S_IXOTH

import typer

from bot.bootstrap.process import DeskProcess
from bot.bootstrap.readiness import LITTLE_SPACE_MB, free_space_mb
from bot.cli.actions.environment import DOTENV, doubtful_settings, keep_private, load_settings
from bot.cli.terminal import say
from bot.domain.findings import Finding, Severity
from bot.settings import Settings
from bot.text.error_text import finding_text

COLORS = {Severity.ERROR: typer.colors.RED, Severity.WARNING: typer.colors.YELLOW, Severity.HINT: None}


def examine_desk(*, is_demo: bool) -> None:
    keep_private()
    settings = load_settings(is_demo=is_demo, is_telling=False)
    findings, platforms = asyncio.run(_examine(settings))
    findings += [*_of_settings(), *_of_data_folder(settings.make_data_dir())]
    for finding in findings:
        say(f"{finding.severity}: {finding_text(finding)}", color=COLORS[finding.severity])
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


def _of_settings() -> Iterator[Finding]:
    """Settings that nothing reads, and whether others on this machine can read the file that holds the secrets."""
    for sentence in doubtful_settings():
        yield Finding(severity=Severity.WARNING, sentence=sentence)
    if _is_open_to_others(DOTENV):
        yield Finding(
            severity=Severity.WARNING,
            sentence=f"Other users of this machine can read {DOTENV}, which holds secrets. "
            f"Close it to them: `chmod go= {DOTENV.resolve()}`",
        )


def _is_open_to_others(file: Path) -> bool:
    """Whether somebody besides the file's owner may read it and get through the folders to it."""
    if not file.exists() or not file.stat().st_mode & (S_IRGRP | S_IROTH):
        return False
    return all(folder.stat().st_mode & (S_IXGRP | S_IXOTH) for folder in file.resolve().parents)


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
    readable = [path.name for path in sorted(folder.glob("*.db")) if _is_open_to_others(path)]
    if readable:
        yield Finding(
            severity=Severity.WARNING,
            sentence=f"Other users of this machine can read {', '.join(readable)} in {folder}. "
            f"Close it to them: `chmod go= {folder}/*.db*`",
        )
