"""Somebody in Discord, and what they can find there: the ground that all their hands stand on."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

from tests.fakes.discord.people.screen import Seen
from tests.fakes.discord.rules.permissions import sees
from tests.fakes.discord.rules.refusals import NotOffered, Refusal
from tests.fakes.discord.world.records import Channel, Message, Place, Thread, User

if TYPE_CHECKING:
    from tests.fakes.discord.server import DiscordServer

Where: TypeAlias = str | Channel | Thread | Seen


class Presence:
    def __init__(self, discord: "DiscordServer", user: User) -> None:
        self._discord = discord
        self.user = user

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.name

    def may_see(self, place: Place) -> bool:
        return sees(self._discord.world, self.id, place)

    def place(self, where: Where) -> Place:
        """Raises `NotOffered` for what is not there or this person does not see."""
        found = self._find(where)
        if not self.may_see(found):
            raise NotOffered(f"{self.name} does not see {called(where)}")
        return found

    def there(self, seen: Seen) -> Message:
        """Raises `NotOffered` for a message that is gone, or in a place that this person sees no more."""
        world = self._discord.world
        message = world.said(seen.channel).get(seen.id)
        whisper = world.whispers.get(seen.id)
        if message is None and whisper is not None and whisper.only_for == self.id:
            message = whisper
        if message is None:
            raise NotOffered("that message is gone")
        if not self.may_see(world.place(message.channel_id)):
            raise NotOffered(f"{self.name} does not see that message any more")
        return message

    def _find(self, where: Where) -> Place:
        world = self._discord.world
        if isinstance(where, Channel | Thread):
            if where.id not in world.channels and where.id not in world.threads:
                raise NotOffered(f"{where.name} is gone")
            return where
        if isinstance(where, Seen):
            thread = world.threads.get(where.id) or world.threads.get(where.channel)
            if thread is None:
                raise NotOffered("no thread began with that message")
            return thread
        return self._named(where)

    def _named(self, name: str) -> Place:
        world = self._discord.world
        community, _, plain = name.rpartition("/")
        guilds = {g.id for g in world.guilds.values() if self.id in g.members and community in ("", g.name)}
        everywhere: list[Place] = [*world.channels.values(), *world.threads.values()]
        found = [p for p in everywhere if p.name == plain.lstrip("#") and p.guild_id in guilds]
        visible = [place for place in found if self.may_see(place)]
        if len(visible) != 1:
            raise NotOffered(f"{self.name} sees {len(visible)} places called {name}")
        return visible[0]

    def direct(self) -> Channel:
        return self._discord.world.direct(self.id, self._discord.world.bot.id)

    @contextmanager
    def as_offered(self) -> Iterator[None]:
        """What the API would refuse, the window does not offer."""
        try:
            yield
        except Refusal as refusal:
            raise NotOffered(f"{self.name}: {refusal} {refusal.body().get('errors', '')}") from None


def called(where: Where) -> str:
    return where if isinstance(where, str) else str(getattr(where, "name", "") or "the thread")
