"""A first response that nobody can have read meets no target."""

from bot.domain.sla.timer import Measure
from bot.services.context.view import View
from bot.services.tickets import actions
from bot.services.tickets.revisions.changes import recall_sent
from tests.fakes.desk.desk_without_platform import BO
from tests.fakes.desk.headless_desk import HeadlessDesk


def runs(view: View) -> bool:
    """Whether the first response of IT-1 is still owed, by its clock."""
    ticket = view.uow.tickets.find("IT", 1)
    assert ticket is not None
    timers = view.uow.sla_timers.of_ticket(ticket.id)
    return any(each.measure is Measure.FIRST_RESPONSE and each.running_since is not None for each in timers)


async def replies_and_recalls(headless: HeadlessDesk, *, is_sent: bool) -> None:
    await headless.does(BO, lambda context, ticket: actions.reply_as_agent(context, ticket, text="Oops"))
    if is_sent:
        await headless.sent()
    await headless.does(
        BO,
        lambda context, ticket: recall_sent(context, ticket, context.uow.messages.of_ticket(ticket.id)[-1]),
    )


async def test_recalled_before_it_was_sent_it_is_owed_as_before(headless: HeadlessDesk) -> None:
    await headless.opens()
    await headless.passes(minutes=5)
    await replies_and_recalls(headless, is_sent=False)
    assert (await headless.ticket()).first_replied_at is None
    assert await headless.looks(runs)


async def test_recalled_after_somebody_may_have_read_it_its_target_stays_met(headless: HeadlessDesk) -> None:
    await headless.opens()
    await headless.passes(minutes=5)
    await replies_and_recalls(headless, is_sent=True)
    assert (await headless.ticket()).first_replied_at is not None
    assert not await headless.looks(runs)
