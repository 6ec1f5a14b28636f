"""Versions of `desk.yaml`: a change is saved against the text that it was made from, and written after the commit.

The file decides: where it says something else by then, nothing is written over it.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Final

from bot.domain.errors import AlreadySo, ConfigurationError, Refused
from bot.domain.settings.desk_version import FIRST, DeskVersion, VersionOrigin, digest_of
from bot.domain.settings.settings_events import SettingsChanged
from bot.ports.settings_file import SettingsFile
from bot.ports.unit_of_work import Storage, UnitOfWork

LONGEST_REASON: Final = 300
MOST_BEHIND: Final = 20
"""Versions by which the file of a process may be behind."""
CATCHING_UP: Final = timedelta(minutes=1)
"""How long after a version was written by one process the file of another may still say what it replaced."""
BY_HAND: Final = "file:desk.yaml"
"""The author of what somebody edited in the file itself."""


class FileChangedMeanwhile(Refused):
    """`text` is what the file says now."""

    def __init__(self, file: SettingsFile, text: str) -> None:
        super().__init__("settings.changed_meanwhile", file=file.name)
        self.text = text


class FileNotWritable(Refused):
    """`text` is what would have been written, for whoever can."""

    def __init__(self, file: SettingsFile, text: str) -> None:
        super().__init__("settings.read_only", file=file.name)
        self.text = text


def save_version(
    uow: UnitOfWork,
    file: SettingsFile,
    text: str,
    *,
    over: str,
    by: str,
    now: datetime,
    reason: str = "",
    restored: int | None = None,
) -> DeskVersion:
    """A new version by this person's key, to be written when it is committed.

    `over` is the digest of the text that it was made from.
    What the file says and no version has is saved before it. Raises ConfigurationError for a text that cannot be
    used, FileChangedMeanwhile, FileNotWritable, and AlreadySo where nothing changes.
    """
    base = file.text()
    if digest_of(base) != over:
        raise FileChangedMeanwhile(file, base)
    if text == base:
        raise AlreadySo("settings.same")
    file.checked(text)
    if not file.is_writable:
        raise FileNotWritable(file, text)
    newest = note_hand_edit(uow, file, now=now, text=base)
    version = replace(
        newest,
        number=newest.number + 1,
        author=by,
        reason=reason.strip()[:LONGEST_REASON],
        at=now,
        text=text,
        digest=digest_of(text),
        base=over,
        origin=VersionOrigin.CHANGE if restored is None else VersionOrigin.UNDO,
        restored=restored,
        applied_at=None,
    )
    _add(uow, version)
    return version


def note_hand_edit(
    uow: UnitOfWork, file: SettingsFile, *, now: datetime, text: str | None = None
) -> DeskVersion:
    """The version of what the file says; where somebody edited it by hand, that becomes one."""
    text = file.text() if text is None else text
    newest, digest = uow.desk_versions.newest(), digest_of(text)
    if newest is not None and newest.digest == digest:
        return newest
    if newest is not None and _is_catching_up(uow, digest, now=now):
        raise Refused("settings.pending", number=str(newest.number))
    version = DeskVersion(
        number=FIRST if newest is None else newest.number + 1,
        author=BY_HAND,
        reason="",
        at=now,
        text=text,
        digest=digest,
        base="" if newest is None else newest.digest,
        origin=VersionOrigin.FILE,
        applied_at=now,
    )
    _add(uow, version)
    return version


def version_to_restore(uow: UnitOfWork, file: SettingsFile, number: int | None) -> DeskVersion:
    """The version whose text an undo brings back: that of this number, else the one before what the file says.

    Raises Refused where there is none.
    """
    versions = uow.desk_versions
    if number is None:
        number = _number_before(versions.newest(), digest_of(file.text()))
    found = versions.get(number) if 0 < number < 2**31 else None
    if found is None:
        raise Refused("settings.no_version", number=str(number))
    return found


async def apply_version(
    storage: Storage,
    file: SettingsFile,
    version: DeskVersion,
    *,
    now: datetime,
    behind: Sequence[DeskVersion] = (),
) -> bool:
    """Write it where the file still says what it was made from; whether the file says it now.

    `behind` are versions that this file did not get yet, the newest first: what one of them was made from will do.
    Raises ConfigurationError where it cannot be written.
    """
    digest = digest_of(file.text())
    over = digest if replaces(behind, digest) else version.base
    is_there = digest == version.digest or file.replace(version.text, over=over)
    if is_there:
        await storage.run(lambda uow: uow.desk_versions.note_applied(version.number, at=now))
    return is_there


async def write_pending(storage: Storage, file: SettingsFile, *, now: datetime) -> None:
    """Write the newest version where it waits for that; what cannot be written now the worker writes later."""
    newest = await storage.read(lambda uow: uow.desk_versions.newest())
    with suppress(ConfigurationError):
        if newest is not None and is_pending(newest, digest_of(file.text())):
            await apply_version(storage, file, newest, now=now)


def is_pending(newest: DeskVersion, digest: str) -> bool:
    """Whether it waits to be written into a file with this digest."""
    return newest.applied_at is None and newest.base == digest


def replaces(found: Sequence[DeskVersion], digest: str) -> bool:
    """Whether a text with this digest gave way to one of these, the newest first, before any edit by hand."""
    saved = takewhile(lambda each: each.origin is not VersionOrigin.FILE, found)
    return any(each.base == digest for each in saved)


def _is_catching_up(uow: UnitOfWork, digest: str, *, now: datetime) -> bool:
    """Whether a file with this digest was not edited by hand, but waits for the newest version to be written.

    Each replica writes it into a file of its own.
    """
    found = uow.desk_versions.latest(limit=MOST_BEHIND)
    return replaces([each for each in found if _is_fresh(each, now)], digest)


def _is_fresh(version: DeskVersion, now: datetime) -> bool:
    return version.applied_at is None or now - version.applied_at < CATCHING_UP


def is_edited_since(newest: DeskVersion, digest: str) -> bool:
    """Whether somebody edited the file by hand, which has this digest."""
    return newest.digest != digest and not is_pending(newest, digest)


def _number_before(newest: DeskVersion | None, digest: str) -> int:
    if newest is None:
        return 0
    if newest.digest != digest:  # somebody edited the file since
        return newest.number
    return (newest.restored or newest.number) - 1


def _add(uow: UnitOfWork, version: DeskVersion) -> None:
    """Raises Refused where somebody else saved one at the same time."""
    if not uow.desk_versions.add(version):
        raise Refused("settings.at_the_same_time")
    changed = SettingsChanged(
        actor=version.author,
        at=version.at,
        version=version.number,
        origin=version.origin,
        reason=version.reason,
        restored=version.restored or 0,
    )
    uow.audit_log.append(None, [changed])
