"""One connection to Discord: everything that belongs to it, and the events of its gateway."""

import asyncio
from datetime import datetime

import discord
import structlog

from adapters.discord.api.addresses import Identity
from adapters.discord.api.calls import Calls
from adapters.discord.api.channel_cache import ChannelCache
from adapters.discord.api.client import DeskClient
from adapters.discord.api.dm_channels import DmChannels
from adapters.discord.api.outage_log import told_as
from adapters.discord.api.people import People
from adapters.discord.api.rate_limiter import RateLimiter
from adapters.discord.capabilities import PLATFORM
from adapters.discord.delivery.delivery import DiscordDelivery
from adapters.discord.delivery.files import Files
from adapters.discord.delivery.private_replies import PrivateReplies
from adapters.discord.events.directory_sync import DirectorySync
from adapters.discord.events.handler import EventHandler
from adapters.discord.events.history import History
from adapters.discord.interactions.command_sync import CommandsSync
from adapters.discord.interactions.context import InteractionContexts
from adapters.discord.interactions.router import InteractionRouter
from adapters.discord.interactions.stored_buttons import StoredButtons
from adapters.discord.render.command_words import CommandWords
from bot.outage import Outage
from bot.ports.file_store import FileStore
from bot.ports.intake import Intake

log = structlog.get_logger(__name__)


class Session:
    """`client` has logged in. `scale`: real seconds for each second of Discord's."""

    def __init__(
        self,
        client: DeskClient,
        *,
        identity: Identity,
        intake: Intake,
        outage: Outage,
        files: FileStore,
        file_limit: int,
        scale: float,
    ) -> None:
        self.client = client
        self.identity = identity
        self._intake = intake
        self._outage = outage
        calls = Calls(client.http, limiter=RateLimiter(scale=scale))
        self.calls = calls
        self._channel_cache = channel_cache = ChannelCache(calls, client=client)
        self.link_of = channel_cache.link_of
        dm_channels = DmChannels(calls)
        self._command_words = command_words = CommandWords()
        self._people = people = People(calls, client=client)
        self.delivery = DiscordDelivery(
            calls=calls,
            channel_cache=channel_cache,
            dm_channels=dm_channels,
            files=files,
            file_limit=file_limit,
            scale=scale,
            command_words=command_words,
        )
        stored_buttons, pictures = StoredButtons(), Files(files, limit=file_limit)
        self._replies = PrivateReplies(
            calls,
            dm_channels=dm_channels,
            channel_cache=channel_cache,
            stored_buttons=stored_buttons,
            files=pictures,
            scale=scale,
            command_words=command_words,
        )
        self._handler = handler = EventHandler(
            client=client,
            channel_cache=channel_cache,
            dm_channels=dm_channels,
            people=people,
            delivery=self.delivery,
            replies=self._replies,
            identity=identity,
        )
        self.history = self._make_history(handler, dm_channels)
        self._router = self._make_router(handler, stored_buttons, pictures, identity, scale)
        self._commands = CommandsSync(calls, identity=identity, scale=scale, command_words=command_words)
        self._directory_sync = DirectorySync(
            client=client, people=people, sees_members=client.intents.members
        )

    def _make_history(self, handler: EventHandler, dm_channels: DmChannels) -> History:
        return History(
            client=self.client,
            calls=self.calls,
            channel_cache=self._channel_cache,
            dm_channels=dm_channels,
            handler=handler,
            identity=self.identity,
        )

    def _make_router(
        self,
        handler: EventHandler,
        stored_buttons: StoredButtons,
        files: Files,
        identity: Identity,
        scale: float,
    ) -> InteractionRouter:
        contexts = InteractionContexts(
            client=self.client,
            channel_cache=self._channel_cache,
            people=self._people,
            handler=handler,
            identity=identity,
        )
        return InteractionRouter(
            calls=self.calls,
            contexts=contexts,
            channel_cache=self._channel_cache,
            stored_buttons=stored_buttons,
            files=files,
            identity=identity,
            scale=scale,
            command_words=self._command_words,
        )

    @property
    def is_quiet(self) -> bool:
        """Whether nothing that was heard is still on its way to the desk."""
        return self._handler.is_quiet

    async def run(self) -> None:
        """Until the connection ends for good; raises as discord.py does."""
        self.client.ears = self
        works = [
            self.client.connect(reconnect=True),
            self._directory_sync.run(self._intake),
            self._commands.run(self._intake),
        ]
        tasks = [asyncio.ensure_future(work) for work in works]
        with told_as(self._outage):
            done, going_on = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in going_on:
            task.cancel()
        await asyncio.gather(*going_on, return_exceptions=True)
        for task in done:
            task.result()

    async def close(self) -> None:
        """Take nothing more, let what is under way finish, and hang up."""
        await self.client.finish()
        self._replies.close()
        await self._handler.close()
        await self._router.close()
        await self.client.close()

    async def message(self, message: discord.Message) -> None:
        await self._handler.message(message, self._intake)

    async def edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        await self._handler.edit(payload, self._intake)

    async def deletion(self, message_id: int, channel_id: int) -> None:
        await self._handler.deletion(message_id, channel_id, self._intake)

    async def reaction(self, payload: discord.RawReactionActionEvent) -> None:
        await self._handler.reaction(payload, self._intake)

    async def departure(self, payload: discord.RawMemberRemoveEvent) -> None:
        await self._handler.departure(payload, self._intake)

    async def thread_changed(self, payload: discord.RawThreadUpdateEvent) -> None:
        await self._handler.thread_changed(payload, self._intake)

    async def thread_deleted(self, thread_id: int) -> None:
        self._channel_cache.is_deleted(thread_id)

    async def interaction(self, interaction: discord.Interaction[discord.Client]) -> None:
        await self._router.interaction(interaction, self._intake)

    async def rights_changed(self) -> None:
        self.calls.permissions_changed()
        self.delivery.webhooks.permissions_changed()

    async def channel_changed(self, channel_id: int) -> None:
        """Its name, its tags, who may do what there, or that it is gone: all of it is asked for again."""
        self._channel_cache.forget(channel_id)
        await self.rights_changed()

    async def listening(self) -> None:
        self._outage.worked()

    async def was_away(self, since: datetime, until: datetime) -> None:
        await self._intake.was_away(PLATFORM, since=since, until=until)
