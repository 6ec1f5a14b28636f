"""When facts are written: with what happened, and nothing of them when a ticket is opened."""

from bot.domain.events import SOLVED_BY_ANSWER
from bot.services.tickets import actions
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.fakes.desk.headless_desk import HeadlessDesk


async def kinds(desk: HeadlessDesk) -> list[str]:
    ticket = await desk.ticket()
    facts = await desk.storage.read(lambda uow: uow.figures.facts(ticket.id))
    return [each.fact.kind.value for each in facts]


async def test_an_opening_writes_no_fact_and_each_deed_its_own(headless: HeadlessDesk) -> None:
    await headless.meets()
    await headless.opens()
    assert await kinds(headless) == []
    await headless.does(BO, actions.claim_ticket)
    await headless.does(BO, lambda context, ticket: actions.add_note(context, ticket, text="a note"))
    assert await kinds(headless) == []
    await headless.does(BO, lambda context, ticket: actions.reply_as_agent(context, ticket, text="We look"))
    await headless.does(
        BO, lambda context, ticket: actions.resolve_ticket(context, ticket, resolution="done")
    )
    await headless.does(ANA, lambda context, ticket: actions.write_as_requester(context, ticket, text="No"))
    assert await kinds(headless) == ["answered", "resolved", "reopened"]


async def test_a_request_closed_without_an_answer_is_withdrawn_and_not_resolved(
    headless: HeadlessDesk,
) -> None:
    await headless.meets()
    await headless.opens()
    await headless.does(ANA, actions.close_ticket)
    assert await kinds(headless) == ["withdrawn"]


async def test_a_request_that_a_shown_answer_solved_is_resolved_and_no_agents(headless: HeadlessDesk) -> None:
    await headless.meets()
    await headless.opens()
    await headless.does(BO, actions.claim_ticket)
    await headless.does(
        ANA, lambda context, ticket: actions.close_ticket(context, ticket, cause=SOLVED_BY_ANSWER)
    )
    assert await kinds(headless) == ["resolved"]
    ticket = await headless.ticket()
    (kept,) = await headless.storage.read(lambda uow: uow.figures.facts(ticket.id))
    assert kept.fact.agent is None


async def test_a_resolution_with_words_is_the_first_answer_and_one_without_is_none(
    headless: HeadlessDesk,
) -> None:
    await headless.meets()
    await headless.opens()
    await headless.does(
        BO, lambda context, ticket: actions.resolve_ticket(context, ticket, resolution="Plugged it in")
    )
    assert await kinds(headless) == ["answered", "resolved"]
    assert (await headless.ticket()).first_replied_at is not None
    await headless.does(ANA, lambda context, ticket: actions.write_as_requester(context, ticket, text="No"))
    await headless.does(
        BO, lambda context, ticket: actions.resolve_ticket(context, ticket, resolution="Plugged it in well")
    )
    assert await kinds(headless) == ["answered", "resolved", "reopened", "resolved"]


async def test_a_requester_who_says_how_they_solved_it_has_had_no_answer(headless: HeadlessDesk) -> None:
    await headless.meets()
    await headless.opens()
    await headless.does(
        ANA, lambda context, ticket: actions.resolve_ticket(context, ticket, resolution="I plugged it in")
    )
    assert await kinds(headless) == ["resolved"]
