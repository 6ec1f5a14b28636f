"""Words that went with a change of status, changed and taken back: on both sides, in one message, as replies are."""

from typing import Any

import pytest

from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.status_words import CHANGE
from tests.said import said
from tests.stories.fields.test_forms import transcripts
from tests.stories.office import Office, words
from tests.stories.similar.merges import merges

TYPO, RIGHT = "Joe has the cablx", "Joe has the cable"
TOLD = {
    "hold": ("requester.held_because", "requester.held"),
    "resolve": ("requester.resolved_because", "requester.resolved"),
    "close": ("requester.closed_because", "requester.closed"),
}
VERBS = pytest.mark.parametrize("verb", sorted(TOLD))


async def threads(office: Office, request: str) -> list[list[dict[str, Any]]]:
    """Ana's, and the team's."""
    card = await office.card("bo", "team-it", "IT-1")
    return [
        await office.sees_thread("ana", "help-it", request),
        await office.sees_thread("bo", "team-it", card["id"]),
    ]


def places(messages: list[dict[str, Any]], text: str) -> list[int]:
    """Which of them say this."""
    return [place for place, each in enumerate(messages) if text in words(each)]


async def answered(office: Office, verb: str) -> str:
    """A request, a reply, and words with a change."""
    request = await office.says("ana", "help-it", "My screen is dark")
    await office.types("bo", "/desk reply IT-1 first words")
    await office.types("bo", f"/desk {verb} IT-1 {TYPO}")
    return request


@VERBS
async def test_each_side_reads_the_words_once_and_the_same_message_changes(office: Office, verb: str) -> None:
    request = await answered(office, verb)
    before = await threads(office, request)
    assert [len(places(each, TYPO)) for each in before] == [1, 1 if verb != "close" else 0]
    await office.types("bo", f"/desk edit IT-1 {RIGHT}")
    after = await threads(office, request)
    assert [places(each, RIGHT) for each in after] == [places(each, TYPO) for each in before]
    assert [[each["id"] for each in side] for side in after] == [
        [each["id"] for each in side] for side in before
    ]
    for who in ("ana", "bo"):
        assert TYPO not in await office.everything_seen_by(who)


@VERBS
async def test_taken_back_they_are_gone_and_the_requester_still_reads_what_became_of_it(
    office: Office, verb: str
) -> None:
    request = await answered(office, verb)
    await office.types("bo", f"/desk edit IT-1 {RIGHT}")
    await office.types("bo", "/desk recall IT-1")
    because, alone = TOLD[verb]
    left = [words(each) for each in (await threads(office, request))[0]]
    assert any(said(alone, name="Bo Berg", reference="IT-1") in each for each in left)
    assert not any(said(because, name="", reference="IT-1", reason=RIGHT) in each for each in left)
    for who in ("ana", "bo"):
        seen = await office.everything_seen_by(who)
        assert "Joe has" not in seen
        assert "first words" in seen


async def test_a_resolution_that_changes_keeps_its_way_to_reopen(office: Office) -> None:
    request = await answered(office, "resolve")
    for change in (f"edit IT-1 {RIGHT}", "recall IT-1"):
        await office.types("bo", f"/desk {change}")
        told = (await threads(office, request))[0][-1]
        assert [each["label"] for each in told["content"]["buttons"]] == [said("requester.button_reopen")]
    await office.presses("ana", told, said("requester.button_reopen"))
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["state"] == "open"


async def test_words_of_a_resolution_change_after_the_ticket_was_reopened(office: Office) -> None:
    request = await answered(office, "resolve")
    await office.says("ana", "help-it", "Still dark", thread=request)
    await office.types("bo", f"/desk edit IT-1 {RIGHT}")
    mine, _ = await threads(office, request)
    assert len(places(mine, RIGHT)) == 1
    assert TYPO not in await office.everything_seen_by("ana")


async def test_what_a_transfer_left_behind_changes_too(office: Office) -> None:
    await answered(office, "hold")
    await office.types("bo", "/desk transfer IT-1 network")
    assert TYPO in await office.everything_seen_by("bo")
    await office.types("bo", f"/desk edit IT-1 {RIGHT}")
    await office.types("lee", "/desk recall IT-1 @bo", channel="team-network")
    assert "Joe has" not in await office.everything_seen_by("bo")


