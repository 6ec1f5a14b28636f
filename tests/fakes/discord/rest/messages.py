"""Messages: https://discord.com/developers/docs/resources/message."""

from datetime import timedelta

from tests.fakes.discord.people.talk import Talk
from tests.fakes.discord.rest.door import Answer, Call, Endpoint, TooFast
from tests.fakes.discord.rest.drafts import read_changes, read_draft
from tests.fakes.discord.rules.permissions import Permission
from tests.fakes.discord.rules.rates import MESSAGE, MESSAGES, Limiter
from tests.fakes.discord.rules.refusals import Json, Refusal, invalid
from tests.fakes.discord.rules.write_rules import (
    check_is_author,
    check_may_change,
    check_may_write,
    check_takes_messages,
    read_reference,
)
from tests.fakes.discord.world.channels import Rooms, number
from tests.fakes.discord.world.records import Message, MessageType
from tests.fakes.discord.world.world import World

PAGE = 100
BULK = 100
BULK_AGE = timedelta(days=14)
OLD = timedelta(hours=1)
# Discord's own notes that nobody may take away: https://discord.com/developers/docs/resources/message#message-object-message-types
_NOT_DELETABLE = frozenset(
    {MessageType.RECIPIENT_ADD, MessageType.RECIPIENT_REMOVE, MessageType.THREAD_STARTER}
)


class Messages:
    def __init__(self, world: World, talk: Talk, rooms: Rooms, limiter: Limiter) -> None:
        self._world = world
        self._talk = talk
        self._rooms = rooms
        self._limiter = limiter

    def endpoints(self) -> list[Endpoint]:
        return [
            Endpoint("GET", MESSAGES, self.history),
            Endpoint("POST", MESSAGES, self.create),
            Endpoint("POST", f"{MESSAGES}/bulk-delete", self.delete_many),
            Endpoint("GET", MESSAGE, self.fetch),
            Endpoint("PATCH", MESSAGE, self.edit),
            Endpoint("DELETE", MESSAGE, self.delete),
            Endpoint("POST", "/channels/{channel_id}/typing", self.typing),
        ]

    def history(self, call: Call) -> Answer:
        """Newest first; who may not read the history gets an empty one.

        https://discord.com/developers/docs/resources/message#get-channel-messages
        """
        place = self._rooms.place(call)
        check_takes_messages(place)
        limit = number(call.query, "limit", 50, least=1, most=PAGE)
        if not self._may_look_back(call):
            return []
        said = sorted(self._world.said(place.id).values(), key=lambda message: message.id, reverse=True)
        return [self._rooms.shown(message) for message in _page(said, call, limit)]

    def create(self, call: Call) -> Answer:
        """https://discord.com/developers/docs/resources/message#create-message."""
        place = self._rooms.place(call)
        bot = self._world.bot.id
        body: Json = call.body
        draft = read_draft(
            self._world,
            body,
            call.uploads,
            guild_id=place.guild_id,
            reference=read_reference(self._world, place, body.get("message_reference")),
        )
        check_may_write(self._world, bot, place, draft)
        if body.get("enforce_nonce") and draft.nonce is not None:
            before = self._talk.sent_before(place, author_id=bot, nonce=draft.nonce)
            if before is not None:
                return self._rooms.shown(before, with_nonce=True)
        message = self._talk.post(place, draft, author_id=bot)
        return self._rooms.shown(message, with_nonce=True)

    def fetch(self, call: Call) -> Answer:
        """https://discord.com/developers/docs/resources/message#get-channel-message."""
        self._rooms.place(call, Permission.READ_MESSAGE_HISTORY)
        return self._rooms.shown(self._rooms.message(call))

    def edit(self, call: Call) -> Answer:
        """https://discord.com/developers/docs/resources/message#edit-message."""
        place = self._rooms.place(call)
        message = self._rooms.message(call)
        self._check_may_edit(call, message)
        check_may_change(place)
        draft = read_changes(self._world, message, call.body, call.uploads, guild_id=place.guild_id)
        self._check_not_too_often(message)
        self._talk.edit(message, draft)
        return self._rooms.shown(message)

    def delete(self, call: Call) -> Answer:
        """https://discord.com/developers/docs/resources/message#delete-message."""
        place = self._rooms.place(call)
        message = self._rooms.message(call)
        is_own = message.author_id == self._world.bot.id and not message.is_by_webhook
        if not is_own:
            if self._rooms.is_direct(place):
                raise Refusal(50003)
            self._rooms.place(call, Permission.MANAGE_MESSAGES)
        if message.type in _NOT_DELETABLE:
            raise Refusal(50021)
        self._talk.delete(message)
        return None

    def delete_many(self, call: Call) -> Answer:
        """https://discord.com/developers/docs/resources/message#bulk-delete-messages."""
        place = self._rooms.place(call, Permission.MANAGE_MESSAGES)
        asked = call.body.get("messages") or []
        if not 2 <= len(asked) <= BULK:
            raise invalid("messages", "BASE_TYPE_BAD_LENGTH", f"Must be between 2 and {BULK} in length.")
        said = self._world.said(place.id)
        found = [said[int(message)] for message in asked if int(message) in said]
        if any(message.created_at < self._world.pace.now() - BULK_AGE for message in found):
            raise Refusal(50034)
        self._talk.delete_many(place, found)
        return None

    def typing(self, call: Call) -> Answer:
        """https://discord.com/developers/docs/resources/channel#trigger-typing-indicator."""
        self._rooms.place(call, Permission.SEND_MESSAGES)
        return None

    def _check_may_edit(self, call: Call, message: Message) -> None:
        """Of other people's messages only `flags`, and only with MANAGE_MESSAGES."""
        if set(call.body) == {"flags"} and message.author_id != self._world.bot.id:
            self._rooms.place(call, Permission.MANAGE_MESSAGES)
            return
        check_is_author(message, self._world.bot.id)

    def _check_not_too_often(self, message: Message) -> None:
        if self._world.pace.now() - message.created_at < OLD:
            return
        limited = self._limiter.take_old_edit(message.channel_id)
        if limited is not None:
            raise TooFast(limited)

    def _may_look_back(self, call: Call) -> bool:
        try:
            self._rooms.place(call, Permission.READ_MESSAGE_HISTORY)
        except Refusal:
            return False
        return True


def _page(newest_first: list[Message], call: Call, limit: int) -> list[Message]:
    """`before`, `after` and `around` exclude one another; after: the oldest of those that are newer."""
    if "after" in call.query:
        newer = [message for message in newest_first if message.id > int(call.query["after"])]
        return newer[-limit:]
    if "around" in call.query:
        around = int(call.query["around"])
        newer = [message for message in newest_first if message.id >= around][-(limit // 2 + 1) :]
        return (newer + [message for message in newest_first if message.id < around])[: max(limit, 2)]
    before = int(call.query.get("before", 0)) or None
    return [message for message in newest_first if before is None or message.id < before][:limit]
