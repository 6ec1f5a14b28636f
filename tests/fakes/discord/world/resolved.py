"""What ids in an interaction stand for.

https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-resolved-data-structure
"""

from tests.fakes.discord.rules.permissions import in_channel
from tests.fakes.discord.rules.refusals import Json
from tests.fakes.discord.world.message_payloads import MessagePayloads
from tests.fakes.discord.world.payloads import Payloads
from tests.fakes.discord.world.records import Attachment, Message, Thread
from tests.fakes.discord.world.world import World


class Resolved:
    """Collects what an interaction refers to."""

    def __init__(
        self, world: World, payloads: Payloads, messages: MessagePayloads, *, place_id: int, user_id: int
    ) -> None:
        self._world = world
        self._payloads = payloads
        self._messages = messages
        self._place_id = place_id
        self._user_id = user_id
        self.body: dict[str, Json] = {}

    def user(self, user_id: int) -> str:
        self._put("users", user_id, self._payloads.user(self._world.users[user_id]))
        place = self._world.place(self._place_id)
        member = self._world.guilds[place.guild_id].members.get(user_id) if place.guild_id else None
        if member is not None:
            shown = self._payloads.interacting_member(member, place.id)
            self._put(
                "members", user_id, {k: v for k, v in shown.items() if k not in ("user", "deaf", "mute")}
            )
        return str(user_id)

    def role(self, guild_id: int, role_id: int) -> str:
        self._put("roles", role_id, self._payloads.role(self._world.guilds[guild_id].roles[role_id]))
        return str(role_id)

    def channel(self, channel_id: int) -> str:
        place = self._world.place(channel_id)
        shown = self._payloads.thread(place) if isinstance(place, Thread) else self._payloads.channel(place)
        held = str(int(in_channel(self._world, self._user_id, place)))
        self._put("channels", channel_id, shown | {"permissions": held})
        return str(channel_id)

    def message(self, message: Message) -> str:
        """With its words, whatever intents the app has."""
        self._put("messages", message.id, self._messages.message(message))
        return str(message.id)

    def attachment(self, attachment: Attachment) -> str:
        self._put("attachments", attachment.id, self._messages.attachment(attachment, self._place_id))
        return str(attachment.id)

    def _put(self, kind: str, found_id: int, shown: Json) -> None:
        self.body.setdefault(kind, {})[str(found_id)] = shown
