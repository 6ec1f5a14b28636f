"""A requester is asked how it went, answers with a button, says more, and changes their mind."""

from pathlib import Path

from tests.said import said
from tests.stories.office import shown
from tests.stories.ratings.rating_desk import (
    BAD,
    GOOD,
    asked,
    lead_reads,
    question,
    rating_office,
    resolved,
    team_reads,
)

NAMED = {"name": "Ana Alves", "reference": "IT-1", "subject": "My mouse is dead"}


async def test_some_time_after_a_resolution_ana_is_asked_once(folder: Path) -> None:
    async with rating_office(folder) as office:
        request = await resolved(office)
        await office.passes(minutes=50)
        assert await question(office, request) is None
        found = await asked(office, request)
        assert [each["label"] for each in found["content"]["buttons"]] == [GOOD, BAD]
        before = await office.reads("ana", "help-it", thread=request)
        await office.passes(hours=4)
        assert await office.reads("ana", "help-it", thread=request) == before


async def test_nobody_is_asked_where_the_desk_does_not_ask(folder: Path) -> None:
    async with rating_office(folder, more="") as office:
        request = await resolved(office)
        await office.passes(hours=9)
        assert await question(office, request) is None
        refusal = await office.types("ana", "/ticket rate IT-1 5")
        assert refusal == said("refusals.no_ratings_of_team", reference="IT-1", team="Service Desk")


async def test_a_press_is_thanked_and_the_team_reads_it(folder: Path) -> None:
    async with rating_office(folder) as office:
        request = await resolved(office)
        reply = await office.presses("ana", await asked(office, request), GOOD)
        facts = {"reference": "IT-1", "rating": "👍", "team": "Service Desk"}
        assert shown(reply) == said("answers.rated_named", **facts)
        assert said("team.rated", rating="👍", **NAMED) in await team_reads(office)
        assert f"{said('team.rating')}: 👍" in await office.types("bo", "/desk show IT-1", channel="team-it")
        history = await office.types("bo", "/desk history IT-1", channel="team-it")
        assert said("history.survey_sent") in history
        assert said("history.rated", name="Ana Alves", rating="👍") in history
        assert await lead_reads(office) == []
        assert said("people.ratings", good="1", number="1") in await office.types(
            "bo", "/desk who @ana", channel="team-it"
        )


async def test_others_in_her_thread_never_read_what_she_rated(folder: Path) -> None:
    async with rating_office(folder) as office:
        request = await resolved(office)
        await office.presses("ana", await asked(office, request), BAD)
        text = "\n".join(await office.reads("dan", "help-it", thread=request))
        assert said("requester.survey_rated", reference="IT-1") in text
        assert "👎" not in text
        assert "👎" not in await office.types("ana", "/ticket show IT-1")


async def test_a_low_rating_reaches_the_lead_with_its_comment_and_is_kept_true(folder: Path) -> None:
    async with rating_office(folder) as office:
        request = await resolved(office)
        reply = await office.presses("ana", await asked(office, request), BAD)
        (told,) = await lead_reads(office)
        assert told.startswith(said("team.low_rating_named", rating="👎", **NAMED))
        assert await office.mentions("lee", "escalations-it") == 1
        assert reply is not None
        form = await office.presses_private("ana", reply, 0, channel="help-it")
        assert form is not None
        assert [each["value"] for each in form["fields"]] == ["👎", ""]
        await office.submits("ana", form, channel="help-it", score="👎", comment="It died again at once")
        (told,) = await lead_reads(office)
        assert "It died again at once" in told
        comment = said("team.rating_comment", name="Ana Alves", rating="👎", text="It died again at once")
        assert comment in await team_reads(office)
        found = await question(office, request)
        assert found is not None
        await office.presses("ana", found, GOOD)
        (told,) = await lead_reads(office)
        assert told.startswith(said("team.low_rating_named_changed", rating="👍", **NAMED))


async def test_words_do_where_there_are_no_buttons(folder: Path) -> None:
    async with rating_office(folder, more="satisfaction: {scale: five}") as office:
        request = await resolved(office)
        refusal = await office.types("ana", "/ticket rate IT-1 4")
        assert refusal == said("refusals.not_asked_for_rating", reference="IT-1")
        found = await asked(office, request)
        assert [each["label"] for each in found["content"]["buttons"]] == ["1", "2", "3", "4", "5"]
        assert await office.types("ana", "/ticket rate IT-1 6") == said(
            "refusals.not_a_rating_of_five", text="6"
        )
        answer = await office.types("ana", "/ticket rate IT-1 4 quick and kind")
        assert "4/5" in answer
        assert "quick and kind" in answer


