"""Who is told of a change: once for a burst, as they chose, not in their quiet hours, and somebody in their place."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.directory import DESK, Person
from bot.domain.events import SlaStageReached
from bot.domain.notices.choice import NoticeChoice, NoticeWay, Quiet
from bot.domain.notices.notice_record import NoticeEvent, NoticeHold, NoticeReach
from bot.domain.on_call.absence import Absence
from bot.domain.sentence import sentence
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context
from bot.services.tickets import actions
from bot.services.tickets.change_recorder import record_changes
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.fakes.desk.headless_desk import LEE, HeadlessDesk
from tests.services.notices.night_desk import (
    NIGHT,
    chooses,
    desk_by_day,
    pinged,
    records,
    reopened,
    resolved,
    with_ticket,
    writes,
)

THREAD = "web:team-it"
THE_DESK = Person(key=DESK, name="Test desk")


async def test_the_assignee_is_mentioned_by_the_copy_of_what_the_requester_wrote(desk: HeadlessDesk) -> None:
    await writes(desk)
    assert await pinged(desk) == [(THREAD, "Bo Berg")]


async def test_what_is_written_in_a_burst_is_one_notice(desk: HeadlessDesk) -> None:
    for text in ("It smokes", "And it smells", "Now it burns"):
        await writes(desk, text)
    assert await pinged(desk) == [(THREAD, "Bo Berg")]
    assert [each.hold for each in await records(desk)] == [None, NoticeHold.BURST, NoticeHold.BURST]


async def test_a_word_after_the_burst_is_told_again(desk: HeadlessDesk) -> None:
    await writes(desk)
    await desk.passes(minutes=3)
    await writes(desk)
    assert await pinged(desk) == [(THREAD, "Bo Berg"), (THREAD, "Bo Berg")]


async def test_a_clock_that_was_put_back_keeps_nobody_uninformed(desk: HeadlessDesk) -> None:
    await writes(desk)
    await desk.passes(minutes=-60)
    await writes(desk)
    assert [each.reach for each in await records(desk)] == [NoticeReach.THREAD, NoticeReach.THREAD]


async def test_who_chose_direct_messages_gets_one_and_no_mention(desk: HeadlessDesk) -> None:
    await chooses(desk, NoticeChoice(person=BO.key, way=NoticeWay.DIRECT))
    await writes(desk)
    assert await pinged(desk) == [("web:@bo", "")]


async def test_who_chose_nothing_is_told_nothing_and_nobody_is_in_their_place(desk: HeadlessDesk) -> None:
    await chooses(desk, NoticeChoice(person=BO.key, way=NoticeWay.NOTHING))
    await writes(desk)
    assert await pinged(desk) == []
    assert [each.hold for each in await records(desk)] == [NoticeHold.CHOICE]


async def test_at_night_whoever_is_on_call_hears_in_place_of_the_assignee(desk: HeadlessDesk) -> None:
    await desk.passes(minutes=NIGHT)
    await desk.sent()
    await writes(desk)
    assert await pinged(desk) == [(THREAD, "Lee Lund")]
    told = [(each.recipient, each.hold, each.reach, each.instead_of) for each in await records(desk)]
    assert told == [
        (BO.key, NoticeHold.QUIET_HOURS, None, ""),
        (LEE.key, None, NoticeReach.THREAD, BO.key),
    ]


async def test_whoever_is_on_call_is_told_once_for_a_burst_too(desk: HeadlessDesk) -> None:
    await desk.passes(minutes=NIGHT)
    await desk.sent()
    await writes(desk)
    await writes(desk)
    assert await pinged(desk) == [(THREAD, "Lee Lund")]


async def test_an_assignee_who_is_on_call_has_no_quiet_hours(desk: HeadlessDesk) -> None:
    await desk.does(LEE, lambda context, ticket: actions.take_over_ticket(context, ticket, seen=BO.key))
    await desk.passes(minutes=NIGHT)
    await desk.sent()
    await writes(desk)
    assert await pinged(desk) == [(THREAD, "Lee Lund")]


async def test_where_nobody_is_on_call_the_teams_channel_hears(
    headless: HeadlessDesk, tmp_path: Path
) -> None:
    headless.desk = desk_by_day(tmp_path, has_rota=False)
    night = await with_ticket(headless)
    await night.passes(minutes=NIGHT)
    await night.sent()
    await writes(night)
    assert await pinged(night) == [(THREAD, "")]
    assert (await records(night))[-1].reach is NoticeReach.CHANNEL


async def test_who_has_quiet_hours_of_their_own_is_told_outside_their_teams(desk: HeadlessDesk) -> None:
    own = NoticeChoice(person=BO.key, quiet=Quiet.OWN, hours=(23 * 60, 31 * 60))
    await chooses(desk, own)
    await desk.passes(minutes=NIGHT)
    await desk.sent()
    await writes(desk)
    assert await pinged(desk) == [(THREAD, "Bo Berg")]


async def test_who_is_away_is_not_told_and_whoever_is_on_call_is(desk: HeadlessDesk) -> None:
    now = desk.clock.now()
    absence = Absence(person=BO.key, since=now, until=now + timedelta(hours=2), reason="")
    await desk.storage.run(lambda uow: uow.absences.put(absence))
    await writes(desk)
    assert await pinged(desk) == [(THREAD, "Lee Lund")]


async def test_reopening_is_told_once_with_its_words(desk: HeadlessDesk) -> None:
    await desk.does(BO, resolved)
    await desk.passes(minutes=3)
    await desk.sent()
    await writes(desk, "Broken again")
    assert await pinged(desk) == [(THREAD, "Bo Berg")]
    assert [each.event for each in await records(desk)] == [NoticeEvent.REOPENED]


async def test_reopening_by_a_button_is_told_directly_to_who_chose_that(desk: HeadlessDesk) -> None:
    await chooses(desk, NoticeChoice(person=BO.key, way=NoticeWay.DIRECT))
    await desk.does(BO, resolved)
    await desk.sent()
    await desk.does(ANA, reopened)
    assert ("web:@bo", "") in await pinged(desk)


async def test_who_is_given_a_ticket_at_night_is_not_pinged(desk: HeadlessDesk) -> None:
    await desk.passes(minutes=NIGHT)
    await desk.sent()
    await desk.does(BO, lambda context, ticket: actions.assign_ticket(context, ticket, to=CLEO))
    assert await pinged(desk) == [(THREAD, "Lee Lund")]


def alerted_and_assigned(context: Context, ticket: Ticket) -> None:
    """An SLA alert notifies Cleo of the ticket that it gives her."""
    reached = SlaStageReached(
        actor=DESK,
        at=context.now,
        measure="resolution",
        stage=sentence("terms.stage_breached"),
        share=1.0,
        due_at=context.now,
        called=(CLEO.key,),
    )
    ticket.sla_stage = 3
    record_changes(context, ticket, [reached])
    actions.assign_ticket(context, ticket, to=CLEO)


async def test_nothing_is_said_beside_an_sla_alert_about_the_same_ticket(desk: HeadlessDesk) -> None:
    await desk.does(THE_DESK, alerted_and_assigned)
    assert await pinged(desk) == []
    assert [each.hold for each in await records(desk)] == [NoticeHold.SLA_ALERT]


async def test_who_has_left_the_team_is_not_told(desk: HeadlessDesk) -> None:
    it = replace(desk.desk.teams["it"], agents=frozenset({CLEO.key}))
    desk.desk = replace(desk.desk, teams={**desk.desk.teams, "it": it})
    await writes(desk)
    assert await pinged(desk) == [(THREAD, "Lee Lund")]
    assert (await records(desk))[0].hold is NoticeHold.NO_ACCESS


@pytest.mark.parametrize("text", ["It smokes", ""])
async def test_what_is_taken_back_before_it_was_sent_is_not_told_directly(
    desk: HeadlessDesk, text: str
) -> None:
    await chooses(desk, NoticeChoice(person=BO.key, way=NoticeWay.DIRECT))

    def writes_and_deletes(context: Context, ticket: Ticket) -> None:
        said = actions.write_as_requester(context, ticket, text=text or "Never mind")
        record_changes(context, ticket, said.delete(actor=ANA.key, at=context.now))
        context.uow.messages.revise(said, at=context.now)

    await desk.does(ANA, writes_and_deletes)
    assert await pinged(desk) == []


async def test_a_transfer_mentions_nobody_of_before_again(desk: HeadlessDesk) -> None:
    await writes(desk)
    await desk.sent()
    network = desk.desk.teams["network"]
    await desk.does(BO, lambda context, ticket: actions.transfer_ticket(context, ticket, team=network))
    assert await pinged(desk) == []


async def test_where_who_is_on_call_is_of_another_team_the_channel_hears(desk: HeadlessDesk) -> None:
    it = replace(desk.desk.teams["it"], leads=frozenset())
    network = replace(desk.desk.teams["network"], leads=frozenset())
    desk.desk = replace(desk.desk, teams={**desk.desk.teams, "it": it, "network": network})
    await desk.passes(minutes=NIGHT)
    await desk.sent()
    await writes(desk)
    assert await pinged(desk) == [(THREAD, "")]
    assert (await records(desk))[-1].reach is NoticeReach.CHANNEL
