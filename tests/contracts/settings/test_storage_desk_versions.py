"""What every storage promises about versions of desk.yaml."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.domain.settings.desk_version import DeskVersion, VersionOrigin
from bot.ports.unit_of_work import Storage
from tests.storage.sample_rows import NOW

FIRST = DeskVersion(
    number=1,
    author="file:desk.yaml",
    reason="",
    at=NOW,
    text="desk:\n  name: Pine ☎\n",
    digest="a",
    base="",
    origin=VersionOrigin.FILE,
    applied_at=NOW,
)
SECOND = replace(
    FIRST,
    number=2,
    author="slack:U1",
    reason="Because",
    digest="b",
    base="a",
    origin=VersionOrigin.UNDO,
    restored=1,
    applied_at=None,
)


async def test_versions_are_kept_as_they_were_saved_the_newest_first(storage: Storage) -> None:
    assert await storage.read(lambda uow: uow.desk_versions.newest()) is None
    for version in (FIRST, SECOND):
        assert await storage.run(lambda uow: uow.desk_versions.add(version))  # noqa: B023  awaited at once
    assert await storage.read(lambda uow: uow.desk_versions.latest(limit=5)) == [SECOND, FIRST]
    assert await storage.read(lambda uow: uow.desk_versions.newest()) == SECOND
    assert await storage.read(lambda uow: uow.desk_versions.get(1)) == FIRST
    assert await storage.read(lambda uow: uow.desk_versions.get(3)) is None
    for at in (NOW, NOW + timedelta(hours=1)):
        await storage.run(lambda uow: uow.desk_versions.note_applied(2, at=at))  # noqa: B023  awaited at once
    assert await storage.read(lambda uow: uow.desk_versions.get(2)) == replace(SECOND, applied_at=NOW)


async def test_of_two_who_save_the_same_number_at_once_one_does(storage: Storage) -> None:
    versions = [replace(FIRST, author=f"slack:U{number}") for number in range(4)]
    saved = await asyncio.gather(
        *(storage.run(lambda uow, each=each: uow.desk_versions.add(each)) for each in versions)  # type: ignore[misc]
    )
    assert sorted(saved) == [False, False, False, True]
    held = await storage.read(lambda uow: uow.desk_versions.latest(limit=9))
    assert held == [versions[saved.index(True)]]
