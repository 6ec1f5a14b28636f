"""On call: who provides cover is told and has the tickets, and the channel reads who is missing."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform, with_rota
from tests.said import said


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    desk = with_rota(platform, on_call="lee", more="\n    assignment: on_call")
    async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
        for agent in ("bo", "lee"):
            await office.types(agent, "team", "/desk mine")
        yield office


async def test_who_provides_cover_is_told_and_is_given_tickets(office: Office) -> None:
    bo, lee = office.called("bo"), office.called("lee")
    await office.types("lee", "team", "/desk team cover", person="bo", when="until tomorrow 9:00")
    assert f"{lee} asks you to be on call for service" in office.reads_directly("bo")[-1].words

    await office.says("ana", "requests", "My VPN is dead")
    assert bo in (await office.card("IT-1")).words

    shown = await office.types("lee", "team", "/desk team on-call")
    assert f"{bo} is on call until" in shown.words
    await office.presses("lee", shown, said("answers.button_cancel_cover", person=bo))
    assert f"{lee} took back that {bo} is on call" in office.reads_directly("bo")[-1].words


async def test_the_channel_reads_that_nobody_is_on_call(platform: Platform, office: Office) -> None:
    await office.types("lee", "team", "/desk team away", until="until tomorrow, dentist")
    await office.desk.workers["staffing_monitor"].tick()
    await office.settle()
    notice = office.reads("bo", "escalations")[-1]
    assert f"{platform.team_title}: nobody is on call until" in notice.words
