"""Admins change desk.yaml in chat: what it would do is shown first, and every change is a version."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.bootstrap.configuration import ReloadableConfiguration
from bot.domain.errors import Refused
from bot.domain.settings.desk_version import DeskVersion, VersionOrigin, digest_of
from bot.services.settings.versions import (
    CATCHING_UP,
    FileChangedMeanwhile,
    FileNotWritable,
    apply_version,
    save_version,
)
from bot.workers.settings.settings_follower import SettingsFollower
from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import MONDAY_9, Office, open_office, shown

RULE = "{name: network, when: {words: [vpn, wifi]}, team: network, priority: high, tags: [network]}"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return Path(shutil.copy(DESK, tmp_path / "desk.yaml"))


@pytest.fixture
async def office(folder: Path, config: Path) -> AsyncIterator[Office]:
    async with open_office(folder, config=config) as office:
        yield office


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


async def asks(office: Office, command: str) -> dict[str, Any]:
    reply = await office.types_for_reply("lee", command)
    assert reply is not None
    return dict(reply["reply"])


async def follows(office: Office) -> None:
    await office.desk.workers["settings_follower"].tick()


async def newest(office: Office) -> DeskVersion:
    version = await office.desk.storage.read(lambda uow: uow.desk_versions.newest())
    assert version is not None
    return version


async def test_a_change_is_shown_saved_by_its_button_in_force_and_undone(
    office: Office, config: Path
) -> None:
    before = text_of(config)
    await office.says("ana", "help-it", "The vpn drops every minute")
    await office.says("ana", "help-it", "My mouse is dead")
    await follows(office)
    reply = await asks(office, "/desk-admin settings set routing.rules[network].team people")
    text = shown(reply)
    assert said("settings.routes", number=1, count=2) in text
    assert said("settings.route", number="1", before="Network", after="People") in text
    assert "IT-1" in text
    assert text_of(config) == before
    assert await office.desk.storage.read(lambda uow: uow.desk_versions.newest()) is None
    saved = shown(await office.presses_private("lee", reply, 0, channel="help-it"))
    assert saved == said("settings.saved", number="2", file=str(config))
    assert (await newest(office)).author == "web:lee"
    await follows(office)
    assert text_of(config) == before.replace(RULE, RULE.replace("team: network", "team: people"))
    await office.says("ana", "help-it", "The wifi is gone")
    assert (await office.card("bo", "team-people", "IT-3"))["content"]["subject"]
    again = shown(await office.presses_private("lee", reply, 0, channel="help-it"))
    assert again == said("settings.changed_meanwhile", file=str(config))
    undo = await asks(office, "/desk-admin settings undo")
    await office.presses_private("lee", undo, 0, channel="help-it")
    await follows(office)
    assert text_of(config) == before
    assert (await newest(office)).restored == 1
    log = await office.types("lee", "/desk-admin audit")
    assert said("history.settings_undo", name="Lee Lund", version="1", number="3") in log
    assert said("history.settings_change", name="Lee Lund", number="2") in log
    assert said("history.settings_first", number="1") in log
    listed = await office.types("lee", "/desk-admin settings versions")
    assert [line.split(" ")[0] for line in listed.splitlines()] == ["3", "2", "1"]
    first = listed.splitlines()[-1]
    assert first.endswith(said("settings.version_first", number="1", at="").rpartition(" · ")[2])
    assert "team: people" in await office.types("lee", "/desk-admin settings diff 2")


async def test_what_was_edited_by_hand_meanwhile_is_never_written_over(office: Office, config: Path) -> None:
    storage, file = office.desk.storage, office.desk.in_force.settings_file
    read = text_of(config)
    mine, theirs = read.replace("Test desk", "Mine"), read.replace("Test desk", "Theirs")

    async def save(text: str, over: str) -> DeskVersion:
        return await storage.run(
            lambda uow: save_version(uow, file, text, over=digest_of(over), by="web:lee", now=MONDAY_9)
        )

    write(config, theirs)
    with pytest.raises(FileChangedMeanwhile) as conflict:
        await save(mine, over=read)
    assert conflict.value.text == theirs
    version = await save(mine, over=theirs)
    write(config, read)
    assert not await apply_version(storage, file, version, now=MONDAY_9)
    await follows(office)
    assert text_of(config) == read
    assert office.desk.in_force.desk().name == "Test desk"


async def test_every_replica_takes_a_version_up_once_and_one_with_another_file_keeps_it(
    office: Office, config: Path, tmp_path: Path
) -> None:
    storage, before = office.desk.storage, text_of(config)
    files = [tmp_path / name for name in ("second.yaml", "third.yaml")]
    for each, text in zip(files, (before, f"{before}# mine\n"), strict=True):
        write(each, text)
    replicas = [ReloadableConfiguration(each, now=office.clock.now) for each in files]
    followers = [
        SettingsFollower(storage=storage, clock=office.clock, in_force=each)
        for each in (office.desk.in_force, *replicas)
    ]

    async def tick() -> list[int]:
        return list(await asyncio.gather(*(each.tick() for each in followers)))

    assert await tick() == [0, 0, 0]
    after = before.replace("Test desk", "Pine")
    await storage.run(
        lambda uow: save_version(
            uow,
            office.desk.in_force.settings_file,
            after,
            over=digest_of(before),
            by="web:lee",
            now=office.clock.now(),
        )
    )
    assert await tick() == [1, 1, 0]
    assert [each.desk().name for each in replicas] == ["Pine", "Test desk"]
    assert [text_of(each) for each in (config, *files)] == [after, after, f"{before}# mine\n"]
    write(config, before)  # somebody takes it back by hand: nothing is written again
    later = SettingsFollower(storage=storage, clock=office.clock, in_force=office.desk.in_force)
    assert [*await tick(), await later.tick()] == [0, 0, 0, 0]
    assert text_of(config) == before


async def test_two_replicas_with_a_file_each_lose_neither_change_and_call_none_a_hand_edit(
    office: Office, config: Path, tmp_path: Path
) -> None:
    storage, before = office.desk.storage, text_of(config)
    write(tmp_path / "second.yaml", before)
    second = ReloadableConfiguration(tmp_path / "second.yaml", now=office.clock.now)
    replicas = (office.desk.in_force, second)
    followers = [SettingsFollower(storage=storage, clock=office.clock, in_force=each) for each in replicas]

    async def save(at: ReloadableConfiguration, was: str, becomes: str) -> None:
        file = at.settings_file
        over, now = file.text(), office.clock.now()
        version = await storage.run(
            lambda uow: save_version(
                uow, file, over.replace(was, becomes), over=digest_of(over), by="web:lee", now=now
            )
        )
        assert await apply_version(storage, file, version, now=now)

    for each in followers:
        await each.tick()
    await save(office.desk.in_force, "Test desk", "Pine")
    await save(office.desk.in_force, "name: Pine", "name: Pines")
    with pytest.raises(Refused) as refused:
        await save(second, "title: Network\n", "title: Networks\n")
    assert refused.value.sentences[0].key == "settings.pending"
    assert [await each.tick() for each in followers] == [1, 1]  # the second was two versions behind
    await save(second, "title: Network\n", "title: Networks\n")
    await followers[0].tick()
    after = before.replace("Test desk", "Pines").replace("title: Network\n", "title: Networks\n")
    assert [text_of(config), text_of(tmp_path / "second.yaml")] == [after, after]
    versions = await storage.read(lambda uow: uow.desk_versions.latest(limit=9))
    assert [each.number for each in versions if each.origin is VersionOrigin.FILE] == [1]
    write(config, text_of(config).replace("Pines", "By hand"))
    await save(office.desk.in_force, "By hand", "Mine")  # what is nobody's text is a hand edit at once
    write(tmp_path / "second.yaml", before)
    office.clock.move(CATCHING_UP)
    await save(second, "Test desk", "Back by hand")


async def test_a_version_whose_process_died_before_it_was_written_is_written_by_the_next(
    office: Office, config: Path
) -> None:
    storage, before = office.desk.storage, text_of(config)
    file = office.desk.in_force.settings_file
    after = before.replace("Test desk", "Pine")
    await storage.run(
        lambda uow: save_version(
            uow, file, after, over=digest_of(before), by="web:lee", now=office.clock.now()
        )
    )
    started = SettingsFollower(storage=storage, clock=office.clock, in_force=office.desk.in_force)
    assert await started.tick() == 1
    assert text_of(config) == after
    assert (await newest(office)).origin is VersionOrigin.CHANGE


async def test_where_the_file_cannot_be_written_the_text_is_given(
    office: Office, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.config.edits.settings_file.is_writable", lambda _: False)
    reply = await asks(office, "/desk-admin settings set desk.name Pine")
    assert "name: Pine" in shown(reply)
    refused = shown(await office.presses_private("lee", reply, 0, channel="help-it"))
    assert refused == said("settings.read_only", file=str(config))
    before = text_of(config)
    with pytest.raises(FileNotWritable) as refusal:
        await office.desk.storage.run(
            lambda uow: save_version(
                uow,
                office.desk.in_force.settings_file,
                f"{before}# new\n",
                over=digest_of(before),
                by="web:lee",
                now=MONDAY_9,
            )
        )
    assert refusal.value.text == f"{before}# new\n"


async def test_a_version_that_could_not_be_written_is_written_later(
    office: Office, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage, before = office.desk.storage, text_of(config)
    file, after = office.desk.in_force.settings_file, before.replace("Test desk", "Pine")
    await follows(office)
    await storage.run(
        lambda uow: save_version(
            uow, file, after, over=digest_of(before), by="web:lee", now=office.clock.now()
        )
    )

    def is_full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr("bot.config.edits.settings_file.replace_files", is_full)
        await follows(office)
        await follows(office)
    assert text_of(config) == before
    await follows(office)
    assert text_of(config) == after
    assert office.desk.in_force.desk().name == "Pine"
