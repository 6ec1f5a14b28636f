"""Channels, and threads as channels: https://discord.com/developers/docs/resources/channel."""

from typing import Any

from tests.fakes.discord.people.thread_openings import Openings, check_thread, read_tags
from tests.fakes.discord.rest.door import Answer, Call, Endpoint, TooFast
from tests.fakes.discord.rules.limits import CHANNEL_NAME, FORUM_TOPIC, SLOW_MODE_S, TOPIC
from tests.fakes.discord.rules.permissions import Permission, in_channel
from tests.fakes.discord.rules.rates import Limiter
from tests.fakes.discord.rules.refusals import Json, Problems, Refusal
from tests.fakes.discord.world.channels import Rooms
from tests.fakes.discord.world.communities import Communities
from tests.fakes.discord.world.payloads import Payloads
from tests.fakes.discord.world.records import Channel, ChannelType, Place, Thread
from tests.fakes.discord.world.threads import Threads
from tests.fakes.discord.world.world import World

CHANNEL = "/channels/{channel_id}"
PINNED = 1 << 1
_MODERATORS_ONLY = frozenset({"locked", "rate_limit_per_user", "flags", "invitable"})


class Channels:
    def __init__(
        self,
        world: World,
        payloads: Payloads,
        threads: Threads,
        openings: Openings,
        communities: Communities,
        rooms: Rooms,
        limiter: Limiter,
    ) -> None:
        self._world = world
        self._payloads = payloads
        self._threads = threads
        self._openings = openings
        self._communities = communities
        self._rooms = rooms
        self._limiter = limiter

    def endpoints(self) -> list[Endpoint]:
        return [
            Endpoint("GET", CHANNEL, self.fetch),
            Endpoint("PATCH", CHANNEL, self.change),
            Endpoint("DELETE", CHANNEL, self.delete),
        ]

    def fetch(self, call: Call) -> Answer:
        return self._shown(self._rooms.place(call))

    def change(self, call: Call) -> Answer:
        place = self._rooms.place(call)
        if isinstance(place, Thread):
            self._change_thread(place, call.body)
        elif place.guild_id is None:
            raise Refusal(50003)
        else:
            self._rooms.place(call, Permission.MANAGE_CHANNELS)
            self._change_channel(place, call.body)
        return self._shown(place)

    def delete(self, call: Call) -> Answer:
        place = self._rooms.place(call)
        shown = self._shown(place)
        if isinstance(place, Thread):
            self._rooms.place(call, Permission.MANAGE_THREADS)
            self._threads.delete(place)
        elif place.guild_id is None:
            return shown  # closing a direct message hides it on this side only
        else:
            self._rooms.place(call, Permission.MANAGE_CHANNELS)
            self._communities.delete_channel(place)
        return shown

    def _change_thread(self, thread: Thread, body: Json) -> None:
        problems = Problems()
        check_thread(problems, body)
        problems.raise_if_any()
        self._check_may_change(thread, body)
        # https://discord.com/developers/docs/resources/channel#modify-channel-json-params-thread: archived threads
        # are changed only by a request that also unarchives them.
        if thread.is_archived and body.get("archived") is not False:
            raise Refusal(50083)
        fields = self._thread_fields(thread, body)
        name = str(body["name"]).strip() if "name" in body else thread.name
        if name != thread.name:
            self._take_rename(thread.id)
        is_woken = thread.is_archived and fields.get("is_archived") is False
        if is_woken:
            self._threads.change(thread, is_archived=False)
        self._openings.rename(thread, name, by=self._world.bot.id)
        self._threads.change(thread, **fields)

    def _check_may_change(self, thread: Thread, body: Json) -> None:
        """https://discord.com/developers/docs/topics/threads#editing-deleting-threads."""
        bot = self._world.bot.id
        held = in_channel(self._world, bot, thread)
        if Permission.MANAGE_THREADS in held:
            return
        wakes_only = body.get("archived") is False and set(body) <= {"archived", "locked"}
        if wakes_only and not body.get("locked") and not thread.is_locked:
            if Permission.SEND_MESSAGES_IN_THREADS not in held:
                raise Refusal(50013)
            return
        if thread.owner_id != bot or _MODERATORS_ONLY & set(body) or thread.is_locked:
            raise Refusal(50013)

    def _thread_fields(self, thread: Thread, body: Json) -> dict[str, Any]:
        names = {
            "archived": "is_archived",
            "locked": "is_locked",
            "auto_archive_duration": "auto_archive_min",
            "rate_limit_per_user": "slow_mode_s",
            "invitable": "is_invitable",
        }
        fields = {names[key]: value for key, value in body.items() if key in names and value is not None}
        if "flags" in body:
            fields["is_pinned"] = bool(body["flags"] & PINNED)
        if "applied_tags" in body:
            fields["tags"] = self._tags(thread, body["applied_tags"] or [])
        return fields

    def _tags(self, thread: Thread, asked: list[Any]) -> list[int]:
        forum = self._world.channels[thread.parent_id]
        if forum.type is not ChannelType.FORUM:
            raise Refusal(50024)
        held = in_channel(self._world, self._world.bot.id, thread)
        return read_tags(forum, asked, may_moderate=Permission.MANAGE_THREADS in held)

    def _change_channel(self, channel: Channel, body: Json) -> None:
        problems = Problems()
        if "name" in body:
            problems.length("name", str(body["name"] or ""), 1, CHANNEL_NAME)
        most = FORUM_TOPIC if channel.type is ChannelType.FORUM else TOPIC
        problems.too_long("topic", len(body.get("topic") or ""), most)
        if not 0 <= (body.get("rate_limit_per_user") or 0) <= SLOW_MODE_S:
            problems.add(
                "rate_limit_per_user",
                "NUMBER_TYPE_MAX",
                f"int value should be less than or equal to {SLOW_MODE_S}.",
            )
        problems.raise_if_any()
        is_renamed = body.get("name", channel.name) != channel.name
        if is_renamed or body.get("topic", channel.topic) != channel.topic:
            self._take_rename(channel.id)
        names = {"name": "name", "topic": "topic", "rate_limit_per_user": "slow_mode_s", "nsfw": "is_nsfw"}
        self._communities.change_channel(channel, **{names[k]: v for k, v in body.items() if k in names})

    def _take_rename(self, channel_id: int) -> None:
        """Names and topics change twice in ten minutes; then 429, though no header said so."""
        limited = self._limiter.take_rename(channel_id)
        if limited is not None:
            raise TooFast(limited)

    def _shown(self, place: Place) -> Json:
        if isinstance(place, Thread):
            return self._payloads.thread(place, seen_by=self._world.bot.id)
        return self._payloads.channel(place)