@pytest.mark.parametrize("verb", ["resolve", "close"])
async def test_requesters_of_duplicates_read_them_as_they_are_now(office: Office, verb: str) -> None:
    await office.says("ana", "help-it", "The door of the lab is stuck")
    second = await office.says("dan", "help-it", "Lab door is stuck")
    await merges(office, "bo", "/desk merge IT-2 IT-1")
    await office.types("bo", "/desk reply IT-1 On my way")
    await office.types("bo", f"/desk {verb} IT-1 {TYPO}")
    before = await office.sees_thread("dan", "help-it", second)
    await office.types("bo", f"/desk edit IT-1 {RIGHT}")
    after = await office.sees_thread("dan", "help-it", second)
    assert places(after, RIGHT) == places(before, TYPO) != []
    await office.types("bo", "/desk recall IT-1")
    left = await office.reads("dan", "help-it", thread=second)
    assert not any("Joe has" in each for each in left)
    assert "Joe has" not in await office.types("dan", "/ticket show IT-2")


async def test_transcripts_of_requesters_have_the_words_of_now_and_the_staffs_both(office: Office) -> None:
    await answered(office, "resolve")
    await office.types("bo", f"/desk edit IT-1 {RIGHT}")
    await office.types("ana", "/ticket transcript IT-1")
    await office.types("bo", "/desk transcript IT-1")
    mine, staffs = "".join(await transcripts(office, "ana")), "".join(await transcripts(office, "bo"))
    assert RIGHT in mine
    assert TYPO not in mine
    assert said("history.reads_now", before=TYPO, text=RIGHT) in staffs
    await office.types("bo", "/desk recall IT-1")
    await office.types("ana", "/ticket transcript IT-1")
    await office.types("bo", "/desk transcript IT-1")
    assert "Joe has" not in (await transcripts(office, "ana"))[-1]
    assert said("history.read_before", text=RIGHT) in (await transcripts(office, "bo"))[-1]


async def test_why_its_requester_closed_it_changes_in_the_teams_thread(office: Office) -> None:
    request = await office.says("ana", "help-it", "My screen is dark")
    await office.types("bo", "/desk reply IT-1 first words")
    await office.types("ana", "/ticket close IT-1 it worx")
    await office.types("ana", "/ticket edit IT-1 it works")
    _, teams = await threads(office, request)
    closed = said("team.closed_because", name="Ana Alves", reference="IT-1", reason="it works")
    assert closed in [words(each) for each in teams]
    await office.types("ana", "/ticket recall IT-1")
    _, teams = await threads(office, request)
    assert said("team.closed", name="Ana Alves", reference="IT-1") in [words(each) for each in teams]
    assert "it works" not in await office.everything_seen_by("bo")


async def test_the_menu_of_a_closed_tickets_card_edits_what_was_said_with_it(office: Office) -> None:
    await answered(office, "close")
    card = await office.card("bo", "team-it", "IT-1")
    form = await office.presses("bo", card, said("team.button_edit_form"))
    assert form is not None
    assert form["fields"][0]["value"] == TYPO
    await office.submits("bo", form, channel="team-it", text=RIGHT)
    assert RIGHT in await office.everything_seen_by("ana")
    await office.types("bo", "/desk recall IT-1")
    menu = (await office.card("bo", "team-it", "IT-1"))["content"]
    assert said("team.button_edit_form") not in str(menu)


async def test_what_was_told_before_notices_named_their_change_is_found_by_its_words(office: Office) -> None:
    await answered(office, "resolve")

    def forget_changes(uow: UnitOfWork) -> None:
        ticket = uow.tickets.find("IT", 1)
        assert ticket is not None
        threads = [each.id for each in uow.conversations.of_ticket(ticket.id)]
        for key, payload in uow.outbox.notices_in(threads).items():
            told = {name: each for name, each in payload["words"].items() if name != CHANGE}
            uow.outbox.revise(key, {**payload, "words": told})

    await office.desk.storage.run(forget_changes)
    await office.types("bo", f"/desk edit IT-1 {RIGHT}")
    for who in ("ana", "bo"):
        seen = await office.everything_seen_by(who)
        assert RIGHT in seen
        assert TYPO not in seen


async def test_of_two_reasons_that_read_the_same_each_is_its_own(office: Office) -> None:
    request = await answered(office, "hold")
    await office.types("bo", "/desk reopen IT-1")
    await office.types("bo", f"/desk hold IT-1 {TYPO}")
    await office.types("bo", f"/desk edit IT-1 {RIGHT}")
    for side in await threads(office, request):
        (first,), (second,) = places(side, TYPO), places(side, RIGHT)
        assert first < second
