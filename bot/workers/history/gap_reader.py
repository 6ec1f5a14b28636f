"""What people said in a gap: channels where requests come in, then the threads with news, then direct messages.

Threads are read from the gap on, those of tickets that changed last first; one that a live event waits for is read
next, out of turn.
"""

from collections.abc import Sequence

from bot.domain.directory import ChannelRef
from bot.intake.missed_events import MissedEvents
from bot.messages.inbound import conversation_key
from bot.ports.platform import Capabilities, History, ThreadRef
from bot.workers.history.reader import HistoryReader
from bot.workers.history.unfinished_tickets import UnfinishedTickets


class GapReader:
    """One reading of one gap; what it finds is in the tally of its reader."""

    def __init__(
        self,
        *,
        reader: HistoryReader,
        history: History,
        capabilities: Capabilities,
        missed: MissedEvents,
        tickets: UnfinishedTickets,
    ) -> None:
        self._reader = reader
        self._history = history
        self._can = capabilities
        self._missed = missed
        self._tickets = tickets
        self._left: dict[str, list[ThreadRef | ChannelRef]] = {}
        self._known: set[ThreadRef | ChannelRef] = set()

    async def read_all(self, inboxes: Sequence[ChannelRef]) -> None:
        """Raises HistoryUnavailable where the platform does not say what direct messages there are."""
        for channel in inboxes:
            await self._reader.catch_up(channel)
        await self._note_threads()
        await self._read_left(and_directs=True)
        self._note(await self._direct_channels())
        # Of requests that were found just now.
        await self._note_threads()
        await self._read_left(and_directs=False)

    async def read_in(self, channel: ChannelRef) -> None:
        """What was said in this channel and its threads alone."""
        await self._reader.catch_up(channel)
        await self._note_threads(only_in=channel)
        await self._read_left(and_directs=False)

    async def _note_threads(self, *, only_in: ChannelRef | None = None) -> None:
        """The threads of unfinished tickets, but for those in which surely nothing was said."""
        there = [
            ThreadRef(each.channel, each.root)
            for each in await self._tickets.conversations()
            if each.root is not None and only_in in (None, each.channel) and self._is_thread(each.channel)
        ]
        new = [each for each in there if each not in self._known]
        quiet = await self._history.quiet_threads(new, since=self._reader.since)
        self._known |= quiet
        self._note([each for each in new if each not in quiet])

    def _is_thread(self, channel: ChannelRef) -> bool:
        """Direct messages without threads are read as channels."""
        return not channel.is_direct or self._can.has_threads_in_directs

    def _note(self, places: Sequence[ThreadRef | ChannelRef]) -> None:
        for each in places:
            if each not in self._known:
                self._known.add(each)
                self._left.setdefault(_key(each), []).append(each)

    async def _direct_channels(self) -> list[ChannelRef]:
        """Not every platform can list those it has; of tickets that go on there the desk knows them."""
        listed = list(await self._history.direct_channels())
        return listed if self._can.has_threads_in_directs else listed + await self._tickets.direct_channels()

    async def _read_left(self, *, and_directs: bool) -> None:
        """`and_directs`: direct messages will follow, and one of them may be asked for before."""
        self._missed.unread_are(self._left, and_directs=and_directs)
        while self._left:
            asked = self._missed.asked_first
            conversation = asked or next(iter(self._left))
            for place in self._left.pop(conversation, None) or self._direct_of(conversation):
                await self._read(place)
            self._missed.has_read(conversation)

    def _direct_of(self, conversation: str) -> list[ThreadRef | ChannelRef]:
        """Direct messages that a live event waits for, before they were listed."""
        platform, _, channel = conversation.partition(":")
        direct = ChannelRef(platform, channel)
        if not direct.is_direct or direct in self._known:
            return []
        self._known.add(direct)
        return [direct]

    async def _read(self, place: ThreadRef | ChannelRef) -> None:
        if isinstance(place, ThreadRef):
            await self._reader.read_news(place)
        else:
            await self._reader.catch_up(place)


def _key(place: ThreadRef | ChannelRef) -> str:
    """As a live event's turn has it."""
    if isinstance(place, ThreadRef):
        return conversation_key(place.channel, thread=place.root, message_id=place.root)
    return str(place)
