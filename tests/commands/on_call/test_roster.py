"""Who is on call, who stands in, and who is away."""

from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.said import said


async def test_who_is_on_call_until_when_and_who_follows(by_rota: DeskAtWork) -> None:
    told = await by_rota.types(LEE, "/desk on-call")
    now = {"team": "Service Desk", "person": "Bo Berg", "until": "2026-03-09 07:00 UTC"}
    assert said("answers.on_call_until_then", name="Cleo Chen", **now) in told.splitlines()
    assert "Network" not in told, "it has no rota"


async def test_who_is_on_call_may_be_asked_in_these_words_and_for_one_team(by_rota: DeskAtWork) -> None:
    every = await by_rota.types(LEE, "/desk on-call")
    for typed in ("/desk who is on call", "/desk Who's on call?", "/desk oncall"):
        assert await by_rota.types(LEE, typed) == every
    for typed in ("/desk who's on call for it?", "/desk on-call Service Desk"):
        told = await by_rota.types(LEE, typed)
        assert told
        assert told in every
    no_rota = said("answers.no_rota_of_team", team="Network")
    assert await by_rota.types(LEE, "/desk on-call network") == no_rota


async def test_a_cover_is_shown_and_can_be_taken_back(by_rota: DeskAtWork) -> None:
    await by_rota.types(LEE, "/desk cover @cleo until tomorrow 9:00")
    line = said(
        "answers.on_call_cover",
        person="Cleo Chen",
        since="2026-03-02 09:00 UTC",
        until="2026-03-03 09:00 UTC",
        name="Lee Lund",
    )
    assert line in await by_rota.types(BO, "/desk on-call")
    told = await by_rota.presses(BO, said("answers.button_cancel_cover", person="Cleo Chen"))
    facts = {
        "person": "Cleo Chen",
        "rota": "Service Desk",
        "until": "2026-03-03 09:00 UTC",
        "names": "Bo Berg",
    }
    assert told == said("answers.cover_ended", **facts)
    assert line not in await by_rota.types(BO, "/desk on-call")


async def test_who_is_away_is_named_with_what_they_still_have(by_rota: DeskAtWork) -> None:
    await by_rota.asks()
    await by_rota.types(BO, "/desk away until tomorrow 9:00, dentist")
    told = await by_rota.types(LEE, "/desk on-call")
    away = {"person": "Bo Berg", "until": "2026-03-03 09:00 UTC", "reason": "dentist"}
    assert said("answers.absent_because_with_tickets", count=1, **away) in told.splitlines()


async def test_more_absences_than_a_message_holds_are_turned_by_page(by_rota: DeskAtWork) -> None:
    days = [f"2026-04-{day:02}" for day in range(1, 26)]
    for day in days:
        await by_rota.types(BO, f"/desk away from {day} 9:00 until {day} 17:00")

    def planned(told: str) -> list[str]:
        spans = {day: {"since": f"{day} 09:00 UTC", "until": f"{day} 17:00 UTC"} for day in days}
        lines = {said("answers.absent_from", person="Bo Berg", **each): day for day, each in spans.items()}
        return [lines[each] for each in told.splitlines() if each in lines]

    first = await by_rota.types(LEE, "/desk on-call")
    assert said("commands.range", first=1, last=20, total=26) in first
    assert planned(first) == days[:19]
    second = await by_rota.presses(LEE, said("commands.next_page"))
    assert planned(second) == days[19:]
    assert "Service Desk" not in second
    assert planned(await by_rota.types(LEE, "/desk on-call 2")) == days[19:]
    last = await by_rota.types(LEE, "/desk on-call 7")
    assert said("commands.no_such_page", number=7, total=2) in last


async def test_without_a_rota_it_says_where_rotas_are_written(at_work: DeskAtWork) -> None:
    assert await at_work.types(BO, "/desk on-call") == said("answers.no_rota")
    refused = said("commands.agents_only", command="/desk on-call", ask="/ticket open")
    assert await at_work.types(ANA, "/desk on-call") == refused
