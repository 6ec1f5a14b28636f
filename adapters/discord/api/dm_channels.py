"""The channels of direct messages, by whom they are with, and back."""

from adapters.discord.api.addresses import channel_ref, direct_partner, person_key
from adapters.discord.api.calls import Calls
from adapters.kit.recent import Recent
from bot.domain.directory import ChannelRef

REMEMBERED = 10_000


class DmChannels:
    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._channels: Recent[int, int] = Recent(most=REMEMBERED)
        self._partners: Recent[int, int] = Recent(most=REMEMBERED)

    async def channel_id(self, channel: ChannelRef) -> int:
        """Discord's id of the channel; direct messages are opened. Raises as `Calls.call`, and ValueError for no id.

        https://discord.com/developers/docs/resources/user#create-dm
        """
        if not channel.is_direct:
            return int(channel.channel)
        partner = direct_partner(channel)
        if partner is None:
            raise ValueError(f"`{channel}` is nobody in Discord")
        if partner not in self._channels:
            opened = await self._calls.call(
                "POST", "/users/@me/channels", body={"recipient_id": str(partner)}
            )
            self.note(int(opened["id"]), partner)
        return self._channels[partner]

    def note(self, channel: int, partner: int) -> None:
        """These direct messages are with this person."""
        self._channels[partner] = channel
        self._partners[channel] = partner

    def reference(self, channel: int) -> ChannelRef:
        """As the desk names a channel of Discord's."""
        partner = self._partners.get(channel)
        return channel_ref(channel) if partner is None else ChannelRef.direct(person_key(partner))
