"""`/desk next`: what should be answered next becomes one's own."""

import asyncio

from tests.commands.desk_at_work import DAN, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO, DeskWithoutPlatform, person, words_of
from tests.said import said


async def test_the_most_urgent_then_the_oldest_is_claimed_and_shown(at_work: DeskAtWork) -> None:
    for number in (1, 2, 3):
        await at_work.asks(f"Mouse {number} is dead")
    await at_work.types(BO, "/desk priority IT-3 high")
    for reference in ("IT-3", "IT-1", "IT-2"):
        first, second, *_ = (await at_work.types(BO, "/desk next")).splitlines()
        assert first == said("answers.claimed", reference=reference)
        assert second.startswith(f"{reference} Mouse")
        assert (await at_work.ticket(int(reference[3:]))).assignee == BO.key
    names = "Service Desk and People"
    assert await at_work.types(BO, "/desk next") == said("lists.nothing_next", names=names)


async def test_only_ones_own_teams_tickets_and_never_ones_own_requests(at_work: DeskAtWork) -> None:
    await at_work.asks("My mouse is dead", who=BO)
    await at_work.asks("The vpn drops")
    assert await at_work.types(BO, "/desk next it") == said("lists.nothing_next", names="Service Desk")
    assert await at_work.types(BO, "/desk next network") == said("answers.queue_not_yours", team="Network")
    assert (await at_work.types(CLEO, "/desk next network")).startswith(
        said("answers.claimed", reference="IT-2")
    )
    assert await at_work.types(DAN, "/desk next") == said(
        "commands.agents_only", command="/desk next", ask="/ticket open"
    )


async def test_what_waits_for_somebody_else_is_not_next(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk wait IT-1 Which floor?")
    assert (await at_work.types(BO, "/desk next it")) == said("lists.nothing_next", names="Service Desk")


async def test_two_agents_who_press_at_once_get_two_different_tickets(desk_on: DeskWithoutPlatform) -> None:
    desk, lee = desk_on, person("Lee Lund")
    await desk.intake.meet([lee])
    for number in range(1, 13):
        await desk.intake.take(desk.posted(ANA, f"Mouse {number} is dead", message=f"m{number}"))
    presses = [desk.pressed(who, "desk next", "") for _ in range(7) for who in (BO, lee)]
    replies = await asyncio.gather(*(desk.intake.take(each) for each in presses))
    claimed = [words_of(each).splitlines()[0] for each in replies if each is not None]
    expected = {said("answers.claimed", reference=f"IT-{number}") for number in range(1, 13)}
    assert set(claimed) >= expected
    assert len([each for each in claimed if each in expected]) == 12
