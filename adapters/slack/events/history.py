"""What was said while nobody listened, read as slowly as Slack wants it.

https://docs.slack.dev/messaging/retrieving-messages
"""

from collections.abc import AsyncIterator, Collection
from datetime import datetime

from adapters.kit.outcomes import Unsure
from adapters.slack.api.addresses import Identity, Json, person_key, stamp
from adapters.slack.api.calls import Calls, SlackRefused
from adapters.slack.api.dm_channels import DmChannels
from adapters.slack.api.errors import MISSING_MESSAGE
from adapters.slack.events import inbound
from adapters.slack.events.handler import EventHandler, marked
from bot.domain.directory import ChannelRef, Person
from bot.domain.errors import HistoryUnavailable
from bot.domain.sentence import sentence
from bot.messages.inbound import InboundEvent
from bot.ports.intake import Intake
from bot.ports.platform import ThreadRef

LISTED = 500
"""Messages asked for at once where only their threads' last replies matter; 999 is the most:
https://docs.slack.dev/reference/methods/conversations.history"""
MOST_PAGES = 6
"""Of one channel: threads that began before that are not found, and read."""


class History:
    def __init__(self, calls: Calls, *, dm_channels: DmChannels, handler: EventHandler) -> None:
        self._calls = calls
        self._dm_channels = dm_channels
        self._handler = handler

    async def read(
        self,
        channel: ChannelRef,
        *,
        since: datetime,
        thread: str | None,
        intake: Intake,
        identity: Identity,
    ) -> AsyncIterator[InboundEvent]:
        """Raises HistoryUnavailable where Slack does not tell everything."""
        try:
            where = await self._dm_channels.channel_id(channel)
            if channel.is_direct:
                self._dm_channels.note(where, channel.channel.removeprefix("@"))
            for message in await self._messages(where, since=since, thread=thread):
                async for event in self._events(message, where, intake, identity):
                    yield event
        except SlackRefused as refused:
            raise _unavailable("deliveries.history_refused", refused, channel=str(channel)) from refused
        except Unsure as error:
            raise _unavailable("deliveries.history_unanswered", error, channel=str(channel)) from error

    async def quiet_threads(self, threads: Collection[ThreadRef], *, since: datetime) -> frozenset[ThreadRef]:
        """By the last replies that a channel's history names:
        https://docs.slack.dev/messaging/retrieving-messages#finding_threads.

        A channel's only thread is not asked about, since reading it is one call, too.
        """
        roots: dict[ChannelRef, set[str]] = {}
        for thread in threads:
            roots.setdefault(thread.channel, set()).add(thread.root)
        return frozenset(
            [
                ThreadRef(channel, root)
                for channel, wanted in roots.items()
                if len(wanted) > 1
                for root in await self._quiet_in(channel, wanted, stamp(since))
            ]
        )

    async def _quiet_in(self, channel: ChannelRef, wanted: set[str], since: str) -> list[str]:
        quiet: list[str] = []
        count = 0
        try:
            where = await self._dm_channels.channel_id(channel)
            arguments = {"channel": where, "oldest": min(wanted), "inclusive": True, "limit": LISTED}
            pages = self._calls.pages(
                "conversations.history", items="messages", arguments=arguments, is_patient=True
            )
            async for page in pages:
                found = {str(message["ts"]): message for message in page if str(message["ts"]) in wanted}
                quiet += [ts for ts, message in found.items() if not _has_news(message, since)]
                wanted = wanted - found.keys()
                count += 1
                if not wanted or count == MOST_PAGES:
                    break
        except (SlackRefused, Unsure):
            pass  # reading the threads will say why
        return quiet

    async def direct_channels(self) -> list[ChannelRef]:
        """https://docs.slack.dev/reference/methods/conversations.list. Raises HistoryUnavailable."""
        found: list[Json] = []
        arguments = {"types": "im", "exclude_archived": True}
        pages = self._calls.pages(
            "conversations.list", items="channels", arguments=arguments, is_patient=True
        )
        try:
            async for page in pages:
                found += page
        except (SlackRefused, Unsure) as error:
            raise _unavailable("deliveries.history_no_direct_messages", error) from error
        found.sort(key=lambda each: int(each.get("updated") or 0), reverse=True)
        people = [str(each["user"]) for each in found if each.get("user")]
        for each in found:
            if each.get("user"):
                self._dm_channels.note(str(each["id"]), str(each["user"]))
        return [ChannelRef.direct(person_key(user)) for user in people]

    async def _messages(self, channel: str, *, since: datetime, thread: str | None) -> list[Json]:
        """Oldest first. A thread's first message comes with every page, and before anything else."""
        arguments: Json = {"channel": channel, "oldest": stamp(since), "inclusive": True}
        method = "conversations.history"
        if thread is not None:
            method, arguments = "conversations.replies", arguments | {"ts": thread}
        messages: dict[str, Json] = {}
        try:
            pages = self._calls.pages(method, items="messages", arguments=arguments, is_patient=True)
            async for page in pages:
                messages |= {str(message["ts"]): message for message in page}
        except SlackRefused as refused:
            if thread is None or refused.error not in MISSING_MESSAGE:
                raise
        return [messages[ts] for ts in sorted(messages)]

    async def _events(
        self, message: Json, channel: str, intake: Intake, identity: Identity
    ) -> AsyncIterator[InboundEvent]:
        reading = await self._handler.reading(message, identity, channel=channel)
        if inbound.is_tombstone(message):
            yield inbound.trace_of(message, channel, reading)
            return
        posted = inbound.posted(message, channel, reading)
        if posted is None:
            return
        yield posted
        edited = inbound.edit_of(message, channel, reading)
        if edited is not None:
            yield edited
        for reaction in message.get("reactions") or ():
            mark, users = str(reaction.get("name")), reaction.get("users") or ()
            if users and intake.wants_mark(posted.location.channel, mark):
                key = person_key(str(users[0]))
                yield marked(
                    posted, mark, reading.people.get(str(users[0])) or Person(key=key, name=str(users[0]))
                )


def _unavailable(key: str, error: SlackRefused | Unsure, **facts: str) -> HistoryUnavailable:
    return HistoryUnavailable(sentence(key, platform="Slack", error=str(error), **facts))


def _has_news(message: Json, since: str) -> bool:
    """Whether a thread's first message shows that something was said or changed since then."""
    edited = str((message.get("edited") or {}).get("ts") or "")
    newest = max(str(message.get("latest_reply") or ""), edited)
    return newest >= since or inbound.is_tombstone(message)
