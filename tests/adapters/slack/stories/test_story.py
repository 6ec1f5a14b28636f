"""The whole story in Slack, with the whole desk and nothing but what its manifest asks for: by HTTP and by socket."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.slack.office import Office, open_office
from tests.said import said


@pytest.fixture(params=["http", "socket"])
async def office(
    request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Path
) -> AsyncIterator[Office]:
    by_socket = request.param == "socket"
    async with open_office(tmp_path, sqlite_template, by_socket=by_socket) as office:
        yield office


async def test_from_asking_to_reopening(office: Office) -> None:
    ana, bo, cleo = office.ana, office.bo, office.cleo

    request = await ana.says("help-it", "My VPN is dead")
    await office.settle()
    (told,) = office.thread(ana, request)
    assert told.startswith(said("requester.received", reference="deskbell: IT-1", team="Service Desk"))
    card = await office.card("IT-1")
    assert "My VPN is dead" in card.words
    assert card.buttons == ("Claim", "Reply", "Note", "Resolve")

    await cleo.types("/desk claim IT-1", "team-it")
    await office.settle()
    card = await office.card("IT-1")
    assert "Cleo Chen" in card.words
    assert "Claim" not in card.buttons

    await cleo.presses(card, "Reply")
    form = await cleo.sees_modal()
    await cleo.submits(form, {form.fields[0]: "Which client do you use?"})
    await office.settle()
    assert "Cleo Chen: Cleo Chen: Which client do you use?" in office.thread(ana, request)

    await ana.says("help-it", "The blue one", thread=request)
    await bo.says("team-it", "That one is broken since Monday", thread=card)
    await office.settle()
    assert "Ana Lima: Ana Lima: The blue one" in office.thread(bo, card)
    assert not any("Monday" in line for line in office.thread(ana, request))

    await bo.says("help-it", "We are replacing it", thread=request)
    await office.settle()
    assert "Bo Berg: Bo Berg: We are replacing it" in office.thread(bo, card)

    await cleo.says("help-it", "@deskbell resolve it was replaced", thread=request)
    await office.settle()
    assert "resolved" in (await office.card("IT-1")).words
    await ana.says("help-it", "It is broken again", thread=request)
    await office.settle()
    assert "resolved" not in (await office.card("IT-1")).words


async def test_notes_stay_inside_and_edits_deletions_and_files_cross_over(office: Office) -> None:
    ana, bo = office.ana, office.bo
    request = await ana.says("help-it", "My screen flickers")
    await office.settle()
    card = await office.card("IT-1")

    await bo.presses(card, "Note")
    form = await bo.sees_modal()
    await bo.submits(form, {form.fields[0]: "She has the old model"})
    sent = await ana.says("help-it", "It is the lft one", thread=request)
    await office.settle()
    assert "Bo Berg: Bo Berg: She has the old model" in office.thread(bo, card)
    assert not any("old model" in line for line in office.thread(ana, request))

    await ana.edits(sent, "It is the left one")
    await office.settle()
    assert "Ana Lima: Ana Lima: It is the left one" in office.thread(bo, card)
    await ana.edits(sent, "It is the left one, my password is hunter2")
    await office.settle()
    hints = [each.words for each in ana.reads_thread(request) if each.is_ephemeral]
    assert any(said("requester.credential_in_public") in each for each in hints)
    assert not any("hunter2" in line for line in office.thread(bo, card))

    await ana.deletes(sent)
    await office.settle()
    assert not any("left one" in line for line in office.thread(bo, card))

    await ana.says("help-it", "Look:", thread=request, files=[("screen.png", b"picture of a screen")])
    await office.settle()
    with_file = [seen for seen in bo.reads_thread(card) if seen.files]
    assert [seen.files for seen in with_file] == [("screen.png",)]
    copied = [
        file for file in office.slack.workspace.files.values() if file.content == b"picture of a screen"
    ]
    assert len(copied) == 2


async def test_the_escalation_channel_hears_of_a_warning_and_of_the_breach(office: Office) -> None:
    await office.ana.says("help-it", "Nobody looks at this")
    await office.settle()
    await office.passes(minutes=25)
    (warning,) = office.lee.reads("escalations")
    assert said("team.at_risk_title") in warning.words
    assert "IT-1" in warning.words
    await office.passes(minutes=10)
    (breach,) = office.lee.reads("escalations")
    assert breach.ts != warning.ts, "a new message, which notifies people; the warning is gone"
    assert "Breached" in breach.words
    assert "IT-1" in breach.words
    mentions = [part for part in _parts(breach.blocks) if part.get("type") == "user"]
    assert [part["user_id"] for part in mentions] == [office.lee.id]
    await office.bo.presses(breach, "Claim")
    await office.settle()
    assert "Bo Berg" in (await office.card("IT-1")).words


async def test_a_colleagues_message_is_made_a_ticket_by_the_shortcut(office: Office) -> None:
    office.slack.channel("lounge", [office.ana, office.bo])
    said = await office.ana.says("lounge", "My headset is silent")
    await office.bo.uses_shortcut("Make this a ticket", said)
    await office.settle()
    assert "Ana Lima" in (await office.card("IT-1")).words
    assert any("IT-1" in line for line in office.thread(office.ana, said))


async def test_a_request_by_form_is_answered_by_direct_message(office: Office) -> None:
    await office.ana.uses_shortcut("ticket open")
    form = await office.ana.sees_modal()
    await office.ana.submits(form, {form.fields[0]: "My salary is wrong", form.fields[-2]: "Yes"})
    await office.settle()
    told = office.ana.reads("@deskbell")
    assert any("IT-1" in each for each in told)
    assert not any("salary" in each for each in office.bo.reads("help-it"))


async def test_somebody_who_may_not_is_told_so_alone(office: Office) -> None:
    await office.ana.says("help-it", "My mouse is gone")
    await office.settle()
    await office.ana.types("/ticket claim IT-1", "help-it")
    await office.settle()
    (refused,) = [seen for seen in office.ana.reads("help-it") if seen.is_ephemeral]
    assert said("commands.agents_only", command="/desk claim", ask="/ticket open") in refused.text
    assert not any(seen.is_ephemeral for seen in office.bo.reads("help-it"))


def _parts(part: Any) -> list[dict[str, Any]]:
    if isinstance(part, list | tuple):
        return [inner for each in part for inner in _parts(each)]
    if isinstance(part, dict):
        return [part, *(inner for each in part.values() for inner in _parts(each))]
    return []


async def test_a_tickets_whole_life_costs_as_few_calls_as_people_see_messages(office: Office) -> None:
    ana, bo = office.ana, office.bo

    def made() -> list[str]:
        counted = [call.method for call in office.slack.calls if call.method.startswith("chat.")]
        office.slack.calls.clear()
        return counted

    request = await ana.says("help-it", "My VPN is dead")
    await office.settle()
    assert made() == ["chat.postMessage"] * 2  # the acknowledgement and the card
    card = await office.card("IT-1")
    await bo.presses(card, "Claim")
    await office.settle()
    assert made() == ["chat.update"] * 2  # both say whose it is now
    for number in range(3):
        await ana.says("help-it", f"word {number}", thread=request)
        await office.settle()
        assert made() == ["chat.postMessage"]
    await bo.says("help-it", "one answer", thread=request)
    await office.settle()
    assert sorted(made()) == [
        "chat.postMessage",
        "chat.update",
        "chat.update",
    ]  # the first answer ends a promise
    for number in range(2):
        await bo.says("help-it", f"answer {number}", thread=request)
        await office.settle()
        assert made() == ["chat.postMessage"]


async def test_the_home_page_follows_what_happens(office: Office) -> None:
    await office.ana.opens_home()
    await office.ana.says("help-it", "My VPN is dead")
    await office.settle()
    await office.ana.opens_home()
    await office.settle()
    assert office.ana.home is not None
    assert "My VPN is dead" in office.ana.home


async def test_a_colleague_is_called_by_the_handle_that_slack_completes(office: Office) -> None:
    await office.bo.says("team-it", "Good morning")
    await office.ana.says("help-it", "My mouse is dead")
    await office.settle()
    await office.cleo.types("/desk assign IT-1 @bo", "team-it")
    await office.settle()
    assert "Bo Berg" in (await office.card("IT-1")).words
