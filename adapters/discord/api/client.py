"""discord.py's client, with what the desk wants of it: few intents, no caches of people or messages.

https://discord.com/developers/docs/topics/gateway#gateway-intents
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, Protocol

import discord
import structlog
import yarl
from discord.gateway import DiscordWebSocket, KeepAliveHandler

from adapters.discord.api.addresses import Json

log = structlog.get_logger(__name__)

RATE_LIMIT_PATIENCE_S = 30.0
"""The least that discord.py takes; what would wait longer is told to come again."""
HEARTBEAT_PATIENCE_S = 5.0
UNDER_WAY_PATIENCE_S = 5.0
IDENTIFY_EVERY_S = 5.0
GUILD_READY_S = 2.0
"""How long discord.py waits for one more guild before it calls itself ready."""
STARTS_KEPT = 20
"""New sessions of a day that are left alone: who uses up all thousand loses the token.
https://discord.com/developers/docs/events/gateway#session-start-limit-object"""
# https://discord.com/developers/docs/resources/application#application-object-application-flags
MESSAGE_CONTENT = 1 << 18 | 1 << 19
GUILD_MEMBERS = 1 << 14 | 1 << 15


class GatewayListener(Protocol):
    """Who hears what the gateway tells. None of these raises."""

    async def message(self, message: discord.Message) -> None: ...

    async def edit(self, payload: discord.RawMessageUpdateEvent) -> None: ...

    async def deletion(self, message_id: int, channel_id: int) -> None: ...

    async def reaction(self, payload: discord.RawReactionActionEvent) -> None: ...

    async def departure(self, payload: discord.RawMemberRemoveEvent) -> None: ...

    async def thread_changed(self, payload: discord.RawThreadUpdateEvent) -> None: ...

    async def thread_deleted(self, thread_id: int) -> None: ...

    async def interaction(self, interaction: discord.Interaction[discord.Client]) -> None: ...

    async def rights_changed(self) -> None: ...

    async def channel_changed(self, channel_id: int) -> None: ...

    async def was_away(self, since: datetime, until: datetime) -> None: ...

    async def listening(self) -> None:
        """Every shard is connected, at first or again."""


def intents_for(flags: int) -> discord.Intents:
    """What the desk needs, as far as the application was granted it: identifying with more ends the connection."""
    return discord.Intents(
        guilds=True,
        guild_messages=True,
        dm_messages=True,
        guild_reactions=True,
        message_content=bool(flags & MESSAGE_CONTENT),
        members=bool(flags & GUILD_MEMBERS),
    )


class StartsUsedUp(Exception):
    """The desk has begun so many sessions today that Discord would soon take its token away."""

    def __init__(self, after_s: float) -> None:
        super().__init__(self.__doc__)
        self.after_s = after_s


