"""What one person alone is answered, where nothing they did gives the desk an ephemeral message to show.

A direct message, or where they take none a short-lived reply in place.
"""

import asyncio
import contextlib

import structlog

from adapters.discord.api.addresses import user_of
from adapters.discord.api.calls import Calls, DiscordRefused
from adapters.discord.api.channel_cache import ChannelCache
from adapters.discord.api.dm_channels import DmChannels
from adapters.discord.api.errors import CLOSED_DMS
from adapters.discord.delivery.files import Files
from adapters.discord.interactions.stored_buttons import StoredButtons
from adapters.discord.render.command_words import AS_IT_IS, CommandWords
from adapters.discord.render.messages import RenderOptions, private_body
from adapters.kit.outcomes import Unsure
from adapters.kit.rate_limits import Busy, Urgency
from bot.domain.directory import ChannelRef
from bot.messages.inbound import MessageEdited, MessagePosted
from bot.messages.outbound import Form, FormRefused, PrivateReply, Reply

log = structlog.get_logger(__name__)

SHORT_LIVED_S = 60.0


class PrivateReplies:
    """`scale`: real seconds for each second of Discord's."""

    def __init__(
        self,
        calls: Calls,
        *,
        dm_channels: DmChannels,
        channel_cache: ChannelCache,
        stored_buttons: StoredButtons,
        files: Files,
        scale: float = 1.0,
        command_words: CommandWords = AS_IT_IS,
    ) -> None:
        self._calls = calls
        self._command_words = command_words
        self._dm_channels = dm_channels
        self._channel_cache = channel_cache
        self._stored_buttons = stored_buttons
        self._files = files
        self._scale = scale
        self._closed = asyncio.Event()

    def close(self) -> None:
        """What is short-lived is taken back now: nobody would do it later."""
        self._closed.set()

    async def answer(self, reply: Reply, to: MessagePosted | MessageEdited) -> None:
        """Answer the author of a message. Never raises for what Discord answers."""
        private = as_private(reply)
        user = user_of(to.actor.key)
        if private is None or user is None or to.actor.is_bot:
            return
        private = self._stored_buttons.fitted(private, token=to.message_id, user=user)
        try:
            if (
                not await self._directly(private, ChannelRef.direct(to.actor.key), language=to.actor.language)
                and not to.location.is_direct
            ):
                await self._in_place(private, to)
        except (DiscordRefused, Unsure, Busy) as error:
            log.warning("a private answer did not arrive", user=user, reason=str(error))

    def _showing(self, language: str) -> RenderOptions:
        return RenderOptions(
            link_of=self._channel_cache.link_of, language=language, command_words=self._command_words
        )

    async def _directly(self, reply: PrivateReply, channel: ChannelRef, *, language: str) -> bool:
        try:
            room = await self._dm_channels.channel_id(channel)
            for body in private_body(reply, self._showing(language), is_ephemeral=False):
                await self._calls.call(
                    "POST", "/channels/{channel_id}/messages", channel_id=room, body=body, urgency=Urgency.NOW
                )
            for group in await self._files.pictures(reply.files):
                await self._calls.call(
                    "POST",
                    "/channels/{channel_id}/messages",
                    channel_id=room,
                    body={},
                    uploads=group,
                    urgency=Urgency.NOW,
                )
        except DiscordRefused as refused:
            if refused.code != CLOSED_DMS:
                raise
            return False
        return True

    async def _in_place(self, reply: PrivateReply, to: MessagePosted | MessageEdited) -> None:
        channel = await self._channel_cache.get(to.location.channel.channel, urgency=Urgency.NOW)
        # A forum takes no words itself: its post's first message stands in a thread of the same id.
        room = to.location.thread or (to.message_id if channel.is_forum else channel.id)
        reference = {"message_id": to.message_id, "fail_if_not_exists": False}
        bodies = private_body(reply, self._showing(to.actor.language), is_ephemeral=False)
        shown = [
            await self._calls.call(
                "POST",
                "/channels/{channel_id}/messages",
                channel_id=room,
                body=body | {"message_reference": reference},
                urgency=Urgency.NOW,
            )
            for body in bodies
        ]
        shown += [
            await self._calls.call(
                "POST",
                "/channels/{channel_id}/messages",
                channel_id=room,
                body={"message_reference": reference},
                uploads=group,
                urgency=Urgency.NOW,
            )
            for group in await self._files.pictures(reply.files)
        ]
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._closed.wait(), SHORT_LIVED_S * self._scale)
        for message in shown:
            await self._calls.call(
                "DELETE",
                "/channels/{channel_id}/messages/{message_id}",
                channel_id=room,
                message_id=message["id"],
            )


def as_private(reply: Reply | None) -> PrivateReply | None:
    """What can be said in words; a form needs something that was pressed."""
    match reply:
        case FormRefused():
            return PrivateReply(text=(reply.reason,), is_error=True)
        case PrivateReply():
            return reply
        case Form() | None:
            return None
