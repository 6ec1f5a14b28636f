"""What of a platform may not have been heard: gaps, channels of which an event failed, events under way.

Kept in memory, because what fails is mostly the database. The platform's watermark never passes any of it,
so a crash loses nothing: the next start reads from there.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.directory import ChannelRef
from bot.intake.unread_conversations import UnreadConversations
from bot.messages.inbound import InboundEvent
from bot.ports.platform import Capabilities


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Nothing said between these instants (the platform's clock) may have been heard."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UnheardSpan:
    """What is to be read again: all of a gap, and some channels since an instant each."""

    gap: Gap | None = None
    channels: Mapping[ChannelRef, datetime] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.gap is not None or bool(self.channels)

    @property
    def earliest(self) -> list[datetime]:
        return [*([self.gap.since] if self.gap else []), *self.channels.values()]


class MissedEvents:
    """What one platform said that may not have been heard. `news` is set when there is more to read."""

    def __init__(self, platform: Capabilities) -> None:
        self.news = asyncio.Event()
        self._unread = UnreadConversations(patience_s=platform.patience_s)
        self._unheard = UnheardSpan()
        self._being_read = UnheardSpan()
        self._under_way: dict[int, datetime] = {}

    def was_away(self, *, since: datetime, until: datetime) -> None:
        self._add(UnheardSpan(gap=Gap(since=since, until=until)))
        self._unread.may_be_any()
        self.news.set()

    async def until_read(self, conversation: str) -> None:
        """Wait, briefly, while something missed in this conversation may not be read yet: it goes first."""
        await self._unread.wait(conversation)

    @property
    def is_nothing(self) -> bool:
        return not self._unheard

    def horizon(self, now: datetime) -> datetime:
        """The instant up to which everything that arrived is committed."""
        return min([now, *self._unheard.earliest, *self._being_read.earliest, *self._under_way.values()])

    @contextmanager
    def hearing(self, event: InboundEvent) -> Iterator[None]:
        """While an event is committed. Where that fails, its channel is to be read again since then."""
        self._under_way[id(event)] = event.at
        try:
            yield
        except BaseException:
            self._add(UnheardSpan(channels={event.location.channel: event.at}))
            raise
        finally:
            del self._under_way[id(event)]

    @contextmanager
    def reading(self) -> Iterator[UnheardSpan]:
        """What is to be read now. It is as unheard as before where the reading fails."""
        self._being_read, self._unheard = self._unheard, UnheardSpan()
        try:
            yield self._being_read
        except BaseException:
            self._add(self._being_read)
            raise
        finally:
            self._being_read = UnheardSpan()
            if self._unheard.gap is None:
                self._unread.are_none()

    def unread_are(self, conversations: Iterable[str], *, and_directs: bool) -> None:
        """The gap that is being read has news in these at most; a newer gap may have some anywhere."""
        if self._unheard.gap is None:
            self._unread.are(conversations, and_directs=and_directs)

    def has_read(self, conversation: str) -> None:
        if self._unheard.gap is None:
            self._unread.has_read(conversation)

    @property
    def asked_first(self) -> str | None:
        """The unread conversation that a live event has waited for longest."""
        return self._unread.asked_first

    def _add(self, more: UnheardSpan) -> None:
        gaps = [each.gap for each in (self._unheard, more) if each.gap is not None]
        channels = dict(self._unheard.channels)
        for channel, at in more.channels.items():
            channels[channel] = min(at, channels.get(channel, at))
        self._unheard = UnheardSpan(
            gap=Gap(since=min(each.since for each in gaps), until=max(each.until for each in gaps))
            if gaps
            else None,
            channels=channels,
        )
