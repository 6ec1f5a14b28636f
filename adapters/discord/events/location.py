"""Where something was said, in the desk's words: a channel, a thread of it, or direct messages with somebody."""

import discord

from adapters.discord.api.addresses import Identity, direct_partner
from adapters.discord.api.channel_cache import DM, ChannelCache
from adapters.discord.api.dm_channels import DmChannels
from adapters.discord.events.inbound import conversation_answered, location_in, location_with
from adapters.kit.rate_limits import Urgency
from bot.messages.inbound import Location, conversation_key


class Locations:
    """What has to be waited for raises as `Calls.call` does, where Discord has to be asked."""

    def __init__(self, *, channel_cache: ChannelCache, dm_channels: DmChannels, identity: Identity) -> None:
        self._channel_cache = channel_cache
        self._dm_channels = dm_channels
        self._identity = identity

    async def of(self, message: discord.Message) -> Location | None:
        """None for a message in a place that the desk cannot name, such as a group's direct messages."""
        if message.guild is not None:
            return await self.at(message.channel.id, message.id)
        if isinstance(message.channel, discord.GroupChannel):
            return None
        if message.author.id != self._identity.user:
            self._dm_channels.note(message.channel.id, message.author.id)
        direct = await self.at(message.channel.id, message.id)
        partner = direct_partner(direct.channel) if direct is not None else None
        responder = conversation_answered(message, identity=self._identity)
        return None if partner is None else location_with(partner, responder=responder)

    def conversation(self, message: discord.Message) -> str:
        """The message's conversation, known at once."""
        if message.guild is None and message.author.id != self._identity.user:
            self._dm_channels.note(message.channel.id, message.author.id)
        return self.conversation_at(message.channel.id, message.id)

    def conversation_at(self, channel_id: int, message_id: int) -> str:
        """A thread has the id of the message that it began with.

        All that is said in a channel outside threads is one conversation: people there answer one another.
        """
        channel = self._dm_channels.reference(channel_id)
        thread = None if channel.is_direct else str(channel_id)
        return conversation_key(channel, thread=thread, message_id=str(message_id))

    async def at(self, channel_id: int, message_id: int) -> Location | None:
        """Of a message that is known by its ids alone: what the gateway tells of a deletion."""
        direct = self._dm_channels.reference(channel_id)
        if direct.is_direct:
            return Location(channel=direct)
        room = await self._channel_cache.get(channel_id, urgency=Urgency.SOON)
        if room.kind == DM and room.partner is not None:
            self._dm_channels.note(room.id, room.partner)
            return location_with(room.partner)
        if room.guild is None:
            return None
        is_in_thread = room.is_thread and room.parent is not None
        parent = (
            await self._channel_cache.get(room.parent or 0, urgency=Urgency.SOON) if is_in_thread else None
        )
        return location_in(room, forum=parent is not None and parent.is_forum, message_id=message_id)
