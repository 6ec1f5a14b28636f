"""The doctor says what stands in the desk's way, and how to mend it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import application
from bot.domain.findings import Severity
from bot.text.error_text import finding_text
from tests.stories.chat_office import ChatOffice
from tests.stories.desk_files import CHAT_DESK, DESK


@pytest.fixture
def office(folder: Path) -> ChatOffice:
    return ChatOffice(folder)


async def test_a_desk_that_is_well_has_nothing_to_say(office: ChatOffice) -> None:
    async with office.desk() as desk:
        assert await desk.doctor.examine() == []


async def test_a_desk_that_does_not_listen_is_noticed_from_outside(office: ChatOffice) -> None:
    async with office.desk():
        pass
    office.passes(hours=1)
    office.chat.locked.add("help")
    async with office.desk() as desk:
        await desk.backfills[0].tick()
        (unread,) = await desk.doctor.examine()
        assert finding_text(unread).startswith(
            "What was said in chat:help since 2026-03-02 08:50 UTC could not be read."
        )
        office.passes(hours=1)
        deaf = (await desk.doctor.examine())[0]
        assert finding_text(deaf).startswith(
            "Nothing said in chat since 2026-03-02 10:00 UTC is known to be here."
        )


async def test_what_a_platform_finds_and_a_platform_that_breaks_are_both_told(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "wrong.yaml"
    config.write_text(
        CHAT_DESK.read_text(encoding="utf-8").replace("chat:alerts", "chat:alarms"), encoding="utf-8"
    )
    office = ChatOffice(folder, config=config)
    async with office.desk() as desk:
        assert [finding_text(each) for each in await desk.doctor.examine()] == [
            "There is no channel `alarms`."
        ]
        monkeypatch.setattr(office.chat, "diagnose", None)
        (broken,) = await desk.doctor.examine()
        assert (broken.severity, finding_text(broken)[:29]) == (
            Severity.ERROR,
            "chat could not be examined (T",
        )


async def test_messages_that_could_not_be_delivered_are_counted(folder: Path, tmp_path: Path) -> None:
    config = tmp_path / "wrong.yaml"
    written = CHAT_DESK.read_text(encoding="utf-8").replace("chat:team-it", "chat:team-nowhere")
    config.write_text(written, encoding="utf-8")
    office = ChatOffice(folder, config=config)
    async with office.desk() as desk:
        await office.chat.says("ana", "help", "My printer burns")
    async with office.desk() as desk:
        sentences = [finding_text(each) for each in await desk.doctor.examine()]
        assert (
            "1 message could not be delivered. `deskbell outbox` lists why; fix the cause and retry."
            in sentences
        )


def test_a_platform_that_is_not_set_up_is_an_error_at_the_terminal(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ill = ask(folder, CHAT_DESK, monkeypatch)
    assert ill.exit_code == 1
    assert 'desk.yaml names channels of "chat", which is not set up.' in ill.output
    well = ask(folder, DESK, monkeypatch)
    assert well.exit_code == 0
    assert well.output.startswith("hint: There is no channel for operators")


def ask(folder: Path, config: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.setenv("DESKBELL_DATA_DIR", str(folder))
    monkeypatch.setenv("DESKBELL_CONFIG", str(config))
    return CliRunner().invoke(application(only="doctor"), ["doctor"])
