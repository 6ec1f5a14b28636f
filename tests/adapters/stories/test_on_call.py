"""On call: who provides cover is told and has the tickets, and the channel reads who is missing."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.stories.platforms import Office, Platform, with_rota
from tests.said import said

UNKNOWN = "\0"
"""For an instant of the machine's own clock, which no story knows beforehand."""


def begun(key: str, **facts: str) -> str:
    """The sentence as far as its first instant."""
    return said(key, **facts).partition(UNKNOWN)[0]


@pytest.fixture
async def office(platform: Platform, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    desk = with_rota(platform, on_call="lee", more="\n    assignment: on_call")
    async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
        for agent in ("bo", "lee"):
            await office.types(agent, "team", "/desk mine")
        yield office


async def test_who_provides_cover_is_told_and_is_given_tickets(platform: Platform, office: Office) -> None:
    bo, lee = office.called("bo"), office.called("lee")
    await office.types("lee", "team", "/desk team cover", person="bo", when="until tomorrow 9:00")
    asked = begun("team.you_cover", name=lee, rota=platform.team_title, since=UNKNOWN, until=UNKNOWN)
    assert asked in office.reads_directly("bo")[-1].words

    await office.says("ana", "requests", "My VPN is dead")
    assert bo in (await office.card("IT-1")).words

    shown = await office.types("lee", "team", "/desk team on-call")
    now = begun("answers.on_call_until", team=platform.team_title, person=bo, until=UNKNOWN)
    assert now in shown.words
    await office.presses("lee", shown, said("answers.button_cancel_cover", person=bo))
    back = begun(
        "team.cover_is_over", name=lee, person=bo, rota=platform.team_title, since=UNKNOWN, until=UNKNOWN
    )
    assert back in office.reads_directly("bo")[-1].words


async def test_the_channel_reads_that_nobody_is_on_call(platform: Platform, office: Office) -> None:
    await office.types("lee", "team", "/desk team away", until="until tomorrow, dentist")
    await office.desk.workers["staffing_monitor"].tick()
    await office.settle()
    notice = office.reads("bo", "escalations")[-1]
    nobody = begun("team.rota_empty_now_until", team=platform.team_title, until=UNKNOWN, command="")
    assert nobody in notice.words

    await office.types("lee", "team", "/desk team away", until="back")
    await office.desk.workers["staffing_monitor"].tick()
    await office.settle()
    told = [each.words for each in office.reads("bo", "escalations")]
    assert not any(nobody in each for each in told)
    assert any(said("team.rota_covered", team=platform.team_title) in each for each in told)
