"""How threads begin and who is brought into them: from a message, beside one, as a forum's post.

https://discord.com/developers/docs/resources/channel#start-thread-from-message and the routes after it. What
Discord writes into the channel about it: https://discord.com/developers/docs/topics/threads#new-message-types
"""

from collections.abc import Iterable
from typing import Any

from tests.fakes.discord.people.talk import Talk
from tests.fakes.discord.rest.drafts import Draft
from tests.fakes.discord.rules.limits import ARCHIVE_MINUTES, POST_TAGS, SLOW_MODE_S, THREAD_NAME
from tests.fakes.discord.rules.permissions import Permission, in_channel
from tests.fakes.discord.rules.refusals import Json, Problems, Refusal
from tests.fakes.discord.world.records import (
    Channel,
    ChannelType,
    Message,
    MessageFlag,
    MessageType,
    Reference,
    Thread,
)
from tests.fakes.discord.world.threads import Threads
from tests.fakes.discord.world.world import World

_FROM_MESSAGE = {
    ChannelType.TEXT: ChannelType.PUBLIC_THREAD,
    ChannelType.ANNOUNCEMENT: ChannelType.ANNOUNCEMENT_THREAD,
}


class Openings:
    def __init__(self, world: World, talk: Talk, threads: Threads) -> None:
        self._world = world
        self._talk = talk
        self._threads = threads

    def from_message(self, message: Message, name: str, *, by: int, **how: Any) -> Thread:
        """The thread has the message's id. Raises 160004 for a second one, 50024 where there are none."""
        channel = self._world.place(message.channel_id)
        if not isinstance(channel, Channel) or channel.type not in _FROM_MESSAGE:
            raise Refusal(50024)
        if message.id in self._world.threads or MessageFlag.HAS_THREAD in message.flags:
            raise Refusal(160004)
        is_old = channel.last_message_id != message.id
        kind = _FROM_MESSAGE[channel.type]
        thread = self._threads.begin(channel, name, owner_id=by, kind=kind, thread_id=message.id, **how)
        self._talk.flag(message, MessageFlag.HAS_THREAD)
        starter = Reference(channel.id, message.id, channel.guild_id)
        self._talk.note(thread, MessageType.THREAD_STARTER, author_id=by, reference=starter)
        if is_old:
            self._announce(channel, thread, by)
        return thread

    def beside(
        self,
        channel: Channel,
        name: str,
        *,
        by: int,
        kind: ChannelType = ChannelType.PRIVATE_THREAD,
        **how: Any,
    ) -> Thread:
        """Begun from no message; a private one stays untold in the channel."""
        if channel.type is not ChannelType.TEXT:
            raise Refusal(50024)
        thread_id = self._world.ids.new()
        thread = self._threads.begin(channel, name, owner_id=by, kind=kind, thread_id=thread_id, **how)
        if kind is ChannelType.PUBLIC_THREAD:
            self._announce(channel, thread, by, id=thread.id)
        return thread

    def post(
        self,
        forum: Channel,
        name: str,
        draft: Draft,
        *,
        by: int,
        author: dict[str, Any] | None = None,
        **how: Any,
    ) -> tuple[Thread, Message]:
        """A forum's post: the first message has the thread's id. `author`: more of a webhook's message."""
        thread = self._threads.begin(
            forum,
            name,
            owner_id=by,
            kind=ChannelType.PUBLIC_THREAD,
            thread_id=self._world.ids.new(),
            **how,
        )
        message = self._talk.post(thread, draft, author_id=by, id=thread.id, **(author or {}))
        return thread, message

    def rename(self, thread: Thread, name: str, *, by: int) -> None:
        if thread.name == name:
            return
        self._threads.change(thread, name=name)
        self._talk.note(thread, MessageType.CHANNEL_NAME_CHANGE, author_id=by, content=name)

    def add(self, thread: Thread, user_id: int, *, by: int) -> None:
        """Raises 50083 when archived, 10007 for who is not in the guild, 50001 for who may not see the channel."""
        self._check_active(thread)
        self._world.member(thread.guild_id, user_id)
        if Permission.VIEW_CHANNEL not in in_channel(self._world, user_id, self._world.parent(thread)):
            raise Refusal(50001)
        if self._threads.add(thread, [user_id]) and user_id != by:
            self._talk.note(thread, MessageType.RECIPIENT_ADD, author_id=by, mentions=[user_id])

    def remove(self, thread: Thread, user_id: int) -> None:
        self._check_active(thread)
        self._threads.remove(thread, user_id)

    def _check_active(self, thread: Thread) -> None:
        if thread.is_archived:
            raise Refusal(50083)

    def _announce(self, channel: Channel, thread: Thread, by: int, **more: Any) -> None:
        about = Reference(thread.id, None, channel.guild_id)
        kind = MessageType.THREAD_CREATED
        self._talk.note(channel, kind, author_id=by, content=thread.name, reference=about, **more)


def check_thread(problems: Problems, body: Json) -> None:
    """What a request says of a thread: https://discord.com/developers/docs/resources/channel#modify-channel."""
    if "name" in body:
        problems.length("name", str(body["name"] or "").strip(), 1, THREAD_NAME)
    minutes = body.get("auto_archive_duration")
    if minutes is not None and minutes not in ARCHIVE_MINUTES:
        problems.choice("auto_archive_duration", minutes, ARCHIVE_MINUTES)
    if not 0 <= (body.get("rate_limit_per_user") or 0) <= SLOW_MODE_S:
        problems.add(
            "rate_limit_per_user",
            "NUMBER_TYPE_MAX",
            f"int value should be less than or equal to {SLOW_MODE_S}.",
        )
    if len(body.get("applied_tags") or []) > POST_TAGS:
        problems.add("applied_tags", "BASE_TYPE_MAX_LENGTH", f"Must be {POST_TAGS} or fewer in length.")


def read_thread(body: Json) -> dict[str, Any]:
    """The record's fields that a request names. Raises 50035."""
    problems = Problems()
    check_thread(problems, {"name": ""} | body)
    problems.raise_if_any()
    how: dict[str, Any] = {}
    if body.get("auto_archive_duration") is not None:
        how["auto_archive_min"] = body["auto_archive_duration"]
    if body.get("rate_limit_per_user") is not None:
        how["slow_mode_s"] = body["rate_limit_per_user"]
    return how


def read_tags(forum: Channel, asked: Iterable[Any], *, may_moderate: bool) -> list[int]:
    """A post's tags. Raises 10087 for an unknown one, 40067 where one is needed, 50013 for a moderators' one."""
    known = {tag.id: tag for tag in forum.tags}
    tags = [int(tag) for tag in asked]
    for tag in tags:
        if tag not in known:
            raise Refusal(10087)
        if known[tag].is_moderated and not may_moderate:
            raise Refusal(50013)
    if forum.needs_tag and not tags and not may_moderate:
        raise Refusal(40067)
    return tags
