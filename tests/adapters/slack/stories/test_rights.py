"""Who may not do something hears of it at once, and not when a form is filled in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.slack.office import DESK, Office, open_office
from tests.said import said

OTHER_TEAM = """
  network:
    title: Network
    channel: slack:C0NETWORK
    agents: [cleo@example.org]

routing:"""


@pytest.fixture
async def office(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    """Ana, who has no role, and Cleo, an agent of another team, are in the team's channel."""
    desk = DESK.replace(', "slack:@netops"', "").replace("\nrouting:", OTHER_TEAM)
    async with open_office(tmp_path, sqlite_template, desk=desk) as office:
        await office.ana.joins("team-it")
        yield office


@pytest.mark.parametrize(
    ("who", "refusal"), [("ana", "commands.agents_only"), ("cleo", "commands.team_only")]
)
@pytest.mark.parametrize("button", ["Reply", "Resolve"])
async def test_who_may_not_is_told_before_a_form_opens(
    office: Office, who: str, refusal: str, button: str
) -> None:
    person = getattr(office, who)
    await office.ana.says("help-it", "My mouse is gone")
    await office.settle()
    await person.presses(await office.card("IT-1"), button)
    await office.settle()
    assert person.modal is None
    (told,) = [each.text for each in person.reads("team-it") if each.is_ephemeral]
    facts = {"reference": "IT-1", "team": "Service Desk", "people": "Bo Berg or Lee Lund"}
    assert said(refusal, command=f"/desk {button.lower()}", ask="/ticket open", **facts) in told
    assert "new" in (await office.card("IT-1")).words


@pytest.mark.parametrize("verb", ["resolve", "transfer"])
async def test_who_may_not_is_told_so_of_a_command_too(office: Office, verb: str) -> None:
    await office.ana.says("help-it", "My mouse is gone")
    await office.settle()
    await office.ana.types(f"/desk {verb} IT-1", "help-it")
    await office.settle()
    assert office.ana.modal is None
    (told,) = [each.text for each in office.ana.reads("help-it") if each.is_ephemeral]
    assert said("commands.agents_only", command=f"/desk {verb}", ask="/ticket open") in told


async def test_an_agent_of_the_team_is_given_the_form(office: Office) -> None:
    await office.ana.says("help-it", "My mouse is gone")
    await office.settle()
    await office.bo.presses(await office.card("IT-1"), "Resolve")
    form = await office.bo.sees_modal()
    assert form.title == "Resolve · IT-1"
