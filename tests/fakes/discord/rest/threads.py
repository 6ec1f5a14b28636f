"""Threads: starting them, who is in them, listing them.

https://discord.com/developers/docs/resources/channel#start-thread-from-message and the routes after it
"""

from collections.abc import Callable
from datetime import datetime

from tests.fakes.discord.people.thread_openings import Openings, read_tags, read_thread
from tests.fakes.discord.rest.door import Answer, Call, Endpoint
from tests.fakes.discord.rest.drafts import read_draft
from tests.fakes.discord.rules.permissions import Permission, in_channel, sees
from tests.fakes.discord.rules.rates import MESSAGE
from tests.fakes.discord.rules.refusals import Json, Refusal, invalid
from tests.fakes.discord.rules.write_rules import check_may_write
from tests.fakes.discord.world.channels import Rooms, number
from tests.fakes.discord.world.payloads import Payloads
from tests.fakes.discord.world.records import Channel, ChannelType, Thread
from tests.fakes.discord.world.world import World

CHANNEL = "/channels/{channel_id}"
MEMBERS = f"{CHANNEL}/thread-members"
_CREATING = {
    ChannelType.PUBLIC_THREAD: Permission.CREATE_PUBLIC_THREADS,
    ChannelType.PRIVATE_THREAD: Permission.CREATE_PRIVATE_THREADS,
}


