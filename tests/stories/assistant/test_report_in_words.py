"""A lead has the figures in words; no text of a ticket leaves for it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.language_model.endpoint import Endpoint
from tests.said import said
from tests.stories.assistant.desk_with_model import is_answered, last_told, office_with_model
from tests.stories.office import Office
from tests.stories.ratings.rating_desk import BAD, resolved
from tests.stories.ratings.rating_desk import asked as asked_how_it_went


@pytest.fixture
async def asked(folder: Path) -> AsyncIterator[tuple[Office, Endpoint]]:
    async with office_with_model(folder) as (office, endpoint):
        await office.says("ana", "help-it", "My mouse is dead")
        await office.types("bo", "/desk resolve IT-1 new mouse")
        endpoint.says = "One request was resolved."
        yield office, endpoint


@pytest.mark.parametrize("command", ["/desk report in words", "/desk report it 4 weeks in words"])
async def test_the_figures_come_at_once_and_the_words_directly(
    asked: tuple[Office, Endpoint], command: str
) -> None:
    office, endpoint = asked
    told = await office.types("lee", command)
    assert said("assistant.report_follows") in told
    await is_answered(office)
    assert "One request was resolved." in await last_told(office, "lee")
    assert "mouse" not in endpoint.heard
    assert "figures" in endpoint.heard


async def test_a_button_below_a_report_asks_for_the_same(asked: tuple[Office, Endpoint]) -> None:
    office, _ = asked
    reply = (await office.types_for_reply("lee", "/desk report"))["reply"]
    labels = [each["label"] for each in reply["buttons"]]
    at = labels.index(said("assistant.button_in_words"))
    await office.presses_private("lee", reply, at, channel="help-it")
    await is_answered(office)
    assert "One request was resolved." in await last_told(office, "lee")


async def test_agents_who_lead_no_team_are_told_who_may(asked: tuple[Office, Endpoint]) -> None:
    office, endpoint = asked
    assert said("assistant.report_for_leads") in await office.types("bo", "/desk report in words")
    reply = (await office.types_for_reply("bo", "/desk report"))["reply"]
    assert said("assistant.button_in_words") not in [each["label"] for each in reply["buttons"]]
    await is_answered(office)
    assert endpoint.asked == []


async def test_what_people_wrote_with_their_ratings_is_told_to_no_model(folder: Path) -> None:
    async with office_with_model(folder, more="satisfaction: {}\n") as (office, endpoint):
        request = await resolved(office)
        await office.presses("ana", await asked_how_it_went(office, request), BAD)
        await office.types("ana", "/ticket rate IT-1 bad xCOMMENTx nobody came")
        assert "xCOMMENTx" in await office.types("lee", "/desk report it")
        await office.types("lee", "/desk report it in words")
        await is_answered(office)
        assert "figures" in endpoint.heard
        assert "xCOMMENTx" not in endpoint.heard
        assert "xCOMMENTx" not in await office.types("lee", "/desk report in words")


@pytest.mark.parametrize("report", ["tags", "fields"])
async def test_a_report_that_counts_by_words_of_people_is_not_put_in_words(
    asked: tuple[Office, Endpoint], report: str
) -> None:
    office, endpoint = asked
    await office.says("ana", "help-it", "My screen is dark")
    await office.types("bo", "/desk tag IT-2 xtagx")
    assert said("assistant.report_of_words", text=report) in await office.types(
        "lee", f"/desk report {report} in words"
    )
    reply = (await office.types_for_reply("lee", f"/desk report {report}"))["reply"]
    assert said("assistant.button_in_words") not in [each["label"] for each in reply["buttons"]]
    await is_answered(office)
    assert endpoint.asked == []


async def test_names_of_agents_do_not_leave_where_names_are_hidden(folder: Path) -> None:
    async with office_with_model(folder, more="  hide_names: yes\n") as (office, endpoint):
        await office.says("ana", "help-it", "My mouse is dead")
        await office.types("bo", "/desk resolve IT-1 new mouse")
        assert said("assistant.report_of_words", text="agents") in await office.types(
            "lee", "/desk report agents in words"
        )
        await office.types("lee", "/desk report in words")
        await is_answered(office)
        assert len(endpoint.asked) == 1
        assert "Bo Berg" not in endpoint.heard


async def test_figures_of_a_team_that_keeps_its_text_are_left_out(folder: Path) -> None:
    """Lee leads all three; only the Service Desk lets text leave."""
    async with office_with_model(folder, teams="[it]") as (office, endpoint):
        await office.says("ana", "help-it", "My mouse is dead")
        await office.says("dan", "help-it", "The vpn is slow")
        assert "Network" in await office.types("lee", "/desk report")
        told = await office.types("lee", "/desk report in words")
        assert "Service Desk" in told
        assert "Network" not in told
        await is_answered(office)
        assert "Service Desk" in endpoint.heard
        assert "Network" not in endpoint.heard
        refused = await office.types("lee", "/desk report network in words")
        assert said("assistant.team_keeps_text", team="Network") in refused
        await is_answered(office)
        assert len(endpoint.asked) == 1
