"""What happens to a ticket's status, row by row, and what both sides hear of it."""

from typing import Any

import pytest

from tests.said import said
from tests.stories.office import Office, plain


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
    assert "Bo Berg has it." in (await office.reads("ana", "help-it", thread=root))[0]


async def test_assigned_is_open_and_the_one_who_got_it_is_told(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("lee", "/desk assign IT-1 @cleo")
    card = await office.card("bo", "team-it", "IT-1")
    assert (card["content"]["status"], card["content"]["assignee"]) == ("open", "Cleo Chen")
    assert await office.reads("cleo", "team-it", thread=card["id"]) == [
        "Lee Lund assigned IT-1 to Cleo Chen."
    ]
    assert await office.mentions("cleo", "team-it") == 1


async def test_waiting_and_holding_are_said_to_the_requester(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk wait IT-1 Which model is it?")
    assert (await shown(office))["status"] == "pending"
    thread = await office.reads("ana", "help-it", thread=root)
    assert thread[1:] == ["Bo Berg: Which model is it?", "Bo Berg is waiting for your answer on IT-1."]
    assert thread[0].endswith("It waits for your answer: write here.")
    await office.types("bo", "/desk hold IT-1 the supplier ships on Friday")
    assert (await shown(office))["status"] == "on hold"
    thread = await office.reads("ana", "help-it", thread=root)
    assert thread[3] == "IT-1 is on hold: the supplier ships on Friday"


async def test_an_answer_ends_the_waiting_and_the_team_hears_who_has_it(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk claim IT-1")
    await office.types("bo", "/desk wait IT-1 Which model is it?")
    await office.says("ana", "help-it", "The red one", thread=root)
    card = await office.card("bo", "team-it", "IT-1")
    assert card["content"]["status"] == "open"
    told = (await office.reads("bo", "team-it", thread=card["id"]))[-2:]
    assert told == ["Ana Alves: The red one", "Ana Alves answered: IT-1 is open again. It is with Bo Berg."]
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
    assert (await office.reads("ana", "help-it", thread=root))[-1] == "IT-1 is open again."
    assert (await office.reads("bo", "team-it", thread=card["id"]))[-1] == (
        "Ana Alves reopened IT-1. It is with Bo Berg."
    )
    assert await office.mentions("bo", "team-it") == 1


async def test_a_resolution_is_told_with_a_button_that_reopens(office: Office) -> None:
    root = await resolved(office)
    notice = (await office.sees_thread("ana", "help-it", root))[-1]
    assert (await office.reads("ana", "help-it", thread=root))[-1] == (
        "Bo Berg resolved IT-1:\nnew battery\nIf it still is not right, write here or press Reopen."
    )
    await office.presses("ana", notice, "Reopen")
    assert (await shown(office))["status"] == "open"


async def test_reopening_by_command_and_reopening_twice(office: Office) -> None:
    await resolved(office)
    assert await office.types("ana", "/ticket reopen IT-1") == "IT-1 is open again."
    assert await office.types("ana", "/ticket reopen IT-1") == "IT-1 is open; there is nothing to reopen."


async def test_a_colleague_cannot_reopen_or_close_what_is_not_theirs(office: Office) -> None:
    root = await resolved(office)
    notice = (await office.sees_thread("dan", "help-it", root))[-1]
    reply = await office.presses("dan", notice, "Reopen")
    assert reply is not None
    assert plain(reply["text"]) == said("commands.others_request", reference="IT-1", team="Service Desk")
    assert (await shown(office))["status"] == "resolved"


async def test_after_its_days_a_resolved_ticket_closes(office: Office) -> None:
    root = await resolved(office)
    await office.passes(days=4)
    assert (await shown(office))["status"] == "resolved"
    await office.passes(days=1, minutes=1)
    assert (await shown(office))["status"] == "closed"
    assert (await office.reads("ana", "help-it", thread=root))[0] == (
        "IT-1 is closed. Write here if you need more; it becomes a new ticket."
    )


async def test_writing_on_a_closed_ticket_opens_a_new_one_in_the_same_thread(office: Office) -> None:
    root = await resolved(office)
    await office.types("bo", "/desk close IT-1")
    before = len(await office.reads("ana", "help-it", thread=root))
    await office.says("ana", "help-it", "thank you", thread=root)
    assert len(await office.sees("bo", "team-it")) == 1
    await office.says("ana", "help-it", "Now the keyboard is dead", thread=root)
    assert (await shown(office, "IT-2"))["status"] == "new"
    told = (await office.reads("ana", "help-it", thread=root))[before + 2 :]
    assert told[0] == "IT-1 was closed, so this is a new ticket, IT-2, which continues it."
    assert told[1].startswith("IT-2 is with Service Desk.")
    await office.says("ana", "help-it", "and the screen", thread=root)
    await office.types("bo", "/desk reply IT-2 we are coming")
    card = await office.card("bo", "team-it", "IT-2")
    assert await office.reads("bo", "team-it", thread=card["id"]) == [
        "IT-2 continues IT-1, which was closed.",
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
    assert (await office.reads("ana", "help-it", thread=root))[0] == "IT-1 was withdrawn and is closed."


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
    await office.presses("ana", acknowledgement, "Solved it myself")
    card = await office.card("bo", "team-it", "IT-1")
    assert card["content"]["status"] == "closed"
    assert (await office.reads("bo", "team-it", thread=card["id"]))[-1] == "Ana Alves closed IT-1."


async def test_a_ticket_that_is_done_cannot_be_worked_before_it_is_reopened(office: Office) -> None:
    await resolved(office)
    assert await office.types("bo", "/desk hold IT-1") == (
        "You cannot hold IT-1: it is resolved. Reopen it first."
    )
    assert await office.types("bo", "/desk resolve IT-1") == "IT-1 is resolved already."
    assert [button["label"] for button in (await shown(office))["buttons"]] == ["Reopen"]


async def test_what_continues_a_closed_ticket_stays_with_its_team(office: Office) -> None:
    root = await office.says("ana", "help-it", "the wifi is slow in my room")
    await office.types("cleo", "/desk close IT-1")
    await office.says("ana", "help-it", "one more thing, it is back", thread=root)
    card = (await office.card("cleo", "team-network", "IT-2"))["content"]
    assert card["why_here"] == "continues IT-1"
