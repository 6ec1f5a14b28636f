"""A team that answers as one: requesters read its title wherever an agent's name would stand."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office

AGENTS = ("Bo Berg", "Cleo Chen", "Lee Lund")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "anonymous.yaml"
    text = DESK.read_text(encoding="utf-8")
    path.write_text(
        text.replace("    title: Service Desk\n", "    title: Service Desk\n    anonymous: true\n")
    )
    return path


@pytest.fixture
async def office(folder: Path, config: Path) -> AsyncIterator[Office]:
    async with open_office(folder, config=config) as office:
        yield office


def reload(office: Office, config: Path, *, without: str, instead: str = "") -> None:
    config.write_text(config.read_text(encoding="utf-8").replace(without, instead), encoding="utf-8")
    office.desk.reload()


async def test_whatever_the_team_does_its_requester_reads_no_name(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    for order in (
        "claim IT-1",
        "reply IT-1 Which one is it?",
        "wait IT-1 The red one?",
        "note IT-1 she has two",
        "resolve IT-1 a new battery",
        "reopen IT-1",
        "assign IT-1 @cleo",
        "hold IT-1 spare part",
        "close IT-1 it came",
    ):
        await office.types("bo", f"/desk {order}", channel="team-it")
    seen = await office.everything_seen_by("ana")
    assert [name for name in AGENTS if name in seen] == []
    replies = await office.reads("ana", "help-it", thread=root)
    assert "Service Desk: Which one is it?" in replies
    assert any(each.startswith("Service Desk resolved IT-1:\na new battery") for each in replies)
    assert (
        said("requester.closed_because", name="Service Desk", reference="IT-1", reason="it came") in replies
    )


async def test_the_acknowledgement_says_that_the_team_has_it(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk claim IT-1")
    (acknowledged,) = await office.reads("ana", "help-it", thread=root)
    assert said("requester.working_on_it", name="Service Desk") in acknowledged


async def test_what_a_requester_asks_for_in_private_tells_no_name(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk claim IT-1")
    await office.types("bo", "/desk reply IT-1 On my way")
    told = [await office.types("ana", f"/ticket {order}") for order in ("show IT-1", "list")]
    assert [name for name in AGENTS for each in told if name in each] == []
    assert said("commands.reply_by", name="Service Desk", at="") in told[0]


async def test_the_team_itself_reads_names(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk claim IT-1")
    await office.types("bo", "/desk reply IT-1 On my way")
    thread = (await office.card("cleo", "team-it", "IT-1"))["id"]
    assert (await office.card("cleo", "team-it", "IT-1"))["content"]["assignee"] == "Bo Berg"
    assert "[public reply] Bo Berg: On my way" in await office.reads("cleo", "team-it", thread=thread)
    assert said("commands.reply_by", name="Bo Berg", at="") in await office.types("cleo", "/ticket show IT-1")


async def test_somebody_who_opens_a_ticket_for_another_stays_unnamed(office: Office) -> None:
    await office.types("bo", "/desk on-behalf-of ana her chair squeaks", channel="help-it")
    seen = await office.everything_seen_by("ana")
    assert "her chair squeaks" in seen
    assert "Bo Berg" not in seen


async def test_a_reply_stays_without_a_name_after_a_transfer_and_an_edit(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk reply IT-1 Which one is it?")
    await office.types("bo", "/desk transfer IT-1 people")
    await office.types("bo", "/desk reply IT-1 They know more")
    assert [each for each in await office.reads("ana", "help-it", thread=root) if "Bo" in each] == []


async def test_names_come_back_for_what_is_said_after_the_team_gives_that_up(
    office: Office, config: Path
) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk reply IT-1 Which one is it?")
    reload(office, config, without="    anonymous: true\n")
    await office.types("bo", "/desk reply IT-1 Found it")
    replies = await office.reads("ana", "help-it", thread=root)
    assert replies[1:] == ["Service Desk: Which one is it?", "Bo Berg: Found it"]


async def test_an_agent_of_another_team_is_not_told_who_works_here(office: Office, config: Path) -> None:
    reload(office, config, without="agents: [web:bo, web:cleo]", instead="agents: [web:bo]")
    await office.says("ana", "help-it", "My mouse is dead")
    assert await office.types("cleo", "/desk claim IT-1") == (
        said("commands.team_only_unnamed", team="Service Desk", command="/desk claim", reference="IT-1")
    )


async def test_an_agent_of_the_team_stays_unnamed_wherever_they_help(office: Office) -> None:
    await office.says("dan", "help-it", "The payslip is wrong")
    await office.types("bo", "/desk reply IT-1 We look into it", channel="team-people")
    (root,) = await office.sees("dan", "@dan")
    assert await office.reads("dan", "@dan", thread=root["id"]) == ["Service Desk: We look into it"]
