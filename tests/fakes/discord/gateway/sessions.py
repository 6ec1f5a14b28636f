"""Gateway sessions: what was sent in which order, so that a connection that was cut can be taken up again.

https://discord.com/developers/docs/events/gateway#resuming
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from tests.fakes.discord.gateway.intents import Intent, as_asked
from tests.fakes.discord.rules.pace import Pace
from tests.fakes.discord.rules.permissions import is_told
from tests.fakes.discord.rules.refusals import Json
from tests.fakes.discord.world.world import Happening, World

# "the session will remain active and timeout after a few minutes"
RESUMABLE_S = 180

Send: TypeAlias = Callable[[str], None]


@dataclass(slots=True)
class Session:
    id: str
    intents: Intent
    shard: tuple[int, int]
    sent: list[str] = field(default_factory=list)  # the event with sequence number n is at n - 1
    send: Send | None = None  # None while nobody is connected
    left_at: float | None = None  # epoch seconds

    @property
    def sequence(self) -> int:
        return len(self.sent)

    def dispatch(self, name: str, payload: Json) -> None:
        """Number the event, keep it for a resume, and send it where somebody is connected."""
        text = json.dumps({"op": 0, "t": name, "s": self.sequence + 1, "d": payload})
        self.sent.append(text)
        if self.send is not None:
            self.send(text)

    def is_for(self, guild_id: int | None) -> bool:
        """https://discord.com/developers/docs/events/gateway#sharding: direct messages go to the first shard."""
        number, count = self.shard
        return number == ((guild_id >> 22) % count if guild_id is not None else 0)

    def replay(self, after: int) -> list[str]:
        return self.sent[after:]

    def leave(self, at: float) -> None:
        self.send, self.left_at = None, at


class Sessions:
    """All sessions of the app; each hears of what happens as its intents and shard allow."""

    def __init__(self, world: World, pace: Pace) -> None:
        self._world = world
        self._pace = pace
        self.alive: dict[str, Session] = {}
        world.listeners.append(self._hear)

    def begin(self, session_id: str, *, intents: Intent, shard: tuple[int, int]) -> Session:
        session = Session(session_id, intents, shard)
        self.alive[session_id] = session
        return session

    def find(self, session_id: Any) -> Session | None:
        """A session that can be resumed; it needs no longer be told apart whether it never was or is over."""
        session = self.alive.get(str(session_id))
        if session is None:
            return None
        if session.send is None and session.left_at is not None and self._is_over(session.left_at):
            self.end(session)
            return None
        return session

    def _is_over(self, left_at: float) -> bool:
        # By the clock on the wall, and what a test moved it: how fast an app comes back is the app's own speed.
        return self._pace.wall() - left_at > self._pace.deadline(RESUMABLE_S)

    def end(self, session: Session) -> None:
        self.alive.pop(session.id, None)

    def _hear(self, happening: Happening) -> None:
        bot = self._world.bot.id
        if not is_told(self._world, bot, happening):
            return
        for session in list(self.alive.values()):
            if not session.is_for(happening.guild_id):
                continue
            payload = as_asked(
                happening.name,
                happening.payload,
                session.intents,
                bot=str(bot),
                application=str(self._world.application.id),
            )
            if payload is not None:
                session.dispatch(happening.name, payload)
