"""Events: what people say and do in channels, offered to the intake in order within a conversation.

An event is acknowledged when the intake has committed it. When it could not, Slack is told so and sends it
again; what was taken once is known by its key and costs nothing the second time.
"""

from collections.abc import Coroutine, Sequence
from datetime import UTC, datetime

import structlog
from slack_bolt import BoltResponse

from adapters.kit.background import BackgroundTasks
from adapters.kit.recent import Recent
from adapters.slack.api.addresses import Identity, Json, channel_ref, instant, is_direct_id, person_key
from adapters.slack.api.calls import Calls
from adapters.slack.api.dm_channels import DmChannels
from adapters.slack.api.downloads import Downloads
from adapters.slack.api.people import People
from adapters.slack.capabilities import PLATFORM
from adapters.slack.delivery.posts import Posts
from adapters.slack.delivery.private_replies import PrivateReplies, ReplyTarget
from adapters.slack.events import inbound
from adapters.slack.events.inbound import MessageContext
from bot.domain.directory import ChannelRef, Person
from bot.domain.errors import StorageUnavailable
from bot.messages.inbound import (
    HomeOpened,
    InboundEvent,
    IncomingFile,
    Location,
    MessageMarked,
    MessagePosted,
    conversation_key,
    message_key,
)
from bot.ports.intake import Intake, Take

log = structlog.get_logger(__name__)

KEYS_REMEMBERED = 10_000