class ThreadRoutes:
    def __init__(self, world: World, payloads: Payloads, openings: Openings, rooms: Rooms) -> None:
        self._world = world
        self._payloads = payloads
        self._openings = openings
        self._rooms = rooms

    def endpoints(self) -> list[Endpoint]:
        return [
            Endpoint("POST", f"{MESSAGE}/threads", self.start_from_message, status=201),
            Endpoint("POST", f"{CHANNEL}/threads", self.start, status=201),
            Endpoint("GET", f"{CHANNEL}/threads/archived/public", self.archived_public),
            Endpoint("GET", f"{CHANNEL}/threads/archived/private", self.archived_private),
            Endpoint("GET", f"{CHANNEL}/users/@me/threads/archived/private", self.archived_joined),
            Endpoint("GET", MEMBERS, self.members),
            Endpoint("PUT", f"{MEMBERS}/@me", self.join),
            Endpoint("DELETE", f"{MEMBERS}/@me", self.leave),
            Endpoint("GET", f"{MEMBERS}/{{user_id}}", self.member),
            Endpoint("PUT", f"{MEMBERS}/{{user_id}}", self.add),
            Endpoint("DELETE", f"{MEMBERS}/{{user_id}}", self.remove),
            Endpoint("GET", "/guilds/{guild_id}/threads/active", self.active),
        ]

    def start_from_message(self, call: Call) -> Answer:
        self._rooms.place(call, Permission.CREATE_PUBLIC_THREADS, Permission.READ_MESSAGE_HISTORY)
        message = self._rooms.message(call)
        how = read_thread(call.body)
        bot = self._world.bot.id
        thread = self._openings.from_message(message, call.body["name"].strip(), by=bot, **how)
        return self._payloads.thread(thread, seen_by=bot)

    def start(self, call: Call) -> Answer:
        place = self._rooms.place(call)
        if isinstance(place, Channel) and place.type is ChannelType.FORUM:
            return self._post(call, place)
        if not isinstance(place, Channel):
            raise Refusal(50024)
        how = read_thread(call.body)
        asked = call.body.get("type", int(ChannelType.PRIVATE_THREAD))
        if asked not in _CREATING:
            raise invalid("type", "BASE_TYPE_CHOICES", "Value must be one of {11, 12}.")
        kind = ChannelType(asked)
        self._rooms.place(call, _CREATING[kind])
        if kind is ChannelType.PRIVATE_THREAD and call.body.get("invitable") is not None:
            how["is_invitable"] = call.body["invitable"]
        bot = self._world.bot.id
        thread = self._openings.beside(place, call.body["name"].strip(), by=bot, kind=kind, **how)
        return self._payloads.thread(thread, seen_by=bot)

    def join(self, call: Call) -> Answer:
        thread = self._rooms.thread(call)
        self._openings.add(thread, self._world.bot.id, by=self._world.bot.id)
        return None

    def leave(self, call: Call) -> Answer:
        self._openings.remove(self._rooms.thread(call), self._world.bot.id)
        return None

    def add(self, call: Call) -> Answer:
        thread = self._rooms.thread(call, Permission.SEND_MESSAGES_IN_THREADS)
        self._openings.add(thread, call.ids["user_id"], by=self._world.bot.id)
        return None

    def remove(self, call: Call) -> Answer:
        thread = self._rooms.thread(call)
        if not (thread.is_private and thread.owner_id == self._world.bot.id):
            self._rooms.thread(call, Permission.MANAGE_THREADS)
        self._openings.remove(thread, call.ids["user_id"])
        return None

    def member(self, call: Call) -> Answer:
        thread = self._rooms.thread(call)
        found = thread.members.get(call.ids["user_id"])
        if found is None:
            raise Refusal(10007)
        return self._payloads.thread_member(thread, found)

    def members(self, call: Call) -> Answer:
        """Only with the privileged intent: https://discord.com/developers/docs/resources/channel#list-thread-members."""
        thread = self._rooms.thread(call)
        if not self._world.application.may_list_members():
            raise Refusal(50001)
        return [self._payloads.thread_member(thread, member) for member in thread.members.values()]

    def active(self, call: Call) -> Answer:
        """https://discord.com/developers/docs/resources/guild#list-active-guild-threads."""
        guild, bot = self._rooms.guild(call), self._world.bot.id
        threads = [
            thread
            for thread in self._world.threads_of(guild.id)
            if not thread.is_archived and sees(self._world, bot, thread)
        ]
        newest_first = sorted(threads, key=lambda thread: thread.id, reverse=True)
        return {
            "threads": [self._payloads.thread(t, seen_by=bot) for t in newest_first],
            "members": self._own_memberships(newest_first),
        }

    def archived_public(self, call: Call) -> Answer:
        self._rooms.place(call, Permission.READ_MESSAGE_HISTORY)
        return self._archived(call, lambda thread: not thread.is_private)

    def archived_private(self, call: Call) -> Answer:
        self._rooms.place(call, Permission.READ_MESSAGE_HISTORY, Permission.MANAGE_THREADS)
        return self._archived(call, lambda thread: thread.is_private)

    def archived_joined(self, call: Call) -> Answer:
        self._rooms.place(call, Permission.READ_MESSAGE_HISTORY)
        bot = self._world.bot.id
        found = [t for t in self._of(call) if t.is_archived and t.is_private and bot in t.members]
        before = int(call.query.get("before", 0)) or None
        by_id = sorted(found, key=lambda thread: thread.id, reverse=True)
        return self._page(call, [t for t in by_id if before is None or t.id < before])

    def _post(self, call: Call, forum: Channel) -> Answer:
        """https://discord.com/developers/docs/resources/channel#start-thread-in-forum-or-media-channel."""
        bot = self._world.bot.id
        self._rooms.place(call, Permission.SEND_MESSAGES)
        how = read_thread(call.body)
        may_moderate = Permission.MANAGE_THREADS in in_channel(self._world, bot, forum)
        tags = read_tags(forum, call.body.get("applied_tags") or [], may_moderate=may_moderate)
        said: Json | None = call.body.get("message")
        if said is None:
            raise invalid("message", "BASE_TYPE_REQUIRED", "This field is required")
        draft = read_draft(self._world, said, call.uploads, guild_id=forum.guild_id)
        check_may_write(self._world, bot, forum, draft, is_post=True)
        name = call.body["name"].strip()
        thread, message = self._openings.post(forum, name, draft, by=bot, tags=tags, **how)
        return self._payloads.thread(thread, seen_by=bot) | {"message": self._rooms.shown(message)}

    def _archived(self, call: Call, is_wanted: Callable[[Thread], bool]) -> Answer:
        """Latest archived first; `before` is an instant."""
        before = call.query.get("before")
        until = datetime.fromisoformat(before) if before else None
        found = [
            thread
            for thread in self._of(call)
            if thread.is_archived
            and is_wanted(thread)
            and (until is None or thread.archive_changed_at < until)
        ]
        return self._page(call, sorted(found, key=lambda t: t.archive_changed_at, reverse=True))

    def _of(self, call: Call) -> list[Thread]:
        channel = call.ids["channel_id"]
        return [thread for thread in self._world.threads.values() if thread.parent_id == channel]

    def _page(self, call: Call, found: list[Thread]) -> Answer:
        limit = number(call.query, "limit", 50, least=2, most=100)
        bot, page = self._world.bot.id, found[:limit]
        return {
            "threads": [self._payloads.thread(thread, seen_by=bot) for thread in page],
            "members": self._own_memberships(page),
            "has_more": len(found) > limit,
        }

    def _own_memberships(self, threads: list[Thread]) -> list[Json]:
        bot = self._world.bot.id
        mine = [thread for thread in threads if bot in thread.members]
        return [self._payloads.thread_member(thread, thread.members[bot]) for thread in mine]