class DeskClient(discord.AutoShardedClient):
    """Every event goes to `ears`, which are set before the client connects.

    `scale`: real seconds for each second of Discord's. `away_since`: nobody has listened since then.
    """

    def __init__(
        self, *, intents: discord.Intents, scale: float = 1.0, away_since: datetime | None = None
    ) -> None:
        # Otherwise it warns at each start that the desk cannot talk in voice channels.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            intents=intents,
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_ratelimit_timeout=RATE_LIMIT_PATIENCE_S,
            guild_ready_timeout=GUILD_READY_S * scale,
        )
        self._scale = scale
        self.ears: GatewayListener | None = None
        self.is_listening = False
        self.was_listening = False
        """Whether Discord has let the desk in at all."""
        self._away_since = away_since
        self._cut_at: dict[int, datetime] = {}
        self._out_of: dict[int, datetime] = {}
        self._under_way: set[asyncio.Task[object]] = set()

    @property
    def heard_until(self) -> datetime:
        """Everything that was said before has been heard."""
        return min(self._cut_at.values(), default=datetime.now(UTC))

    async def before_identify_hook(self, _shard_id: int | None, *, initial: bool = False) -> None:
        """Discord takes one new session in five seconds:
        https://discord.com/developers/docs/topics/gateway#rate-limiting-and-max-concurrency
        """
        if not initial:
            await asyncio.sleep(IDENTIFY_EVERY_S * self._scale)

    async def find_gateway(self) -> None:
        """A new session asks where the gateway is only at first; later ones go to the address kept here.

        https://discord.com/developers/docs/topics/gateway#get-gateway-bot
        """
        answer: Json = await self.http.request(discord.http.Route("GET", "/gateway/bot"))
        starts = answer.get("session_start_limit") or {}
        if int(starts.get("remaining", 1)) < STARTS_KEPT:
            raise StartsUsedUp(int(starts.get("reset_after") or 0) / 1000)
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(str(answer["url"]))

    async def finish(self) -> None:
        """Wait for what was heard already, though not for ever: what is not committed is read again."""
        self.ears = None
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=UNDER_WAY_PATIENCE_S)

    async def close(self) -> None:
        """Hang up. A connection that was still being made leaves its heartbeat's thread behind: it is ended."""
        await super().close()
        for thread in threading.enumerate():
            if isinstance(thread, KeepAliveHandler) and thread.ws.loop is asyncio.get_running_loop():
                thread.stop()
                await asyncio.to_thread(thread.join, HEARTBEAT_PATIENCE_S)

    async def on_ready(self) -> None:
        """Every shard is there, and all that it tells of at the beginning."""
        self.was_listening = True
        await self._look()
        away_since, self._away_since = self._away_since, None
        if away_since is not None and self.ears is not None:
            await self.ears.was_away(away_since, datetime.now(UTC))

    async def on_shard_disconnect(self, shard_id: int) -> None:
        self._cut_at.setdefault(shard_id, datetime.now(UTC))
        self.is_listening = False

    async def on_shard_resumed(self, shard_id: int) -> None:
        """Discord has sent what was missed."""
        self._cut_at.pop(shard_id, None)
        await self._look()

    async def on_shard_ready(self, shard_id: int) -> None:
        """A new session: what was said since the old one was cut comes from the history."""
        cut_at = self._cut_at.pop(shard_id, None)
        await self._look()
        if cut_at is not None and self.ears is not None:
            await self.ears.was_away(cut_at, datetime.now(UTC))

    async def _look(self) -> None:
        self.is_listening = self.was_listening and not self._cut_at
        if self.is_listening and self.ears is not None:
            await self.ears.listening()

    async def on_message(self, message: discord.Message) -> None:
        await self._pass(lambda ears: ears.message(message))

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        await self._pass(lambda ears: ears.edit(payload))

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        await self._pass(lambda ears: ears.deletion(payload.message_id, payload.channel_id))

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        for message_id in sorted(payload.message_ids):
            if self.ears is not None:
                await self.ears.deletion(message_id, payload.channel_id)

    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        await self._pass(lambda ears: ears.reaction(payload))

    async def on_raw_member_remove(self, payload: discord.RawMemberRemoveEvent) -> None:
        await self._pass(lambda ears: ears.departure(payload))

    async def on_raw_thread_update(self, payload: discord.RawThreadUpdateEvent) -> None:
        await self._pass(lambda ears: ears.thread_changed(payload))

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        await self._pass(lambda ears: ears.thread_deleted(payload.thread_id))

    async def on_interaction(self, interaction: discord.Interaction[discord.Client]) -> None:
        await self._pass(lambda ears: ears.interaction(interaction))

    async def on_guild_role_update(self, _before: discord.Role, _after: discord.Role) -> None:
        await self._pass(lambda ears: ears.rights_changed())

    async def on_guild_channel_update(
        self, _before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        await self._pass(lambda ears: ears.channel_changed(after.id))

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        await self._pass(lambda ears: ears.channel_changed(channel.id))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        log.info("the desk was let into a server", guild=guild.id, name=guild.name)
        await self._pass(lambda ears: ears.rights_changed())
        await self._is_in_again(guild)

    async def on_guild_unavailable(self, guild: discord.Guild) -> None:
        """Discord has trouble with this server and tells nothing of it."""
        self._out_of.setdefault(guild.id, datetime.now(UTC))

    async def on_guild_available(self, guild: discord.Guild) -> None:
        await self._is_in_again(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        self._out_of.setdefault(guild.id, datetime.now(UTC))
        log.error(
            "the desk is not in a server any more; let it in again, `deskbell doctor` prints the link",
            guild=guild.id,
            name=guild.name,
        )

    async def on_error(self, event_method: str, *_args: Any, **_kwargs: Any) -> None:  # noqa: ANN401
        """discord.py calls this while it handles what a handler raised."""
        log.error("an event of Discord's could not be handled", event=event_method, exc_info=True)  # noqa: LOG014

    async def _is_in_again(self, guild: discord.Guild) -> None:
        """What was said there meanwhile comes from the history."""
        since = self._out_of.pop(guild.id, None)
        if since is not None:
            await self._pass(lambda ears: ears.was_away(since, datetime.now(UTC)))

    async def _pass(self, hear: Callable[[GatewayListener], Awaitable[None]]) -> None:
        task = asyncio.current_task()
        if self.ears is None or task is None:
            return
        self._under_way.add(task)
        try:
            await hear(self.ears)
        finally:
            self._under_way.discard(task)
