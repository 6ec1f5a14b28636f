"""Two agents press Claim at the same moment: one has it, and the other is told who."""

import asyncio

from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO, DeskWithoutPlatform, person, words_of
from tests.said import said

TIMES = 200


async def test_two_agents_claim_at_the_same_moment_and_the_loser_is_told_who_won(
    desk_on: DeskWithoutPlatform,
) -> None:
    desk, names = desk_on, {BO.key: "Bo Berg", CLEO.key: "Cleo Chen"}
    for number in range(1, TIMES + 1):
        await desk.intake.take(desk.posted(ANA, f"Mouse {number} is dead", message=f"m{number}"))
        replies = await asyncio.gather(
            *(desk.intake.take(desk.pressed(agent, "desk claim", f"IT-{number}")) for agent in (BO, CLEO))
        )
        winner = (await desk.ticket(number)).assignee
        assert winner in names
        lost = [reply for reply in replies if reply is not None]
        assert [words_of(reply) for reply in lost] == [
            said("refusals.already_assigned_to", reference=f"IT-{number}", name=names[winner])
        ]
        assert replies[(BO.key, CLEO.key).index(winner)] is None


async def test_two_agents_take_over_at_the_same_moment_and_only_one_has_it(
    desk_on: DeskWithoutPlatform,
) -> None:
    desk, lee = desk_on, person("Lee Lund")
    await desk.intake.meet([lee])
    names = {CLEO.key: "Cleo Chen", lee.key: "Lee Lund"}
    for number in range(1, 21):
        await desk.intake.take(desk.posted(ANA, f"Mouse {number} is dead", message=f"m{number}"))
        await desk.intake.take(desk.pressed(BO, "desk claim", f"IT-{number}"))
        presses = [desk.pressed(each, "desk claim", f"IT-{number}", seen=BO.key) for each in (CLEO, lee)]
        replies = await asyncio.gather(*(desk.intake.take(press) for press in presses))
        winner = (await desk.ticket(number)).assignee
        assert winner in names
        assert [words_of(reply) for reply in replies if reply is not None] == [
            said("refusals.already_assigned_to", reference=f"IT-{number}", name=names[winner])
        ]


async def test_one_agent_who_presses_twice_has_it_once(desk_on: DeskWithoutPlatform) -> None:
    desk = desk_on
    await desk.intake.take(desk.posted(ANA, "Mouse", message="m"))
    presses = [desk.pressed(BO, "desk claim", "IT-1") for _ in range(2)]
    replies = await asyncio.gather(*(desk.intake.take(press) for press in presses))
    assert sorted(words_of(reply) for reply in replies if reply) == [
        said("refusals.already_yours", reference="IT-1")
    ]


async def test_the_same_press_delivered_again_is_one_press(desk_on: DeskWithoutPlatform) -> None:
    desk = desk_on
    await desk.intake.take(desk.posted(ANA, "Mouse", message="m"))
    press = desk.pressed(BO, "desk claim", "IT-1")
    replies = await asyncio.gather(desk.intake.take(press), desk.intake.take(press))
    assert not any(replies)
    assert (await desk.ticket()).assignee == BO.key
