"""Messages as Discord documents them: https://discord.com/developers/docs/resources/message."""

import hashlib
from urllib.parse import quote

from tests.fakes.discord.rules.refusals import Json
from tests.fakes.discord.world.links import SignedLinks
from tests.fakes.discord.world.payloads import Payloads, stamp
from tests.fakes.discord.world.records import Attachment, Message, MessageType
from tests.fakes.discord.world.world import World


class MessagePayloads:
    def __init__(self, world: World, payloads: Payloads, links: SignedLinks) -> None:
        self._world = world
        self._payloads = payloads
        self._links = links

    def message(self, message: Message, *, with_nonce: bool = False, depth: int = 1) -> Json:
        """https://discord.com/developers/docs/resources/message#message-object.

        The nonce is in the answer to the post and in its event, never in what is fetched later.
        """
        body: Json = {
            "id": str(message.id),
            "channel_id": str(message.channel_id),
            "author": self.author(message),
            "type": int(message.type),
            "content": message.content,
            "timestamp": stamp(message.created_at),
            "edited_timestamp": stamp(message.edited_at) if message.edited_at is not None else None,
            "tts": message.is_tts,
            "mention_everyone": message.mentions_everyone,
            "mentions": [self._payloads.user(self._world.users[user]) for user in message.mentions],
            "mention_roles": [str(role) for role in message.mentioned_roles],
            "attachments": [self.attachment(a, message.channel_id) for a in message.attachments],
            "embeds": message.embeds,
            "pinned": message.is_pinned,
            "flags": int(message.flags),
            "components": message.components,
        }
        return body | self._sometimes(message, with_nonce=with_nonce) | self._beside(message, depth=depth)

    def message_event(self, message: Message, *, with_nonce: bool = False) -> Json:
        """https://discord.com/developers/docs/events/gateway-events#message-create: guild and members besides."""
        body = self.message(message, with_nonce=with_nonce)
        guild_id = self._world.place(message.channel_id).guild_id
        if guild_id is None:
            return body
        body["guild_id"] = str(guild_id)
        members = self._world.guilds[guild_id].members
        author = members.get(message.author_id) if not message.is_by_webhook else None
        if author is not None:
            body["member"] = self._payloads.member(author, with_user=False)
        for mention in body["mentions"]:
            mentioned = members.get(int(mention["id"]))
            if mentioned is not None:
                mention["member"] = self._payloads.member(mentioned, with_user=False)
        return body

    def snapshot(self, message: Message) -> Json:
        """What a forward keeps of a message: https://discord.com/developers/docs/resources/message#message-snapshot-object."""
        body = self.message(message)
        kept = (
            "type",
            "content",
            "embeds",
            "attachments",
            "timestamp",
            "edited_timestamp",
            "flags",
            "mentions",
            "mention_roles",
            "components",
        )
        return {key: body[key] for key in kept}

    def author(self, message: Message) -> Json:
        """A webhook's author is no user: its id, the name and picture of the post."""
        if not message.is_by_webhook:
            return self._payloads.user(self._world.users[message.author_id])
        return {
            "id": str(message.webhook_id),
            "username": message.webhook_name,
            "discriminator": "0000",
            "global_name": None,
            "avatar": _picture_hash(message.webhook_picture),
            "public_flags": 0,
            "flags": 0,
            "bot": True,
        }

    def attachment(self, attachment: Attachment, channel_id: int) -> Json:
        """https://discord.com/developers/docs/resources/message#attachment-object."""
        url = self._links.url(f"attachments/{channel_id}/{attachment.id}/{quote(attachment.filename)}")
        body: Json = {
            "id": str(attachment.id),
            "filename": attachment.filename,
            "size": len(attachment.content),
            "url": url,
            "proxy_url": url,
        }
        if attachment.content_type is not None:
            body["content_type"] = attachment.content_type
        if attachment.description is not None:
            body["description"] = attachment.description
        if attachment.is_ephemeral:
            body["ephemeral"] = True
        return body

    def _sometimes(self, message: Message, *, with_nonce: bool) -> Json:
        found: Json = {}
        if with_nonce and message.nonce is not None:
            found["nonce"] = message.nonce
        if message.webhook_id is not None:
            found["webhook_id"] = str(message.webhook_id)
        if message.application_id is not None:
            found["application_id"] = str(message.application_id)
        if message.interaction is not None:
            found["interaction_metadata"] = message.interaction
        if message.stickers:
            found["sticker_items"] = message.stickers
        if message.poll is not None:
            found["poll"] = message.poll
        if message.snapshots:
            found["message_snapshots"] = message.snapshots
        if message.position is not None:
            found["position"] = message.position
        if message.reactions:
            found["reactions"] = [self._reaction(emoji, who) for emoji, who in message.reactions.items()]
        return found

    def _beside(self, message: Message, *, depth: int) -> Json:
        """What it refers to, and the thread that began with it."""
        found: Json = {}
        thread = self._world.threads.get(message.id)
        if thread is not None and thread.parent_id == message.channel_id:
            found["thread"] = self._payloads.thread(thread)
        reference = message.reference
        if reference is None:
            return found
        ids = {
            "message_id": reference.message_id,
            "channel_id": reference.channel_id,
            "guild_id": reference.guild_id,
        }
        named = {name: str(found_id) for name, found_id in ids.items() if found_id is not None}
        found["message_reference"] = {"type": reference.kind, **named}
        if message.type in (MessageType.REPLY, MessageType.THREAD_STARTER) and depth:
            there = self._world.said(reference.channel_id).get(reference.message_id or 0)
            found["referenced_message"] = self.message(there, depth=depth - 1) if there is not None else None
        return found

    def _reaction(self, emoji: str, users: list[int]) -> Json:
        return {
            "emoji": emoji_payload(emoji),
            "count": len(users),
            "count_details": {"burst": 0, "normal": len(users)},
            "me": self._world.bot.id in users,
            "me_burst": False,
            "burst_colors": [],
        }


def _picture_hash(address: str | None) -> str | None:
    """Discord keeps the picture it was led to, under a hash."""
    return hashlib.md5(address.encode()).hexdigest() if address is not None else None


def emoji_payload(emoji: str) -> Json:
    """ "👍" or "name:id": https://discord.com/developers/docs/resources/emoji#emoji-object."""
    name, _, emoji_id = emoji.partition(":")
    return {"id": emoji_id or None, "name": name}


def without_content(message: Json) -> Json:
    """What an app without the message content intent gets of a message.

    https://discord.com/developers/docs/events/gateway#message-content-intent
    """
    emptied: Json = {"content": "", "embeds": [], "attachments": [], "components": []}
    bare = message | emptied
    for absent in ("poll", "message_snapshots"):
        bare.pop(absent, None)
    if bare.get("referenced_message"):
        bare["referenced_message"] = bare["referenced_message"] | emptied
    return bare
