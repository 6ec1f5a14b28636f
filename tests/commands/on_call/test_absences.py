"""Saying that one is away, and that one is back."""

from tests.commands.desk_at_work import LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO
from tests.said import said


async def test_who_goes_away_is_told_until_when_and_how_to_end_it(at_work: DeskAtWork) -> None:
    told = await at_work.types(BO, "/desk away until tomorrow 9:00, dentist")
    until = "2026-03-03 09:00 UTC"
    means = said("answers.away_means", command="/desk away back")
    reason = said("answers.away_reason", command="/desk on-call")
    assert told == f"{said('answers.away', until=until)} {means} {reason}"
    await at_work.asks()
    told = await at_work.types(CLEO, "/desk assign IT-1 @bo")
    assert told == said("answers.assigned_to_absent", reference="IT-1", name="Bo Berg", until=until)
    assert await at_work.types(BO, "/desk away back") == said("answers.back")
    await at_work.types(CLEO, "/desk release IT-1")
    told = await at_work.types(CLEO, "/desk assign IT-1 @bo")
    assert told == said("answers.assigned", reference="IT-1", name="Bo Berg")


async def test_a_day_alone_is_that_whole_day(at_work: DeskAtWork) -> None:
    told = await at_work.types(BO, "/desk away tomorrow, dentist")
    span = {"since": "2026-03-03 00:00 UTC", "until": "2026-03-04 00:00 UTC"}
    assert told.startswith(said("answers.away_from", **span))
    told = await at_work.types(BO, "/desk away today")
    assert told.startswith(said("answers.away", until="2026-03-03 00:00 UTC"))


async def test_who_was_not_away_is_not_welcomed_back(at_work: DeskAtWork) -> None:
    assert await at_work.types(BO, "/desk away back") == said("answers.back_already")
    told = await at_work.types(BO, "/desk back")
    assert said("refusals.did_you_mean", word="/desk away back") in told, "the verb is away"


async def test_an_absence_to_come_is_said_from_when(at_work: DeskAtWork) -> None:
    told = await at_work.types(BO, "/desk away from tomorrow 9:00 until tomorrow 17:00")
    span = {"since": "2026-03-03 09:00 UTC", "until": "2026-03-03 17:00 UTC"}
    assert told.startswith(said("answers.away_from", **span))


async def test_what_is_planned_outlives_an_absence_said_later_and_coming_back(at_work: DeskAtWork) -> None:
    await at_work.types(BO, "/desk away from tomorrow 9:00 until tomorrow 17:00, training")
    told = await at_work.types(BO, "/desk away 2h, dentist")
    span = {"since": "2026-03-03 09:00 UTC", "until": "2026-03-03 17:00 UTC"}
    assert said("answers.away_also", **span) in told
    back = await at_work.types(BO, "/desk away back")
    assert back == f"{said('answers.back')} {said('answers.away_from', **span)}"
    again = await at_work.types(BO, "/desk away back")
    assert again == f"{said('answers.back_already')} {said('answers.away_from', **span)}"
    assert await at_work.presses(BO, said("answers.button_cancel_absence", day="3 March")) == said(
        "answers.away_cancelled", **span
    )
    assert await at_work.types(BO, "/desk away back") == said("answers.back_already")


async def test_of_plans_for_one_time_the_last_counts_and_of_the_present_too(at_work: DeskAtWork) -> None:
    await at_work.types(BO, "/desk away from tomorrow 9:00 until tomorrow 17:00")
    told = await at_work.types(BO, "/desk away from tomorrow 12:00 until tomorrow 18:00")
    span = {"since": "2026-03-03 09:00 UTC", "until": "2026-03-03 17:00 UTC"}
    assert said("answers.away_also", **span) not in told
    assert said("answers.away_replaces", **span) in told
    span = {"since": "2026-03-03 12:00 UTC", "until": "2026-03-03 18:00 UTC"}
    told = await at_work.types(LEE, "/desk away @bo from tomorrow 12:00 until tomorrow 19:00")
    assert said("answers.away_replaces", **span) in told
    await at_work.types(BO, "/desk away until tomorrow 8:00")
    told = await at_work.types(BO, "/desk away 2h")
    assert told.startswith(said("answers.away", until="2026-03-02 11:00 UTC"))
    await at_work.asks()
    told = await at_work.types(CLEO, "/desk assign IT-1 @bo")
    until = "2026-03-02 11:00 UTC"
    assert told == said("answers.assigned_to_absent", reference="IT-1", name="Bo Berg", until=until)


async def test_who_cancels_an_absence_that_is_not_planned_is_told(at_work: DeskAtWork) -> None:
    refused = await at_work.types(BO, "/desk away cancel 2026-12-24")
    told = {"day": "24 December", "command": "/desk on-call"}
    assert refused == said("answers.away_not_planned", **told)


async def test_the_tickets_one_still_has_can_be_given_back(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk claim IT-1")
    told = await at_work.types(BO, "/desk away 2h")
    assert told.splitlines()[-1] == said(
        "answers.away_tickets", count=1, references="IT-1", command="/desk assign"
    )
    button = said("answers.button_release", reference="IT-1")
    assert await at_work.presses(BO, button) == said("answers.released", reference="IT-1")
    assert (await at_work.ticket()).assignee is None


async def test_what_is_no_time_or_is_for_no_agent_is_refused(at_work: DeskAtWork) -> None:
    refused = await at_work.types(BO, "/desk away for good")
    assert refused.startswith(said("commands.not_a_time", text="for good"))
    refused = said("commands.agents_only", command="/desk away", ask="/ticket open")
    assert await at_work.types(ANA, "/desk away 2h") == refused


async def test_a_lead_hands_on_the_tickets_of_whoever_is_away_by_a_button(at_work: DeskAtWork) -> None:
    await at_work.asks()
    await at_work.types(BO, "/desk claim IT-1")
    await at_work.types(LEE, "/desk away @bo until Friday")
    told = await at_work.presses(LEE, said("commands.desk_hand_over_form"))
    assert "IT-1" in told
    typed = await at_work.types(LEE, "/desk hand-over queue from @bo")
    assert told.splitlines()[0] == typed.splitlines()[0]
