"""What an inbox takes: bots where it says so, marked messages, and no asides among people."""

from pathlib import Path

import pytest

from bot.ports.storage.tickets import TicketFilter
from tests.stories.chat_office import ChatOffice, settle


@pytest.fixture
def office(folder: Path) -> ChatOffice:
    office = ChatOffice(folder)
    office.chat.bots.add("watchdog")
    return office


async def test_an_alert_of_a_bot_is_a_request_where_the_place_says_so(office: ChatOffice) -> None:
    chat = office.chat
    async with office.desk() as desk:
        await chat.says("watchdog", "alerts", "Disk full on db-1")
        await chat.says("watchdog", "help", "Build 12 is green")
        await settle(desk)
        assert chat.reads_channel("team-it") == ["Disk full on db-1"]


async def test_a_bot_that_talks_in_a_tickets_thread_is_not_heard(office: ChatOffice) -> None:
    chat = office.chat
    async with office.desk() as desk:
        root = await chat.says("watchdog", "alerts", "Disk full on db-1")
        await chat.says("watchdog", "alerts", "still full", thread=root)
        await settle(desk)
        (card,) = chat.posted("team-it")
        assert chat.reads_channel("team-it", thread=card.id) == []


async def test_a_marked_message_is_a_ticket_of_its_author_once(office: ChatOffice) -> None:
    chat = office.chat
    async with office.desk() as desk:
        said = await chat.says("ana", "lounge", "My badge does not open the door")
        await settle(desk)
        assert chat.reads_channel("team-it") == []
        for who, mark in (("dan", "heart"), ("dan", "eyes"), ("lee", "eyes")):
            await chat.marks(who, said, mark)
        await settle(desk)
        assert chat.reads_channel("team-it") == ["My badge does not open the door"]
        (ticket,) = await desk.storage.read(lambda uow: uow.tickets.search(TicketFilter()))
        assert ticket.requester == "chat:ana"
        _, told = chat.reads_channel("lounge", thread=said)
        assert "Dan Dietz opened IT-1" in told


async def test_elsewhere_a_mark_asks_for_nothing(office: ChatOffice) -> None:
    async with office.desk() as desk:
        said = await office.chat.says("ana", "help", "// just so you know")
        await office.chat.marks("dan", said, "eyes")
        await settle(desk)
        assert office.chat.reads_channel("team-it") == []


async def test_a_mark_put_while_the_desk_was_away_counts_too(office: ChatOffice) -> None:
    chat = office.chat
    async with office.desk():
        pass
    office.passes(minutes=1)
    said = await chat.says("ana", "lounge", "My badge does not open the door")
    await chat.marks("dan", said, "eyes")
    async with office.desk():
        assert chat.reads_channel("team-it") == ["My badge does not open the door"]


@pytest.mark.parametrize("text", ["// lunch anybody?", "  //lunch"])
async def test_an_aside_among_people_is_no_ticket(office: ChatOffice, text: str) -> None:
    async with office.desk() as desk:
        root = await office.chat.says("ana", "help", text)
        await office.chat.says("dan", "help", "me!", thread=root)
        await settle(desk)
        assert office.chat.reads_channel("team-it") == []
