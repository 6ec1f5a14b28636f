"""Who is told how much about a ticket's timers."""

from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO


async def test_agents_read_the_policy_and_requesters_only_when(at_work: DeskAtWork) -> None:
    await at_work.asks()
    agent = await at_work.types(BO, "/desk sla IT-1")
    requester = await at_work.types(ANA, "/ticket sla IT-1")
    for told in (agent, requester):
        assert told.startswith("The clocks of IT-1 My mouse is dead")
    assert "policy" in agent
    assert "policy" not in requester


async def test_the_picture_is_for_the_requester_and_the_team(at_work: DeskAtWork) -> None:
    await at_work.asks()
    for who, line in ((BO, "/desk sla IT-1"), (ANA, "/ticket sla IT-1")):
        await at_work.types(who, line)
        assert await at_work.presses(who, "As a picture") == (
            "The time line of IT-1 comes in your direct messages."
        )


async def test_agents_of_other_teams_may_only_look(at_work: DeskAtWork) -> None:
    await at_work.asks("The vpn drops")
    assert (await at_work.types(BO, "/ticket sla IT-1")).startswith("The clocks of IT-1")
    assert at_work.buttons() == {}
    for who in (CLEO, LEE):
        await at_work.types(who, "/ticket sla IT-1")
        assert list(at_work.buttons()) == ["As a picture"]
