"""Who is not asked how it went, and when nobody is."""

from datetime import timedelta
from pathlib import Path

from tests.said import said
from tests.stories.ratings.rating_desk import asked, question, rating_office, resolved


async def test_who_solved_it_alone_is_not_asked(folder: Path) -> None:
    async with rating_office(folder) as office:
        request = await office.says("ana", "help-it", "My mouse is dead")
        await office.types("ana", "/ticket close IT-1 it was the cable")
        await office.passes(hours=9)
        assert await question(office, request) is None


async def test_who_had_an_answer_and_then_closed_it_is_asked(folder: Path) -> None:
    async with rating_office(folder) as office:
        request = await office.says("ana", "help-it", "My mouse is dead")
        await office.types("bo", "/desk reply IT-1 Try the other port", channel="team-it")
        await office.types("ana", "/ticket close IT-1 that was it")
        await asked(office, request)


async def test_what_an_agent_closes_without_an_answer_is_not_asked_about(folder: Path) -> None:
    async with rating_office(folder) as office:
        request = await office.says("ana", "help-it", "Buy cheap mice at my shop")
        await office.types("bo", "/desk close IT-1 done", channel="team-it")
        await office.passes(hours=9)
        assert await question(office, request) is None


async def test_an_agent_of_the_team_is_not_asked_by_it(folder: Path) -> None:
    async with rating_office(folder) as office:
        request = await office.says("cleo", "help-it", "My mouse is dead")
        await office.types("bo", "/desk resolve IT-1 A new battery", channel="team-it")
        await office.passes(hours=9)
        thread = await office.reads("cleo", "help-it", thread=request)
        assert not any("/ticket rate" in each for each in thread)


async def test_nobody_is_asked_at_night_but_in_the_morning_where_they_are(folder: Path) -> None:
    async with rating_office(folder) as office:
        await office.passes(hours=11, minutes=30)  # half past eight in the evening, in Lisbon
        request = await resolved(office)
        await office.passes(hours=10)
        assert await question(office, request) is None
        await office.passes(hours=2)
        assert await question(office, request) is not None


async def test_nobody_is_asked_more_often_than_the_desk_says(folder: Path) -> None:
    async with rating_office(folder, more="satisfaction: {at_most_every: 30d}") as office:
        request = await resolved(office)
        await asked(office, request)
        other = await office.says("ana", "help-it", "My screen is dark")
        await office.types("bo", "/desk resolve IT-2 A new cable", channel="team-it")
        await office.passes(hours=5)
        assert await question(office, other) is None
        await office.passes(days=31)
        third = await office.says("ana", "help-it", "My key is stuck")
        await office.types("bo", "/desk resolve IT-3 A new key", channel="team-it")
        assert await asked(office, third)


async def test_a_team_may_leave_its_requesters_alone(folder: Path) -> None:
    async with rating_office(folder, team="satisfaction: {ask: no}") as office:
        request = await resolved(office)
        await office.passes(hours=9)
        assert await question(office, request) is None


async def test_what_was_due_long_ago_is_not_asked_any_more(folder: Path) -> None:
    async with rating_office(folder) as office:
        request = await resolved(office)
        office.clock.move(timedelta(days=4))
        await office.desk.tick_clocks()
        await office.settle()
        assert await question(office, request) is None


async def test_notes_never_go_out_with_the_question(folder: Path) -> None:
    async with rating_office(folder) as office:
        request = await office.says("ana", "help-it", "My mouse is dead")
        await office.types("bo", "/desk note IT-1 she spilled coffee", channel="team-it")
        await office.types("bo", "/desk resolve IT-1 A new battery", channel="team-it")
        await asked(office, request)
        assert "coffee" not in await office.everything_seen_by("ana")
        assert said("requester.rate_good")
