"""Whether somebody may say this there; people's hands and the bot's requests are held to the same rules."""

from tests.fakes.discord.rest.drafts import Draft
from tests.fakes.discord.rules.permissions import Permission, in_channel, require, writing
from tests.fakes.discord.rules.refusals import Json, Refusal, invalid
from tests.fakes.discord.world.records import (
    Channel,
    ChannelType,
    Message,
    MessageType,
    Place,
    Reference,
    Thread,
)
from tests.fakes.discord.world.world import World

_ANSWERABLE = frozenset(
    {
        MessageType.DEFAULT,
        MessageType.REPLY,
        MessageType.CHAT_INPUT_COMMAND,
        MessageType.CONTEXT_MENU_COMMAND,
        MessageType.THREAD_STARTER,
    }
)


def check_may_write(world: World, user_id: int, place: Place, draft: Draft, *, is_post: bool = False) -> None:
    """Raises 50001, 50013, 50007, 50008, 40058, 50083, 160005 or 160002. `is_post`: a new one in a forum."""
    if isinstance(place, Channel) and place.type is ChannelType.DM:
        check_direct(world, user_id, place)
    needed = [writing(place)]
    needed += [Permission.EMBED_LINKS] if draft.embeds else []
    needed += [Permission.ATTACH_FILES] if draft.attachments else []
    needed += [Permission.SEND_POLLS] if draft.poll is not None else []
    require(world, user_id, place, *needed)
    if not is_post:
        check_takes_messages(place)
    if isinstance(place, Thread):
        check_is_open(world, user_id, place)
    may_look_back = Permission.READ_MESSAGE_HISTORY in in_channel(world, user_id, place)
    if draft.reference is not None and not may_look_back:
        raise Refusal(160002)


def check_takes_messages(place: Place) -> None:
    """Raises 40058 for a forum (its posts take them), 50008 for a category."""
    if isinstance(place, Channel) and place.type is ChannelType.FORUM:
        raise Refusal(40058)
    if isinstance(place, Channel) and place.type is ChannelType.CATEGORY:
        raise Refusal(50008)


def check_is_open(world: World, user_id: int, thread: Thread) -> None:
    """Writing wakes an archived thread unless it is locked; in a locked one only moderators write.

    https://discord.com/developers/docs/topics/threads#active-archived-threads, …#locked-threads
    """
    if thread.is_archived and thread.is_locked:
        raise Refusal(50083)
    if thread.is_locked and Permission.MANAGE_THREADS not in in_channel(world, user_id, thread):
        raise Refusal(160005)


def check_direct(world: World, user_id: int, channel: Channel) -> None:
    """A person who closed their direct messages, or shares no guild with the bot, gets none of its. Raises 50007."""
    for other in channel.recipients:
        if other == user_id:
            continue
        if not world.users[other].takes_dms or not world.shared_guilds(user_id, other):
            raise Refusal(50007)


def check_may_change(place: Place) -> None:
    """In an archived thread messages are only deleted. Raises 50083.

    https://discord.com/developers/docs/topics/threads#active-archived-threads
    """
    if isinstance(place, Thread) and place.is_archived:
        raise Refusal(50083)


def read_reference(world: World, place: Place, body: Json | None) -> Reference | None:
    """https://discord.com/developers/docs/resources/message#message-reference-object. Raises 50035."""
    if not body:
        return None
    if body.get("type") == 1:
        raise Refusal(0, status=501, message="This server lets people forward messages, not apps")
    asked = int(body.get("message_id") or 0)
    elsewhere = body.get("channel_id") is not None and int(body["channel_id"]) != place.id
    answered = None if elsewhere else world.said(place.id).get(asked)
    if answered is None:
        if body.get("fail_if_not_exists", True):
            raise invalid("message_reference", "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message")
        return None
    if answered.type not in _ANSWERABLE:
        raise invalid(
            "message_reference", "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE", "Cannot reply to a system message"
        )
    return Reference(place.id, asked, place.guild_id)


def check_is_author(message: Message, user_id: int) -> None:
    """Raises 50005."""
    if message.author_id != user_id or message.is_by_webhook:
        raise Refusal(50005)
