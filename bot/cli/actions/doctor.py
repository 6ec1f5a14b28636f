"""What stands in the desk's way, asked of its settings, its disk, its port, its database and its platforms.

Nothing that is wrong keeps the rest from being looked at, as far as it can be, and nothing is made or changed: a
folder that is missing stays missing. Exit code 1: an error was found.
"""

import asyncio
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from stat import S_IRGRP, S_IROTH, S_IXGRP, S_IXOTH

import aiohttp
import typer

from adapters.http.server import ALIVE, HttpServer, PortUnavailable
from bot.bootstrap.process import DeskProcess
from bot.bootstrap.readiness import LITTLE_SPACE_MB, free_space_mb
from bot.cli.actions.database import is_in_use
from bot.cli.actions.desk_file import read_configuration
from bot.cli.actions.environment import DOTENV, doubtful_settings, keep_private, load_settings
from bot.cli.terminal import say
from bot.config.checks.answers.knowledge import article_problems
from bot.domain.errors import ConfigurationError, StorageUnavailable, reason_of
from bot.domain.findings import Finding, Severity
from bot.domain.sentence import Sentence, sentence
from bot.settings import Settings
from bot.text.error_text import english
from storage.schema import schema_state

PATIENCE_S = 3.0
"""How long whoever has the port may take to say that it is a desk."""
_NEW_DESK = "operations.desk_not_made"
COLORS = {Severity.ERROR: typer.colors.RED, Severity.WARNING: typer.colors.YELLOW, Severity.HINT: None}


def examine_desk(*, is_demo: bool) -> None:
    keep_private()
    settings = load_settings(is_demo=is_demo, is_telling=False)
    found, platforms = asyncio.run(_examine(settings))
    found += [*_of_settings(), *_of_data_folder(settings.data_dir, is_told=_is_new(found))]
    findings = sorted(found, key=lambda finding: list(Severity).index(finding.severity))
    for finding in findings:
        say(f"{finding.severity}: {english(finding.sentence)}", color=COLORS[finding.severity])
    say(_checked(platforms, has_passed=not findings))
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise typer.Exit(1)


def _checked(platforms: Sequence[str] | None, *, has_passed: bool) -> Sentence:
    if platforms is None:
        return sentence("terminal.checked_in_part")
    if not platforms:
        return sentence("terminal.checked_without_platforms")
    key = "terminal.checks_passed" if has_passed else "terminal.checked"
    return sentence(key, platforms=", ".join(platforms))


async def _examine(settings: Settings) -> tuple[list[Finding], list[str] | None]:
    """What was found, and the platforms that were asked; None where the desk cannot be put together."""
    findings = await _of_port(settings)
    try:
        state = schema_state(settings.database_url.get_secret_value())
        if state.revision is None and not settings.data_dir.is_dir():
            new = sentence(_NEW_DESK, folder=str(settings.data_dir), database=state.location)
            return [*findings, Finding.error(new), *_of_desk_file(settings)], None
        if not state.is_current:
            return [*findings, Finding.error(state.sentence), *_of_desk_file(settings)], None
        if not settings.data_dir.is_dir():
            return findings, None
        desk = DeskProcess(settings)
    except (ConfigurationError, StorageUnavailable) as error:
        return [*findings, *map(Finding.error, error.lines)], None
    try:
        findings += map(Finding.warning, article_problems(desk.in_force.configuration))
        if (
            desk.in_force.configuration.workspace.pretends
            and settings.web_enabled
            and settings.listens_everywhere
        ):
            findings.append(
                Finding.warning(sentence("operations.pretends_everywhere", name=settings.http_host))
            )
        return [*findings, *await desk.doctor.examine()], [name.capitalize() for name in desk.platforms]
    finally:
        await desk.stop()


def _is_new(findings: Sequence[Finding]) -> bool:
    return any(each.sentence.key == _NEW_DESK for each in findings)


def _of_desk_file(settings: Settings) -> list[Finding]:
    """What is wrong with the file, where no desk can be put together to ask."""
    try:
        read_configuration(None, settings)
    except ConfigurationError as error:
        return [*map(Finding.error, error.lines)]
    return []


async def _of_port(settings: Settings) -> list[Finding]:
    """Whether `run` could listen there; the desk that is examined may run and have the port, or another desk."""
    server = HttpServer(settings.http_host, settings.http_port)
    try:
        await server.start()
    except PortUnavailable as error:
        if await _is_desk(server.url):
            port = {"number": str(server.port), "name": server.host}
            if is_in_use(settings):
                return [Finding.hint(sentence("operations.this_desk_listens", **port))]
            return [Finding.hint(sentence("operations.desk_listens", **port))]
        return [Finding.error(each) for each in error.lines]
    await server.stop()
    return []


async def _is_desk(url: str) -> bool:
    timeout = aiohttp.ClientTimeout(total=PATIENCE_S)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(f"{url}/healthz") as answer:
            return bool(await answer.json() == ALIVE)
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return False


def _of_settings() -> Iterator[Finding]:
    """Settings that nothing reads, and whether others on this machine can read the file that holds the secrets."""
    for doubt in doubtful_settings():
        yield Finding.warning(doubt)
    if _is_open_to_others(DOTENV):
        yield Finding.warning(
            sentence("operations.secrets_readable", file=str(DOTENV), path=str(DOTENV.resolve()))
        )


def _is_open_to_others(file: Path) -> bool:
    """Whether somebody besides the file's owner may read it and get through the folders to it."""
    if not file.exists() or not file.stat().st_mode & (S_IRGRP | S_IROTH):
        return False
    return all(folder.stat().st_mode & (S_IXGRP | S_IXOTH) for folder in file.resolve().parents)


def _of_data_folder(folder: Path, *, is_told: bool) -> Iterator[Finding]:
    """Whether files can be made there, space is left, and others on this machine cannot read what people wrote."""
    if not folder.is_dir():
        if is_told:
            return
        yield Finding.error(sentence("operations.data_folder_missing", folder=str(folder)))
        return
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"probe")
    except OSError as error:
        yield Finding.error(
            sentence("operations.data_folder_unwritable", folder=str(folder), reason=reason_of(error))
        )
    free_mb = free_space_mb(folder)
    if free_mb < LITTLE_SPACE_MB:
        yield Finding.warning(sentence("operations.little_space", folder=str(folder), free=str(free_mb)))
    readable = tuple(path.name for path in sorted(folder.glob("*.db")) if _is_open_to_others(path))
    if readable:
        yield Finding.warning(sentence("operations.databases_readable", files=readable, folder=str(folder)))