class EventHandler:
    def __init__(
        self,
        *,
        calls: Calls,
        people: People,
        dm_channels: DmChannels,
        posts: Posts,
        downloads: Downloads,
        replies: PrivateReplies,
    ) -> None:
        self._calls = calls
        self._people = people
        self._dm_channels = dm_channels
        self._posts = posts
        self._downloads = downloads
        self._replies = replies
        self._taken: Recent[str, None] = Recent(most=KEYS_REMEMBERED)
        self._afterwards = BackgroundTasks()

    async def hear(self, event: Json, intake: Intake, identity: Identity) -> BoltResponse:
        """Take the event in; anything but 200 makes Slack send it again."""
        try:
            await self._hear(event, intake, identity)
        except StorageUnavailable as error:
            log.debug("an event waits for the desk; Slack will send it again", reason=error.sentence)
            return BoltResponse(status=503)
        except Exception:
            log.exception("an event could not be taken; Slack will send it again", kind=event.get("type"))
            return BoltResponse(status=500)
        return BoltResponse(status=200)

    async def reading(self, message: Json, identity: Identity, *, channel: str) -> MessageContext:
        """What is needed to read a message; people and files that it only names are looked up, briefly."""
        people = await self._people.meet(inbound.people_in(message))
        files = await self._downloads.described(inbound.files_to_ask_for(message))
        return MessageContext(
            identity=identity,
            download=self._downloads.read,
            people=people,
            files=files,
            partner=self._partner(message, channel, identity),
        )

    async def files_of(self, described: Sequence[Json], identity: Identity) -> tuple[IncomingFile, ...]:
        """The files that came with a form; those of which it names only the id are asked about."""
        sent: Json = {"files": list(described)}
        known = await self._downloads.described(inbound.files_to_ask_for(sent))
        reading = MessageContext(identity=identity, download=self._downloads.read, files=known)
        return inbound.files_of(sent, reading)

    def later(self, work: Coroutine[object, object, None]) -> None:
        """What need not be done before the acknowledgement."""
        self._afterwards.start(work)

    async def close(self) -> None:
        await self._afterwards.finish()

    async def _hear(self, event: Json, intake: Intake, identity: Identity) -> None:
        match event.get("type"):
            case "message" | "app_mention":
                await self._message(event, intake, identity)
            case "reaction_added":
                await self._reaction(event, intake, identity)
            case "app_home_opened":
                await self._home(event, intake)
            case "user_change":
                self._people.remember(event["user"])
            case _:
                pass

    async def _message(self, event: Json, intake: Intake, identity: Identity) -> None:
        gone = inbound.gone_root(event)
        if gone is not None:
            self._posts.root_is_gone(*gone)
        async with intake.turn(self._conversation(event, identity)) as take:
            reading = await self.reading(event, identity, channel=str(event["channel"]))
            said = inbound.event_of(event, reading)
            if said is not None:
                await self._offer(said, take, identity, channel=str(event["channel"]))

    async def _reaction(self, event: Json, intake: Intake, identity: Identity) -> None:
        item, mark = event.get("item") or {}, str(event.get("reaction") or "")
        channel, ts, user = str(item.get("channel") or ""), str(item.get("ts") or ""), str(event["user"])
        where = channel_ref(channel, user=user, is_direct=is_direct_id(channel))
        if not ts or not intake.wants_mark(where, mark):
            return
        message = await self._fetch(channel, ts)
        if message is None:
            return
        reading = await self.reading(message, identity, channel=channel)
        about = inbound.posted(message, channel, reading)
        if about is not None:
            marker = await self._person(user)
            await self._offer(
                marked(about, mark, marker, at=str(event["event_ts"])), intake.take, identity, channel=channel
            )

    async def _home(self, event: Json, intake: Intake) -> None:
        if event.get("tab", "home") != "home":
            return
        user, at = str(event["user"]), str(event["event_ts"])
        actor = await self._person(user)
        opened = HomeOpened(
            key=f"{PLATFORM}:home:{user}:{at}",
            actor=actor,
            location=Location(channel=ChannelRef.home(actor.key)),
            at=instant(at),
        )
        await intake.take(opened)

    async def _offer(self, event: InboundEvent, take: Take, identity: Identity, *, channel: str) -> None:
        if event.key in self._taken:
            return
        reply = await take(event)
        self._taken[event.key] = None
        if reply is not None:
            user = event.actor.key.removeprefix(f"{PLATFORM}:")
            asker = ReplyTarget(user=user, channel=channel, thread=event.location.thread)
            self.later(self._replies.tell(reply, asker, identity))

    async def _fetch(self, channel: str, ts: str) -> Json | None:
        """One message: https://docs.slack.dev/messaging/retrieving-messages#individual_messages."""
        arguments = {"channel": channel, "latest": ts, "oldest": ts, "inclusive": True, "limit": 1}
        answer = await self._calls.call_patiently("conversations.history", arguments=arguments)
        return next(iter(answer["messages"]), None)

    async def _person(self, user: str) -> Person:
        return (await self._people.meet([user])).get(user) or Person(key=person_key(user), name=user)

    def _conversation(self, event: Json, identity: Identity) -> str:
        """Known at once, from the payload alone."""
        channel, said = str(event["channel"]), event.get("message") or event.get("previous_message") or event
        partner = self._partner(event, channel, identity)
        where = channel_ref(channel, user=partner, is_direct=is_direct_id(channel))
        ts, thread = str(said.get("ts") or ""), said.get("thread_ts")
        return conversation_key(where, thread=None if thread in (None, ts) else str(thread), message_id=ts)

    def _partner(self, message: Json, channel: str, identity: Identity) -> str:
        """Whose direct messages these are: whoever writes there and is not the desk."""
        if not is_direct_id(channel):
            return ""
        said = message.get("message") or message.get("previous_message") or message
        if said.get("user") and not identity.wrote(said):
            self._dm_channels.note(channel, str(said["user"]))
        return self._dm_channels.partner(channel)


def marked(about: MessagePosted, mark: str, actor: Person, *, at: str = "") -> MessageMarked:
    """A mark put on a message, however it was noticed; two people's same mark is one event."""
    return MessageMarked(
        key=f"{message_key(about.location.channel, about.message_id)}:marked:{mark}",
        actor=actor,
        location=about.location,
        at=instant(at) if at else datetime.now(UTC),
        mark=mark,
        about=about,
    )
