"""A team's key is renamed or deleted in desk.yaml while it has open tickets: none is lost from sight."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.sentence import sentence
from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office, shown, words


@pytest.fixture
def config(folder: Path) -> Path:
    path = folder / "desk.yaml"
    text = DESK.read_text().replace("board: no", "board: yes")
    path.write_text(text.replace("  admins:", "  operator_channel: web:operators\n  admins:"))
    return path


@pytest.fixture
async def office(folder: Path, config: Path) -> AsyncIterator[Office]:
    async with open_office(folder, config=config) as office:
        await office.settle()
        yield office


def rename_network(config: Path, *, was: str = "") -> None:
    text = config.read_text()
    for old, new in (
        ("\n  network:\n", f"\n  wires:\n{was}"),
        ("team: network,", "team: wires,"),
    ):
        assert old in text
        text = text.replace(old, new)
    config.write_text(text)


async def reload(office: Office) -> None:
    await office.types("lee", "/desk-admin reload")
    await office.desk.workers["gone_teams"].tick()
    await office.desk.workers["board_refresher"].tick()
    await office.settle()


async def says(office: Office, who: str, command: str) -> str:
    reply = await office.types_for_reply(who, command)
    return shown((reply or {}).get("reply", reply))


def told(many: int) -> str:
    return said(
        "team.gone_team",
        count=many,
        team="network",
        teams="Service Desk",
        setting="teams.it.was: [network]",
        command="/desk bulk team:network",
    )


async def test_tickets_of_a_renamed_team_stand_with_the_default_team_and_operators_hear_of_it(
    office: Office, config: Path
) -> None:
    await office.says("ana", "help-it", "No wifi here")
    await office.says("ana", "help-it", "The vpn is down")
    await office.passes(minutes=12)
    rename_network(config)
    await reload(office)
    await reload(office)
    assert await office.reads("lee", "operators") == [told(2)]
    assert "IT-1" in await says(office, "bo", "/desk queue it")
    assert "IT-2" in words((await office.sees("lee", "escalations-it"))[-1])
    assert told(2) in await says(office, "lee", "/desk-admin status")
    (found,) = await office.desk.doctor.examine()
    assert found.sentence == sentence(
        "team.gone_team",
        count=2,
        team="network",
        teams=("Service Desk",),
        setting="teams.it.was: [network]",
        command="/desk bulk team:network",
    )
    assert "IT-2" in await says(office, "bo", "/desk search team:network")
    assert "IT-1" in await says(office, "bo", "/desk next")


async def test_a_team_that_says_what_it_was_called_has_its_tickets_as_before(
    office: Office, config: Path
) -> None:
    await office.says("ana", "help-it", "No wifi here")
    rename_network(config, was="    was: [network]\n")
    await reload(office)
    assert await office.reads("lee", "operators") == []
    assert "IT-1" in await says(office, "cleo", "/desk queue wires")
    assert "IT-1" not in await says(office, "bo", "/desk queue it")
