"""What is decided about an alert before it is acknowledged or snoozed; the stories tell the rest."""

from tests.commands.desk_at_work import DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.said import said

NO_ALERT = said("refusals.no_alert", reference="IT-1")


async def test_there_is_nothing_to_acknowledge_or_snooze_while_no_target_is_at_risk(
    at_work: DeskAtWork,
) -> None:
    await at_work.asks()
    assert await at_work.types(BO, "/desk acknowledge IT-1") == NO_ALERT
    assert await at_work.types(BO, "/desk alert snooze IT-1 2h, the vendor rings") == NO_ALERT


async def test_who_snoozes_says_until_when_and_why(at_work: DeskAtWork) -> None:
    await at_work.asks()
    for line in (
        "/desk alert snooze IT-1 2h",
        "/desk alert snooze IT-1 2h,",
        "/desk alert snooze IT-1 , the vendor",
    ):
        assert await at_work.types(BO, line) == said("answers.snooze_needs"), line
    refused = await at_work.types(BO, "/desk alert snooze IT-1 soonish, the vendor")
    assert refused.startswith(said("commands.not_a_time", text="soonish"))


async def test_an_alert_is_for_agents(at_work: DeskAtWork) -> None:
    await at_work.asks()
    for line in ("/desk acknowledge IT-1", "/desk alert snooze IT-1 2h, later"):
        verb = line.partition(" IT-1")[0]
        refused = said("commands.agents_only", command=verb, ask="/ticket open")
        assert await at_work.types(ANA, line) == refused


async def test_the_group_that_holds_the_verb_in_menus_may_be_typed_too(at_work: DeskAtWork) -> None:
    await at_work.asks()
    assert await at_work.types(BO, "/desk alert acknowledge IT-1") == NO_ALERT
    refused = await at_work.types(BO, "/desk alert claim IT-1")
    assert refused.startswith(said("commands.unknown_command", command="alert"))
