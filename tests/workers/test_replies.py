"""Held replies leave once, whoever sees to them, and every replica's forms say who writes."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.cli.actions.import_requests import NoProcess
from bot.commands.catalogue import all_commands
from bot.commands.framework.registry import Registry
from bot.commands.framework.replies.release import HeldReplyRelease
from bot.domain.replies.held_reply import HeldReply
from bot.domain.replies.writer import KEPT_FOR, Writer
from bot.domain.tickets.conversation import MessageKind
from bot.messages.outbound import Form
from bot.messages.plain import plain
from bot.ports.unit_of_work import Storage
from bot.workers.replies import RepliesWorker
from storage.file_store import FolderFileStore
from tests.fakes.desk.desk_without_platform import ANA, BO, CLEO, MONDAY_9, DeskWithoutPlatform
from tests.said import said
from tests.stories.office import SetClock
from tests.stories.replies.desk_that_holds import holding

SECOND = timedelta(seconds=1)


class Replica:
    """A process of its own on the same database: with its own memory, and a clock that is moved."""

    def __init__(self, storage: Storage, desk: DeskWithoutPlatform) -> None:
        self.desk = desk
        self.clock = SetClock(MONDAY_9)
        self.contexts = replace(desk.contexts, clock=self.clock)
        release = HeldReplyRelease(Registry(all_commands()), NoProcess())
        self.worker = RepliesWorker(storage=storage, contexts=self.contexts, release=release)

    async def form(self) -> Form:
        """The card's reply form, as Cleo opens it."""
        form = self.desk.intake.form_for(self.desk.pressed(CLEO, "desk reply", "IT-1"))
        await self.desk.intake.close()
        assert form is not None
        return form


async def replicas(storage: Storage, folder: Path) -> tuple[Replica, Replica]:
    files, config = FolderFileStore(folder / "files", cap=10_000), holding(folder)
    one = await DeskWithoutPlatform.opened(storage, files, config=config)
    return Replica(storage, one), Replica(storage, DeskWithoutPlatform(storage, files, config=config))


async def replies(desk: DeskWithoutPlatform, number: int) -> list[str]:
    return [each.text for each in await desk.said(number) if each.kind is MessageKind.REPLY]


async def test_two_replicas_and_its_author_at_once_agree(storage: Storage, tmp_path: Path) -> None:
    """Each of them left once or was taken back, never both; what was taken back is known to its author."""
    one, other = await replicas(storage, tmp_path)
    for each in (one, other):
        each.clock.move(10 * SECOND)
    left = taken_back = 0
    for number in range(1, 31):
        await one.desk.intake.take(one.desk.posted(ANA, f"Mouse {number} is dead", message=f"m{number}"))
        await one.desk.intake.take(one.desk.typed(BO, f"reply IT-{number} On its way"))
        unsend = other.desk.typed(BO, f"unsend IT-{number}")
        *_, answer = await asyncio.gather(
            one.worker.tick(), other.worker.tick(), other.desk.intake.take(unsend)
        )
        await one.worker.tick()
        said_now = await replies(one.desk, number)
        assert said_now == ([] if isinstance(answer, Form) else ["On its way"])
        left, taken_back = left + len(said_now), taken_back + isinstance(answer, Form)
    assert left + taken_back == 30


async def test_one_that_cannot_leave_holds_up_no_other(storage: Storage, tmp_path: Path) -> None:
    one, _ = await replicas(storage, tmp_path)
    await one.desk.intake.take(one.desk.posted(ANA, "My mouse is dead", message="m1"))
    ticket = await one.desk.ticket()
    odd = HeldReply(
        id=1,
        ticket=ticket.id,
        author=BO.key,
        verb="desk long-gone",
        options={"text": "Old words"},
        held_at=MONDAY_9,
        leaves_at=MONDAY_9,
    )
    await storage.run(lambda uow: uow.held_replies.add(odd))
    await one.desk.intake.take(one.desk.typed(BO, "reply IT-1 On its way"))
    one.clock.move(11 * SECOND)
    assert await one.worker.tick() == 2
    assert await replies(one.desk, 1) == ["On its way"]
    assert await one.worker.tick() == 0, "it is tried once"
    audit = await storage.read(lambda uow: uow.audit_log.of_ticket(ticket.id))
    assert [each.event for each in audit].count("HeldReplyRefused") == 1


async def test_every_replica_says_who_writes(storage: Storage, tmp_path: Path) -> None:
    one, other = await replicas(storage, tmp_path)
    await one.desk.intake.take(one.desk.posted(ANA, "My mouse is dead", message="m1"))
    one.desk.intake.form_for(one.desk.pressed(BO, "desk reply", "IT-1"))
    await one.desk.intake.close()
    await other.worker.tick()
    assert plain((await other.form()).notice) == said("answers.writes_reply_now", name=BO.name)
    await one.desk.intake.take(one.desk.typed(BO, "reply IT-1 On its way"))
    await other.worker.tick()
    assert plain((await other.form()).notice) == said("answers.sends_reply", name=BO.name)
    other.clock.move(10 * SECOND)
    await other.worker.tick()
    assert (await other.form()).notice == ()


async def test_whoever_has_been_writing_for_a_day_is_forgotten(storage: Storage, tmp_path: Path) -> None:
    one, _ = await replicas(storage, tmp_path)
    await one.desk.intake.take(one.desk.posted(ANA, "My mouse is dead", message="m1"))
    ticket = (await one.desk.ticket()).id
    writer = Writer(ticket=ticket, person=BO.key, since=MONDAY_9)
    await storage.run(lambda uow: uow.writers.put(writer))
    one.clock.move(KEPT_FOR)
    await one.worker.tick()
    assert await storage.read(lambda uow: uow.writers.everybody()) == [writer]
    one.clock.move(SECOND)
    await one.worker.tick()
    assert await storage.read(lambda uow: uow.writers.everybody()) == []
