"""An event waits, briefly, for what was missed in its conversation, and for nothing else."""

import asyncio
import time

from bot.intake.unread_conversations import UnreadConversations

SHORT_S = 0.02
PATIENCE_S = 2.0


async def test_where_nothing_was_missed_nothing_is_waited_for() -> None:
    unread = UnreadConversations(patience_s=PATIENCE_S)
    await asyncio.wait_for(unread.wait("chat:m1"), SHORT_S)


async def test_until_it_is_known_what_was_missed_every_conversation_waits() -> None:
    unread = UnreadConversations(patience_s=PATIENCE_S)
    unread.may_be_any()
    waiting = [asyncio.create_task(unread.wait(each)) for each in ("chat:m1", "chat:m2")]
    await asyncio.sleep(SHORT_S)
    assert not any(task.done() for task in waiting)
    unread.are(["chat:m2"], and_directs=False)
    await waiting[0]
    assert not waiting[1].done()
    assert unread.asked_first == "chat:m2"
    unread.has_read("chat:m2")
    await waiting[1]
    assert unread.asked_first is None


async def test_what_is_asked_for_first_is_read_first() -> None:
    unread = UnreadConversations(patience_s=PATIENCE_S)
    unread.may_be_any()
    unread.are(["chat:m1", "chat:m2", "chat:m3"], and_directs=False)
    waiting = [asyncio.create_task(unread.wait(each)) for each in ("chat:m3", "chat:m1")]
    await asyncio.sleep(0)
    assert unread.asked_first == "chat:m3"
    unread.has_read("chat:m3")
    assert unread.asked_first == "chat:m1"
    unread.are_none()
    await asyncio.gather(*waiting)


async def test_an_event_that_has_waited_long_enough_goes_on_and_so_do_those_behind_it() -> None:
    unread = UnreadConversations(patience_s=SHORT_S)
    unread.may_be_any()
    began = time.monotonic()
    await unread.wait("chat:m1")
    assert time.monotonic() - began >= SHORT_S
    unread.are(["chat:m1"], and_directs=False)
    await asyncio.wait_for(unread.wait("chat:m1"), SHORT_S / 2)


async def test_direct_messages_wait_until_they_are_read_though_nobody_knows_yet_which_there_are() -> None:
    unread = UnreadConversations(patience_s=PATIENCE_S)
    unread.may_be_any()
    unread.are(["chat:m1"], and_directs=True)
    waiting = asyncio.create_task(unread.wait("chat:@ana"))
    await asyncio.sleep(0)
    assert unread.asked_first == "chat:@ana"
    unread.are([], and_directs=False)
    await waiting
