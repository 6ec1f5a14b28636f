"""Messages in Slack: posted under our key, found by it again, changed and removed.

Our key travels in a message's metadata (https://docs.slack.dev/messaging/message-metadata), so that after an
unknown outcome Slack is asked for it before anything is posted twice.
"""

import asyncio
import hashlib
from dataclasses import dataclass, field

import structlog

from adapters.kit.outcomes import Unsure
from adapters.kit.rate_limits import Busy, Urgency
from adapters.kit.recent import Recent
from adapters.slack.api.addresses import SLACKBOT, Json
from adapters.slack.api.calls import Calls, SlackRefused, compact_json
from adapters.slack.api.errors import MISSING_MESSAGE
from adapters.slack.render.messages import Post

log = structlog.get_logger(__name__)

EVENT_TYPE = "deskbell_shown"
PAGES_SEARCHED = 10
ROOTS_REMEMBERED = 5_000
SHOWN_REMEMBERED = 10_000
TAKE_BACK_ATTEMPTS = 5


class RootIsGone(Exception):
    """The thread's first message does not exist any more; nothing of ours is left there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where to post: Slack's own id of the channel, and the thread's first message."""

    channel: str
    thread: str | None
    urgency: Urgency


@dataclass(slots=True)
class FoundPost:
    """What is there under a key: part → `ts`, and the ids of the files announced with it."""

    parts: dict[int, str] = field(default_factory=dict)
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLabel:
    """What a message's metadata says: whose it is, which part, and the files that come after it."""

    key: str
    part: int = 0
    files: tuple[str, ...] = ()

    def metadata(self) -> Json:
        payload: Json = {"key": self.key, "part": self.part}
        payload |= {"files": list(self.files)} if self.files else {}
        return {"event_type": EVENT_TYPE, "event_payload": payload}


class Posts:
    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._gone: Recent[tuple[str, str], None] = Recent(most=ROOTS_REMEMBERED)
        self._shown: Recent[tuple[str, str], bytes] = Recent(most=SHOWN_REMEMBERED)

    def root_is_gone(self, channel: str, ts: str) -> None:
        """Somebody deleted this message: no thread of it takes any more posts."""
        self._shown.pop((channel, ts), None)
        self._gone[channel, ts] = None

    def check_root(self, place: Target) -> None:
        """Raises RootIsGone for a root whose deletion we heard of."""
        if place.thread is not None and (place.channel, place.thread) in self._gone:
            raise RootIsGone

    async def post(self, post: Post, place: Target, label: PostLabel) -> Json:
        """The message as Slack shows it. Raises RootIsGone, and as `Calls.call` does.

        A reply to a deleted message would appear at top level, or under a tombstone: it is taken back.
        """
        arguments: Json = {
            "channel": place.channel,
            "thread_ts": place.thread,
            "unfurl_links": False,
            "unfurl_media": False,
            "username": post.name or None,
            "icon_url": post.picture or None,
        }
        written = _written(post, label)
        answer = await self._calls.call(
            "chat.postMessage",
            arguments=arguments,
            written=written,
            urgency=place.urgency,
            caller=(label.key, label.part),
        )
        shown: Json = answer["message"] | {"ts": answer["ts"]}
        if place.thread is not None and not _is_in_thread(shown, place.thread):
            await self._take_back(place.channel, str(answer["ts"]))
            self.root_is_gone(place.channel, place.thread)
            raise RootIsGone
        self._note_shown(place.channel, str(answer["ts"]), _digest(written))
        return shown

    async def _take_back(self, channel: str, ts: str) -> None:
        """What stands where it must not stand is tried harder than anything else."""
        for _ in range(TAKE_BACK_ATTEMPTS):
            try:
                await self.remove(channel, ts, urgency=Urgency.NOW)
            except (Unsure, Busy) as error:
                log.warning("a stray message is still there", channel=channel, ts=ts, reason=str(error))
                await asyncio.sleep(error.after_s if isinstance(error, Busy) else 0)
            else:
                return
        log.error(
            "a message stands at top level that belonged into a thread; delete it", channel=channel, ts=ts
        )

    async def change(self, post: Post, ts: str, place: Target, label: PostLabel) -> bool:
        """Whether it is still there to be changed. What is shown so already costs no call."""
        written = _written(post, label)
        digest = _digest(written)
        if self._shown.pop((place.channel, ts), None) == digest:
            self._note_shown(place.channel, ts, digest)
            return True
        try:
            await self._calls.call(
                "chat.update",
                arguments={"channel": place.channel, "ts": ts},
                written=written,
                urgency=place.urgency,
                caller=(label.key, label.part),
            )
        except SlackRefused as error:
            if error.error in MISSING_MESSAGE:
                return False
            raise
        self._note_shown(place.channel, ts, digest)
        return True

    async def remove(self, channel: str, ts: str, *, urgency: Urgency = Urgency.NEW) -> None:
        """Gone already is as good as removed."""
        self._shown.pop((channel, ts), None)
        try:
            await self._calls.call("chat.delete", arguments={"channel": channel, "ts": ts}, urgency=urgency)
        except SlackRefused as error:
            if error.error not in MISSING_MESSAGE:
                raise

    def _note_shown(self, channel: str, ts: str, digest: bytes) -> None:
        self._shown[channel, ts] = digest

    async def find(self, key: str, place: Target) -> FoundPost:
        """What an earlier attempt left there. Raises as `Calls.call` does."""
        method, arguments = "conversations.history", {"channel": place.channel, "include_all_metadata": True}
        if place.thread is not None:
            method, arguments = "conversations.replies", arguments | {"ts": place.thread}
        found = FoundPost()
        searched = 0
        try:
            async for page in self._calls.pages(method, items="messages", arguments=arguments):
                for message in page:
                    _note(message, key, found)
                searched += 1
                # History comes newest first: what an attempt left is not far. A thread is read whole.
                if place.thread is None and (found.parts or searched == PAGES_SEARCHED):
                    break
        except SlackRefused as error:
            if error.error not in MISSING_MESSAGE:
                raise
        return found


def _written(post: Post, label: PostLabel) -> str:
    """What an edit can change, as JSON text: to be sent, and to be compared with what is shown."""
    return compact_json({"text": post.text, "blocks": post.blocks, "metadata": label.metadata()})


def _digest(written: str) -> bytes:
    """Nobody but the desk edits its messages, so it stays true until the next edit."""
    return hashlib.blake2b(written.encode(), digest_size=16).digest()


def _note(message: Json, key: str, found: FoundPost) -> None:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    if metadata.get("event_type") != EVENT_TYPE or payload.get("key") != key:
        return
    found.parts[int(payload.get("part") or 0)] = str(message["ts"])
    found.files = tuple(payload.get("files") or ()) or found.files


def _is_in_thread(message: Json, thread: str) -> bool:
    """The parent of a reply under a tombstone is Slackbot's, who stands in for what was deleted."""
    return message.get("thread_ts") == thread and message.get("parent_user_id") != SLACKBOT
