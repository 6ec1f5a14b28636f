"""Standing in for who is on call."""

from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.said import said


async def test_who_stands_in_until_when_and_for_whom(by_rota: DeskAtWork) -> None:
    told = await by_rota.types(LEE, "/desk cover @cleo until tomorrow 9:00")
    assert told.startswith(
        "Cleo Chen is on call until 2026-03-03 09:00 UTC for service, in place of Bo Berg."
    )
    assert told.endswith("/desk cover @cleo off takes it back.")
    again = await by_rota.types(BO, "/desk cover @cleo off")
    assert again.startswith("Cleo Chen does not stand in for service until")


async def test_one_may_stand_in_oneself(by_rota: DeskAtWork) -> None:
    assert (await by_rota.types(CLEO, "/desk cover me until Friday")).startswith("Cleo Chen is on call")


async def test_an_end_must_be_said(by_rota: DeskAtWork) -> None:
    refused = await by_rota.types(LEE, "/desk cover @cleo tomorrow")
    assert refused.startswith(said("commands.until_when", command='cover "Cleo Chen" until Friday'))


async def test_only_teams_with_a_rota_have_somebody_to_stand_in_for(
    by_rota: DeskAtWork, at_work: DeskAtWork
) -> None:
    assert "they cannot cover for one" in await by_rota.types(LEE, "/desk cover @dan until Friday")
    assert "they cannot cover for one" in await at_work.types(LEE, "/desk cover @cleo until Friday")
    refused = said("commands.agents_only", command="cover", ask="/ticket open")
    assert await by_rota.types(ANA, "/desk cover @cleo until Friday") == refused


async def test_nothing_is_taken_back_where_nobody_stands_in(by_rota: DeskAtWork) -> None:
    assert "stands in for nobody" in await by_rota.types(LEE, "/desk cover @cleo off")
