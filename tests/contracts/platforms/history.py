"""What every place must do whose past can be read. A platform's tests subclass the suite.

The platform's module provides a fixture `past`: the platform, connected to a desk that records, and people there.
"""

from datetime import datetime, timedelta
from typing import Protocol

import pytest

from bot.domain.errors import HistoryUnavailable
from bot.messages.inbound import InboundEvent, MessageEdited, MessagePosted
from bot.ports.platform import History, ThreadRef
from tests.contracts.platforms.receiver import Talk


class Past(Talk, Protocol):
    """One channel of a platform whose past can be read."""

    @property
    def history(self) -> History: ...

    def now(self) -> datetime:
        """The platform's clock."""
        ...

    async def desk_says(self, text: str) -> None:
        """The desk shows a notice in the channel."""
        ...


class HistoryContract:
    """What was said is told again as it reads now, by the keys that it had when it was new."""

    async def test_what_people_said_is_told_oldest_first_and_the_desks_own_words_are_not(
        self, past: Past
    ) -> None:
        await past.says("one")
        await past.desk_says("Your request has number IT-1.")
        await past.says("two")
        assert texts(await told(past)) == ["one", "two"]

    async def test_what_is_older_is_not_told(self, past: Past) -> None:
        await past.says("one")
        assert await told(past, after=timedelta(hours=1)) == []

    async def test_threads_are_told_apart_from_their_channel(self, past: Past) -> None:
        root = await past.says("My printer burns")
        await past.says("It smokes, too", thread=root)
        assert texts(await told(past)) == ["My printer burns"]
        assert texts(await told(past, thread=root)) == ["My printer burns", "It smokes, too"]

    async def test_a_thread_begins_with_its_first_message_whenever_that_was_said(self, past: Past) -> None:
        root = await past.says("My printer burns")
        await past.says("It smokes, too", thread=root)
        first = (await told(past, thread=root, after=timedelta(hours=1)))[:1]
        assert texts(first) == ["My printer burns"]

    async def test_a_message_is_told_as_it_reads_now_by_the_key_under_which_it_was_heard(
        self, past: Past
    ) -> None:
        said = await past.says("My printr burns")
        await past.edits(said, "My printer burns")
        heard = await past.heard(2)
        posted, edited = await told(past)
        assert posted.key == heard[0].key
        assert texts([posted]) == ["My printer burns"]
        assert isinstance(edited, MessageEdited)
        assert (edited.message_id, edited.text) == (said, "My printer burns")

    async def test_a_message_that_was_deleted_is_told_no_more(self, past: Past) -> None:
        said = await past.says("My password is hunter2")
        await past.heard(1)
        await past.deletes(said)
        await past.heard(2)
        assert texts(await told(past)) == []

    async def test_threads_in_which_nothing_was_said_since_are_known_without_reading_them(
        self, past: Past
    ) -> None:
        roots = [await past.says(f"Printer {number} burns") for number in range(3)]
        for root in roots:
            await past.says("It smokes, too", thread=root)
        threads = [ThreadRef(past.channel, root) for root in roots]
        later, before = past.now() + timedelta(hours=1), past.now() - timedelta(hours=1)
        assert await past.history.quiet_threads(threads, since=later) == frozenset(threads)
        assert await past.history.quiet_threads(threads, since=before) == frozenset()

    async def test_a_thread_of_which_nothing_can_be_told_is_not_taken_for_quiet(self, past: Past) -> None:
        root = await past.says("My printer burns")
        await past.says("It smokes, too", thread=root)
        threads = [ThreadRef(past.channel, root), ThreadRef(past.channel, "1")]
        await past.hangs_up()
        since = past.now() + timedelta(hours=1)
        assert ThreadRef(past.channel, "1") not in await past.history.quiet_threads(threads, since=since)

    async def test_what_cannot_be_read_is_not_taken_for_nothing(self, past: Past) -> None:
        await past.says("one")
        await past.hangs_up()
        with pytest.raises(HistoryUnavailable):
            await told(past)


async def told(
    past: Past, *, thread: str | None = None, after: timedelta = timedelta(hours=-1)
) -> list[InboundEvent]:
    """`after`: how long after now the history is to begin."""
    events = past.history.past_events(past.channel, since=past.now() + after, thread=thread)
    return [event async for event in events]


def texts(events: list[InboundEvent]) -> list[str]:
    return [event.text for event in events if isinstance(event, MessagePosted)]
