"""Whatever the clocks say, nothing of an internal note is ever shown on the requester's side."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.bootstrap.process import DeskProcess
from bot.domain.tickets.ticket import Status
from bot.messages.delivery import Delivery
from bot.messages.outbound import Card, Notice, OutboundMessage
from bot.ports.storage.tickets import TicketFilter
from tests.fakes.chat.chat import Chat
from tests.fakes.chat.message import Message
from tests.storage.engine.postgres_server import PostgresServer
from tests.stories.chat_office import ChatOffice, settle
from tests.stories.desk_files import CHAT_DESK
from tests.stories.office import MONDAY_9, SetClock

NOTE = "she broke it herself"
TEAM_CHANNELS = ("team-it", "escalations", "operators")
AGENTS = ("bo", "cleo")


class WatchedChat(Chat):
    """Remembers everything that is ever shown where requesters read."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.shown: list[str] = []
        self.digests: set[str] = set()

    async def deliver(self, message: OutboundMessage) -> Delivery:
        if message.address.channel.channel not in (*TEAM_CHANNELS, "@bo", "@cleo", "@lee"):
            self.shown.append(repr(message))
            if isinstance(message.content, Notice):
                self.digests |= {each.digest for each in message.content.files if each.digest}
        return await super().deliver(message)


class WatchedOffice(ChatOffice):
    chat: WatchedChat

    def __init__(self, folder: Path, *, database_url: str = "") -> None:
        super(ChatOffice, self).__init__(WatchedChat, folder, config=CHAT_DESK, database_url=database_url)
        self.chat_clock = SetClock(MONDAY_9)


class Deeds:
    """Somebody does something to some ticket; `pick` chooses which, and whose words."""

    def __init__(self, office: WatchedOffice, desk: DeskProcess) -> None:
        self.office, self.chat, self.desk = office, office.chat, desk
        self.said: list[str] = []
        self.answered: list[str] = []

    async def asks(self, pick: int) -> None:
        self.said.append(await self.chat.says("ana", ("help", "@ana")[pick % 2], f"My screen {pick} is dark"))

    async def asks_by_command(self, pick: int) -> None:
        private = {"private": "yes"} if pick % 2 else {}
        await self.chat.orders("ana", "ticket open", channel="help", text=f"Screen {pick}", **private)

    async def asks_for_her(self, pick: int) -> None:
        await self.chat.orders("bo", "desk on-behalf-of", person="ana", text=f"For Ana {pick}")

    async def adds(self, pick: int) -> None:
        self.said.append(await self.chat.says("ana", "help", f"it is on floor {pick}"))

    async def notes(self, pick: int) -> None:
        cards = [each for each in self.chat.posted("team-it") if isinstance(each.content, Card)]
        if cards:
            root = cards[pick % len(cards)].id
            self.said.append(await self.chat.says(AGENTS[pick % 2], "team-it", NOTE, thread=root))

    async def notes_by_form(self, pick: int) -> None:
        await self._order("bo", "desk note", pick, text=NOTE)

    async def replies(self, pick: int) -> None:
        await self._order("bo", "desk reply", pick, text="Have you turned it on?")

    async def edits(self, pick: int) -> None:
        if message := self._one(pick):
            is_note = NOTE in message.text
            await self.chat.edits(message.id, f"{NOTE}, again {pick}" if is_note else f"Edited {pick}")

    async def deletes(self, pick: int) -> None:
        if message := self._one(pick):
            await self.chat.deletes(message.id)

    async def works(self, pick: int) -> None:
        verb = ("claim", "release", "wait", "hold", "resolve", "close", "reopen", "transcript")[pick % 8]
        await self._order("bo", f"desk {verb}", pick // 8)

    async def ranks(self, pick: int) -> None:
        await self._order("bo", "desk priority", pick, priority=("low", "normal", "high", "urgent")[pick % 4])

    async def separates(self, pick: int) -> None:
        await self._order("ana", "ticket separate", pick)

    async def looks(self, pick: int) -> None:
        verb = ("ticket show", "ticket list", "ticket transcript", "ticket close")[pick % 4]
        await self._order("ana", verb, pick // 4)
        await self.chat.opens_home("ana", time=len(self.chat.shown))

    async def desk_clock_jumps(self, pick: int) -> None:
        self.office.clock.move(timedelta(seconds=pick % 601 - 300))

    async def chat_clock_jumps(self, pick: int) -> None:
        self.office.chat_clock.move(timedelta(seconds=pick % 601 - 300))

    async def _order(self, who: str, verb: str, pick: int, **options: str) -> None:
        wanted = TicketFilter(statuses=frozenset(Status))
        tickets = await self.desk.storage.read(lambda uow: uow.tickets.search(wanted, limit=5))
        if tickets:
            reference = tickets[pick % len(tickets)].reference
            reply = await self.chat.orders(who, verb, reference, channel="help", **options)
            if who == "ana":
                self.answered.append(repr(reply))

    def _one(self, pick: int) -> Message | None:
        return self.chat.messages[self.said[pick % len(self.said)]] if self.said else None


DEEDS = [name for name in vars(Deeds) if not name.startswith("_")]
LIVES = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 10_000)), min_size=4, max_size=14)


