"""A change of many tickets: who hears of it, what its message says, and what stops it."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

import pytest

from bot.domain.bulk_changes.bulk_change import UNDO_WITHIN, BulkAction, BulkOutcome, BulkStage
from bot.domain.errors import Refused
from bot.domain.notices.choice import NoticeChoice, NoticeWay
from bot.domain.notices.notice_record import NoticeHold, NoticeReach
from bot.messages.outbound import Notice
from bot.ports.storage.outbox import RowKind
from bot.services.bulk_changes.run import do_next, still_to_do
from bot.services.tickets import actions
from tests.fakes.desk.desk_without_platform import BO, CLEO
from tests.fakes.desk.headless_desk import HeadlessDesk
from tests.said import said
from tests.services.bulk_changes.busy_desk import (
    at_work,
    change_now,
    changes,
    chooses,
    outcomes,
    starts,
    undoes,
)

TWELVE = range(1, 13)


async def asked(desk: HeadlessDesk, many: int = 12) -> None:
    for number in range(many):
        await desk.opens(f"Mouse {number} is dead")
    await desk.sent()


def the_first_ten() -> str:
    return ", ".join(f"IT-{number}" for number in range(1, 11)) + " … +2"


async def test_whom_twelve_tickets_are_assigned_to_hears_of_them_once(headless: HeadlessDesk) -> None:
    await asked(headless)
    await changes(headless, BO, TWELVE, BulkAction.ASSIGN, {"person": CLEO.key})

    sent = await headless.sent(RowKind.NOTICE)
    to_cleo = [each for each in sent if each.words and "cleo" in each.channel]
    assert [each.words for each in to_cleo] == [
        said("bulk.notice_assigned", name="Bo Berg", count=12, references=the_first_ten())
    ]
    assert not any("Cleo Chen" in each.mentions for each in sent), "no thread pings her besides"
    ticket = await headless.ticket(3)
    records = await headless.storage.read(lambda uow: uow.notices.of_ticket(ticket.id))
    assert [each.reach for each in records if each.recipient == CLEO.key] == [NoticeReach.BUNDLE]


async def test_from_whom_tickets_are_taken_over_reads_who_took_them_over(headless: HeadlessDesk) -> None:
    await asked(headless, 2)
    await changes(headless, CLEO, (1, 2), BulkAction.CLAIM)
    await changes(headless, BO, (1, 2), BulkAction.ASSIGN, {"person": BO.key})

    to_cleo = [each.words for each in await headless.sent(RowKind.NOTICE) if "cleo" in each.channel]
    assert said("bulk.notice_taken_over", name="Bo Berg", count=2, references="IT-1, IT-2") in to_cleo


async def test_undone_what_they_were_told_is_put_right_and_nobody_is_told_anew(
    headless: HeadlessDesk,
) -> None:
    await asked(headless)
    change = await changes(headless, BO, TWELVE, BulkAction.ASSIGN, {"person": CLEO.key})
    before = [each.row.id for each in await headless.sent(RowKind.NOTICE) if "cleo" in each.channel]
    await undoes(headless, BO, change)

    to_cleo = [each for each in await headless.sent(RowKind.NOTICE) if "cleo" in each.channel]
    assert [each.row.id for each in to_cleo] == before, "the message is edited"
    assert to_cleo[0].words.splitlines()[1:] == [said("bulk.notice_undone", name="Bo Berg", count=12)]


async def test_who_wants_to_hear_nothing_hears_nothing(headless: HeadlessDesk) -> None:
    await asked(headless, 2)
    choice = NoticeChoice(person=CLEO.key, way=NoticeWay.NOTHING)
    await headless.works(CLEO, lambda context: context.uow.notice_choices.put(choice))
    await changes(headless, BO, (1, 2), BulkAction.ASSIGN, {"person": CLEO.key})

    assert not [each for each in await headless.sent(RowKind.NOTICE) if "cleo" in each.channel]
    ticket = await headless.ticket(1)
    records = await headless.storage.read(lambda uow: uow.notices.of_ticket(ticket.id))
    assert [each.hold for each in records if each.recipient == CLEO.key] == [NoticeHold.CHOICE]


async def test_its_actor_sees_one_message_that_says_how_far_it_is(headless: HeadlessDesk) -> None:
    await asked(headless)
    change = await starts(headless, BO, TWELVE, BulkAction.CLAIM)
    title = said("bulk.title_claim")
    assert await _own(headless) == [[title, said("bulk.progress", done=0, total=12)]]

    await _does(headless, change, (1, 2, 3))
    await headless.works(BO, lambda context: context.uow.outbox.show_again([f"bulk:{change}"]))
    assert await _own(headless) == [[title, said("bulk.progress", done=3, total=12)]]

    await at_work(headless).tick()
    (lines,) = await _own(headless)
    assert lines[:2] == [title, said("bulk.done", count=12)]


async def test_a_restart_goes_on_where_it_stopped(headless: HeadlessDesk) -> None:
    await asked(headless)
    change = await starts(headless, BO, TWELVE, BulkAction.CLAIM)
    await _does(headless, change, (1, 2, 3))

    assert await at_work(headless).tick() == 9
    assert {each.outcome for each in (await outcomes(headless, change)).values()} == {BulkOutcome.CHANGED}
    ticket = await headless.ticket(1)
    entries = await headless.storage.read(lambda uow: uow.audit_log.of_ticket(ticket.id))
    assert [each.event for each in entries].count("TicketAssigned") == 1


async def test_undo_is_offered_for_half_an_hour(headless: HeadlessDesk) -> None:
    await asked(headless, 2)
    change = await changes(headless, BO, (1, 2), BulkAction.CLAIM)
    assert await _buttons(headless) == [said("bulk.button_undo")]

    headless.clock.move(UNDO_WITHIN - timedelta(seconds=1))
    await at_work(headless).tick()
    assert await _buttons(headless) is None, "nothing new is shown"

    headless.clock.move(timedelta(seconds=1))
    with pytest.raises(Refused, match="too_late_to_undo"):
        await undoes(headless, BO, change)
    await at_work(headless).tick()
    assert await _buttons(headless) == []
    assert (await change_now(headless, change)).stage is BulkStage.FINAL


async def test_what_requesters_have_read_cannot_be_unsaid(headless: HeadlessDesk) -> None:
    await asked(headless, 2)
    words = {"resolution": "A new mouse is on its way"}
    change = await changes(headless, BO, (1, 2), BulkAction.RESOLVE, words)
    requesters = [each for each in await headless.sent(RowKind.NOTICE) if each.side == "requester"]
    assert len(requesters) == 2

    await undoes(headless, BO, change)
    sent = await headless.sent(RowKind.NOTICE)
    own = next(each.words for each in sent if "bulk" in each.row.payload)
    assert said("bulk.words_stay") in own
    told = [each.words for each in sent if each.side == "requester"]
    assert told.count(said("requester.reopened", reference="IT-1")) == 1
    assert (await headless.ticket(1)).status == "new"


async def test_a_choice_that_came_to_nothing_is_forgotten(headless: HeadlessDesk) -> None:
    await asked(headless, 2)
    unused = await chooses(headless, BO, (1, 2))
    done = await changes(headless, BO, (1, 2), BulkAction.CLAIM)

    headless.clock.move(timedelta(days=1, seconds=1))
    await at_work(headless).tick()
    assert await headless.storage.read(lambda uow: uow.bulk_changes.find(unused)) is None
    assert await outcomes(headless, unused) == {}
    assert (await change_now(headless, done)).stage is BulkStage.FINAL, "what was done is kept"


async def test_whoever_has_left_the_team_changes_nothing_any_more(headless: HeadlessDesk) -> None:
    await asked(headless, 1)
    await headless.does(
        BO,
        lambda context, ticket: actions.transfer_ticket(context, ticket, team=context.desk.teams["network"]),
    )
    change = await changes(headless, BO, (1,), BulkAction.TAG, {"add": "vpn"})

    (item,) = (await outcomes(headless, change)).values()
    assert item.outcome is BulkOutcome.LEFT
    assert item.reason is not None
    assert item.reason.key == "bulk.not_yours"


async def _does(desk: HeadlessDesk, change: int, numbers: Sequence[int]) -> None:
    """These have had their turn, and then the process stops."""
    found = await change_now(desk, change)
    for number in numbers:
        ticket = await desk.ticket(number)
        assert ticket.id in await desk.storage.read(partial(still_to_do, change=found))
        await desk.storage.run(
            partial(do_next, contexts=desk.contexts, change_id=change, ticket_id=ticket.id)
        )


async def _own(desk: HeadlessDesk) -> list[list[str]]:
    """The lines of each message that Bo is shown about it."""
    sent = await desk.sent(RowKind.NOTICE)
    return [each.words.splitlines() for each in sent if "bulk" in each.row.payload]


async def _buttons(desk: HeadlessDesk) -> list[str] | None:
    """Of Bo's newest message about it; None where none was shown since."""
    shown = [each.content for each in await desk.sent(RowKind.NOTICE) if "bulk" in each.row.payload]
    return [each.label for each in shown[-1].buttons] if shown and isinstance(shown[-1], Notice) else None
