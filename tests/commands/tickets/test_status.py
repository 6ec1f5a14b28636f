"""A ticket's way from open to closed, and back."""

from bot.domain.tickets.ticket import Status
from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.said import said


async def test_each_verb_says_where_the_ticket_is_now(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk claim IT-1")
    for line, key, words, status in (
        ("wait", "answers.pending", "Which mouse?", Status.PENDING),
        ("hold", "answers.on_hold", "a spare part", Status.ON_HOLD),
        ("resolve", "answers.resolved", "new battery", Status.RESOLVED),
        ("reopen", "answers.reopened", "", Status.OPEN),
        ("close", "answers.closed", "", Status.CLOSED),
    ):
        seen = f" {said('answers.seen_by_requester', text=words)}" if words else ""
        told = await at_work.types(BO, f"/desk {line} IT-1 {words}".strip())
        assert told.startswith(said(key, reference="IT-1") + seen)
        assert (await at_work.ticket()).status is status, line
    ended = said("answers.ends_with", text="new battery", command="/desk reply IT-1")
    assert told.endswith(ended), "closed without a word, so the requester knows what was said before"


async def test_who_reopens_a_ticket_that_nobody_has_is_told_so(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk resolve IT-1 new battery")
    told = await at_work.types(BO, "/desk reopen IT-1")
    assert told == said("answers.reopened_unassigned", reference="IT-1")


async def test_the_question_one_waits_with_is_asked(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk wait IT-1 Which mouse?")
    assert {each.text for each in await at_work.desk.said()} == {"My mouse is dead", "Which mouse?"}
    await at_work.types(BO, "/desk wait IT-1")
    assert len(await at_work.desk.said()) == 2


async def test_these_are_the_agents_verbs(at_work: DeskAtWork) -> None:
    await at_work.asks()
    for verb in ("wait", "hold", "resolve"):
        refused = said("commands.agents_only", command=f"/desk {verb}", ask="/ticket open")
        assert await at_work.types(ANA, f"/desk {verb} IT-1") == refused
