"""The desk's intake on real storage, for what is too quick or too odd for a page: events made by hand."""

from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Self

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.cli.actions.import_requests import NoProcess
from bot.commands.catalogue import all_commands
from bot.commands.framework.dispatch import Dispatch
from bot.commands.framework.registry import Registry
from bot.config import load_desk
from bot.domain.directory import ChannelRef, Person
from bot.domain.tickets.conversation import TicketMessage
from bot.domain.tickets.ticket import Status, Ticket
from bot.intake.intake import DeskIntake
from bot.messages.inbound import (
    CommandGiven,
    Location,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    VerbChosen,
    message_key,
)
from bot.messages.outbound import PrivateReply, Reply
from bot.messages.plain import plain
from bot.ports.file_store import FileStore
from bot.ports.platform import Capabilities
from bot.ports.storage.tickets import TicketFilter
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import ContextFactory
from tests.fakes.desk.everyday_desk import everyday_desk
from tests.stories.desk_files import DESK

MONDAY_9 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HELP = ChannelRef("web", "help-it")
TEAM = ChannelRef("web", "team-it")


def person(name: str) -> Person:
    return Person(key=f"web:{name.split(maxsplit=1)[0].lower()}", name=name)


ANA, BO, CLEO = person("Ana Alves"), person("Bo Berg"), person("Cleo Chen")


class FixedClock:
    def now(self) -> datetime:
        return MONDAY_9


class DeskWithoutPlatform:
    def __init__(
        self,
        storage: Storage,
        files: FileStore,
        *,
        config: Path = DESK,
        registry: Registry | None = None,
        public_url: str = "",
    ) -> None:
        desk = everyday_desk() if config == DESK else load_desk(config, KNOWN_PLATFORMS)
        self.storage = storage
        self.contexts = ContextFactory(
            desk=lambda: desk,
            clock=FixedClock(),
            capabilities={"web": Capabilities()},
            public_url=lambda: public_url,
        )
        self.intake = DeskIntake(
            storage=storage,
            file_store=files,
            contexts=self.contexts,
            dispatch=Dispatch(registry or Registry(all_commands()), NoProcess()),
        )
        self._numbers = count(1)

    @classmethod
    async def opened(
        cls,
        storage: Storage,
        files: FileStore,
        *,
        config: Path = DESK,
        registry: Registry | None = None,
        public_url: str = "",
    ) -> Self:
        """With everybody known from the start."""
        for each in (ANA, BO, CLEO):
            await storage.run(partial(_meet, person=each))
        return cls(storage, files, config=config, registry=registry, public_url=public_url)

    def posted(
        self, who: Person, text: str, *, message: str, thread: str | None = None, mentions_desk: bool = False
    ) -> MessagePosted:
        return MessagePosted(
            key=message_key(HELP, message),
            actor=who,
            location=Location(channel=HELP, thread=thread),
            at=self._soon(),
            message_id=message,
            text=text,
            mentions_desk=mentions_desk,
        )

    def edited(self, who: Person, text: str, *, message: str, revision: str) -> MessageEdited:
        return MessageEdited(
            key=f"{message_key(HELP, message)}:{revision}",
            actor=who,
            location=Location(channel=HELP, thread="root"),
            at=self._soon(),
            message_id=message,
            text=text,
            revision=revision,
        )

    def deleted(self, who: Person, *, message: str) -> MessageDeleted:
        return MessageDeleted(
            key=f"{message_key(HELP, message)}:deleted",
            actor=who,
            location=Location(channel=HELP, thread="root"),
            at=self._soon(),
            message_id=message,
        )

    def pressed(self, who: Person, verb: str, ticket: str, **options: str) -> VerbChosen:
        return VerbChosen(
            key=f"press-{next(self._numbers)}",
            actor=who,
            location=Location(channel=TEAM),
            at=MONDAY_9,
            verb=verb,
            ticket=ticket,
            options=options,
        )

    def typed(self, who: Person, words: str, *, group: str = "desk", key: str = "") -> CommandGiven:
        return CommandGiven(
            key=key or f"command-{next(self._numbers)}",
            actor=who,
            location=Location(channel=TEAM),
            at=MONDAY_9,
            group=group,
            words=words,
        )

    async def ticket(self, number: int = 1) -> Ticket:
        found = await self.storage.read(lambda uow: uow.tickets.find("IT", number))
        assert found is not None, f"there is no IT-{number}"
        return found

    async def said(self, number: int = 1) -> list[TicketMessage]:
        ticket = await self.ticket(number)
        return list(await self.storage.read(lambda uow: uow.messages.of_ticket(ticket.id)))

    async def number_of_tickets(self) -> int:
        every = TicketFilter(statuses=frozenset(Status))
        return await self.storage.read(lambda uow: uow.tickets.count(every))

    def _soon(self) -> datetime:
        return MONDAY_9 + timedelta(seconds=next(self._numbers))


def _meet(uow: UnitOfWork, *, person: Person) -> None:
    uow.people.remember(person)


def words_of(reply: Reply | None) -> str:
    assert isinstance(reply, PrivateReply), reply
    return plain(reply.text)