async def test_only_ana_rates_what_ana_asked(folder: Path) -> None:
    async with rating_office(folder) as office:
        request = await resolved(office)
        found = await asked(office, request)
        for other in ("dan", "bo"):
            reply = await office.presses(other, found, GOOD)
            assert said("refusals.only_requester_rates", reference="IT-1") in shown(reply) or shown(
                reply
            ) == said(
                "commands.others_request", reference="IT-1", team="Service Desk", command="/ticket add IT-1"
            )


async def test_a_rating_can_be_changed_for_a_week_and_no_longer(folder: Path) -> None:
    async with rating_office(folder) as office:
        request = await resolved(office)
        found = await asked(office, request)
        await office.presses("ana", found, GOOD)
        await office.passes(days=6)
        assert "👎" in shown(await office.presses("ana", found, BAD))
        await office.passes(days=2)
        reply = await office.presses_what_it_saw("ana", found, GOOD)
        assert shown(reply) == said("refusals.rating_too_late", reference="IT-1")


async def test_what_is_reopened_before_is_not_asked_about_until_it_is_resolved_again(folder: Path) -> None:
    async with rating_office(folder) as office:
        request = await resolved(office)
        await office.says("ana", "help-it", "It is dead again, please look", thread=request)
        await office.passes(hours=5)
        assert await question(office, request) is None
        await office.types("bo", "/desk resolve IT-1 A new mouse", channel="team-it")
        await asked(office, request)


async def test_a_question_about_a_reopened_request_takes_no_answer(folder: Path) -> None:
    async with rating_office(folder) as office:
        request = await resolved(office)
        found = await asked(office, request)
        await office.presses("ana", found, BAD)
        await office.types("ana", "/ticket reopen IT-1 it happened again")
        assert await question(office, request) is None
        assert said("requester.survey_over", reference="IT-1") in await office.reads(
            "ana", "help-it", thread=request
        )
        reply = await office.types("ana", "/ticket rate IT-1 👍")
        assert reply == said("refusals.rating_of_before", reference="IT-1")
        await office.types("bo", "/desk resolve IT-1 A new mouse", channel="team-it")
        await office.presses("ana", await asked(office, request), GOOD)
        assert f"{said('team.rating')}: 👍" in await office.types("bo", "/desk show IT-1", channel="team-it")


async def test_tickets_are_found_by_their_rating_and_by_their_team_alone(folder: Path) -> None:
    async with rating_office(folder) as office:
        request = await resolved(office)
        await office.presses("ana", await asked(office, request), BAD)
        assert "IT-1" in await office.types("bo", "/desk search rating:low", channel="team-it")
        assert "IT-1" in await office.types("bo", "/desk search is:rated", channel="team-it")
        assert "IT-1" not in await office.types("bo", "/desk search rating:good", channel="team-it")


async def test_an_anonymous_rating_names_nobody_and_is_told_from_three_on(folder: Path) -> None:
    async with rating_office(folder, more="satisfaction: {anonymous: yes}") as office:
        requests = []
        for number, text in enumerate(("My mouse is dead", "My screen is dark", "My key is stuck"), start=1):
            requests.append(await office.says("ana", "help-it", text))
            await office.types("bo", f"/desk claim IT-{number}", channel="team-it")
            await office.types("bo", f"/desk resolve IT-{number} Done", channel="team-it")
            await office.passes(minutes=2)
        first = await asked(office, requests[0])
        assert said("requester.survey_is_anonymous") in shown(
            {"type": "private", "text": first["content"]["text"]}
        )
        reply = await office.presses("ana", first, BAD)
        facts = {"reference": "IT-1", "rating": "👎", "team": "Service Desk"}
        assert shown(reply) == said("answers.rated_anonymous", **facts)
        form = await office.presses_private("ana", reply or {}, 0, channel="help-it")
        assert form is not None
        await office.submits("ana", form, channel="help-it", score="👎", comment="Rude words")
        for other in requests[1:]:
            assert await lead_reads(office) == []
            found = await question(office, other)
            assert found is not None
            await office.presses("ana", found, GOOD)
        (told,) = await lead_reads(office)
        assert told.startswith(said("team.low_rating_anonymous", team="Service Desk", rating="👎"))
        assert "Rude words" in told
        assert "IT-" not in told
        assert "Ana" not in told
        for staff in ("bo", "lee"):
            shown_to_them = [
                await office.types(staff, f"/desk {verb} IT-1", channel="team-it")
                for verb in ("show", "history")
            ]
            assert "👎" not in "".join(shown_to_them)
            assert "Rude words" not in "".join(shown_to_them)
        assert "IT-1" not in await office.types("bo", "/desk search is:rated", channel="team-it")
        assert "👎" not in "\n".join(await team_reads(office))
        assert said("team.rating") not in await office.types("bo", "/desk who @ana", channel="team-it")
