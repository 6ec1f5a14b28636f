"""Reactions and pins: https://discord.com/developers/docs/resources/message#create-reaction, …#pin-message."""

import re

from tests.fakes.discord.people.talk import Talk
from tests.fakes.discord.rest.door import Answer, Call, Endpoint
from tests.fakes.discord.rules.limits import PINS
from tests.fakes.discord.rules.permissions import Permission
from tests.fakes.discord.rules.rates import MESSAGE, MESSAGES
from tests.fakes.discord.rules.refusals import Refusal
from tests.fakes.discord.rules.write_rules import check_may_change
from tests.fakes.discord.world.channels import Rooms, number
from tests.fakes.discord.world.payloads import Payloads
from tests.fakes.discord.world.records import Message
from tests.fakes.discord.world.world import World

REACTIONS = f"{MESSAGE}/reactions"
PINNED = f"{MESSAGES}/pins"


class Reactions:
    def __init__(self, world: World, payloads: Payloads, talk: Talk, rooms: Rooms) -> None:
        self._world = world
        self._payloads = payloads
        self._talk = talk
        self._rooms = rooms

    def endpoints(self) -> list[Endpoint]:
        return [
            Endpoint("PUT", f"{REACTIONS}/{{emoji}}/@me", self.react),
            Endpoint("DELETE", f"{REACTIONS}/{{emoji}}/@me", self.take_back),
            Endpoint("DELETE", f"{REACTIONS}/{{emoji}}/{{user_id}}", self.take_away),
            Endpoint("GET", f"{REACTIONS}/{{emoji}}", self.who),
            Endpoint("GET", PINNED, self.pinned),
            Endpoint("PUT", f"{PINNED}/{{message_id}}", self.pin),
            Endpoint("DELETE", f"{PINNED}/{{message_id}}", self.unpin),
        ]

    def react(self, call: Call) -> Answer:
        """ADD_REACTIONS is needed only for an emoji that nobody has used there."""
        message = self._there(call)
        emoji = self._emoji(call)
        if emoji not in message.reactions:
            self._rooms.place(call, Permission.ADD_REACTIONS)
        self._talk.react(message, self._world.bot.id, emoji)
        return None

    def take_back(self, call: Call) -> Answer:
        self._talk.take_back(self._there(call), self._world.bot.id, self._emoji(call))
        return None

    def take_away(self, call: Call) -> Answer:
        self._rooms.place(call, Permission.MANAGE_MESSAGES)
        self._talk.take_back(self._there(call), call.ids["user_id"], self._emoji(call))
        return None

    def who(self, call: Call) -> Answer:
        users = self._there(call).reactions.get(self._emoji(call), [])
        limit = number(call.query, "limit", 25, least=1, most=100)
        return [self._payloads.user(self._world.users[user]) for user in users][:limit]

    def pinned(self, call: Call) -> Answer:
        """https://discord.com/developers/docs/resources/message#get-channel-pins."""
        place = self._rooms.place(call, Permission.READ_MESSAGE_HISTORY)
        found = [message for message in self._world.said(place.id).values() if message.is_pinned]
        shown = [{"pinned_at": m.created_at.isoformat(), "message": self._rooms.shown(m)} for m in found]
        return {"items": shown[::-1], "has_more": False}

    def pin(self, call: Call) -> Answer:
        place = self._rooms.place(call, Permission.PIN_MESSAGES)
        message = self._rooms.message(call)
        check_may_change(place)
        if sum(other.is_pinned for other in self._world.said(place.id).values()) >= PINS:
            raise Refusal(30003)
        if not message.is_pinned:
            self._talk.pin(message, by=self._world.bot.id)
        return None

    def unpin(self, call: Call) -> Answer:
        self._rooms.place(call, Permission.PIN_MESSAGES)
        self._talk.pin(self._rooms.message(call), by=self._world.bot.id, is_pinned=False)
        return None

    def _there(self, call: Call) -> Message:
        check_may_change(self._rooms.place(call, Permission.READ_MESSAGE_HISTORY))
        return self._rooms.message(call)

    def _emoji(self, call: Call) -> str:
        """A character, or "name:id" of one of the guilds'. Raises 10014."""
        emoji = call.texts["emoji"]
        name, _, emoji_id = emoji.partition(":")
        known = {own["id"] for guild in self._world.guilds.values() for own in guild.emojis}
        is_custom = bool(emoji_id)
        if (is_custom and emoji_id not in known) or (not is_custom and re.fullmatch(r"[\w\s]*", name)):
            raise Refusal(10014)
        return emoji
