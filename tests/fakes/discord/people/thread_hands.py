"""What people do with threads and forum posts, moderators' doings among them."""

from collections.abc import Iterable

from tests.fakes.discord.people.presence import Presence, Where
from tests.fakes.discord.people.screen import Seen
from tests.fakes.discord.people.thread_openings import read_tags
from tests.fakes.discord.rest.drafts import Upload, read_draft
from tests.fakes.discord.rules.permissions import Permission, in_channel
from tests.fakes.discord.rules.refusals import NotOffered
from tests.fakes.discord.rules.write_rules import check_may_write
from tests.fakes.discord.world.records import Channel, ChannelType, Place, Thread


class ThreadHands(Presence):
    async def posts(
        self,
        forum: Where,
        title: str,
        text: str = "",
        *,
        tags: Iterable[str] = (),
        files: Iterable[tuple[str, bytes]] = (),
    ) -> Seen:
        """A post in a forum: its first message, which has the post's id."""
        found = self.place(forum)
        if not isinstance(found, Channel) or found.type is not ChannelType.FORUM:
            raise NotOffered("that is no forum")
        uploads = {number: Upload(name, content) for number, (name, content) in enumerate(files)}
        with self.as_offered():
            named = self._tags(found, tags)
            draft = read_draft(self._discord.world, {"content": text}, uploads, guild_id=found.guild_id)
            check_may_write(self._discord.world, self.user.id, found, draft, is_post=True)
            _, message = self._discord.openings.post(found, title, draft, by=self.user.id, tags=named)
        return self._discord.screen.message(message)

    async def starts_thread(self, on: Where, name: str, *, private: bool = False) -> Thread:
        """On a message, or in a channel beside its messages."""
        with self.as_offered():
            if isinstance(on, Seen):
                self._need(self._discord.world.place(on.channel), Permission.CREATE_PUBLIC_THREADS)
                return self._discord.openings.from_message(self.there(on), name, by=self.user.id)
            channel = self.place(on)
            if not isinstance(channel, Channel):
                raise NotOffered("threads begin in channels")
            kind = ChannelType.PRIVATE_THREAD if private else ChannelType.PUBLIC_THREAD
            self._need(
                channel,
                Permission.CREATE_PRIVATE_THREADS if private else Permission.CREATE_PUBLIC_THREADS,
            )
            return self._discord.openings.beside(channel, name, by=self.user.id, kind=kind)

    async def locks(self, thread: Thread | Seen, *, is_locked: bool = True) -> None:
        self._discord.threads.change(self._moderated(thread), is_locked=is_locked)

    async def archives(self, thread: Thread | Seen, *, is_archived: bool = True) -> None:
        """ "Close thread" in the window; `is_archived=False` opens it again."""
        found = self._thread(thread)
        may_moderate = Permission.MANAGE_THREADS in in_channel(self._discord.world, self.user.id, found)
        if not may_moderate and (found.is_locked or (is_archived and found.owner_id != self.user.id)):
            raise NotOffered(f"{self.user.name} may not do that to {found.name}")
        self._discord.threads.change(found, is_archived=is_archived)

    async def renames(self, thread: Thread | Seen, name: str) -> None:
        found = self._thread(thread)
        if found.owner_id != self.user.id:
            self._need(found, Permission.MANAGE_THREADS)
        self._discord.openings.rename(found, name, by=self.user.id)

    async def tags(self, thread: Thread | Seen, tags: Iterable[str]) -> None:
        found = self._thread(thread)
        if found.owner_id != self.user.id:
            self._need(found, Permission.MANAGE_THREADS)
        named = self._tags(self._discord.world.channels[found.parent_id], tags)
        self._discord.threads.change(found, tags=named)

    async def deletes_thread(self, thread: Thread | Seen) -> None:
        self._discord.threads.delete(self._moderated(thread))

    async def adds(self, thread: Thread | Seen, *people: Presence) -> None:
        """Bring people into a thread."""
        for person in people:
            with self.as_offered():
                self._discord.openings.add(self._thread(thread), person.id, by=self.user.id)

    async def leaves_thread(self, thread: Thread | Seen) -> None:
        self._discord.openings.remove(self._thread(thread), self.user.id)

    def tag_names(self, thread: Thread) -> list[str]:
        """What a post is tagged with, as the forum shows it."""
        known = {tag.id: tag.name for tag in self._discord.world.channels[thread.parent_id].tags}
        return [known[tag] for tag in thread.tags]

    def _tags(self, forum: Channel, names: Iterable[str]) -> list[int]:
        known = {tag.name: tag.id for tag in forum.tags}
        wanted = [known[name] for name in names]
        held = in_channel(self._discord.world, self.user.id, forum)
        return read_tags(forum, wanted, may_moderate=Permission.MANAGE_THREADS in held)

    def _thread(self, where: Thread | Seen) -> Thread:
        found = self.place(where)
        if not isinstance(found, Thread):
            raise NotOffered("that is no thread")
        return found

    def _moderated(self, where: Thread | Seen) -> Thread:
        found = self._thread(where)
        self._need(found, Permission.MANAGE_THREADS)
        return found

    def _need(self, place: Place, permission: Permission) -> None:
        if permission not in in_channel(self._discord.world, self.user.id, place):
            raise NotOffered(f"{self.user.name} may not do that in {place.name}")
