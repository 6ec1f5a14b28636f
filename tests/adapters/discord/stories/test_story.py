"""The whole story in Discord, with the whole desk: in a text channel, a forum and direct messages."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.discord.office import DESK, Office, open_office
from tests.fakes.discord import NotOffered
from tests.said import said


@pytest.fixture
async def office(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    desk = DESK.replace(", threads: private", "")
    async with open_office(tmp_path, sqlite_template, desk=desk) as office:
        yield office


async def test_in_a_channel_from_asking_to_reopening(office: Office) -> None:
    ana, bo, cleo = office.ana, office.bo, office.cleo

    request = await ana.says("help", "My VPN is dead")
    await office.settle()
    (told,) = office.talk(ana, request)
    assert told.startswith(said("requester.received", reference="Deskbell: **IT-1**", team="Helpers"))
    card = office.card("IT-1")
    assert "My VPN is dead" in card.words
    assert card.buttons == ("Claim", "Reply", "Note", "Resolve")

    await cleo.types_command("/desk claim", "team", ticket="IT-1")
    await office.settle()
    card = office.card("IT-1")
    assert "Cleo" in card.words
    assert "Claim" not in card.buttons

    shown = await cleo.presses(card, "Reply")
    assert shown.modal is not None
    await cleo.submits(shown, {said("commands.desk_reply_text_label"): "Which client do you use?"})
    await office.settle()
    assert "Cleo: Which client do you use?\n@Ana" in office.talk(ana, request)

    await ana.says(request, "The blue one")
    await bo.says(card, "That one is broken since Monday")
    await office.settle()
    assert "Ana: The blue one\n@Cleo" in office.talk(bo, card)
    assert not any("Monday" in line for line in office.talk(ana, request))

    await bo.says(request, "We are replacing it")
    await office.settle()
    assert any("We are replacing it" in line for line in office.talk(bo, card))

    await cleo.types_command("/desk resolve", request, resolution="it was replaced")
    await office.settle()
    assert "resolved" in office.card("IT-1").words
    await ana.says(request, "It is broken again")
    await office.settle()
    assert "resolved" not in office.card("IT-1").words


async def test_notes_stay_inside_and_edits_deletions_and_files_cross_over(office: Office) -> None:
    ana, bo = office.ana, office.bo
    request = await ana.says("help", "My screen flickers")
    await office.settle()
    card = office.card("IT-1")

    shown = await bo.presses(card, "Note")
    await bo.submits(shown, {"Note": "She has the old model"})
    sent = await ana.says(request, "It is the lft one")
    await office.settle()
    assert any("She has the old model" in line for line in office.talk(bo, card))
    assert not any("old model" in line for line in office.talk(ana, request))

    await ana.edits(sent, "It is the left one")
    await office.settle()
    assert any("It is the left one" in line for line in office.talk(bo, card))
    assert not any("lft" in line for line in office.talk(bo, card))
    await ana.edits(sent, "It is the left one, my password is hunter2")
    await office.settle()
    assert any(said("requester.credential_in_public") in each.words for each in ana.reads_dm())
    assert not any("hunter2" in line for line in office.talk(bo, card))

    await ana.deletes(sent)
    await office.settle()
    assert not any("left one" in line for line in office.talk(bo, card))

    await ana.says(request, "Look:", files=[("screen.png", b"picture of a screen")])
    await office.settle()
    assert [each.files for each in bo.reads_thread(card) if each.files] == [("screen.png",)]


async def test_in_a_forum_the_post_is_the_requesters_thread(office: Office) -> None:
    post = await office.ana.posts("questions", "Installer hangs", "At 90 per cent")
    await office.settle()
    assert any("IT-1" in line for line in office.talk(office.ana, post))
    card = office.card("IT-1")
    assert "Installer hangs" in card.words
    assert "At 90 per cent" in card.words
    assert office.discord.world.threads[post.id].name == "Installer hangs"
    await office.bo.presses(card, "Claim")
    await office.bo.says(post, "Which system?")
    await office.ana.says(post, "Debian")
    await office.settle()
    assert any("Ana: Debian" in line for line in office.talk(office.bo, card))
    assert "Bo" in office.card("IT-1").words


async def test_the_escalation_channel_hears_of_a_warning_and_of_the_breach(office: Office) -> None:
    await office.ana.says("help", "Nobody looks at this")
    await office.settle()
    await office.passes(minutes=25)
    (warning,) = office.lee.reads("escalations")
    assert said("team.at_risk_title") in warning.words
    assert "IT-1" in warning.words
    await office.passes(minutes=10)
    (breach,) = office.lee.reads("escalations")
    assert breach.id != warning.id, "a new message, which notifies people; the warning is gone"
    assert "Breached" in breach.words
    assert "IT-1" in breach.words
    assert breach.pings == ("Lee",)
    await office.bo.presses(breach, "Claim")
    await office.settle()
    assert "Bo" in office.card("IT-1").words


async def test_a_message_is_made_a_ticket_by_its_menu(office: Office) -> None:
    office.discord.channel("lounge")
    said = await office.ana.says("lounge", "My headset is silent")
    shown = await office.bo.uses_message_menu("Make this a ticket", said)
    await office.settle()
    assert "IT-1" in shown.text
    assert "Ana" in office.card("IT-1").words
    assert any("IT-1" in line for line in office.talk(office.ana, said))


async def test_somebody_who_may_not_is_told_so_alone(office: Office) -> None:
    await office.ana.says("help", "My mouse is gone")
    await office.settle()
    with pytest.raises(NotOffered):
        await office.ana.types_command("/desk claim", "help", ticket="IT-1")
    shown = await office.ana.types_command("/ticket show", "help", ticket="IT-7")
    assert said("commands.unknown_ticket", reference="IT-7", command="`/ticket list`") in shown.text
    assert not any(each.is_ephemeral for each in office.bo.reads("help"))


async def test_a_request_by_command_opens_a_form_and_then_a_thread(office: Office) -> None:
    shown = await office.ana.types_command("/ticket open", "help")
    assert shown.modal is not None
    await office.ana.submits(shown, {said("commands.ticket_open_text_label"): "My chair squeaks"})
    await office.settle()
    (asked,) = [each for each in office.ana.reads("help") if "My chair squeaks" in each.words]
    assert "IT-1" in asked.words
    assert "My chair squeaks" in office.card("IT-1").words


async def test_a_button_that_cannot_be_undone_asks_first(office: Office) -> None:
    request = await office.ana.says("help", "My VPN is dead")
    await office.settle()
    (told,) = [each for each in office.ana.reads_thread(request) if each.buttons]
    asked = await office.ana.presses(told, "Withdraw")
    assert said("platforms.confirm", label="Withdraw") in asked.text
    assert asked.reply is not None
    await office.ana.presses(asked.reply, "Withdraw")
    await office.settle()
    assert "closed" in office.card("IT-1").words


async def test_a_closed_ticket_leaves_its_transcript_in_its_thread_and_a_note_is_not_in_it(
    tmp_path: Path, sqlite_template: Path
) -> None:
    desk = DESK + "\ntranscripts: {{requester: true, team: true}}\n"
    async with open_office(tmp_path, sqlite_template, desk=desk) as office:
        request = await office.ana.says("help", "My VPN is dead", files=[("log.txt", b"no route")])
        await office.settle()
        card = office.card("IT-1")
        await office.bo.says(card, "she has the old client")
        await office.bo.says(request, "Update it, please")
        await office.bo.types_command("/desk close", request, reason="done")
        await office.settle()
        thread = office.discord.world.threads[request.id]
        assert (thread.is_archived, thread.is_locked) == (True, False)
        (told,) = [each for each in office.ana.reads_thread(request) if each.files and each.is_bot]
        assert told.files == ("IT-1.html", "IT-1.txt")
        whole = "".join(
            attachment.content.decode()
            for message in office.discord.world.said(thread.id).values()
            for attachment in message.attachments
        )
        assert "Update it, please" in whole
        assert "old client" not in whole
        (staffs,) = [each for each in office.bo.reads_thread(card) if len(each.files) == 2]
        assert staffs.files == ("IT-1-staff.html", "IT-1-staff.txt")
