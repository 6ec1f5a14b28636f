"""Hold reasons and resolutions are no messages: recall and edit say so, and touch no older words in their place."""

import pytest

from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.said import said

EDIT, RECALL = said("answers.button_edit"), said("answers.button_recall")


def stays(status: str, text: str, *, command: str = "/desk reply IT-1") -> str:
    return said("answers.last_words_stay", reference="IT-1", status=status, text=text, command=command)


async def recalled(at_work: DeskAtWork) -> list[str]:
    return [each.text for each in await at_work.desk.said() if each.is_deleted]


@pytest.mark.parametrize(("verb", "status"), [("hold", "on hold"), ("resolve", "resolved")])
@pytest.mark.parametrize("change", ["recall IT-1", "edit IT-1 other words"])
async def test_what_went_with_a_change_of_status_stays_and_so_does_the_reply_before_it(
    at_work: DeskAtWork, verb: str, status: str, change: str
) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk reply IT-1 first words")
    await at_work.types(BO, f"/desk {verb} IT-1 wait for Joe, he is slow")
    before = await at_work.ticket()
    told = await at_work.types(BO, f"/desk {change}")
    assert stays(status, "wait for Joe, he is slow") in told
    assert told.endswith(said("answers.sent_before_that", text="first words"))
    assert {each.text for each in await at_work.desk.said()} == {"My mouse is dead", "first words"}
    assert await recalled(at_work) == []
    assert await at_work.ticket() == before


async def test_the_older_reply_is_recalled_by_its_button(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk reply IT-1 first words")
    await at_work.types(BO, "/desk hold IT-1 wait for Joe")
    await at_work.types(BO, "/desk recall IT-1")
    assert list(at_work.buttons()) == [EDIT, RECALL]
    told = await at_work.presses(BO, RECALL)
    assert said("answers.recalled_reply", reference="IT-1", text="first words") in told
    assert await recalled(at_work) == ["first words"]


async def test_where_nothing_else_was_sent_only_the_words_are_named(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk resolve IT-1 Do not answer it")
    assert await at_work.types(BO, "/desk recall IT-1") == stays("resolved", "Do not answer it")
    assert at_work.buttons() == {}


async def test_what_was_sent_after_a_hold_reason_is_taken_back(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk hold IT-1 wait for Joe")
    await at_work.types(BO, "/desk reply IT-1 last words")
    told = await at_work.types(BO, "/desk recall IT-1")
    assert said("answers.recalled_reply", reference="IT-1", text="last words") in told
    assert await at_work.types(BO, "/desk recall IT-1") == stays("on hold", "wait for Joe")


async def test_a_hold_without_a_reason_says_nothing_so_that_the_reply_goes(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk reply IT-1 first words")
    await at_work.types(BO, "/desk hold IT-1")
    await at_work.types(BO, "/desk recall IT-1")
    assert await recalled(at_work) == ["first words"]


async def test_a_hold_reason_of_somebody_else_keeps_nobody_from_recalling(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk reply IT-1 first words")
    await at_work.types(LEE, "/desk hold IT-1 wait for Joe")
    await at_work.types(BO, "/desk recall IT-1")
    assert await recalled(at_work) == ["first words"]


async def test_a_lead_is_told_whose_words_stay_and_recalls_the_reply_by_its_button(
    at_work: DeskAtWork,
) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk reply IT-1 first words")
    await at_work.types(BO, "/desk hold IT-1 wait for Joe")
    told = await at_work.types(LEE, "/desk recall IT-1 @bo")
    words = {"status": "on hold", "text": "wait for Joe", "command": "/desk reply IT-1"}
    assert said("answers.last_words_of_stay", reference="IT-1", name="Bo Berg", **words) in told
    assert await recalled(at_work) == []
    assert list(at_work.buttons()) == [RECALL]
    await at_work.presses(LEE, RECALL)
    assert await recalled(at_work) == ["first words"]


async def test_a_requester_reads_how_to_correct_a_reason_of_their_own(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk reply IT-1 first words")
    await at_work.types(ANA, "/ticket close IT-1 it works")
    await at_work.types(ANA, "/ticket reopen IT-1")
    told = await at_work.types(ANA, "/ticket recall IT-1")
    assert told == stays("closed", "it works", command="/ticket reply IT-1")


async def test_a_closed_ticket_is_refused_as_closed(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk reply IT-1 first words")
    await at_work.types(BO, "/desk close IT-1 done")
    assert await at_work.types(BO, "/desk recall IT-1") == said("refusals.sent_stays", reference="IT-1")
