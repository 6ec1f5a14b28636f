"""Who is told on the page: a badge for the assignee, once for a burst, and at night for whoever is on call."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.said import said
from tests.services.notices.night_desk import ROTA, WITH_ROTA
from tests.stories.escalations.test_on_call import IT, written
from tests.stories.office import Office, open_office

TEAM = "team-it"


@pytest.fixture
async def office(folder: Path) -> AsyncIterator[Office]:
    """The service desk works from nine to five in Berlin; Bo has IT-1, and Lee is on call."""
    async with open_office(folder, config=written(folder, (IT, WITH_ROTA), more=ROTA)) as office:
        for agent in ("bo", "cleo", "lee"):
            await office.types(agent, "/desk mine", channel=TEAM)
        yield office


async def asks(office: Office) -> str:
    """Ana's message, whose ticket Bo has; nobody has anything unread."""
    request = await office.says("ana", "help-it", "My screen is dark")
    await office.types("bo", "/desk claim IT-1", channel=TEAM)
    for agent in ("bo", "lee"):
        await office.has_read(agent, TEAM)
    return request


async def test_the_assignee_is_told_once_for_a_burst(office: Office) -> None:
    request = await asks(office)
    for text in ("It smokes", "It smells", "It burns"):
        await office.says("ana", "help-it", text, thread=request)
    assert await office.mentions("bo", TEAM) == 1
    await office.passes(minutes=3)
    await office.says("ana", "help-it", "Hello?", thread=request)
    assert await office.mentions("bo", TEAM) == 2


async def test_at_night_the_assignee_has_their_quiet_and_whoever_is_on_call_is_told(office: Office) -> None:
    request = await asks(office)
    await office.types("bo", "/desk resolve IT-1 a new cable", channel=TEAM)
    await office.passes(hours=12)
    for agent in ("bo", "lee"):
        await office.has_read(agent, TEAM)
    await office.says("ana", "help-it", "Dark again", thread=request)
    assert await office.mentions("bo", TEAM) == 0
    assert await office.mentions("lee", TEAM) == 1


async def test_a_direct_message_says_what_was_written_and_mentions_nobody_in_the_thread(
    office: Office,
) -> None:
    request = await asks(office)
    await office.types("bo", "/desk notify direct", channel=TEAM)
    await office.says("ana", "help-it", "It smokes", thread=request)
    (told,) = await office.reads("bo", "@bo")
    facts = {"name": "Ana Alves", "reference": "IT-1", "subject": "My screen is dark", "text": "It smokes"}
    assert told == said("team.told_wrote_words", **facts)
    assert await office.mentions("bo", TEAM) == 0


async def test_a_desk_that_was_started_again_still_knows_the_burst(folder: Path) -> None:
    config = written(folder, (IT, WITH_ROTA), more=ROTA)
    async with open_office(folder, config=config) as office:
        request = await asks(office)
        await office.says("ana", "help-it", "It smokes", thread=request)
    async with open_office(folder, config=config) as office:
        await office.says("ana", "help-it", "It burns", thread=request)
        assert await office.mentions("bo", TEAM) == 1


async def test_the_card_of_a_new_request_mentions_whoever_is_on_call(folder: Path) -> None:
    pinging = WITH_ROTA.replace("rota: service", "rota: service\n    ping_new: on_call")
    async with open_office(folder, config=written(folder, (IT, pinging), more=ROTA)) as office:
        await office.types("lee", "/desk mine", channel=TEAM)
        await office.says("ana", "help-it", "My screen is dark")
        card = await office.card("lee", TEAM, "IT-1")
        assert [each["name"] for each in card["content"]["mentions"]] == ["Lee Lund"]
        assert await office.mentions("lee", TEAM) == 1
