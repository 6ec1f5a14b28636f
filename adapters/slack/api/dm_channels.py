"""Direct messages: which of Slack's conversations is whose. Opened when first needed, then remembered."""

from adapters.kit.recent import Recent
from adapters.slack.api.calls import Calls
from bot.domain.directory import ChannelRef

REMEMBERED = 10_000


class DmChannels:
    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._channels: Recent[str, str] = Recent(most=REMEMBERED)
        self._partners: Recent[str, str] = Recent(most=REMEMBERED)

    async def channel_id(self, channel: ChannelRef) -> str:
        """Slack's id of a channel, or of the direct messages with a person. Raises as `Calls.call` does."""
        if not channel.is_direct:
            return channel.channel
        user = channel.channel.removeprefix("@")
        if user not in self._channels:
            answer = await self._calls.call("conversations.open", arguments={"users": user})
            self.note(str(answer["channel"]["id"]), user)
        return self._channels[user]

    def note(self, channel: str, user: str) -> None:
        """These are the direct messages with this person."""
        self._channels[user] = channel
        self._partners[channel] = user

    def partner(self, channel: str) -> str:
        """Whose direct messages these are; empty while that is not known."""
        return self._partners.get(channel, "")
