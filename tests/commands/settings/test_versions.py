"""`/desk-admin settings …` is for admins, and says what is wrong with what they type."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return Path(shutil.copy(DESK, tmp_path / "desk.yaml"))


@pytest.fixture
async def office(tmp_path: Path, config: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path / "desk", config=config) as office:
        yield office


def line_of(config: Path, text: str) -> int:
    return config.read_text(encoding="utf-8").splitlines().index(text) + 1


async def test_who_is_no_admin_neither_sees_nor_changes_settings(office: Office) -> None:
    for who in ("ana", "bo"):
        for verb in ("", "versions", "diff", "undo", "set desk.name Pine"):
            answer = await office.types(who, f"/desk-admin settings {verb}")
            assert "settings" not in answer.lower().replace("/desk-admin settings", "")


async def test_a_value_that_cannot_be_used_is_told_with_its_line(office: Office, config: Path) -> None:
    line = line_of(config, "    calendar: 24x7")
    reply = await office.types("lee", "/desk-admin settings set teams.it.calendar ofice")
    assert reply.startswith(said("settings.unusable"))
    assert f":{line}:" in reply
    nowhere = await office.types("lee", "/desk-admin settings set teams..it x")
    assert nowhere == said("settings.no_path", text="teams..it")
    assert await office.types("lee", "/desk-admin settings undo") == said("settings.no_version", number="0")


async def test_what_is_missing_is_asked_for_in_a_form_and_shown_before_it_is_saved(office: Office) -> None:
    form = (await office.types_for_reply("lee", "/desk-admin settings set"))["reply"]
    answer = await office.submits("lee", form, channel="help-it", path="desk.name", value="Pine")
    assert "+  name: Pine" in answer
    assert await office.types("lee", "/desk-admin settings diff") == said("settings.no_version", number="0")
    same = await office.types("lee", "/desk-admin settings set desk.name Test desk")
    assert same == said("settings.same")
    assert await office.types("lee", "/desk-admin settings versions") == said("settings.no_versions")


async def test_settings_alone_says_which_version_holds_and_what_can_be_typed(office: Office) -> None:
    bare = await office.types("lee", "/desk-admin settings")
    assert bare.startswith(said("settings.no_versions"))
    for way in ("set", "diff", "undo", "versions"):
        assert f"/desk-admin settings {way}" in bare
