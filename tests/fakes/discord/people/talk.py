"""What is said: posting, editing, deleting and reacting change the state and tell the app in the same breath.

Whether somebody may is asked before, where the request or the person's hand comes in.
"""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from tests.fakes.discord.rest.drafts import Draft
from tests.fakes.discord.rules.limits import REACTIONS
from tests.fakes.discord.rules.permissions import Permission, in_channel
from tests.fakes.discord.rules.refusals import Json, Refusal
from tests.fakes.discord.world.message_payloads import MessagePayloads, emoji_payload
from tests.fakes.discord.world.payloads import Payloads
from tests.fakes.discord.world.records import Message, MessageFlag, MessageType, Place, Reference, Thread
from tests.fakes.discord.world.snowflakes import instant_of
from tests.fakes.discord.world.threads import Threads
from tests.fakes.discord.world.world import World

# "the past few minutes": https://discord.com/developers/docs/resources/message#create-message
NONCE_MEMORY = timedelta(minutes=5)
_USER = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")
_EVERYBODY = re.compile(r"@(everyone|here)\b")
# These say something; the others are Discord's notes about the channel.
_SPOKEN = (MessageType.DEFAULT, MessageType.REPLY)


class Talk:
    def __init__(self, world: World, payloads: Payloads, messages: MessagePayloads, threads: Threads) -> None:
        self._world = world
        self._payloads = payloads
        self._messages = messages
        self._threads = threads

    def post(self, place: Place, draft: Draft, *, author_id: int, **more: Any) -> Message:
        """Say it. `more`: fields of the record, such as `type`, `webhook_id`, `interaction` or `only_for`.

        `only_for` makes it ephemeral: seen by one person, not in the history, told to nobody.
        """
        reference = draft.reference
        is_reply = reference is not None and reference.kind == 0
        message_id = more.pop("id", None) or self._world.ids.new()
        message = Message(
            id=message_id,
            channel_id=place.id,
            author_id=author_id,
            created_at=instant_of(message_id),
            type=more.pop("type", MessageType.REPLY if is_reply else MessageType.DEFAULT),
            **_content_of(draft),
            nonce=draft.nonce,
            is_tts=draft.is_tts,
            reference=reference,
            snapshots=draft.snapshots,
            **more,
        )
        if "mentions" not in more:
            self._mention(message, place, draft.allowed_mentions)
        if message.only_for is not None:
            message.flags |= MessageFlag.EPHEMERAL
            self._world.whispers[message.id] = message
            return message
        self._keep(message, place)
        event = self._messages.message_event(message, with_nonce=True)
        self._tell("MESSAGE_CREATE", place, event)
        return message

    def note(
        self,
        place: Place,
        kind: MessageType,
        *,
        author_id: int,
        content: str = "",
        reference: Reference | None = None,
        **more: Any,
    ) -> Message:
        """One of the messages that Discord itself writes about what somebody did."""
        draft = Draft(content=content, reference=reference)
        return self.post(place, draft, author_id=author_id, type=kind, **more)

    def sent_before(self, place: Place, *, author_id: int, nonce: str | int) -> Message | None:
        """The message of this author with this nonce, if it is of the last few minutes."""
        oldest = self._world.pace.now() - NONCE_MEMORY
        for message in reversed(self._world.said(place.id).values()):
            if message.created_at < oldest:
                return None
            if message.author_id == author_id and str(message.nonce) == str(nonce):
                return message
        return None

    def edit(self, message: Message, draft: Draft, *, is_marked: bool = True) -> None:
        for name, value in _content_of(draft).items():
            setattr(message, name, value)
        if is_marked:
            message.edited_at = self._world.pace.now()
        place = self._world.place(message.channel_id)
        self._mention(message, place, draft.allowed_mentions)
        self._changed(message)

    def unfurl(self, message: Message, embeds: list[Json]) -> None:
        """A link's preview arrives: MESSAGE_UPDATE with the same text and no `edited_timestamp`."""
        message.embeds = embeds
        self._changed(message)

    def flag(self, message: Message, flags: MessageFlag) -> None:
        message.flags |= flags
        self._changed(message)

    def delete(self, message: Message) -> None:
        """https://discord.com/developers/docs/events/gateway-events#message-delete."""
        if message.only_for is not None:
            del self._world.whispers[message.id]
            return
        place = self._world.place(message.channel_id)
        self._forget(message, place)
        self._tell("MESSAGE_DELETE", place, {"id": str(message.id)} | self._where(place))

    def delete_many(self, place: Place, messages: Iterable[Message]) -> None:
        """https://discord.com/developers/docs/events/gateway-events#message-delete-bulk."""
        gone = list(messages)
        for message in gone:
            self._forget(message, place)
        self._tell("MESSAGE_DELETE_BULK", place, {"ids": [str(m.id) for m in gone]} | self._where(place))

    def react(self, message: Message, user_id: int, emoji: str) -> None:
        """Raises 30010 for the 21st kind of reaction."""
        users = message.reactions.get(emoji)
        if users is None and len(message.reactions) >= REACTIONS:
            raise Refusal(30010)
        if users is not None and user_id in users:
            return
        message.reactions.setdefault(emoji, []).append(user_id)
        self._reacted("MESSAGE_REACTION_ADD", message, user_id, emoji)

    def take_back(self, message: Message, user_id: int, emoji: str) -> None:
        users = message.reactions.get(emoji, [])
        if user_id not in users:
            return
        users.remove(user_id)
        if not users:
            del message.reactions[emoji]
        self._reacted("MESSAGE_REACTION_REMOVE", message, user_id, emoji)

    def pin(self, message: Message, *, by: int, is_pinned: bool = True) -> None:
        place = self._world.place(message.channel_id)
        message.is_pinned = is_pinned
        self._changed(message)
        stamp = {"last_pin_timestamp": self._world.pace.now().isoformat()}
        self._tell("CHANNEL_PINS_UPDATE", place, self._where(place) | stamp)
        if is_pinned:
            about = Reference(message.channel_id, message.id, place.guild_id)
            self.note(place, MessageType.PINNED, author_id=by, reference=about)

    def _keep(self, message: Message, place: Place) -> None:
        if isinstance(place, Thread):
            self._enter(message, place)
        self._world.said(place.id)[message.id] = message
        place.last_message_id = message.id

    def _enter(self, message: Message, thread: Thread) -> None:
        """Writing wakes an archived thread and puts its author into it; so does being mentioned.

        https://discord.com/developers/docs/resources/channel#channel-object-example-thread-channel
        """
        self._threads.change(thread, is_archived=False)
        thread.active_at = message.created_at
        if message.type in _SPOKEN and not message.is_by_webhook:
            self._threads.add(thread, [message.author_id])
        if message.mentions:
            parent = self._world.parent(thread)
            seeing = [
                user
                for user in message.mentions
                if Permission.VIEW_CHANNEL in in_channel(self._world, user, parent)
            ]
            self._threads.add(thread, seeing)
        message.position = thread.total_sent
        if message.id != thread.id and message.type is not MessageType.THREAD_STARTER:
            # The message a thread began with is not counted.
            thread.message_count += 1
            thread.total_sent += 1

    def _forget(self, message: Message, place: Place) -> None:
        del self._world.said(place.id)[message.id]
        if isinstance(place, Thread) and message.id != place.id:
            place.message_count = max(0, place.message_count - 1)

    def _mention(self, message: Message, place: Place, allowed: Json | None) -> None:
        """Who is pinged: https://discord.com/developers/docs/resources/message#allowed-mentions-object."""
        rules: Json = (
            allowed
            if allowed is not None
            else {"parse": ["users", "roles", "everyone"], "replied_user": True}
        )
        parse = rules.get("parse") or []
        users = {int(user) for user in _USER.findall(message.content)}
        roles = {int(role) for role in _ROLE.findall(message.content)}
        if "users" not in parse:
            users &= {int(user) for user in rules.get("users") or []}
        if "roles" not in parse:
            roles &= {int(role) for role in rules.get("roles") or []}
        reference = message.reference
        if message.type is MessageType.REPLY and reference is not None and rules.get("replied_user"):
            answered = self._world.said(reference.channel_id).get(reference.message_id or 0)
            users |= {answered.author_id} if answered is not None and not answered.is_by_webhook else set()
        held = in_channel(self._world, message.author_id, place)
        known = self._world.guilds[place.guild_id].roles if place.guild_id is not None else {}
        # Webhooks have no permissions to lack.
        may_ping_all = message.is_by_webhook or Permission.MENTION_EVERYONE in held
        message.mentions = sorted(user for user in users if user in self._world.users)
        message.mentioned_roles = sorted(
            role for role in roles if role in known and (known[role].is_mentionable or may_ping_all)
        )
        named_all = bool(_EVERYBODY.search(message.content))
        message.mentions_everyone = named_all and may_ping_all and "everyone" in parse

    def _changed(self, message: Message) -> None:
        if message.only_for is not None:
            return
        place = self._world.place(message.channel_id)
        self._tell("MESSAGE_UPDATE", place, self._messages.message_event(message))

    def _reacted(self, name: str, message: Message, user_id: int, emoji: str) -> None:
        """https://discord.com/developers/docs/events/gateway-events#message-reaction-add."""
        place = self._world.place(message.channel_id)
        payload: Json = {
            "user_id": str(user_id),
            "message_id": str(message.id),
            "emoji": emoji_payload(emoji),
            "burst": False,
            "type": 0,
        } | self._where(place)
        if name == "MESSAGE_REACTION_ADD":
            payload["message_author_id"] = str(message.author_id)
            if place.guild_id is not None:
                member = self._world.guilds[place.guild_id].members.get(user_id)
                payload["member"] = self._payloads.member(member) if member is not None else None
        self._tell(name, place, payload)

    def _where(self, place: Place) -> Json:
        guild = {"guild_id": str(place.guild_id)} if place.guild_id is not None else {}
        return {"channel_id": str(place.id)} | guild

    def _tell(self, name: str, place: Place, payload: Json) -> None:
        self._world.happened(name, payload, guild_id=place.guild_id, channel_id=place.id)


def _content_of(draft: Draft) -> dict[str, Any]:
    """The part of a message that an edit replaces."""
    return {
        "content": draft.content,
        "embeds": draft.embeds,
        "components": draft.components,
        "attachments": draft.attachments,
        "stickers": draft.stickers,
        "poll": draft.poll,
        "flags": draft.flags,
    }
