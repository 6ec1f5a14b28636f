"""A person in Discord: what they do and what they see, in the words people use.

A place is a channel's or thread's name ("help", or "Riverside/help" where several guilds have one), the thing
itself, or a message that a thread began with. What Discord's window would not let them do raises `NotOffered`.
"""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from tests.fakes.discord.people.hands import Hands
from tests.fakes.discord.people.presence import Where, called
from tests.fakes.discord.people.screen import Seen
from tests.fakes.discord.people.thread_hands import ThreadHands
from tests.fakes.discord.rest.drafts import Draft, Upload, read_changes, read_draft
from tests.fakes.discord.rules.permissions import Permission, in_channel
from tests.fakes.discord.rules.refusals import Json, NotOffered
from tests.fakes.discord.rules.write_rules import check_is_author, check_may_change, check_may_write
from tests.fakes.discord.world.records import Guild, MessageFlag, Place, Reference, Thread

Files: TypeAlias = Iterable[tuple[str, bytes]]
Look: TypeAlias = Callable[[], list[Seen]]

_UNHURRIED = Permission.MANAGE_MESSAGES | Permission.MANAGE_CHANNELS | Permission.BYPASS_SLOWMODE


class Person(Hands, ThreadHands):
    # --- writing ---

    async def says(
        self,
        place: Where,
        text: str = "",
        *,
        files: Files = (),
        reply_to: Seen | None = None,
        sticker: str | None = None,
        poll: Json | None = None,
        pings: bool = True,
    ) -> Seen:
        """Post a message. "@name" and "@role" become mentions; `pings=False` answers without notifying."""
        found = self.place(place)
        return self._post(
            found, text, files=files, reply_to=reply_to, sticker=sticker, poll=poll, pings=pings
        )

    async def writes_dm(
        self, text: str = "", *, files: Files = (), reply_to: Seen | None = None, pings: bool = True
    ) -> Seen:
        """A direct message to the bot; possible while they share a guild."""
        world = self._discord.world
        if not world.shared_guilds(self.id, world.bot.id):
            raise NotOffered(f"{self.name} shares no server with {world.bot.name}")
        return self._post(self.direct(), text, files=files, reply_to=reply_to, pings=pings)

    async def forwards(self, message: Seen, to: Where) -> Seen:
        """Send a snapshot of a message elsewhere.

        https://discord.com/developers/docs/resources/message#message-reference-content-attribution-forwards
        """
        original, place = self.there(message), self.place(to)
        source = self._discord.world.place(original.channel_id)
        snapshot = self._discord.messages.snapshot(original)
        draft = Draft(
            snapshots=[{"message": snapshot}],
            flags=MessageFlag.HAS_SNAPSHOT,
            reference=Reference(original.channel_id, original.id, source.guild_id, kind=1),
        )
        with self.as_offered():
            check_may_write(self._discord.world, self.id, place, draft)
        return self._discord.screen.message(self._discord.talk.post(place, draft, author_id=self.id))

    async def edits(self, message: Seen, text: str) -> Seen:
        found = self.there(message)
        with self.as_offered():
            check_is_author(found, self.id)
            check_may_change(self._discord.world.place(found.channel_id))
            guild_id = self._discord.world.place(found.channel_id).guild_id
            body = {"content": self._typed(text, guild_id)}
            draft = read_changes(self._discord.world, found, body, {}, guild_id=guild_id)
        self._discord.talk.edit(found, draft)
        return self._discord.screen.message(found)

    async def deletes(self, message: Seen) -> None:
        """One's own, or with the right to it anybody's."""
        found = self.there(message)
        place = self._discord.world.place(found.channel_id)
        may_moderate = Permission.MANAGE_MESSAGES in in_channel(self._discord.world, self.id, place)
        if found.only_for != self.id and not may_moderate:
            with self.as_offered():
                check_is_author(found, self.id)
        self._discord.talk.delete(found)

    async def reacts(self, message: Seen, emoji: str, *, takes_back: bool = False) -> None:
        found = self.there(message)
        with self.as_offered():
            check_may_change(self._discord.world.place(found.channel_id))
            if takes_back:
                self._discord.talk.take_back(found, self.id, emoji)
            else:
                self._discord.talk.react(found, self.id, emoji)

    # --- reading ---

    def reads(self, place: Where) -> list[Seen]:
        """A channel's messages as this person sees them, oldest first, ephemeral ones for them too."""
        return self._discord.screen.place(self.id, self.place(place))

    def reads_thread(self, thread: Thread | Seen) -> list[Seen]:
        """A thread, also by the message it began with."""
        found = self.place(thread)
        if not isinstance(found, Thread):
            raise NotOffered("no thread began with that message")
        return self._discord.screen.place(self.id, found)

    def reads_dm(self) -> list[Seen]:
        """The direct messages with the bot."""
        return self._discord.screen.place(self.id, self.direct())

    def threads(self, channel: Where, *, archived: bool = False) -> list[Thread]:
        """The channel's threads that this person sees, oldest first."""
        parent = self.place(channel)
        found = self._discord.world.threads.values()
        return [
            thread
            for thread in found
            if thread.parent_id == parent.id and thread.is_archived == archived and self.may_see(thread)
        ]

    async def sees(self, place: Where, words: str, *, patience_s: float = 10) -> Seen:
        """Wait until a message with these words is there."""
        return await self._finds(lambda: self.reads(place), words, f"in {called(place)}", patience_s)

    async def sees_in_thread(self, thread: Thread | Seen, words: str, *, patience_s: float = 10) -> Seen:
        """Wait until the thread is there and has these words."""
        return await self._finds(lambda: self.reads_thread(thread), words, "in the thread", patience_s)

    async def sees_dm(self, words: str, *, patience_s: float = 10) -> Seen:
        return await self._finds(self.reads_dm, words, "among the direct messages", patience_s)

    async def sees_thread(self, channel: Where, name: str = "", *, patience_s: float = 10) -> Thread:
        """Wait until this person sees an active thread whose name has these words."""

        def found() -> list[Thread]:
            return [thread for thread in self.threads(channel) if name in thread.name]

        await self._discord.until(
            lambda: bool(found()), f"{self.name} sees a thread {name!r}", patience_s=patience_s
        )
        return found()[-1]

    # --- belonging ---

    async def joins(self, guild: Guild) -> None:
        self._discord.communities.join(guild, self.id)

    async def leaves(self, guild: Guild) -> None:
        self._discord.communities.leave(guild, self.id)

    def closes_dms(self) -> None:
        """Take no direct messages from members of one's servers."""
        self.user.takes_dms = False

    def opens_dms(self) -> None:
        self.user.takes_dms = True

    def _post(
        self,
        place: Place,
        text: str,
        *,
        files: Files = (),
        reply_to: Seen | None = None,
        sticker: str | None = None,
        poll: Json | None = None,
        pings: bool = True,
    ) -> Seen:
        body: Json = {"content": self._typed(text, place.guild_id), "poll": poll}
        if sticker is not None:
            body["sticker_ids"] = [self._discord.sticker(place.guild_id, sticker)]
        if reply_to is not None and not pings:
            body["allowed_mentions"] = {"parse": ["users", "roles", "everyone"], "replied_user": False}
        reference = Reference(place.id, reply_to.id, place.guild_id) if reply_to is not None else None
        draft = self._draft(place, body, files, reference)
        message = self._discord.talk.post(place, draft, author_id=self.id)
        return self._discord.screen.message(message)

    def _draft(self, place: Place, body: Json, files: Files, reference: Reference | None = None) -> Draft:
        uploads = {number: Upload(name, content) for number, (name, content) in enumerate(files)}
        world = self._discord.world
        with self.as_offered():
            draft = read_draft(world, body, uploads, guild_id=place.guild_id, reference=reference)
            if place.guild_id is not None:
                check_may_write(world, self.id, place, draft)
        self._check_slow_mode(place)
        return draft

    def _check_slow_mode(self, place: Place) -> None:
        """https://discord.com/developers/docs/resources/channel#channel-object (`rate_limit_per_user`)."""
        world = self._discord.world
        if not place.slow_mode_s or in_channel(world, self.id, place) & _UNHURRIED:
            return
        own = [m.created_at for m in world.said(place.id).values() if m.author_id == self.id]
        if own and (world.pace.now() - own[-1]).total_seconds() < place.slow_mode_s:
            raise NotOffered(f"slow mode: {self.name} wrote less than {place.slow_mode_s} s ago")

    def _typed(self, text: str, guild_id: int | None) -> str:
        """What the window makes of "@name": the longest names first, so that none is taken for part of another."""
        world = self._discord.world
        guild = world.guilds.get(guild_id or 0)
        members = list(guild.members) if guild is not None else [world.bot.id]
        named = {world.users[user].name: f"<@{user}>" for user in members}
        named |= {world.shown_name(user, guild_id): f"<@{user}>" for user in members}
        for role in guild.roles.values() if guild is not None else ():
            if role.name != "@everyone":
                named.setdefault(role.name, f"<@&{role.id}>")
        for name in sorted(named, key=len, reverse=True):
            text = text.replace(f"@{name}", named[name])
        return text

    async def _finds(self, look: Look, words: str, where: str, patience_s: float) -> Seen:
        found: list[Seen] = []

        def is_there() -> bool:
            try:
                found[:] = [seen for seen in look() if words in seen]
            except NotOffered:
                return False
            return bool(found)

        await self._discord.until(is_there, f"{self.name} sees {words!r} {where}", patience_s=patience_s)
        return found[-1]
