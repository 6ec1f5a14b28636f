"""What the guides tell people to type in chat is typed at the demo's desk, as it is printed, and does something."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo import DESK_FILE
from tests.project.papers import DOCS, text_of
from tests.stories.office import Office, open_office

PRINTED = "IT-12"


def commands_in(guide: str, *, beginning: str) -> list[str]:
    """Commands in the first table under the heading that begins so, in order."""
    table = text_of(DOCS / guide).partition(f"\n## {beginning}")[2].partition("\n|")[2].partition("\n\n")[0]
    return re.findall(r"`(/(?:ticket|desk) [^`]+)`", table)


FOR_EVERYONE = commands_in("asking.md", beginning="Follow your request")
FOR_AGENTS = commands_in("answering.md", beginning="Recipes")
FOR_THOSE_WHO_ANSWERED = [
    command
    for command in commands_in("answering.md", beginning="Files, and what you take back")
    if command != "/desk edit IT-12"  # which opens a form
]
FOR_LEADS = [
    command
    for command in re.findall(r"`(/desk [^`]+)`", text_of(DOCS / "leading.md"))
    if command.split()[1] in ("report", "on-call", "cover", "queue", "away")
]


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path / "desk", config=DESK_FILE) as office:
        yield office


async def is_done(office: Office, who: str, command: str, *, thread: str | None = None) -> None:
    answer = await office.types_for_reply(who, command, thread=thread)
    reply = answer["reply"]
    assert reply is not None, command
    assert reply["type"] != "form", f"{command} is not complete: {reply}"
    assert not reply.get("is_error"), f"{command}: {reply}"


@pytest.mark.parametrize("command", FOR_EVERYONE)
async def test_requesters_can_type_what_their_guide_tells_them(office: Office, command: str) -> None:
    asked = await office.says("ana", "help-it", "The VPN drops every ten minutes")
    await office.says("ana", "help-it", "it is the one on floor 2")
    if command.split()[1] in ("edit", "recall"):
        await office.types("ana", "/ticket reply IT-1 And it is loud")
    await is_done(office, "ana", command.replace(PRINTED, "IT-1"), thread=asked)


@pytest.mark.parametrize("command", FOR_AGENTS)
async def test_agents_can_type_what_their_guide_tells_them(office: Office, command: str) -> None:
    asked = "The mouse is dead" if "escalate" in command else "The VPN drops every ten minutes"
    await office.says("ana", "help-it", asked)
    await office.types("lee", "/desk assign IT-1 @cleo")
    await is_done(office, "cleo", command.replace(PRINTED, "IT-1"))


@pytest.mark.parametrize("command", FOR_THOSE_WHO_ANSWERED)
async def test_agents_can_change_and_take_back_what_they_sent(office: Office, command: str) -> None:
    await office.says("ana", "help-it", "The mouse is dead")
    await office.types("bo", "/desk reply IT-1 A new one comes")
    who = "lee" if "@bo" in command else "bo"
    await is_done(office, who, command.replace(PRINTED, "IT-1"))


@pytest.mark.parametrize("command", FOR_LEADS)
async def test_leads_can_type_what_their_guide_tells_them(office: Office, command: str) -> None:
    await office.says("ana", "help-it", "The VPN drops every ten minutes")
    if command.endswith(" off"):
        await office.types("lee", "/desk cover @cleo until Friday")
    await is_done(office, "lee", command.replace(PRINTED, "IT-1"))


def test_the_commands_are_found() -> None:
    assert "/ticket show IT-12" in FOR_EVERYONE
    assert "/desk macro IT-12 restart" in FOR_AGENTS
    assert "/desk recall IT-12 @bo" in FOR_THOSE_WHO_ANSWERED
    assert "/desk report network 12 weeks" in FOR_LEADS
