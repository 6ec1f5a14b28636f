"""A lead has the figures in words; no text of a ticket leaves for it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.language_model.endpoint import Endpoint
from tests.said import said
from tests.stories.assistant.desk_with_model import is_answered, last_told, office_with_model
from tests.stories.office import Office


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
