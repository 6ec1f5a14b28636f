"""Who is writing is said to those alone who answer the ticket, and is noted without keeping a form waiting."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.cli.actions.import_requests import NoProcess
from bot.commands.catalogue import all_commands
from bot.commands.framework.dispatch import Dispatch
from bot.commands.framework.registry import Registry
from bot.domain.directory import ChannelRef, Person
from bot.domain.errors import StorageUnavailable
from bot.domain.replies.held_reply import HeldReply
from bot.domain.replies.writer import Writer
from bot.domain.tickets.conversation import Side
from bot.intake.intake import DeskIntake
from bot.messages.inbound import CommandGiven, Location, VerbChosen
from bot.messages.outbound import PrivateReply
from bot.messages.plain import plain
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import ContextFactory
from bot.services.tickets.replies.writers import known_writers
from storage.file_store import FolderFileStore
from storage.store import DeskStorage
from tests.domain.search.searchable_desk import PEOPLE, a_desk, tickets
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO, DeskWithoutPlatform
from tests.said import said
from tests.storage.sample_rows import NOW, a_conversation
from tests.stories.office import SetClock

WRITER = Person(key="web:zoe", name="Zoe Zimmer")
"""Somebody who answers every ticket; what others are told of them is what is tried."""
EVERY = tuple(tickets())


class Matrix:
    """Each ticket of the searchable desk with its thread, somebody who writes there, and a reply held back."""

    def __init__(self, storage: Storage, folder: Path, *, with_servers: bool) -> None:
        self.desk = a_desk(with_servers=with_servers)
        self.storage = storage
        self.contexts = ContextFactory(desk=lambda: self.desk, clock=SetClock(NOW))
        self.intake = DeskIntake(
            storage=storage,
            file_store=FolderFileStore(folder / "files", cap=10_000),
            contexts=self.contexts,
            dispatch=Dispatch(Registry(all_commands()), NoProcess()),
        )

    async def fill(self) -> None:
        def work(uow: UnitOfWork) -> None:
            for person in (*PEOPLE, WRITER):
                uow.people.remember(person)
            for ticket in EVERY:
                uow.tickets.add(ticket)
                thread = ChannelRef("web", f"thread-{ticket.id}")
                a_conversation(uow, ticket, side=Side.TEAM, channel=thread, root=f"root-{ticket.id}")
                uow.writers.put(Writer(ticket=ticket.id, person=WRITER.key, since=NOW))
                uow.held_replies.add(
                    HeldReply(
                        id=uow.new_id(),
                        ticket=ticket.id,
                        author=WRITER.key,
                        verb="desk reply",
                        options={"text": "a lynx"},
                        held_at=NOW,
                        leaves_at=NOW,
                    )
                )

        await self.storage.run(work)
        await self.storage.read(self._know)

    def _know(self, uow: UnitOfWork) -> None:
        context = self.contexts.context(uow)
        context.writers.replace(known_writers(context, uow.writers.everybody()))

    def may_answer(self, who: Person, number: int) -> bool:
        ticket = EVERY[number - 1]
        return who.key != ticket.requester and self.desk.team_of(ticket).has_agent(who)


@pytest.fixture(params=[True, False], ids=["servers", "one server"])
async def matrix(
    request: pytest.FixtureRequest, sqlite_storage: DeskStorage, tmp_path: Path
) -> AsyncIterator[Matrix]:
    matrix = Matrix(sqlite_storage, tmp_path, with_servers=request.param)
    await matrix.fill()
    yield matrix
    await matrix.intake.close()


def thread_of(number: int) -> Location:
    return Location(channel=ChannelRef("web", f"thread-{number}"), thread=f"root-{number}")


async def test_roles_and_tickets_only_who_may_answer_is_told_who_writes(matrix: Matrix) -> None:
    told, expected = set(), set()
    for who in PEOPLE:
        for ticket in EVERY:
            number = ticket.number or 0
            press = VerbChosen(
                key=f"{who.key}-{number}",
                actor=who,
                location=Location(channel=ChannelRef("web", "anywhere")),
                at=NOW,
                verb="desk reply",
                ticket=ticket.reference,
            )
            typed = CommandGiven(
                key=f"typed-{who.key}-{number}",
                actor=who,
                location=thread_of(number),
                at=NOW,
                group="desk",
                words="reply",
            )
            for way, event in (("card", press), ("thread", typed)):
                form = matrix.intake.form_for(event)
                if form is not None and form.notice:
                    told.add((who.key, number, way))
            if await matrix.intake.writing(who, thread_of(number)):
                told.add((who.key, number, "page"))
            if matrix.may_answer(who, number):
                expected |= {(who.key, number, way) for way in ("card", "thread", "page")}
    assert told == expected
    assert len(expected) > 100


async def test_roles_and_tickets_what_others_hold_back_is_not_there(matrix: Matrix) -> None:
    for who in PEOPLE:
        for ticket in EVERY[::7]:
            unsend = CommandGiven(
                key=f"unsend-{who.key}-{ticket.number}",
                actor=who,
                location=thread_of(ticket.number or 0),
                at=NOW,
                group="desk",
                words=f"unsend {ticket.reference}",
            )
            reply = await matrix.intake.take(unsend)
            assert isinstance(reply, PrivateReply)
            assert WRITER.name not in plain(reply.text)
            assert "lynx" not in plain(reply.text)


async def test_only_who_may_answer_is_noted(matrix: Matrix) -> None:
    for who in PEOPLE:
        for ticket in EVERY[::5]:
            event = VerbChosen(
                key=f"{who.key}-{ticket.number}",
                actor=who,
                location=Location(channel=ChannelRef("web", "anywhere")),
                at=NOW,
                verb="desk note",
                ticket=ticket.reference,
            )
            matrix.intake.form_for(event)
    await matrix.intake.close()
    noted = await matrix.storage.read(lambda uow: uow.writers.everybody())
    answerers = {(each.person, each.ticket) for each in noted if each.person != WRITER.key}
    assert answerers == {
        (who.key, ticket.id)
        for who in PEOPLE
        for ticket in EVERY[::5]
        if matrix.may_answer(who, ticket.number or 0)
    }


class DatabaseAway:
    """Takes long to say that it is not there, once it is told to be away."""

    def __init__(self, storage: DeskStorage) -> None:
        self._storage = storage
        self.is_away = False

    def __getattr__(self, name: str) -> object:
        return getattr(self._storage, name)

    async def run(self, work: object) -> object:
        if self.is_away:
            await asyncio.sleep(0.05)
            raise StorageUnavailable
        return await self._storage.run(work)  # type: ignore[arg-type]


async def test_a_form_opens_at_once_while_the_database_is_away(
    sqlite_storage: DeskStorage, tmp_path: Path
) -> None:
    away = DatabaseAway(sqlite_storage)
    desk = await DeskWithoutPlatform.opened(
        away,  # type: ignore[arg-type]
        FolderFileStore(tmp_path / "files", cap=10_000),
    )
    await desk.intake.take(desk.posted(ANA, "My mouse is dead", message="m1"))
    away.is_away = True
    assert desk.intake.form_for(desk.pressed(BO, "desk reply", "IT-1")) is not None
    assert not desk.intake.is_quiet
    await desk.intake.close()
    away.is_away = False
    desk.intake.form_for(desk.pressed(BO, "desk reply", "IT-1"))
    await desk.intake.close()
    form = desk.intake.form_for(desk.pressed(CLEO, "desk reply", "IT-1"))
    assert form is not None
    assert plain(form.notice) == said("answers.writes_reply_now", name=BO.name)
    await desk.intake.close()


async def test_a_command_that_says_everything_opens_no_form_and_notes_nobody(
    sqlite_storage: DeskStorage, tmp_path: Path
) -> None:
    """On platforms with typed options the form is made before it is known whether it is needed."""
    desk = await DeskWithoutPlatform.opened(sqlite_storage, FolderFileStore(tmp_path / "files", cap=10_000))
    await desk.intake.take(desk.posted(ANA, "My mouse is dead", message="m1"))
    desk.intake.form_for(desk.pressed(BO, "desk reply", "IT-1", text="On its way"))
    assert desk.intake.is_quiet
