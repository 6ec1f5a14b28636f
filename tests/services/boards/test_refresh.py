"""Which boards are drawn again after a change, and what becomes of one whose message was deleted."""

from dataclasses import replace

import pytest

from bot.domain.directory import ChannelRef
from bot.ports.storage.outbox import RowKind
from bot.services.boards.refresh import board_is_gone
from bot.services.context.context import Context
from bot.services.tickets import actions
from bot.workers.board_refresher import BoardRefresher
from tests.fakes.desk.desk_without_platform import BO
from tests.fakes.desk.everyday_desk import everyday_desk
from tests.fakes.desk.headless_desk import HeadlessDesk, Sent

IT, NETWORK = ChannelRef("web", "escalations-it"), ChannelRef("web", "escalations-network")


@pytest.fixture
async def desk(headless: HeadlessDesk) -> HeadlessDesk:
    """Each team has a board; IT-1 is at risk, and nothing is left to be drawn."""
    everyday = everyday_desk()
    teams = {name: replace(team, has_board=True) for name, team in everyday.teams.items()}
    headless.desk = replace(everyday, teams=teams)
    await headless.opens()
    await headless.passes(minutes=24)
    headless.contexts.boards.take()
    return headless


def changed(desk: HeadlessDesk) -> set[ChannelRef]:
    return set(desk.contexts.boards.take())


async def test_a_claim_changes_the_teams_board_and_a_note_changes_none(desk: HeadlessDesk) -> None:
    await desk.does(BO, lambda context, ticket: actions.add_note(context, ticket, text="Seen before"))
    assert changed(desk) == set()
    await desk.does(BO, actions.claim_ticket)
    assert changed(desk) == {IT}


async def test_a_ticket_that_has_reached_no_stage_is_on_no_board(desk: HeadlessDesk) -> None:
    await desk.opens("Another mouse is dead")
    await desk.does(BO, actions.claim_ticket, number=2)
    assert changed(desk) == set()


async def test_a_transfer_changes_the_boards_of_both_teams(desk: HeadlessDesk) -> None:
    await desk.does(
        BO,
        lambda context, ticket: actions.transfer_ticket(context, ticket, team=context.desk.teams["network"]),
    )
    assert changed(desk) == {IT, NETWORK}


async def test_a_change_that_was_never_committed_changes_no_board(desk: HeadlessDesk) -> None:
    def claims_and_fails(context: Context) -> None:
        ticket = context.uow.tickets.find("IT", 1)
        assert ticket is not None
        actions.claim_ticket(context, context.uow.tickets.lock(ticket.id))
        raise LookupError

    with pytest.raises(LookupError):
        await desk.works(BO, claims_and_fails)
    assert changed(desk) == set()


async def boards(desk: HeadlessDesk) -> list[Sent]:
    await BoardRefresher(storage=desk.storage, contexts=desk.contexts).tick()
    return [each for each in await desk.sent(RowKind.BOARD) if each.channel == str(IT)]


async def test_a_deleted_board_goes_on_in_a_new_message_and_is_missed_once(desk: HeadlessDesk) -> None:
    (first,) = await boards(desk)
    assert "My mouse is dead" in first.words

    for _ in range(2):
        await desk.works(BO, lambda context: board_is_gone(context, first.row))
    (second,) = await boards(desk)
    assert second.row.subject == first.row.subject + 1
