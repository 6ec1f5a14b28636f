"""Merging as agents type it; what a requester answers counts only where they were asked."""

from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO, words_of
from tests.said import said


async def two(at_work: DeskAtWork) -> None:
    await at_work.asks("The lab door is stuck")
    await at_work.asks("Door of the lab stuck", who=CLEO)


async def test_into_may_be_typed_or_left_out(at_work: DeskAtWork) -> None:
    await two(at_work)
    merged = said("answers.merged", reference="IT-2", other="IT-1")
    await at_work.types(BO, "/desk merge IT-2 into IT-1")
    assert await at_work.presses(BO, said("commands.desk_merge_submit")) == merged
    assert await at_work.types(BO, "/desk unmerge IT-2") == said("answers.unmerged", reference="IT-2")
    await at_work.types(BO, "/desk merge IT-2 1")
    assert await at_work.presses(BO, said("commands.desk_merge_submit")) == merged


async def test_the_question_says_what_comes_along(at_work: DeskAtWork) -> None:
    """Duplicates of the ticket, and its priority where that is the higher one."""
    await two(at_work)
    await at_work.asks("Lab door won't open", who=CLEO)
    await at_work.types(BO, "/desk merge IT-3 IT-2")
    await at_work.types(BO, "/desk priority IT-2 urgent")
    asked = await at_work.types(BO, "/desk merge IT-2 IT-1")
    assert said("answers.merge_moves", count=1, references="IT-3", other="IT-1") in asked
    assert said("answers.merge_raises", other="IT-1", priority=said("terms.priority_urgent")) in asked


async def test_more_words_than_a_ticket_are_refused(at_work: DeskAtWork) -> None:
    await two(at_work)
    refused = said("refusals.merge_words", text="and IT-3", reference="IT-1")
    assert await at_work.types(BO, "/desk merge IT-2 into IT-1 and IT-3") == refused
    assert (await at_work.ticket(2)).merged_into is None


async def test_a_ticket_that_is_not_there_is_named(at_work: DeskAtWork) -> None:
    await two(at_work)
    refused = said("commands.unknown_ticket", reference="IT-77", command="/desk queue")
    assert await at_work.types(BO, "/desk merge IT-2 into IT-77") == refused


async def test_requesters_merge_nothing_by_themselves(at_work: DeskAtWork) -> None:
    await two(at_work)
    assert "IT-1" not in await at_work.types(ANA, "/desk merge IT-1 IT-2")
    pressed = at_work.desk.pressed(ANA, "ticket similar-answer", "IT-1", choice="add")
    reply = await at_work.desk.intake.take(pressed)
    assert words_of(reply) == said("refusals.similar_over", reference="IT-1")
    assert (await at_work.ticket()).merged_into is None
