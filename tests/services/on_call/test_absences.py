"""Going away: what one still has in hand is said."""

from datetime import timedelta
from functools import partial

import pytest

from bot.domain.on_call.absence import Absence
from bot.services.on_call.absences import NAMED, go_away, named
from bot.services.on_call.roster import present
from bot.services.tickets import actions
from tests.fakes.desk.desk_without_platform import BO
from tests.fakes.desk.headless_desk import HeadlessDesk
from tests.said import said


async def test_who_goes_away_is_told_of_the_open_tickets_they_have(headless: HeadlessDesk) -> None:
    for number in (1, 2, 3):
        await headless.opens(f"Mouse {number} is dead")
    for number in (1, 2):
        await headless.does(BO, actions.claim_ticket, number=number)
    await headless.does(BO, partial(actions.resolve_ticket, resolution="Done"), number=2)
    now = headless.clock.now()
    absence = Absence(person=BO.key, since=now, until=now + timedelta(days=1))
    held = await headless.works(BO, lambda context: go_away(context, absence))
    assert named(held, "en") == "IT-1"


async def test_from_then_on_they_are_not_there_until_it_ends(headless: HeadlessDesk) -> None:
    now = headless.clock.now()
    absence = Absence(person=BO.key, since=now, until=now + timedelta(minutes=5))
    await headless.works(BO, lambda context: go_away(context, absence))

    async def is_there() -> bool:
        return await headless.looks(lambda view: bool(present(view.uow, view.desk, [BO.key], now=view.now)))

    assert not await is_there()
    await headless.passes(minutes=5)
    assert await is_there()


@pytest.mark.parametrize(
    ("more", "ending"),
    [(0, f" and IT-{NAMED}"), (3, f", IT-{NAMED} and {said('team.more_tickets', count=3)}")],
)
async def test_of_many_tickets_ten_are_named_and_the_rest_counted(
    headless: HeadlessDesk, more: int, ending: str
) -> None:
    tickets = [await headless.opens(f"Mouse {number} is dead") for number in range(NAMED + more)]
    assert named(tickets, "en").startswith("IT-1, IT-2, ")
    assert named(tickets, "en").endswith(ending)
