"""What waits is seen to once and in time, whoever looks; a team that switches nudges on is not flooded."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot.domain.directory import Person
from bot.domain.events import RequesterLeft
from bot.domain.notices.notice_record import NoticeRecord
from bot.domain.nudges.plan import PlanKind
from bot.domain.nudges.policy import ClaimPolicy, NudgePolicy, PendingPolicy
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.storage.outbox import RowKind
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import Context
from bot.services.context.view import View
from bot.services.tickets import actions
from bot.services.tickets.change_recorder import record_changes
from bot.workers.tickets.nudge_backlog import MOST_AT_ONCE, NudgeBacklog
from bot.workers.tickets.nudges import Nudges
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.fakes.desk.everyday_desk import everyday_desk
from tests.fakes.desk.headless_desk import LEE, HeadlessDesk

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
PENDING = PendingPolicy(after=(1,), resolve_after=3)
CLAIMS = ClaimPolicy(lapse_after=4 * HOUR, warn_before=HOUR)
asks = partial(actions.wait_for_requester, question="Which one?")


def having(desk: HeadlessDesk, nudges: NudgePolicy) -> None:
    """From now on the service desk, which is there around the clock, has these."""
    everyday = everyday_desk()
    team = replace(everyday.teams["it"], nudges=nudges)
    desk.desk = replace(everyday, teams={**everyday.teams, "it": team})


def nudges_of(desk: HeadlessDesk) -> Nudges:
    return Nudges(storage=desk.storage, contexts=desk.contexts)


async def look_for_backlog(desk: HeadlessDesk) -> int:
    return await NudgeBacklog(storage=desk.storage, contexts=desk.contexts).tick()


async def told(desk: HeadlessDesk, event: str, number: int = 1) -> int:
    """How often this happened to the ticket."""
    ticket = await desk.ticket(number)
    entries = await desk.looks(lambda view: view.uow.audit_log.of_ticket(ticket.id))
    return sum(each.event == event for each in entries)


async def nudged(desk: HeadlessDesk, number: int = 1) -> int:
    return await told(desk, "RequesterNudged", number)


@pytest.fixture
async def desk(headless: HeadlessDesk) -> HeadlessDesk:
    having(headless, NudgePolicy(pending=PENDING, claims=CLAIMS))
    return headless


async def test_switched_on_the_backlog_counts_from_then_on(headless: HeadlessDesk) -> None:
    await headless.opens()
    await headless.does(BO, asks)
    headless.clock.move(100 * DAY)
    having(headless, NudgePolicy(pending=PENDING))
    assert await nudges_of(headless).tick() == 0
    assert await look_for_backlog(headless) == 1
    assert await look_for_backlog(headless) == 0, "it is found once"
    headless.clock.move(DAY - MINUTE)
    assert await nudges_of(headless).tick() == 0
    headless.clock.move(MINUTE)
    assert await nudges_of(headless).tick() == 1
    assert await nudged(headless) == 1


async def test_a_large_backlog_is_taken_up_bit_by_bit_the_oldest_first(headless: HeadlessDesk) -> None:
    for number in range(1, MOST_AT_ONCE + 3):
        await headless.opens(f"Mouse {number} is dead")
        headless.clock.move(MINUTE)
        await headless.does(BO, asks, number=number)
    having(headless, NudgePolicy(pending=PENDING))
    assert await look_for_backlog(headless) == MOST_AT_ONCE
    headless.clock.move(HOUR)
    assert await look_for_backlog(headless) == 2
    headless.clock.move(DAY - HOUR)
    assert await nudges_of(headless).tick() == MOST_AT_ONCE
    assert await nudged(headless, 1) == 1
    assert await nudged(headless, MOST_AT_ONCE + 2) == 0


async def test_of_claims_those_without_a_response_are_taken_up(headless: HeadlessDesk) -> None:
    for number, deed in ((1, None), (2, partial(actions.add_note, text="A cable?")), (3, None)):
        await headless.opens(f"Mouse {number} is dead")
        await headless.does(BO, actions.claim_ticket, number=number)
        if deed is not None:
            await headless.does(BO, deed, number=number)
    await headless.does(CLEO, partial(actions.reply_as_agent, text="Bo will look"), number=3)
    headless.clock.move(30 * DAY)
    having(headless, NudgePolicy(claims=CLAIMS))
    assert await look_for_backlog(headless) == 2
    headless.clock.move(3 * HOUR)
    assert await nudges_of(headless).tick() == 2
    assert [await told(headless, "ClaimWarned", number) for number in (1, 2, 3)] == [1, 0, 1]


async def test_outside_the_teams_hours_no_backlog_is_taken_up(headless: HeadlessDesk) -> None:
    await headless.opens()
    await headless.does(BO, asks)
    office = everyday_desk().teams["people"].calendar
    team = replace(everyday_desk().teams["it"], nudges=NudgePolicy(pending=PENDING), calendar=office)
    headless.desk = replace(everyday_desk(), teams={**everyday_desk().teams, "it": team})
    headless.clock.move(12 * HOUR)
    assert await look_for_backlog(headless) == 0


async def test_a_setting_that_is_removed_ends_it_and_one_that_comes_back_repeats_nothing(
    desk: HeadlessDesk,
) -> None:
    await desk.opens()
    await desk.does(BO, asks)
    desk.clock.move(DAY)
    await nudges_of(desk).tick()
    having(desk, NudgePolicy())
    desk.clock.move(10 * DAY)
    await nudges_of(desk).tick()
    assert (await desk.ticket()).status is Status.PENDING
    having(desk, NudgePolicy(pending=PENDING))
    assert await look_for_backlog(desk) == 1
    await nudges_of(desk).tick()
    assert (await desk.ticket()).status is Status.PENDING, "its days count from then on"
    desk.clock.move(3 * DAY)
    await nudges_of(desk).tick()
    assert (await desk.ticket()).status is Status.RESOLVED
    assert await nudged(desk) == 1


async def test_a_longer_setting_holds_for_who_waits_already(desk: HeadlessDesk) -> None:
    await desk.opens()
    await desk.does(BO, asks)
    having(desk, NudgePolicy(pending=PendingPolicy(after=(3,), resolve_after=5)))
    desk.clock.move(DAY)
    await nudges_of(desk).tick()
    assert await nudged(desk) == 0
    desk.clock.move(2 * DAY)
    await nudges_of(desk).tick()
    assert await nudged(desk) == 1


async def test_who_was_told_a_day_has_until_then_whatever_the_setting_becomes(desk: HeadlessDesk) -> None:
    await desk.opens()
    await desk.does(BO, asks)
    desk.clock.move(DAY)
    await nudges_of(desk).tick()
    having(desk, NudgePolicy(pending=PendingPolicy(after=(1,), resolve_after=2)))
    desk.clock.move(2 * DAY - MINUTE)
    await nudges_of(desk).tick()
    assert (await desk.ticket()).status is Status.PENDING
    desk.clock.move(MINUTE)
    await nudges_of(desk).tick()
    assert (await desk.ticket()).status is Status.RESOLVED


async def test_a_desk_that_was_down_nudges_once_and_lets_the_days_pass_after_that(desk: HeadlessDesk) -> None:
    await desk.opens()
    await desk.does(BO, asks)
    desk.clock.move(30 * DAY)
    await nudges_of(desk).tick()
    await nudges_of(desk).tick()
    assert await nudged(desk) == 1
    desk.clock.move(2 * DAY - MINUTE)
    await nudges_of(desk).tick()
    assert (await desk.ticket()).status is Status.PENDING
    desk.clock.move(MINUTE)
    await nudges_of(desk).tick()
    assert (await desk.ticket()).status is Status.RESOLVED


async def test_who_was_warned_late_has_the_time_of_the_warning_left(desk: HeadlessDesk) -> None:
    await desk.opens()
    await desk.does(BO, actions.claim_ticket)
    desk.clock.move(30 * DAY)
    await nudges_of(desk).tick()
    await nudges_of(desk).tick()
    assert (await desk.ticket()).assignee == BO.key
    desk.clock.move(HOUR)
    await nudges_of(desk).tick()
    assert (await desk.ticket()).assignee is None


async def test_thanks_is_no_answer_but_counts_anew(desk: HeadlessDesk) -> None:
    await desk.opens()
    await desk.does(BO, asks)
    desk.clock.move(DAY - HOUR)
    await desk.does(ANA, partial(actions.write_as_requester, text="Thanks!", is_courtesy=True))
    desk.clock.move(DAY - MINUTE)
    await nudges_of(desk).tick()
    assert await nudged(desk) == 0
    desk.clock.move(MINUTE)
    await nudges_of(desk).tick()
    assert await nudged(desk) == 1


async def test_a_note_lets_the_requesters_days_go_on(desk: HeadlessDesk) -> None:
    await desk.opens()
    await desk.does(BO, asks)
    desk.clock.move(DAY - HOUR)
    await desk.does(CLEO, partial(actions.add_note, text="Probably the black one"))
    desk.clock.move(HOUR)
    await nudges_of(desk).tick()
    assert await nudged(desk) == 1


async def test_who_has_left_is_not_asked_and_the_ticket_is_resolved_all_the_same(desk: HeadlessDesk) -> None:
    await desk.opens()
    await desk.does(BO, asks)

    def leaves(context: Context, ticket: Ticket) -> None:
        record_changes(context, ticket, [RequesterLeft(actor=ANA.key, at=context.now, community="")])

    await desk.does(ANA, leaves)
    desk.clock.move(DAY)
    await nudges_of(desk).tick()
    assert await nudged(desk) == 0
    assert [each.hold for each in await desk.looks(_records) if each.event == "nudged"] == ["no_access"]
    desk.clock.move(2 * DAY)
    await nudges_of(desk).tick()
    assert (await desk.ticket()).status is Status.RESOLVED


async def test_a_transfer_leaves_the_days_of_the_old_team_behind(desk: HeadlessDesk) -> None:
    await desk.opens()
    await desk.does(BO, asks)
    network = desk.desk.teams["network"]
    await desk.does(BO, partial(actions.transfer_ticket, team=network))
    desk.clock.move(10 * DAY)
    assert await nudges_of(desk).tick() == 0
    await desk.does(CLEO, partial(actions.transfer_ticket, team=desk.desk.teams["it"]))
    desk.clock.move(DAY)
    await nudges_of(desk).tick()
    assert await nudged(desk) == 1


async def test_a_lapsed_claim_is_no_new_request_for_who_had_it(desk: HeadlessDesk) -> None:
    """Whoever hears of new requests hears that it is back, unless it lapsed from them."""
    await desk.opens()
    await desk.does(LEE, partial(actions.assign_ticket, to=BO))
    for time in (3 * HOUR, HOUR):
        desk.clock.move(time)
        await nudges_of(desk).tick()
    records = await desk.looks(_records)
    assert [each.event for each in records if each.recipient == BO.key][-2:] == ["lapsing", "lapsed"]


async def test_it_lapses_though_its_assignee_is_away_or_chose_to_hear_nothing(desk: HeadlessDesk) -> None:
    await desk.opens()
    await desk.does(LEE, partial(actions.assign_ticket, to=Person(key=BO.key, name=BO.name)))
    await desk.meets(replace(BO, is_active=False))
    for time in (3 * HOUR, HOUR):
        desk.clock.move(time)
        await nudges_of(desk).tick()
    assert (await desk.ticket()).assignee is None
    assert [each.hold for each in await desk.looks(_records) if each.event == "lapsing"] == ["away"]


def _records(view: View) -> Sequence[NoticeRecord]:
    ticket = view.uow.tickets.find("IT", 1)
    assert ticket is not None
    return view.uow.notices.of_ticket(ticket.id, limit=50)


async def test_one_that_fails_holds_up_no_other(desk: HeadlessDesk) -> None:
    for number in (1, 2):
        await desk.opens(f"Mouse {number} is dead")
        await desk.does(BO, asks, number=number)
    odd = await desk.ticket(1)

    def breaks(uow: UnitOfWork) -> None:
        plan = uow.nudge_plans.get(odd.id, PlanKind.PENDING)
        assert plan is not None
        plan.steps = -7
        uow.nudge_plans.put(plan)

    await desk.storage.run(breaks)
    desk.clock.move(DAY)
    await nudges_of(desk).tick()
    assert await nudged(desk, 2) == 1


async def test_three_replicas_at_once_say_it_once(storage: Storage) -> None:
    desk = HeadlessDesk(storage)
    await desk.meets()
    having(desk, NudgePolicy(pending=PENDING, claims=CLAIMS))
    for number in range(1, 9):
        await desk.opens(f"Mouse {number} is dead")
        await desk.does(BO, asks if number % 2 else actions.claim_ticket, number=number)
    expected = (
        (3, Status.PENDING, Status.OPEN),
        (1, Status.PENDING, Status.NEW),
        (20, Status.PENDING, Status.NEW),
        (24, Status.PENDING, Status.NEW),
        (24, Status.RESOLVED, Status.NEW),
    )
    for hours, asked, claimed in expected:
        desk.clock.move(hours * HOUR)
        await asyncio.gather(*(nudges_of(desk).tick() for _ in range(3)))
        await asyncio.gather(*(look_for_backlog(desk) for _ in range(3)))
        statuses = [(await desk.ticket(number)).status for number in range(1, 9)]
        assert statuses == [asked, claimed] * 4
    for number in range(1, 9):
        is_pending = bool(number % 2)
        ticket = await desk.ticket(number)
        assert ticket.status is (Status.RESOLVED if is_pending else Status.NEW)
        assert await nudged(desk, number) == is_pending
        assert await told(desk, "ClaimWarned", number) == (not is_pending)
        assert await told(desk, "TicketReleased", number) == (not is_pending)
    sent = await desk.sent(RowKind.NOTICE)
    said = [each.row.payload.get("sentence") for each in sent]
    assert said.count("requester.nudged") == 4
    assert said.count("team.claim_lapsed") == 4
