"""An alert reaches somebody although those whom its policy names are away, and names only whom it reached."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.said import said
from tests.stories.escalations.alerted_office import alerts, configured
from tests.stories.office import Office, open_office


@pytest.fixture
async def with_steps(folder: Path) -> AsyncIterator[Office]:
    """A team with a rota, and one reminder after the breach."""
    config = configured(folder)
    text = config.read_text(encoding="utf-8").replace("{every: 10m}", "{every: 10m, times: 1}")
    config.write_text(text, encoding="utf-8")
    async with open_office(folder, config=config) as opened:
        yield opened


def last_reminder(references: str, *names: str) -> str:
    return said("team.last_reminder_to", targets=references, names=" and ".join(names))


async def test_with_the_only_lead_away_a_breach_reaches_the_agents_who_are_there(office: Office) -> None:
    await office.types("lee", "/desk away until Sunday, skiing")
    await office.types("bo", "/desk away until Sunday, skiing")
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=31)
    assert await office.mentions("cleo", "escalations-it") == 1
    assert await office.mentions("lee", "escalations-it") == 0
    history = await office.types("cleo", "/desk history IT-1")
    assert "Cleo Chen" in history.splitlines()[-1]
    assert said("team.alert_nobody") not in (await alerts(office))[-1]


async def test_with_everybody_away_the_breach_itself_says_so_and_nobody_is_named_once_they_are_back(
    office: Office,
) -> None:
    for name in ("bo", "cleo", "lee"):
        await office.types(name, "/desk away 2 days")
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=25)
    assert said("team.alert_nobody") not in (await alerts(office))[-1], "the warning is for an assignee alone"
    await office.passes(minutes=6)
    assert said("team.alert_nobody") in (await alerts(office))[-1]
    await office.types("lee", "/desk away back")
    await office.types("lee", "/desk priority IT-1 high")
    assert said("team.alert_nobody") in (await alerts(office))[-1]
    assert await office.mentions("lee", "escalations-it") == 0


async def test_a_last_reminder_names_for_each_target_who_was_notified_of_it(with_steps: Office) -> None:
    office = with_steps
    await office.says("ana", "help-it", "My mouse is dead")
    await office.passes(minutes=46)
    await office.types("lee", "/desk away 2 days")
    await office.says("dan", "help-it", "My screen is dark")
    await office.passes(minutes=46)
    told = (await alerts(office))[-1]
    assert last_reminder("IT-1 (first response)", "Lee Lund", "Max Moor") in told
    assert last_reminder("IT-2 (first response)", "Bo Berg", "Max Moor") in told
