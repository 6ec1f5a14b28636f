"""Changes of desk.yaml at the terminal: shown with what they would do, saved as a version, and written.

Exit code 3: the file has changed since it was read, and nothing was written over it.
"""

import asyncio
import getpass
from collections.abc import Callable
from functools import partial
from pathlib import Path

import typer
import yaml

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.bootstrap.platforms import platforms_set_up
from bot.cli.actions.database import opened_storage
from bot.cli.actions.environment import load_settings
from bot.cli.actions.settings.versions import show_lines
from bot.cli.terminal import for_terminal, say
from bot.clocks import ShiftedClock, SystemClock
from bot.config.edits.settings_file import SettingsFileOnDisk
from bot.config.file.document import text_of
from bot.domain.errors import ConfigurationError, UsageError
from bot.domain.sentence import sentence
from bot.domain.settings.desk_version import DeskVersion, digest_of
from bot.domain.settings.file_change import AddEntry, FileChange, FileValue, RemoveValue, SetValue, path_in
from bot.ports.clock import Clock
from bot.ports.settings_file import CheckedText, SettingsFile
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.policy_changes.bulk_apply import operator
from bot.services.settings.preview import diff_lines, preview
from bot.services.settings.preview_text import preview_sentences
from bot.services.settings.versions import (
    FileChangedMeanwhile,
    FileNotWritable,
    apply_version,
    save_version,
    version_to_restore,
)
from bot.settings import Settings
from bot.text.error_text import in_english

CHANGED_MEANWHILE = 3
NewText = Callable[[UnitOfWork, SettingsFile, str], tuple[str, int | None]]
"""Makes of the file's text the whole new one, and tells the number of the version that it is of, if it is."""


def change_file(verb: str, path: str, value: str, *, reason: str, is_sure: bool, is_demo: bool) -> None:
    """`verb` is set, add or remove."""
    where = path_in(path)
    if where is None:
        raise UsageError(sentence("settings.no_path", text=path))
    change: FileChange
    match verb:
        case "set":
            change = SetValue(path=where, value=_value(value))
        case "add":
            change = AddEntry(path=where, value=_value(value))
        case _:
            change = RemoveValue(path=where)
    _run(lambda _, file, text: (file.edited(text, [change]), None), reason, is_sure=is_sure, is_demo=is_demo)


def apply_file(new: Path, *, reason: str, is_sure: bool, is_demo: bool) -> None:
    text = text_of(new)
    _run(lambda _uow, _file, _text: (text, None), reason, is_sure=is_sure, is_demo=is_demo)


def undo_change(number: int | None, *, reason: str, is_sure: bool, is_demo: bool) -> None:
    def earlier(uow: UnitOfWork, file: SettingsFile, _text: str) -> tuple[str, int | None]:
        version = version_to_restore(uow, file, number)
        return version.text, version.number

    _run(earlier, reason, is_sure=is_sure, is_demo=is_demo)


def _value(text: str) -> FileValue:
    """Text as it stands; what is in brackets or braces as YAML. Raises UsageError."""
    if not text.startswith(("[", "{")):
        return text
    try:
        value: FileValue = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  it makes texts, lists and mappings
    except yaml.YAMLError:
        raise UsageError(sentence("settings.no_value", text=text)) from None
    return value


def _run(new_text: NewText, reason: str, *, is_sure: bool, is_demo: bool) -> None:
    settings = load_settings(is_demo=is_demo)
    clock = ShiftedClock(settings.data_dir / "clock.json") if is_demo else SystemClock()
    file = SettingsFileOnDisk(
        settings.config, platforms=KNOWN_PLATFORMS, set_up=lambda desk: platforms_set_up(settings, desk)
    )
    saved = asyncio.run(_change(settings, file, clock, new_text, reason, is_sure=is_sure))
    if saved is None:
        say(sentence("settings.nothing_changed"))
        return
    say(sentence("settings.saved", number=str(saved.number), file=file.name), color=typer.colors.GREEN)


async def _change(
    settings: Settings, file: SettingsFile, clock: Clock, new_text: NewText, reason: str, *, is_sure: bool
) -> DeskVersion | None:
    """None where somebody would rather leave it. Raises ConfigurationError and Refused, and Exit for a conflict."""
    async with opened_storage(settings) as storage:
        base = file.text()
        text, restored = await storage.read(lambda uow: new_text(uow, file, base))
        after = file.checked(text)
        await _show(storage, file, base, (text, after), clock)
        if text != base and not is_sure and not typer.confirm(_question(file), err=True):
            return None
        save = partial(
            save_version,
            file=file,
            text=text,
            over=digest_of(base),
            by=operator(getpass.getuser()).key,
            now=clock.now(),
            reason=reason,
            restored=restored,
        )
        try:
            version = await storage.run(save)
            is_written = await apply_version(storage, file, version, now=clock.now())
        except FileChangedMeanwhile as conflict:
            raise _told(conflict, base) from None
        except FileNotWritable as refused:
            typer.echo(refused.text, nl=False)
            raise
        if not is_written:
            raise _told(FileChangedMeanwhile(file, file.text()), base)
        return version


def _told(conflict: FileChangedMeanwhile, base: str) -> typer.Exit:
    """With what changed in the file since it was read; what was wanted is shown already."""
    say(in_english(conflict), is_error=True, color=typer.colors.RED)
    show_lines(diff_lines(base, conflict.text), is_error=True)
    return typer.Exit(CHANGED_MEANWHILE)


async def _show(
    storage: Storage, file: SettingsFile, base: str, after: tuple[str, CheckedText], clock: Clock
) -> None:
    """On standard error, so that a text that cannot be written stands alone on standard output."""
    text, checked = after
    try:
        before = file.checked(base)
    except ConfigurationError:  # a broken file: only its lines can be compared
        show_lines(diff_lines(base, text), is_error=True)
        return
    found = await storage.read(
        lambda uow: preview(uow, (base, before), (text, checked), now=clock.now(), by=None)
    )
    show_lines(found.lines, is_error=True)
    for each in preview_sentences(found, checked.desk):
        say(each, is_error=True)


def _question(file: SettingsFile) -> str:
    return for_terminal(sentence("settings.question", file=file.name))
