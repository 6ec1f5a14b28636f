"""Who is on call, who stands in, and who is away."""

from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.said import said


async def test_who_is_on_call_until_when_and_who_follows(by_rota: DeskAtWork) -> None:
    told = await by_rota.types(LEE, "/desk on-call")
    assert "Service Desk: Bo Berg is on call until 2026-03-09 07:00 UTC, then Cleo Chen" in told
    assert "Network" not in told, "it has no rota"


async def test_a_cover_is_shown_and_can_be_taken_back(by_rota: DeskAtWork) -> None:
    await by_rota.types(LEE, "/desk cover @cleo until tomorrow 9:00")
    assert "Cleo Chen stands in, " in await by_rota.types(BO, "/desk on-call")
    assert "does not stand in" in await by_rota.presses(BO, "Take back: Cleo Chen")
    assert "stands in" not in await by_rota.types(BO, "/desk on-call")


async def test_who_is_away_is_named_with_what_they_still_have(by_rota: DeskAtWork) -> None:
    await by_rota.asks()
    await by_rota.types(BO, "/desk away until tomorrow 9:00, dentist")
    told = await by_rota.types(LEE, "/desk on-call")
    assert "Bo Berg is away until 2026-03-03 09:00 UTC (dentist), with 1 open ticket" in told


async def test_without_a_rota_it_says_where_rotas_are_written(at_work: DeskAtWork) -> None:
    assert "under rotas" in await at_work.types(BO, "/desk on-call")
    refused = said("commands.agents_only", command="on-call", ask="/ticket open")
    assert await at_work.types(ANA, "/desk on-call") == refused
