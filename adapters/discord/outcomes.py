"""Discord's refusals, as what becomes of a message and in words for the operator.

Codes: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes
"""

from adapters.discord.calls import DiscordRefused
from bot.messages.outbound import Delivery, Postponed, RefusedByPlatform

UNKNOWN_CHANNEL, UNKNOWN_GUILD, UNKNOWN_MESSAGE, UNKNOWN_WEBHOOK = 10003, 10004, 10008, 10015
SLOW_MODE = 20016
MOST_WEBHOOKS, MOST_THREADS = 30007, 160006
TOO_LARGE = 40005
MISSING_ACCESS, CLOSED_DMS, MISSING_PERMISSIONS = 50001, 50007, 50013
OTHERS_MESSAGE, IS_ARCHIVED = 50005, 50083
THREAD_EXISTS, THREAD_IS_LOCKED = 160004, 160005

IS_GONE = frozenset({UNKNOWN_CHANNEL, UNKNOWN_MESSAGE})
_SLOW_MODE_S = 30.0


def outcome(refused: DiscordRefused, *, where: str, needs: str = "Send Messages") -> Delivery:
    """What a refusal means for the message; `needs` is the permission that the request took."""
    if refused.code == SLOW_MODE:
        return Postponed(_SLOW_MODE_S, f"Slow mode holds the desk up in {where}.", is_counted=False)
    return RefusedByPlatform(_sentence(refused, where=where, needs=needs))


def token_sentence() -> str:
    return (
        "Discord does not accept DISCORD_BOT_TOKEN. Reset it in the Developer Portal under Bot, set it anew, and "
        "start the desk again."
    )


def _sentence(refused: DiscordRefused, *, where: str, needs: str) -> str:
    if refused.status == 401:
        return token_sentence()
    sentences = {
        UNKNOWN_CHANNEL: f"There is no channel {where} any more, or the desk was never let into its server. "
        "Correct the id in desk.yaml, or let the desk in; `deskbell doctor` prints the link.",
        UNKNOWN_GUILD: f"The desk is not in the server of {where} any more. Let it in again; `deskbell doctor` "
        "prints the link.",
        MISSING_ACCESS: f"The desk may not see {where}. Give its role View Channel there.",
        MISSING_PERMISSIONS: f"The desk lacks a permission in {where}: {needs}. Grant it in the channel’s settings.",
        CLOSED_DMS: "This person takes no direct messages from the desk. Answer where they can see it, or ask them "
        "to allow direct messages from members of the server.",
        MOST_THREADS: f"The server of {where} has as many active threads as Discord allows. Close or archive some.",
        THREAD_IS_LOCKED: f"A moderator locked this thread in {where}. Unlock it, then retry.",
        UNKNOWN_WEBHOOK: f"Somebody deleted the desk’s webhook in {where}: what it posted cannot be changed.",
        TOO_LARGE: f"The files are larger than {where} takes.",
    }
    return sentences.get(refused.code) or f"Discord refused it in {where}: {refused}"
