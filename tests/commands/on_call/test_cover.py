"""Standing in for who is on call."""

from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.said import said


async def test_who_stands_in_until_when_and_for_whom(by_rota: DeskAtWork) -> None:
    told = await by_rota.types(LEE, "/desk cover @cleo until tomorrow 9:00")
    facts = {
        "person": "Cleo Chen",
        "rota": "Service Desk",
        "until": "2026-03-03 09:00 UTC",
        "names": "Bo Berg",
    }
    undo = said("answers.cover_undo", command="/desk cover @cleo off")
    assert told == f"{said('answers.cover_for', **facts)} {undo}"
    assert await by_rota.types(BO, "/desk cover @cleo off") == said("answers.cover_ended", **facts)


async def test_a_cover_that_begins_later_is_said_from_when(by_rota: DeskAtWork) -> None:
    told = await by_rota.types(LEE, "/desk cover @cleo from tomorrow 9:00 until tomorrow 17:00")
    facts = {
        "person": "Cleo Chen",
        "rota": "Service Desk",
        "since": "2026-03-03 09:00 UTC",
        "until": "2026-03-03 17:00 UTC",
        "names": "Bo Berg",
    }
    assert told.startswith(said("answers.cover_for_from", **facts))
    assert await by_rota.types(BO, "/desk cover @cleo off") == said("answers.cover_ended_from", **facts)


async def test_who_is_on_call_until_then_stands_in_from_the_end_of_their_turn(by_rota: DeskAtWork) -> None:
    told = await by_rota.types(LEE, "/desk cover @bo until 2026-03-12")
    facts = {"person": "Bo Berg", "rota": "Service Desk", "names": "Cleo Chen"}
    arranged = said("answers.cover_for", until="2026-03-12 09:00 UTC", **facts)
    own = said("answers.cover_own_turn", person="Bo Berg", until="2026-03-09 07:00 UTC")
    assert told.startswith(f"{arranged} {own}")
    span = {"since": "2026-03-02 09:00 UTC", "until": "2026-03-12 09:00 UTC"}
    cover = said("answers.on_call_cover", person="Bo Berg", name="Lee Lund", **span)
    assert cover in await by_rota.types(LEE, "/desk on-call"), "as it was answered"


async def test_who_is_chosen_on_a_page_is_called_by_name_and_not_by_a_key(by_rota: DeskAtWork) -> None:
    told = await by_rota.types(LEE, "/desk cover @web:cleo until Friday")
    assert told.endswith(said("answers.cover_undo", command='/desk cover "Cleo Chen" off'))


async def test_one_may_stand_in_oneself(by_rota: DeskAtWork) -> None:
    told = await by_rota.types(CLEO, "/desk cover me until Friday")
    facts = {"person": "Cleo Chen", "rota": "Service Desk", "names": "Bo Berg"}
    assert told.startswith(said("answers.cover_for", until="2026-03-06 09:00 UTC", **facts))


async def test_nobody_covers_for_themselves(by_rota: DeskAtWork) -> None:
    until = "2026-03-09 07:00 UTC"
    """When their turn ends, whatever was typed."""
    told = await by_rota.types(BO, "/desk cover me until Friday")
    assert told == said("answers.cover_self", person="Bo Berg", until=until)
    told = await by_rota.types(LEE, "/desk cover @bo until Friday")
    assert told == said("answers.cover_already", person="Bo Berg", until=until)
    told = await by_rota.types(LEE, "/desk cover @bo until tomorrow 9:00")
    assert told == said("answers.cover_already", person="Bo Berg", until=until)
    assert said("answers.button_cancel_cover", person="Bo Berg") not in by_rota.buttons()
    told = await by_rota.types(LEE, "/desk cover @bo from Thursday until 2026-03-12")
    assert said("answers.cover_undo", command="/desk cover @bo off") in told, "next week is Cleo’s"


async def test_an_end_must_be_said(by_rota: DeskAtWork) -> None:
    told = await by_rota.types(LEE, "/desk cover @cleo tomorrow")
    assert told == said("answers.cover_needs_end", command='/desk cover "Cleo Chen" until Friday')


