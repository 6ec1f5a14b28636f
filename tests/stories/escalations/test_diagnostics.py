"""The doctor says what stands in the desk's way, and how to mend it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import application
from bot.domain.findings import Severity
from bot.domain.sentence import sentence
from tests.said import because, printed
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
        since = datetime(2026, 3, 2, 8, 50, tzinfo=UTC)
        assert unread.sentence == sentence("operations.channel_unread", channel="chat:help", since=since)
        office.passes(hours=1)
        deaf = (await desk.doctor.examine())[0]
        since = datetime(2026, 3, 2, 10, tzinfo=UTC)
        assert deaf.sentence == sentence("operations.nothing_heard", platform="chat", since=since)


async def test_what_a_platform_finds_and_a_platform_that_breaks_are_both_told(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "wrong.yaml"
    config.write_text(
        CHAT_DESK.read_text(encoding="utf-8").replace("chat:alerts", "chat:alarms"), encoding="utf-8"
    )
    office = ChatOffice(folder, config=config)
    async with office.desk() as desk:
        assert [each.sentence for each in await desk.doctor.examine()] == [
            because("There is no channel `alarms`.")
        ]
        monkeypatch.setattr(office.chat, "diagnose", None)
        (broken,) = await desk.doctor.examine()
        told = sentence("operations.not_examined", platform="chat", error="TypeError")
        assert (broken.severity, broken.sentence) == (Severity.ERROR, told)


async def test_messages_that_could_not_be_delivered_are_counted(folder: Path, tmp_path: Path) -> None:
    config = tmp_path / "wrong.yaml"
    written = CHAT_DESK.read_text(encoding="utf-8").replace("chat:team-it", "chat:team-nowhere")
    config.write_text(written, encoding="utf-8")
    office = ChatOffice(folder, config=config)
    async with office.desk() as desk:
        await office.chat.says("ana", "help", "My printer burns")
    async with office.desk() as desk:
        found = [each.sentence for each in await desk.doctor.examine()]
        assert sentence("operations.undelivered", count=1) in found


def test_a_platform_that_is_not_set_up_is_an_error_at_the_terminal(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ill = ask(folder, CHAT_DESK, monkeypatch)
    assert ill.exit_code == 1
    assert printed("operations.platform_missing_settings", platform="chat") in ill.output
    well = ask(folder, DESK, monkeypatch)
    assert well.exit_code == 0
    assert well.output.startswith(f"hint: {printed('operations.no_operator_channel')}")


def ask(folder: Path, config: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.setenv("DESKBELL_DATA_DIR", str(folder))
    monkeypatch.setenv("DESKBELL_CONFIG", str(config))
    return CliRunner().invoke(application(only="doctor"), ["doctor"])
