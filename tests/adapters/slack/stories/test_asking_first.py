"""Where an inbox asks first, its question is put where the message was said, to its author alone."""

from pathlib import Path

from tests.adapters.slack.office import DESK, open_office
from tests.said import said


async def test_two_words_in_a_channel_are_asked_about_there(tmp_path: Path, sqlite_template: Path) -> None:
    desk = DESK.replace('"slack:{help_it}"}}', '"slack:{help_it}", ask_first: true}}')
    assert desk != DESK
    async with open_office(tmp_path, sqlite_template, desk=desk) as office:
        await office.ana.says("help-it", "VPN dead")
        await office.settle()
        (asked,) = [each for each in office.ana.reads("help-it") if each.is_ephemeral]
        assert said("requester.shall_i_open", text="VPN dead") in asked.text
        assert not any(each.is_ephemeral for each in office.bo.reads("help-it"))
        await office.ana.presses(asked, "Open a ticket")
        await office.settle()
        assert "VPN dead" in (await office.card("IT-1")).words


async def test_what_is_added_below_the_message_reaches_the_team(
    tmp_path: Path, sqlite_template: Path
) -> None:
    desk = DESK.replace('"slack:{help_it}"}}', '"slack:{help_it}", ask_first: true}}')
    async with open_office(tmp_path, sqlite_template, desk=desk) as office:
        asked = await office.ana.says("help-it", "VPN dead")
        await office.settle()
        added = await office.ana.says("help-it", "in the annexe", thread=asked)
        await office.bo.says("help-it", "Which floor is that?", thread=asked)
        await office.settle()
        await office.ana.edits(added, "in the old annexe")
        await office.settle()
        (question,) = [each for each in office.ana.reads("help-it") if each.is_ephemeral]
        await office.ana.presses(question, "Open a ticket")
        await office.settle()
        told = [each.words for each in office.bo.reads_thread(await office.card("IT-1"))]
        assert any("in the old annexe" in each for each in told)
        assert any("Which floor is that?" in each for each in told)


async def test_what_is_added_below_the_question_in_direct_messages_reaches_the_team(
    tmp_path: Path, sqlite_template: Path
) -> None:
    async with open_office(tmp_path, sqlite_template, desk=DESK) as office:
        await office.ana.says("@deskbell", "Mouse dead")
        await office.settle()
        question = office.ana.reads("@deskbell")[-1]
        await office.ana.says("@deskbell", "the wireless one", thread=question)
        await office.settle()
        await office.ana.presses(question, "Open a ticket")
        await office.settle()
        told = [each.words for each in office.bo.reads_thread(await office.card("IT-1"))]
        assert any("the wireless one" in each for each in told)
