"""A digest counts what its reader counts: tickets, however many targets each of them has."""

from datetime import timedelta

from bot.domain.sla.timer import Measure
from bot.domain.tickets.ticket import Priority
from bot.messages.plain import plain
from bot.ports.unit_of_work import UnitOfWork
from bot.services.tickets import actions
from bot.text import terms
from bot.views.digest import digest
from tests.fakes.desk.desk_without_platform import BO, CLEO
from tests.fakes.desk.headless_desk import HeadlessDesk
from tests.said import said
from tests.storage.sample_rows import a_numbered_ticket, a_timer

MORNING = {"digest": "morning", "teams": [{"team": "it", "day": "2026-03-02"}]}
MINUTE = timedelta(minutes=1)


async def test_a_morning_counts_tickets_and_not_their_targets(headless: HeadlessDesk) -> None:
    now = headless.clock.now()

    def make(uow: UnitOfWork) -> None:
        for number in range(127):
            ticket = a_numbered_ticket(uow, due_at=now - (number + 1) * MINUTE, opened_at=now)
            for measure in (Measure.FIRST_RESPONSE, Measure.RESOLUTION):
                a_timer(uow, ticket, due_at=now - (number + 1) * MINUTE, measure=measure)
        for _ in range(3):
            ticket = a_numbered_ticket(uow, due_at=now + MINUTE, opened_at=now)
            a_timer(uow, ticket, due_at=now + MINUTE)

    await headless.storage.run(make)
    notice = await headless.looks(lambda view: digest(view, MORNING))
    assert notice is not None
    lines = plain(notice.text).splitlines()
    assert "Overdue tickets: 127" in lines
    assert "… and 122 more tickets. List them with /desk queue it overdue." in lines
    assert "Tickets due today: 3" in lines
    assert len({line.split()[1] for line in lines if line.startswith("🔴")}) == 5


async def test_a_morning_tells_of_the_target_that_nobody_handles(headless: HeadlessDesk) -> None:
    await headless.opens()
    await headless.does(BO, lambda context, ticket: actions.set_priority(context, ticket, Priority.URGENT))
    await headless.passes(minutes=10)
    await headless.does(CLEO, actions.acknowledge)
    await headless.passes(minutes=110)
    notice = await headless.looks(lambda view: digest(view, MORNING))
    assert notice is not None
    (line,) = [line for line in plain(notice.text).splitlines() if line.startswith("🔴")]
    targets = terms.measure(Measure.RESOLUTION, "en")
    assert line.endswith(said("team.board_also_unacknowledged", targets=targets))
