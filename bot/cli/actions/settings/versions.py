"""Versions of desk.yaml, read from the database beside the running desk."""

import asyncio
from collections.abc import Callable, Iterable
from typing import TypeVar

import typer

from bot.cli.actions.database import opened_storage
from bot.cli.actions.environment import load_settings
from bot.cli.terminal import say
from bot.config.file.document import text_of
from bot.domain.errors import UsageError
from bot.domain.sentence import sentence
from bot.domain.settings.desk_version import DeskVersion, VersionOrigin, digest_of
from bot.ports.storage.settings.desk_versions import DeskVersions
from bot.services.settings.preview import diff_lines
from bot.services.settings.versions import is_edited_since
from bot.settings import Settings

T = TypeVar("T")
COLORS = {"+": typer.colors.GREEN, "-": typer.colors.RED, "@": typer.colors.CYAN}


def list_versions(limit: int, *, is_demo: bool) -> None:
    settings = load_settings(is_demo=is_demo)
    found = _read(settings, lambda versions: list(versions.latest(limit=limit)))
    if not found:
        say(sentence("settings.no_versions"))
    elif is_edited_since(found[0], digest_of(text_of(settings.config))):
        say(sentence("settings.edited_since"))
    for each in found:
        typer.echo(_line(each))


def show_version(number: int | None, *, is_demo: bool) -> None:
    version = _found(load_settings(is_demo=is_demo), number)[0]
    typer.echo(version.text, nl=False)


def show_difference(number: int | None, *, is_demo: bool) -> None:
    version, before = _found(load_settings(is_demo=is_demo), number)
    typer.echo(_line(version))
    show_lines(diff_lines(before.text if before is not None else "", version.text))


def show_lines(lines: Iterable[str], *, is_error: bool = False) -> None:
    for line in lines:
        typer.secho(line, fg=COLORS.get(line[:1]), err=is_error)


def _found(settings: Settings, number: int | None) -> tuple[DeskVersion, DeskVersion | None]:
    """The version, or the newest, and the one before it. Raises UsageError."""

    def look(versions: DeskVersions) -> tuple[DeskVersion | None, DeskVersion | None]:
        found = versions.newest() if number is None else versions.get(number)
        return found, versions.get(found.number - 1) if found is not None else None

    version, before = _read(settings, look)
    if version is None:
        raise UsageError(sentence("settings.no_version", number=str(number or 0)))
    return version, before


def _read(settings: Settings, look: Callable[[DeskVersions], T]) -> T:
    async def read() -> T:
        async with opened_storage(settings) as storage:
            return await storage.read(lambda uow: look(uow.desk_versions))

    return asyncio.run(read())


def _line(version: DeskVersion) -> str:
    """In UTC, for machines as well."""
    by = version.author if version.origin is not VersionOrigin.FILE else version.origin.value
    parts = (f"{version.number:>4}", f"{version.at:%Y-%m-%d %H:%M}Z", by, version.reason)
    return "  ".join(part for part in parts if part)
