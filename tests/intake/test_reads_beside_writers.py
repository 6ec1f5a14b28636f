"""What only reads is answered beside the writers, so that a long report delays nobody's request."""

import asyncio
import threading
from pathlib import Path

from bot.commands.framework.command import Call, Command
from bot.commands.framework.registry import Registry
from bot.messages.outbound import PrivateReply
from bot.ports.unit_of_work import Storage
from storage.file_store import FolderFileStore
from tests.fakes.desk.desk_without_platform import ANA, BO, DeskWithoutPlatform

PATIENCE_S = 20


async def test_a_request_is_taken_while_somebody_waits_for_a_long_answer(
    storage: Storage, tmp_path: Path
) -> None:
    files = FolderFileStore(tmp_path / "files", cap=10_000)
    begun, may_end = threading.Event(), threading.Event()

    def count_everything(call: Call) -> PrivateReply:
        begun.set()
        may_end.wait(PATIENCE_S)
        return PrivateReply(text=(f"{len(call.context.desk.teams)} teams",))

    slow = Command(name="desk count", handler=count_everything, reads=True)
    desk = await DeskWithoutPlatform.opened(storage, files, registry=Registry((slow,)))
    answering = asyncio.create_task(desk.intake.take(desk.typed(BO, "count")))
    try:
        await asyncio.to_thread(begun.wait, PATIENCE_S)
        async with asyncio.timeout(PATIENCE_S):
            await desk.intake.take(desk.posted(ANA, "My mouse is dead", message="root"))
        assert await desk.number_of_tickets() == 1
        assert not answering.done()
    finally:
        may_end.set()
    assert await answering == PrivateReply(text=("3 teams",))
