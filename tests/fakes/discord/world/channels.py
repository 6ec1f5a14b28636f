"""Finding what a request is about, as the bot may: a channel it sees, a message in it."""

from collections.abc import Mapping

from tests.fakes.discord.rest.door import Call
from tests.fakes.discord.rules.permissions import Permission, require
from tests.fakes.discord.rules.refusals import Json, Refusal, invalid
from tests.fakes.discord.world.message_payloads import MessagePayloads, without_content
from tests.fakes.discord.world.records import ChannelType, Guild, Message, Place, Thread
from tests.fakes.discord.world.world import World


class Rooms:
    def __init__(self, world: World, messages: MessagePayloads) -> None:
        self._world = world
        self._messages = messages

    def place(self, call: Call, *needed: Permission) -> Place:
        """Raises 10003 for no channel, 50001 for one the bot does not see, 50013 for what it may not do there."""
        found = self._world.place(call.ids["channel_id"])
        require(self._world, self._world.bot.id, found, *needed)
        return found

    def thread(self, call: Call, *needed: Permission) -> Thread:
        found = self.place(call, *needed)
        if not isinstance(found, Thread):
            raise Refusal(50024)
        return found

    def guild(self, call: Call) -> Guild:
        """Raises 10004 for a guild that the bot is not in."""
        found = self._world.guild(call.ids["guild_id"])
        if self._world.bot.id not in found.members:
            raise Refusal(10004)
        return found

    def message(self, call: Call) -> Message:
        return self._world.message(call.ids["channel_id"], call.ids["message_id"])

    def shown(self, message: Message, *, with_nonce: bool = False) -> Json:
        """As the bot may read it: https://discord.com/developers/docs/events/gateway#message-content-intent."""
        body = self._messages.message(message, with_nonce=with_nonce)
        bot = self._world.bot.id
        is_direct = self._world.place(message.channel_id).guild_id is None
        if self._world.application.may_read_content() or is_direct:
            return body
        if bot in message.mentions or message.application_id == self._world.application.id:
            return body
        return body if message.author_id == bot and not message.is_by_webhook else without_content(body)

    def is_direct(self, place: Place) -> bool:
        return place.guild_id is None and place.type is ChannelType.DM


def number(query: Mapping[str, str], name: str, otherwise: int, *, least: int, most: int) -> int:
    """A number of the query string. Raises 50035."""
    raw = query.get(name)
    if raw is None:
        return otherwise
    if not raw.lstrip("-").isdecimal():
        raise invalid(name, "NUMBER_TYPE_COERCE", f'Value "{raw}" is not int.')
    if int(raw) < least:
        raise invalid(name, "NUMBER_TYPE_MIN", f"int value should be greater than or equal to {least}.")
    if int(raw) > most:
        raise invalid(name, "NUMBER_TYPE_MAX", f"int value should be less than or equal to {most}.")
    return int(raw)
