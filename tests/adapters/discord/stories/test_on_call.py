"""On call in Discord: whoever stands in is told, has the tickets, and the channel reads who is missing."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.discord.office import DESK, Office, open_office

ROTA = """
rotas:
  service: {{zone: UTC, handover: 9:00, people: ["discord:{lee}"], starts: 2024-01-01}}
"""


@pytest.fixture
async def office(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    desk = DESK.replace(", threads: private", "").replace(
        'leads: ["discord:{lee}"]', 'leads: ["discord:{lee}"]\n    rota: service\n    assignment: on_call'
    )
    async with open_office(tmp_path, sqlite_template, desk=desk + ROTA) as office:
        for helper in (office.bo, office.lee):
            await helper.types_command("/desk mine", "team")
        await office.settle()
        yield office


async def test_whoever_stands_in_is_told_and_is_given_tickets(office: Office) -> None:
    await office.lee.types_command("/desk team cover", "team", person=office.bo, when="until tomorrow 9:00")
    await office.settle()
    assert "Lee asks you to be on call for service" in office.bo.reads_dm()[-1].words

    await office.ana.says("help", "My VPN is dead")
    await office.settle()
    assert "Bo" in office.card("IT-1").words

    await office.lee.types_command("/desk team on-call", "team")
    shown = office.lee.reads("team")[-1]
    assert shown.is_ephemeral
    assert "Helpers: **Bo** is on call until" in shown.words
    await office.lee.presses(shown, "Take back: Bo")
    await office.settle()
    assert "Lee took back that Bo is on call" in office.bo.reads_dm()[-1].words


async def test_the_channel_reads_that_nobody_is_on_call(office: Office) -> None:
    await office.lee.types_command("/desk team away", "team", until="until tomorrow, dentist")
    await office.desk.vigilance.tick()
    await office.settle()
    assert "**Helpers**: nobody is on call until" in office.bo.reads("escalations")[-1].words