async def test_only_teams_with_a_rota_have_somebody_to_stand_in_for(
    by_rota: DeskAtWork, at_work: DeskAtWork
) -> None:
    refused = said("answers.cover_no_rota", person="Dan Dietz")
    assert await by_rota.types(LEE, "/desk cover @dan until Friday") == refused
    refused = said("answers.cover_no_rota", person="Cleo Chen")
    assert await at_work.types(LEE, "/desk cover @cleo until Friday") == refused
    refused = said("commands.agents_only", command="/desk cover", ask="/ticket open")
    assert await by_rota.types(ANA, "/desk cover @cleo until Friday") == refused


async def test_nothing_is_taken_back_where_nobody_stands_in(by_rota: DeskAtWork) -> None:
    told = await by_rota.types(LEE, "/desk cover @cleo off")
    assert told == said("answers.cover_none", person="Cleo Chen")


async def test_off_alone_ends_ones_own_cover_without_a_form(by_rota: DeskAtWork) -> None:
    await by_rota.types(CLEO, "/desk cover me until Friday")
    await by_rota.types(LEE, "/desk cover @lee from 2026-03-12 until 2026-03-14")
    assert by_rota.desk.intake.form_for(by_rota.desk.typed(CLEO, "cover off")) is None
    facts = {"person": "Cleo Chen", "rota": "Service Desk", "names": "Bo Berg"}
    told = await by_rota.types(CLEO, "/desk cover off")
    assert told == said("answers.cover_ended", until="2026-03-06 09:00 UTC", **facts)


async def test_off_alone_ends_the_only_cover_there_is(by_rota: DeskAtWork) -> None:
    assert await by_rota.types(LEE, "/desk cover off") == said("answers.cover_none_at_all")
    await by_rota.types(LEE, "/desk cover @cleo until Friday")
    facts = {"person": "Cleo Chen", "rota": "Service Desk", "names": "Bo Berg"}
    told = await by_rota.types(BO, "/desk cover off")
    assert told == said("answers.cover_ended", until="2026-03-06 09:00 UTC", **facts)


async def test_off_alone_asks_whose_cover_where_there_are_several(by_rota: DeskAtWork) -> None:
    await by_rota.types(LEE, "/desk cover @cleo until Friday")
    await by_rota.types(LEE, "/desk cover me from 2026-03-12 until 2026-03-14")
    assert await by_rota.types(BO, "/desk cover off") == said("answers.cover_whose")
    cancel = said("answers.button_cancel_cover", person="Cleo Chen")
    assert (await by_rota.presses(BO, cancel)).startswith("Cleo Chen’s cover for Service Desk until")


async def test_the_forms_say_how_to_end_a_cover_and_an_absence(by_rota: DeskAtWork) -> None:
    for line, examples in (
        ("cover", ("off to end it",)),
        ("away", ("off", "cancel 2026-12-24", "@person until Friday")),
    ):
        form = by_rota.desk.intake.form_for(by_rota.desk.typed(LEE, line))
        assert form is not None
        assert tuple(form.fields[-1].hint.split("; "))[-len(examples) :] == examples


async def test_the_form_offers_those_who_can_stand_in_and_keeps_who_was_typed(by_rota: DeskAtWork) -> None:
    await by_rota.types(LEE, "/desk on-call")
    form = by_rota.desk.intake.form_for(by_rota.desk.typed(LEE, "cover @cleo"))
    assert form is not None
    person, _ = form.fields
    assert [name for _, name in person.choices] == ["Lee Lund", "Bo Berg", "Cleo Chen"]
    assert person.value == CLEO.key


async def test_who_is_away_all_that_time_cannot_cover(by_rota: DeskAtWork) -> None:
    await by_rota.types(CLEO, "/desk away until 2026-03-07")
    until = "2026-03-07 09:00 UTC"
    told = await by_rota.types(LEE, "/desk cover @cleo until Friday")
    assert told == said("answers.cover_away", person="Cleo Chen", until=until)
    told = await by_rota.types(CLEO, "/desk cover me until Friday")
    assert told == said("answers.cover_away_self", until=until, command="/desk away back")
    assert await by_rota.types(LEE, "/desk cover off") == said("answers.cover_none_at_all")


async def test_an_absence_that_begins_within_the_cover_is_said(by_rota: DeskAtWork) -> None:
    await by_rota.types(CLEO, "/desk away from 2026-03-04 until 2026-03-07")
    told = await by_rota.types(LEE, "/desk cover @cleo until Friday")
    facts = {"since": "2026-03-04 09:00 UTC", "until": "2026-03-07 09:00 UTC", "names": "Bo Berg"}
    assert said("answers.cover_absent_from", person="Cleo Chen", rota="Service Desk", **facts) in told
