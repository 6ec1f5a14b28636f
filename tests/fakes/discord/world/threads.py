"""Threads as they change: who is in them, archived or not, locked or not. https://discord.com/developers/docs/topics/threads."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from tests.fakes.discord.rules.limits import ACTIVE_THREADS
from tests.fakes.discord.rules.refusals import Json, Refusal
from tests.fakes.discord.world.payloads import Payloads
from tests.fakes.discord.world.records import Channel, ChannelType, Thread, ThreadMember
from tests.fakes.discord.world.world import World


class Threads:
    """State and events; the messages that Discord writes about it are `Talk`'s."""

    def __init__(self, world: World, payloads: Payloads, *, most_active: int = ACTIVE_THREADS) -> None:
        self._world = world
        self._payloads = payloads
        self.most_active = most_active

    def begin(
        self, parent: Channel, name: str, *, owner_id: int, kind: ChannelType, thread_id: int, **how: Any
    ) -> Thread:
        """A new thread with its owner in it. Raises 160006 when the guild has no room."""
        assert parent.guild_id is not None
        self._check_room(parent.guild_id)
        now = self._world.pace.now()
        thread = Thread(
            id=thread_id,
            guild_id=parent.guild_id,
            parent_id=parent.id,
            owner_id=owner_id,
            type=kind,
            name=name,
            created_at=now,
            archive_changed_at=now,
            active_at=now,
            **how,
        )
        if owner_id in self._world.users:  # a webhook that began it is in no thread
            thread.members[owner_id] = ThreadMember(owner_id, now)
        self._world.threads[thread.id] = thread
        parent.last_message_id = thread.id if parent.type is ChannelType.FORUM else parent.last_message_id
        self._tell("THREAD_CREATE", thread, self._seen(thread) | {"newly_created": True})
        return thread

    def change(self, thread: Thread, **fields: Any) -> None:
        """Set fields of the record and tell of it, if anything is new. Raises 160006 for no room to unarchive."""
        new = {name: value for name, value in fields.items() if getattr(thread, name) != value}
        if not new:
            return
        now = self._world.pace.now()
        if new.get("is_archived") is False:
            self._check_room(thread.guild_id)
            thread.active_at = now
        if "is_archived" in new or "auto_archive_min" in new:
            thread.archive_changed_at = now
        for name, value in new.items():
            setattr(thread, name, value)
        self._tell("THREAD_UPDATE", thread, self._seen(thread))

    def add(self, thread: Thread, users: Iterable[int]) -> list[int]:
        """Who is new in there. The bot hears of a thread when it is added to it."""
        new = [user for user in users if user not in thread.members]
        for user in new:
            thread.members[user] = ThreadMember(user, self._world.pace.now())
        if new:
            self._tell_members(thread, added=new)
        if self._world.bot.id in new:
            self._tell("THREAD_CREATE", thread, self._seen(thread))
        return new

    def remove(self, thread: Thread, user: int) -> None:
        """Raises 10007 for who is not in there."""
        if user not in thread.members:
            raise Refusal(10007)
        # Told while the one who goes can still see it.
        member = thread.members.pop(user)
        counted = self._members_update(thread, removed=[user])
        thread.members[user] = member
        self._tell("THREAD_MEMBERS_UPDATE", thread, counted)
        del thread.members[user]

    def delete(self, thread: Thread) -> None:
        """https://discord.com/developers/docs/events/gateway-events#thread-delete."""
        payload = {
            "id": str(thread.id),
            "guild_id": str(thread.guild_id),
            "parent_id": str(thread.parent_id),
            "type": int(thread.type),
        }
        self._tell("THREAD_DELETE", thread, payload)
        del self._world.threads[thread.id]
        self._world.messages.pop(thread.id, None)

    def archive_idle(self) -> None:
        """What nobody wrote in for its time is archived."""
        now = self._world.pace.now()
        for thread in self._world.threads.values():
            idle = timedelta(minutes=thread.auto_archive_min)
            if not thread.is_archived and not thread.is_pinned and now - thread.active_at >= idle:
                self.change(thread, is_archived=True)

    def active_in(self, guild_id: int) -> list[Thread]:
        return [thread for thread in self._world.threads_of(guild_id) if not thread.is_archived]

    def _check_room(self, guild_id: int) -> None:
        if len(self.active_in(guild_id)) >= self.most_active:
            raise Refusal(160006)

    def _seen(self, thread: Thread) -> Json:
        return self._payloads.thread(thread, seen_by=self._world.bot.id)

    def _tell_members(self, thread: Thread, *, added: list[int]) -> None:
        self._tell("THREAD_MEMBERS_UPDATE", thread, self._members_update(thread, added=added))

    def _members_update(
        self, thread: Thread, *, added: Iterable[int] = (), removed: Iterable[int] = ()
    ) -> Json:
        """https://discord.com/developers/docs/events/gateway-events#thread-members-update."""
        members = []
        for user in added:
            body = self._payloads.thread_member(thread, thread.members[user])
            guild_member = self._world.guilds[thread.guild_id].members.get(user)
            if guild_member is not None:
                body |= {"member": self._payloads.member(guild_member), "presence": None}
            members.append(body)
        return {
            "id": str(thread.id),
            "guild_id": str(thread.guild_id),
            "member_count": min(50, len(thread.members)),
            "added_members": members,
            "removed_member_ids": [str(user) for user in removed],
        }

    def _tell(self, name: str, thread: Thread, payload: Json) -> None:
        self._world.happened(name, payload, guild_id=thread.guild_id, channel_id=thread.id)
