"""Who is told how much about a ticket's timers."""

from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.said import said

PICTURE = said("answers.button_picture")


async def test_agents_read_the_policy_and_requesters_only_when(at_work: DeskAtWork) -> None:
    await at_work.asks()
    agent = await at_work.types(BO, "/desk sla IT-1")
    requester = await at_work.types(ANA, "/ticket sla IT-1")
    for told in (agent, requester):
        assert told.startswith(said("answers.sla", reference="IT-1", subject="My mouse is dead"))
    assert "policy" in agent
    assert "policy" not in requester


async def test_the_picture_is_for_the_requester_and_the_team(at_work: DeskAtWork) -> None:
    await at_work.asks()
    for who, line in ((BO, "/desk sla IT-1"), (ANA, "/ticket sla IT-1")):
        await at_work.types(who, line)
        assert await at_work.presses(who, PICTURE) == said("answers.sla_picture", reference="IT-1")


async def test_agents_of_other_teams_may_only_look(at_work: DeskAtWork) -> None:
    await at_work.asks("The vpn drops")
    told = await at_work.types(BO, "/ticket sla IT-1")
    assert told.startswith(said("answers.sla", reference="IT-1", subject="The vpn drops"))
    assert at_work.buttons() == {}
    for who in (CLEO, LEE):
        await at_work.types(who, "/ticket sla IT-1")
        assert list(at_work.buttons()) == [PICTURE]
