"""Discord's refusals, as what becomes of a message and in words for the operator.

Codes: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes
"""

import discord

from adapters.discord.api.calls import DiscordRefused
from adapters.discord.api.client import StartsUsedUp
from bot.messages.delivery import Delivery, Postponed, RefusedByPlatform

UNKNOWN_CHANNEL, UNKNOWN_GUILD, UNKNOWN_MESSAGE, UNKNOWN_WEBHOOK = 10003, 10004, 10008, 10015
SLOW_MODE = 20016
MOST_WEBHOOKS, MOST_THREADS = 30007, 160006
TOO_LARGE = 40005
MISSING_ACCESS, CLOSED_DMS, MISSING_PERMISSIONS = 50001, 50007, 50013
OTHERS_MESSAGE, IS_ARCHIVED = 50005, 50083
THREAD_EXISTS, THREAD_IS_LOCKED = 160004, 160005
UNKNOWN_USER, NO_SHARED_SERVER = 10013, 50278
WRONG_WEBHOOK_TOKEN, NEEDS_TAG = 50027, 40067

IS_GONE = frozenset({UNKNOWN_CHANNEL, UNKNOWN_MESSAGE})
WEBHOOK_IS_GONE = frozenset({UNKNOWN_WEBHOOK, WRONG_WEBHOOK_TOKEN})
_SLOW_MODE_S = 30.0
_FULL_S = 120.0
"""When to look again whether a thread was archived meanwhile; after a dozen looks a person is told."""
TOKEN_LOOKED_AT_S = 60.0
UNREACHABLE = (
    "Discord cannot be reached. Check this machine’s way out and https://discordstatus.com; the desk retries."
)


def outcome(refused: DiscordRefused, *, where: str, needs: str = "Send Messages") -> Delivery:
    """What a refusal means for the message; `needs` is the permission that the request took."""
    if refused.code == MOST_THREADS:
        return Postponed(_FULL_S, _sentence(refused, where=where, needs=needs))
    if refused.code == SLOW_MODE:
        return Postponed(_SLOW_MODE_S, f"Slow mode holds the desk up in {where}.", is_counted=False)
    if refused.is_about_token:
        # Everything waits for a token that works: none of it is lost.
        return Postponed(TOKEN_LOOKED_AT_S, token_sentence(), is_counted=False)
    return RefusedByPlatform(_sentence(refused, where=where, needs=needs))


def token_sentence() -> str:
    return (
        "Discord does not accept DISCORD_BOT_TOKEN. Reset it in the Developer Portal under Bot, set it anew, and "
        "start the desk again."
    )


def reason_of(error: BaseException) -> str:
    """Why there is no connection, and what an operator can do."""
    match error:
        case discord.LoginFailure():
            return token_sentence()
        case discord.PrivilegedIntentsRequired():
            return (
                "Discord refuses the intents that the application had a moment ago. Look at Privileged Gateway "
                "Intents in the Developer Portal under Bot."
            )
        case discord.ConnectionClosed() if error.code == 4004:
            return token_sentence()
        case discord.ConnectionClosed():
            return f"Discord closed the connection, with code {error.code}; the desk connects again."
        case StartsUsedUp():
            return (
                "The desk has connected to Discord almost a thousand times today. It waits until it may again: once "
                "more, and Discord would take its token away. Look in the log for what ends the connections."
            )
        case discord.HTTPException():
            return f"{UNREACHABLE} (HTTP {error.status})"
        case _:
            return f"{UNREACHABLE} ({str(error) or type(error).__name__})"


def _sentence(refused: DiscordRefused, *, where: str, needs: str) -> str:
    sentences = {
        UNKNOWN_CHANNEL: f"There is no channel {where} any more, or the desk was never let into its server. "
        "Correct the id in desk.yaml, or let the desk in; `deskbell doctor` prints the link.",
        UNKNOWN_GUILD: f"The desk is not in the server of {where} any more. Let it in again; `deskbell doctor` "
        "prints the link.",
        MISSING_ACCESS: f"The desk may not see {where}. Give its role View Channel there, or let the desk in again "
        "if somebody took it out of the server; `deskbell doctor` prints the link.",
        MISSING_PERMISSIONS: f"The desk lacks a permission in {where}: {needs}. Grant it in the channel’s settings.",
        CLOSED_DMS: "This person takes no direct messages from the desk. Answer where they can see it, or ask them "
        "to allow direct messages from members of the server.",
        MOST_THREADS: f"The server of {where} has as many active threads as Discord allows. Close or archive some.",
        THREAD_IS_LOCKED: f"A moderator locked this thread in {where}. Unlock it, then retry.",
        UNKNOWN_WEBHOOK: _lost_webhook(where),
        WRONG_WEBHOOK_TOKEN: _lost_webhook(where),
        UNKNOWN_USER: f"There is nobody in Discord who is {where}.",
        NO_SHARED_SERVER: f"The desk shares no server with {where} any more, so it cannot write to them.",
        NEEDS_TAG: f"Posts in {where} need a tag, and none of its tags is a team’s, a priority’s or a status’s name. "
        "Add one, or require no tags.",
        TOO_LARGE: f"The files are larger than {where} takes.",
    }
    return sentences.get(refused.code) or f"Discord refused it in {where}: {refused}"


def _lost_webhook(where: str) -> str:
    return (
        f"The desk’s webhook in {where} was deleted, or it lacks Manage Webhooks there: what the webhook posted "
        "cannot be changed."
    )
