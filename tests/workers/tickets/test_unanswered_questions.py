"""However many replicas look, a message that was asked about is opened once."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.domain.directory import ChannelRef
from bot.messages.inbound import Location, MessagePosted, message_key
from bot.ports.storage.tickets import TicketFilter
from bot.ports.unit_of_work import Storage
from bot.workers.tickets.unanswered_questions import UnansweredQuestions
from tests.fakes.desk.desk_without_platform import ANA
from tests.workers.tickets.replicas import Replicas

MANY = 6


async def test_three_replicas_open_each_once(storage: Storage, tmp_path: Path) -> None:
    desk = await Replicas.opened(
        storage, tmp_path, lambda contexts: UnansweredQuestions(storage=storage, contexts=contexts)
    )
    for number in range(1, MANY + 1):
        await desk.desk.intake.take(direct(desk, f"broken {number}", message=f"d{number}"))
    assert await desk.tick() == 0
    desk.clock.move(timedelta(hours=1))
    assert await desk.tick() == MANY
    assert await desk.tick() == 0
    found = await storage.read(lambda uow: uow.tickets.search(TicketFilter(requester=ANA.key)))
    assert len(found) == MANY


def direct(desk: Replicas, text: str, *, message: str) -> MessagePosted:
    channel = ChannelRef.direct(ANA.key)
    said = desk.desk.posted(ANA, text, message=message)
    return replace(said, key=message_key(channel, message), location=Location(channel=channel))
