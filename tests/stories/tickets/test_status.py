"""What happens to a ticket's status, row by row, and what both sides hear of it."""

from typing import Any

import pytest

from tests.said import said
from tests.stories.office import Office
from tests.stories.office import shown as words_of


async def shown(office: Office, reference: str = "IT-1") -> dict[str, Any]:
    card: dict[str, Any] = (await office.card("bo", "team-it", reference))["content"]
    return card


async def resolved(office: Office) -> str:
    """Ana's ticket, resolved by Bo who has it; returns its thread."""
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk claim IT-1")
    await office.types("bo", "/desk resolve IT-1 new battery")
    return root


async def test_opened_is_new_and_claimed_is_open(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    assert (await shown(office))["status"] == "new"
    await office.types("bo", "/desk claim IT-1")
    assert (await shown(office))["status"] == "open"
    assert (
        said("requester.working_on_it", name="Bo Berg")
        in (await office.reads("ana", "help-it", thread=root))[0]
    )


async def test_assigned_is_open_and_the_one_who_got_it_is_told(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("lee", "/desk assign IT-1 @cleo")
    card = await office.card("bo", "team-it", "IT-1")
    assert (card["content"]["status"], card["content"]["assignee"]) == ("open", "Cleo Chen")
    assert await office.reads("cleo", "team-it", thread=card["id"]) == [
        said("team.assigned", name="Lee Lund", reference="IT-1", owner="Cleo Chen")
    ]
    assert await office.mentions("cleo", "team-it") == 1


async def test_waiting_and_holding_are_said_to_the_requester(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk wait IT-1 Which model is it?")
    assert (await shown(office))["status"] == "pending"
    thread = await office.reads("ana", "help-it", thread=root)
    assert thread[1:] == [
        "Bo Berg: Which model is it?",
        said("requester.pending", name="Bo Berg", reference="IT-1"),
    ]
    assert thread[0].endswith(said("requester.waiting"))
    await office.types("bo", "/desk hold IT-1 the supplier ships on Friday")
    assert (await shown(office))["status"] == "on hold"
    thread = await office.reads("ana", "help-it", thread=root)
    assert thread[3] == said(
        "requester.held_because", reference="IT-1", reason="the supplier ships on Friday"
    )


@pytest.mark.parametrize("is_asked_before", [False, True])
async def test_a_recalled_question_takes_its_notice_along(office: Office, is_asked_before: bool) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    if is_asked_before:
        await office.types("bo", "/desk reply IT-1 Which model is it?")
        await office.types("bo", "/desk wait IT-1")
    else:
        await office.types("bo", "/desk wait IT-1 Which model is it?")
    waiting = said("requester.pending", name="Bo Berg", reference="IT-1")
    assert waiting in await office.reads("ana", "help-it", thread=root)
    await office.types("bo", "/desk recall IT-1")
    thread = "\n".join(await office.reads("ana", "help-it", thread=root))
    assert waiting not in thread
    assert "Which model" not in thread
    await office.types("bo", "/desk wait IT-1 Which one is it?")
    assert (await office.reads("ana", "help-it", thread=root))[-1] == waiting


async def test_a_question_that_was_answered_stays_with_its_notice(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk wait IT-1 Which model is it?")
    await office.says("ana", "help-it", "The red one", thread=root)
    thread = await office.reads("ana", "help-it", thread=root)
    assert said("requester.pending", name="Bo Berg", reference="IT-1") in thread


@pytest.mark.parametrize("reason", ["", "a duplicate"])
async def test_a_requester_reads_who_closed_their_request_and_why(office: Office, reason: str) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    asked = (await office.types_for_reply("bo", f"/desk close IT-1 {reason}"))["reply"]
    if not reason:
        await office.presses_private("bo", asked, 0, channel="help-it")
    key = "requester.closed_because" if reason else "requester.closed"
    words = {"name": "Bo Berg", "reference": "IT-1"} | ({"reason": reason} if reason else {})
    assert said(key, **words) in await office.reads("ana", "help-it", thread=root)


async def test_an_answer_ends_the_waiting_and_the_team_hears_who_has_it(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk claim IT-1")
    await office.types("bo", "/desk wait IT-1 Which model is it?")
    await office.says("ana", "help-it", "The red one", thread=root)
    card = await office.card("bo", "team-it", "IT-1")
    assert card["content"]["status"] == "open"
    told = (await office.reads("bo", "team-it", thread=card["id"]))[-2:]
    assert told == [
        "Ana Alves: The red one",
        said("team.replied", name="Ana Alves", reference="IT-1", owner="Bo Berg"),
    ]
    assert await office.mentions("bo", "team-it") == 1


@pytest.mark.parametrize(
    "thanks", ["Thanks!", "👍", "Vielen Dank!", "merci beaucoup", "ok thanks 🙏", "¡Gracias!"]
)
async def test_courtesy_alone_reopens_nothing(office: Office, thanks: str) -> None:
    root = await resolved(office)
    await office.says("ana", "help-it", thanks, thread=root)
    assert (await shown(office))["status"] == "resolved"


@pytest.mark.parametrize(
    "news",
    [
        "Thanks, but still broken",
        "Danke, aber es geht nicht",
        "It is broken again",
        "👎 no",
        "merci mais non",
    ],
)
async def test_news_reopens_and_the_assignee_is_told(office: Office, news: str) -> None:
    root = await resolved(office)
    await office.says("ana", "help-it", news, thread=root)
    card = await office.card("bo", "team-it", "IT-1")
    assert (card["content"]["status"], card["content"]["assignee"]) == ("open", "Bo Berg")
    assert (await office.reads("ana", "help-it", thread=root))[-1] == said(
        "requester.reopened", reference="IT-1"
    )
    assert (await office.reads("bo", "team-it", thread=card["id"]))[-1] == (
        said("team.reopened", name="Ana Alves", reference="IT-1", owner="Bo Berg")
    )
    assert await office.mentions("bo", "team-it") == 1


async def test_a_resolution_is_told_with_a_button_that_reopens(office: Office) -> None:
    root = await resolved(office)
    notice = (await office.sees_thread("ana", "help-it", root))[-1]
    assert (await office.reads("ana", "help-it", thread=root))[-1] == (
        said("requester.resolved_because", name="Bo Berg", reference="IT-1", reason="new battery")
    )
    await office.presses("ana", notice, "Reopen")
    assert (await shown(office))["status"] == "open"


async def test_what_is_typed_while_reopening_is_told(office: Office) -> None:
    await resolved(office)
    await office.types("ana", "/ticket reopen IT-1 it happened again")
    card = await office.card("bo", "team-it", "IT-1")
    assert card["content"]["status"] == "open"
    thread = await office.reads("bo", "team-it", thread=card["id"])
    assert any("it happened again" in each for each in thread)


async def test_reopening_by_command_and_reopening_twice(office: Office) -> None:
    await resolved(office)
    assert await office.types("ana", "/ticket reopen IT-1") == said("answers.reopened", reference="IT-1")
    assert await office.types("ana", "/ticket reopen IT-1") == said(
        "refusals.nothing_to_reopen", reference="IT-1", status="open"
    )


async def test_a_colleague_cannot_reopen_or_close_what_is_not_theirs(office: Office) -> None:
    root = await resolved(office)
    notice = (await office.sees_thread("dan", "help-it", root))[-1]
    reply = await office.presses("dan", notice, "Reopen")
    assert reply is not None
    assert words_of(reply) == said(
        "commands.others_request", reference="IT-1", team="Service Desk", command="/ticket add IT-1"
    )
    assert (await shown(office))["status"] == "resolved"


async def test_after_its_days_a_resolved_ticket_closes(office: Office) -> None:
    root = await resolved(office)
    await office.passes(days=4)
    assert (await shown(office))["status"] == "resolved"
    await office.passes(days=1, minutes=1)
    assert (await shown(office))["status"] == "closed"
    assert (await office.reads("ana", "help-it", thread=root))[0] == (
        said("requester.closed_state", reference="IT-1")
    )


async def test_writing_on_a_closed_ticket_opens_a_new_one_in_the_same_thread(office: Office) -> None:
    root = await resolved(office)
    await office.types("bo", "/desk close IT-1 done")
    before = len(await office.reads("ana", "help-it", thread=root))
    await office.says("ana", "help-it", "thank you", thread=root)
    assert len(await office.sees("bo", "team-it")) == 1
    await office.says("ana", "help-it", "Now the keyboard is dead", thread=root)
    assert (await shown(office, "IT-2"))["status"] == "new"
    told = (await office.reads("ana", "help-it", thread=root))[before + 2 :]
    assert told[0] == said("requester.follows", before="IT-1", reference="IT-2")
    assert told[1].startswith(said("requester.received", reference="IT-2", team="Service Desk"))
    await office.says("ana", "help-it", "and the screen", thread=root)
    await office.types("bo", "/desk reply IT-2 we are coming")
    card = await office.card("bo", "team-it", "IT-2")
    assert await office.reads("bo", "team-it", thread=card["id"]) == [
        said("team.follows", reference="IT-2", before="IT-1"),
        "Ana Alves: and the screen",
        "[public reply] Bo Berg: we are coming",
    ]
    assert (await office.reads("ana", "help-it", thread=root))[-1] == "Bo Berg: we are coming"


async def test_withdrawing_by_button_closes_and_tells_the_team(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    (acknowledgement,) = await office.sees_thread("ana", "help-it", root)
    await office.presses("ana", acknowledgement, "Withdraw")
    card = await office.card("bo", "team-it", "IT-1")
    assert card["content"]["status"] == "closed"
    assert await office.reads("bo", "team-it", thread=card["id"]) == ["Ana Alves withdrew IT-1."]
    assert (await office.reads("ana", "help-it", thread=root))[0] == said(
        "requester.withdrawn_state", reference="IT-1"
    )


async def test_deleting_an_unanswered_request_withdraws_it_without_any_alert(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.deletes("ana", root)
    card = await office.card("bo", "team-it", "IT-1")
    assert card["content"]["status"] == "closed"
    assert "mouse" not in str(card)
    assert await office.reads("bo", "team-it", thread=card["id"]) == ["Ana Alves withdrew IT-1."]
    assert await office.types("lee", "/desk-admin outbox") == said("commands.outbox_empty")
    assert "mouse" not in await office.everything_seen_by("dan")


async def test_solving_it_oneself_closes(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.says("bo", "help-it", "Is it plugged in?", thread=root)
    acknowledgement = (await office.sees_thread("ana", "help-it", root))[0]
    await office.presses("ana", acknowledgement, said("requester.button_solved"))
    card = await office.card("bo", "team-it", "IT-1")
    assert card["content"]["status"] == "closed"
    assert (await office.reads("bo", "team-it", thread=card["id"]))[-1] == "Ana Alves closed IT-1."


async def test_a_ticket_that_is_done_cannot_be_worked_before_it_is_reopened(office: Office) -> None:
    await resolved(office)
    assert await office.types("bo", "/desk hold IT-1") == said(
        "refusals.reopen_first", reference="IT-1", status="resolved"
    )
    again = await office.types("bo", "/desk resolve IT-1")
    assert again.startswith(
        said("refusals.already_resolved_by", name="Bo Berg", reference="IT-1", at="|").partition("|")[0]
    )
    assert [button["label"] for button in (await shown(office))["buttons"]] == ["Reopen"]


async def test_what_continues_a_closed_ticket_stays_with_its_team(office: Office) -> None:
    root = await office.says("ana", "help-it", "the wifi is slow in my room")
    await office.types("cleo", "/desk close IT-1 done")
    await office.says("ana", "help-it", "one more thing, it is back", thread=root)
    card = (await office.card("cleo", "team-network", "IT-2"))["content"]
    assert card["why_here"] == said("team.why_continues", before="IT-1")
    top = (await office.sees_thread("ana", "help-it", root))[0]
    state = said("requester.continued_state", reference="IT-1", other="IT-2")
    assert (await office.reads("ana", "help-it", thread=root))[0] == state
    assert top["content"]["buttons"] == [], "nothing of the closed one is left to reopen here"


async def test_what_was_said_at_hold_and_resolve_is_in_what_the_requester_is_shown(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk hold IT-1 the supplier ships on Friday")
    await office.passes(minutes=1)
    await office.types("bo", "/desk reply IT-1 it came today")
    await office.passes(minutes=1)
    await office.types("bo", "/desk resolve IT-1 new battery")
    told = await office.types("ana", "/ticket show IT-1")
    parts = ("the supplier ships on Friday", "it came today", "new battery")
    assert sorted(parts, key=told.index) == list(parts)
    assert "Bo Berg (on hold)" in told
    assert "Bo Berg (resolved)" in told
    assert "new battery" in await office.types("bo", "/ticket show IT-1")


async def test_the_requester_reads_their_own_words_as_theirs(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("ana", "/ticket close IT-1 it was the cable")
    told = await office.types("ana", "/ticket show IT-1")
    assert "You · " in told
    assert "You (closed)" in told
    assert "Ana Alves" not in told
    assert "Ana Alves · " in await office.types("bo", "/ticket show IT-1")


def reopen_buttons(messages: list[dict[str, Any]]) -> list[int]:
    """Which of them offer to reopen it."""
    buttons = [
        [button["label"] for button in (each["content"] or {}).get("buttons", ())] for each in messages
    ]
    return [index for index, labels in enumerate(buttons) if "Reopen" in labels]


async def test_a_resolution_offers_one_button_to_reopen_and_says_once_what_to_do(office: Office) -> None:
    root = await resolved(office)
    thread = await office.sees_thread("ana", "help-it", root)
    assert reopen_buttons(thread) == [len(thread) - 1]
    shown_words = await office.reads("ana", "help-it", thread=root)
    assert shown_words[0] == "IT-1 is resolved."
    assert sum("Not fixed?" in each for each in shown_words) == 1


async def test_a_resolution_that_is_over_offers_nothing_to_reopen(office: Office) -> None:
    root = await resolved(office)
    await office.says("ana", "help-it", "It is dead again", thread=root)
    assert reopen_buttons(await office.sees_thread("ana", "help-it", root)) == []
    await office.types("bo", "/desk resolve IT-1 a new mouse")
    thread = await office.sees_thread("ana", "help-it", root)
    assert reopen_buttons(thread) == [len(thread) - 1]
    await office.types("bo", "/desk close IT-1 done")
    assert reopen_buttons(await office.sees_thread("ana", "help-it", root)) == [0]


async def test_a_reopen_button_that_is_still_on_a_screen_only_says_how_things_are(office: Office) -> None:
    root = await resolved(office)
    stale = (await office.sees_thread("ana", "help-it", root))[-1]
    await office.says("ana", "help-it", "It is dead again", thread=root)
    await office.types("bo", "/desk wait IT-1 Since when?")
    reply = await office.presses_what_it_saw("ana", stale, "Reopen")
    assert words_of(reply) == said("refusals.nothing_to_reopen", reference="IT-1", status="pending")
    assert (await shown(office))["status"] == "pending"
    await office.types("bo", "/desk resolve IT-1 a new mouse")
    reply = await office.presses_what_it_saw("ana", stale, "Reopen")
    assert words_of(reply) == said("answers.resolved_again", reference="IT-1", status="resolved")
    assert (await shown(office))["status"] == "resolved"
