"""On call in Slack: whoever stands in is told, has the tickets, and the channel reads who is missing."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.slack.office import DESK, Office, open_office

ROTA = """
rotas:
  service: {{zone: UTC, handover: 9:00, people: [lee@example.org], starts: 2024-01-01}}
"""
BY_ROTA = DESK.replace(
    "leads: [lee@example.org]", "leads: [lee@example.org]\n    rota: service\n    assignment: on_call"
)


@pytest.fixture
async def office(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, sqlite_template, desk=BY_ROTA + ROTA) as office:
        for helper in (office.bo, office.lee):
            await helper.types("/desk mine", "team-it")
        await office.settle()
        yield office


async def test_whoever_stands_in_is_told_and_is_given_tickets(office: Office) -> None:
    await office.lee.types('/desk cover "Bo Berg" until tomorrow 9:00', "team-it")
    await office.settle()
    assert "Lee Lund asks you to be on call for service" in office.bo.reads("@deskbell")[-1].text

    await office.ana.says("help-it", "My VPN is dead")
    await office.settle()
    assert "Bo Berg" in (await office.card("IT-1")).words

    await office.lee.types("/desk on-call", "team-it")
    shown = await office.lee.sees("team-it", "is on call until")
    assert shown.is_ephemeral
    await office.lee.presses(shown, "Take back: Bo Berg")
    await office.settle()
    assert "Lee Lund took back that Bo Berg is on call" in office.bo.reads("@deskbell")[-1].text


async def test_the_channel_reads_that_nobody_is_on_call(office: Office) -> None:
    await office.lee.types("/desk away until tomorrow, dentist", "team-it")
    await office.settle()
    await office.desk.workers["staffing_monitor"].tick()
    await office.settle()
    assert office.bo.reads("escalations")[-1].text.startswith("Service Desk: nobody is on call until")
