"""What the desk must be allowed to do in a Discord server, what for, and what it is allowed in a channel.

Bits and how roles and overwrites add up: https://discord.com/developers/docs/topics/permissions
"""

from collections.abc import Iterable
from typing import Any

import discord

from bot.domain.sentence import Sentence

Json = dict[str, Any]

NEEDED = (
    "view_channel",
    "send_messages",
    "send_messages_in_threads",
    "create_public_threads",
    "read_message_history",
    "embed_links",
)
"""Without these a channel does not work."""
USEFUL = ("create_private_threads", "manage_threads", "manage_webhooks", "attach_files")
"""Without these it gets on, and says what it cannot do."""
NEEDED_IN_PRIVATE_INBOXES = ("manage_messages",)


def bits_of(names: Iterable[str]) -> int:
    """The permissions' bits together."""
    return discord.Permissions(**dict.fromkeys(names, True)).value


INVITED_WITH = bits_of((*NEEDED, *USEFUL, *NEEDED_IN_PRIVATE_INBOXES))


def purpose_of(name: str) -> Sentence:
    """What the desk needs this permission for, to complete "Deskbell needs it to …"."""
    return Sentence(f"operations.discord_permission_for_{name}")


def label_of(name: str) -> str:
    """As Discord's settings call it: `Send Messages in Threads`."""
    return " ".join(word if word == "in" else word.capitalize() for word in name.split("_"))


def invite_link(application: int) -> str:
    """Where somebody who may add apps lets the desk into a server, with exactly these permissions.

    https://discord.com/developers/docs/topics/oauth2#bot-authorization-flow
    """
    return (
        f"https://discord.com/oauth2/authorize?client_id={application}"
        f"&scope=bot+applications.commands&permissions={INVITED_WITH}"
    )


def missing(allowed: int, names: Iterable[str]) -> list[str]:
    """Those of these permissions that are not among the allowed bits."""
    return [name for name in names if allowed & bits_of([name]) == 0]


def allowed_in(channel: Json, *, guild: Json, member: Json) -> int:
    """The bits this member has in this channel of the guild (`guild` with its roles)."""
    roles = {str(role["id"]): int(role["permissions"]) for role in guild["roles"]}
    everyone = str(guild["id"])
    mine = [str(role) for role in member["roles"]]
    allowed = roles.get(everyone, 0)
    for role in mine:
        allowed |= roles.get(role, 0)
    if str(member["user"]["id"]) == str(guild.get("owner_id")) or allowed & bits_of(["administrator"]):
        return discord.Permissions.all().value
    return _overwritten(allowed, channel, roles=[everyone], rest=mine, user=str(member["user"]["id"]))


def everybody_in(channel: Json, *, guild: Json) -> int:
    """The bits that whoever joins the guild has in this channel."""
    everyone = str(guild["id"])
    base = next((int(role["permissions"]) for role in guild["roles"] if str(role["id"]) == everyone), 0)
    return _overwritten(base, channel, roles=[everyone], rest=[], user="")


def _overwritten(allowed: int, channel: Json, *, roles: list[str], rest: list[str], user: str) -> int:
    """Overwrites in Discord's order: everyone's, then all other roles' together, then the member's own."""
    overwrites = {str(each["id"]): each for each in channel.get("permission_overwrites") or ()}
    for group in (roles, rest, [user]):
        found = [overwrites[each] for each in group if each in overwrites]
        denied = granted = 0
        for each in found:
            denied |= int(each["deny"])
            granted |= int(each["allow"])
        allowed = allowed & ~denied | granted
    return allowed