@pytest.fixture(params=["sqlite", "postgres"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], AbstractContextManager[str]]:
    """Another empty database of each kind every time it is called, by its address."""

    @contextmanager
    def fresh() -> Iterator[str]:
        if request.param == "postgres":
            server: PostgresServer = request.getfixturevalue("postgres_server")
            with server.database() as url:
                yield url
            return
        path = tmp_path / "deskbell.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        for file in tmp_path.glob("deskbell.db*"):
            file.unlink()

    return fresh


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(life=LIVES)
def test_no_word_of_a_note_is_shown_to_requesters_whatever_the_clocks_say(
    life: list[tuple[str, int]], tmp_path: Path, new_database: Callable[[], AbstractContextManager[str]]
) -> None:
    with new_database() as url:
        asyncio.run(_live(life, WatchedOffice(tmp_path, database_url=url)))


async def _live(life: list[tuple[str, int]], office: WatchedOffice) -> None:
    async with office.desk() as desk:
        deeds = Deeds(office, desk)
        for name, pick in life:
            await getattr(deeds, name)(pick)
            await settle(desk)
        for digest in office.chat.digests:
            content = b"".join([chunk async for chunk in desk.file_store.read(digest)])
            office.chat.shown.append(content.decode())
    for shown in (*office.chat.shown, *deeds.answered):
        assert NOTE not in shown


async def test_a_note_that_looks_older_than_the_request_is_not_quoted_as_what_was_asked(
    folder: Path,
) -> None:
    """The desk's clock is a minute ahead of the chat's, so the note has the earlier time."""
    office = WatchedOffice(folder)
    office.clock.move(timedelta(seconds=60))
    async with office.desk() as desk:
        await office.chat.orders("ana", "ticket open", channel="help", text="My screen is dark")
        await settle(desk)
        (card,) = office.chat.posted("team-it")
        note = await office.chat.says("bo", "team-it", NOTE, thread=card.id)
        await settle(desk)
        await office.chat.edits(note, f"{NOTE}, I saw it")
        await office.chat.orders("bo", "desk claim", "IT-1")
        await settle(desk)
        (acknowledged,) = office.chat.reads_channel("help")
        assert "My screen is dark" in acknowledged
        assert isinstance(card.content, Card)
        (card,) = office.chat.posted("team-it")
        assert isinstance(card.content, Card)
        assert (card.content.subject, card.content.excerpt) == ("My screen is dark", "My screen is dark")


async def test_deleting_a_note_that_looks_older_withdraws_no_request(folder: Path) -> None:
    office = WatchedOffice(folder)
    office.clock.move(timedelta(seconds=60))
    async with office.desk() as desk:
        await office.chat.orders("ana", "ticket open", channel="help", text="My screen is dark")
        await settle(desk)
        (card,) = office.chat.posted("team-it")
        note = await office.chat.says("bo", "team-it", NOTE, thread=card.id)
        await office.chat.deletes(note)
        await settle(desk)
        (card,) = office.chat.posted("team-it")
        assert isinstance(card.content, Card)
        assert card.content.status == "new"
