"""Direct messages, which have no threads in Discord, and private threads in a channel."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.adapters.discord.office import DESK, Office, open_office
from tests.said import said


@pytest.fixture
async def office(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, sqlite_template) as office:
        yield office


def told(office: Office) -> list[str]:
    return [each.words for each in office.ana.reads_dm() if each.is_bot]


async def test_from_asking_in_direct_messages_to_reopening(office: Office) -> None:
    ana, bo = office.ana, office.bo
    asked = await ana.writes_dm("My salary is wrong")
    await office.settle()
    (first,) = [each for each in ana.reads_dm() if each.is_bot]
    assert "IT-1" in first.words
    assert first.reply_to == asked.id
    card = office.card("IT-1")
    assert "My salary is wrong" in card.words

    await ana.writes_dm("It is too low", files=[("slip.txt", b"100")])
    await office.settle()
    (copied,) = [each for each in bo.reads_thread(card) if each.files]
    assert "It is too low" in copied.words
    assert len([each for each in bo.reads("team") if each.buttons]) == 1

    await bo.presses(card, "Claim")
    shown = await bo.presses(office.card("IT-1"), "Reply")
    await bo.submits(shown, {said("commands.desk_reply_text_label"): "We look into it"})
    await bo.says(card, "Payroll knows of this")
    await office.settle()
    assert any("We look into it" in words for words in told(office))
    assert not any("Payroll" in words for words in told(office))

    await bo.types_command("/desk resolve", card, resolution="corrected")
    await office.settle()
    assert "resolved" in office.card("IT-1").words
    await ana.writes_dm("Still wrong")
    await office.settle()
    assert "resolved" not in office.card("IT-1").words


async def test_thanks_reopens_nothing_and_a_closed_ticket_is_followed_by_a_new_one(office: Office) -> None:
    await office.ana.writes_dm("My screen is black")
    await office.settle()
    await office.bo.types_command("/desk resolve", office.card("IT-1"), resolution="cable")
    await office.settle()
    await office.ana.writes_dm("thanks!")
    await office.settle()
    assert "resolved" in office.card("IT-1").words
    await office.bo.types_command("/desk close", office.card("IT-1"), reason="done")
    await office.settle()
    await office.ana.writes_dm("My mouse is gone")
    await office.settle()
    assert "My mouse is gone" in office.card("IT-2").words


async def test_a_discord_reply_to_a_message_of_the_desks_means_that_ticket(office: Office) -> None:
    await office.ana.writes_dm("My screen is black")
    await office.settle()
    (first,) = [each for each in office.ana.reads_dm() if each.is_bot]
    shown = await office.ana.types_command("/ticket open", text="My chair squeaks")
    assert "IT-2" in shown.text
    await office.settle()
    await office.ana.writes_dm("It blinks now", reply_to=first)
    await office.settle()
    assert any("It blinks now" in line for line in office.talk(office.bo, office.card("IT-1")))


async def test_edits_and_deletions_in_direct_messages_cross_over(office: Office) -> None:
    await office.ana.writes_dm("My screen is black")
    said = await office.ana.writes_dm("It blnks")
    await office.settle()
    await office.ana.edits(said, "It blinks")
    await office.settle()
    card = office.card("IT-1")
    assert any("It blinks" in line for line in office.talk(office.bo, card))
    await office.ana.deletes(said)
    await office.settle()
    assert not any("blinks" in line for line in office.talk(office.bo, card))


async def test_whoever_takes_no_direct_messages_is_told_to_the_team(office: Office) -> None:
    await office.ana.writes_dm("My screen is black")
    await office.settle()
    office.ana.closes_dms()
    shown = await office.bo.presses(office.card("IT-1"), "Reply")
    await office.bo.submits(shown, {said("commands.desk_reply_text_label"): "Which screen?"})
    await office.settle()
    closed = said("deliveries.discord_direct_messages_closed")
    assert any(closed in line for line in office.talk(office.bo, office.card("IT-1")))


async def test_in_a_private_place_a_request_gets_a_thread_for_the_requester_and_the_team(
    office: Office,
) -> None:
    ana, bo = office.ana, office.bo
    eve = office.discord.person("eve")
    await ana.says("quiet", "Somebody harasses me")
    await office.settle()
    thread = await ana.sees_thread("quiet", "IT-1")
    assert any("Somebody harasses me" in line for line in office.talk(ana, thread))
    assert office.discord.person("bo").may_see(thread)
    assert not eve.may_see(thread)
    await ana.says(thread, "Since Monday")
    await bo.says(thread, "We see to it")
    await office.settle()
    lines = office.talk(bo, office.card("IT-1"))
    assert any("Since Monday" in line for line in lines)
    assert any("We see to it" in line for line in lines)


async def test_a_thread_is_put_away_when_its_ticket_is_closed_and_opened_when_it_is_reopened(
    office: Office,
) -> None:
    request = await office.ana.says("help", "My VPN is dead")
    await office.settle()
    thread = office.discord.world.threads[request.id]
    assert thread.name == "IT-1 · My VPN is dead"
    await office.bo.types_command("/desk close", request, reason="gone")
    await office.settle()
    assert (thread.is_archived, thread.is_locked) == (True, False)
    assert any("closed" in each.words for each in office.ana.reads_thread(thread))
    await office.bo.types_command("/desk reopen", "team", ticket="IT-1")
    await office.settle()
    assert (thread.is_archived, thread.is_locked) == (False, False)


async def test_who_writes_below_a_closed_ticket_opens_a_new_one_as_its_thread_says(office: Office) -> None:
    request = await office.ana.says("help", "My VPN is dead")
    await office.settle()
    await office.bo.types_command("/desk close", request, reason="gone")
    await office.settle()
    thread = office.discord.world.threads[request.id]
    await office.ana.says(thread, "It is dead again since this morning")
    await office.settle()
    assert "It is dead again since this morning" in office.card("IT-2").words
    assert not thread.is_archived


async def test_discords_own_archiving_hides_no_open_ticket(office: Office) -> None:
    request = await office.ana.says("help", "My VPN is dead")
    await office.settle()
    thread = office.discord.world.threads[request.id]
    office.discord.move(timedelta(days=8))
    await office.settle()
    assert not thread.is_archived


async def test_the_forums_tags_say_how_a_ticket_stands(office: Office) -> None:
    post = await office.ana.posts("questions", "Installer hangs", "At 90 per cent")
    await office.settle()
    await office.bo.types_command("/desk claim", post)
    await office.bo.types_command("/desk priority", post, priority="urgent")
    await office.settle()
    assert set(office.ana.tag_names(office.discord.world.threads[post.id])) == {"Helpers", "urgent", "open"}


async def test_whoever_leaves_the_server_is_told_to_the_team(office: Office) -> None:
    await office.ana.says("help", "My VPN is dead")
    await office.settle()
    await office.ana.leaves(office.discord.guild)
    await office.settle()
    assert any("Ana has left the server" in line for line in office.talk(office.bo, office.card("IT-1")))


async def test_an_answer_to_the_question_belongs_to_what_is_asked_about(office: Office) -> None:
    await office.ana.writes_dm("VPN dead")
    await office.settle()
    question = office.ana.reads_dm()[-1]
    await office.ana.writes_dm("in the annexe", reply_to=question)
    await office.settle()
    await office.ana.presses(question, "Open a ticket")
    await office.settle()
    assert any("in the annexe" in each.words for each in office.bo.reads_thread(office.card("IT-1")))


async def test_a_thread_on_a_message_that_is_asked_about_belongs_to_its_ticket(
    tmp_path: Path, sqlite_template: Path
) -> None:
    asking = DESK.replace('channel: "discord:{help}"', 'channel: "discord:{help}", ask_first: true')
    assert asking != DESK
    async with open_office(tmp_path, sqlite_template, desk=asking) as office:
        asked = await office.ana.says("help", "VPN dead")
        await office.settle()
        thread = await office.ana.starts_thread(asked, "More of it")
        added = await office.ana.says(thread, "in the annexe")
        gone = await office.ana.says(thread, "never mind")
        await office.settle()
        await office.ana.deletes(gone)
        await office.settle()
        question = office.ana.reads_dm()[-1]
        await office.ana.presses(question, "Open a ticket")
        await office.settle()
        told = [each.words for each in office.bo.reads_thread(office.card("IT-1"))]
        assert any("in the annexe" in each for each in told)
        assert not any("never mind" in each for each in told)
        await office.ana.edits(added, "in the old annexe")
        await office.settle()
        assert any("in the old annexe" in each.words for each in office.bo.reads_thread(office.card("IT-1")))
