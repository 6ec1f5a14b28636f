"""Discord's refusals, as what becomes of a message and a sentence for the operator.

Codes: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes
"""

import discord

from adapters.discord.api.calls import DiscordRefused
from adapters.discord.api.client import StartsUsedUp
from bot.domain.sentence import Fact, Sentence, sentence
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

_SENTENCES = {
    UNKNOWN_CHANNEL: "deliveries.discord_no_channel",
    UNKNOWN_GUILD: "deliveries.discord_no_server",
    MISSING_ACCESS: "deliveries.discord_no_access",
    MISSING_PERMISSIONS: "deliveries.discord_no_permission",
    CLOSED_DMS: "deliveries.discord_direct_messages_closed",
    MOST_THREADS: "deliveries.discord_threads_full",
    THREAD_IS_LOCKED: "deliveries.discord_thread_locked",
    UNKNOWN_WEBHOOK: "deliveries.discord_webhook_lost",
    WRONG_WEBHOOK_TOKEN: "deliveries.discord_webhook_lost",
    UNKNOWN_USER: "deliveries.discord_no_user",
    NO_SHARED_SERVER: "deliveries.discord_no_shared_server",
    NEEDS_TAG: "deliveries.discord_tag_needed",
    TOO_LARGE: "deliveries.discord_files_too_large",
}
"""What Discord's code means and how it is fixed."""
SEND_MESSAGES = "Send Messages"
TOKEN_LOST = Sentence("deliveries.discord_token")


def outcome(refused: DiscordRefused, *, where: Sentence, needs: Fact = SEND_MESSAGES) -> Delivery:
    """What a refusal means for the message; `needs` is the permission that the request took."""
    if refused.code == MOST_THREADS:
        return Postponed(_FULL_S, sentence(_SENTENCES[MOST_THREADS], channel=where))
    if refused.code == SLOW_MODE:
        slow = sentence("deliveries.discord_slow_mode", channel=where)
        return Postponed(_SLOW_MODE_S, slow, is_counted=False)
    if refused.is_about_token:
        # Everything waits for a token that works: none of it is lost.
        return Postponed(TOKEN_LOOKED_AT_S, TOKEN_LOST, is_counted=False)
    key = _SENTENCES.get(refused.code)
    if key is None:
        return RefusedByPlatform(sentence("deliveries.discord_refused", channel=where, error=str(refused)))
    return RefusedByPlatform(sentence(key, channel=where, permission=needs))


def reason_of(error: BaseException) -> Sentence:
    """Why there is no connection, and what an operator can do."""
    match error:
        case discord.LoginFailure():
            return TOKEN_LOST
        case discord.PrivilegedIntentsRequired():
            return sentence("operations.discord_intents_refused")
        case discord.ConnectionClosed() if error.code == 4004:
            return TOKEN_LOST
        case discord.ConnectionClosed():
            return sentence("operations.discord_closed", error=str(error.code))
        case StartsUsedUp():
            return sentence("operations.discord_starts_used_up")
        case discord.HTTPException():
            return unreachable(f"HTTP {error.status}")
        case _:
            return unreachable(str(error) or type(error).__name__)


def reason_of_look(error: BaseException) -> Sentence:
    """Why one look at Discord saw nothing, where nobody tries again by themselves."""
    reason = reason_of(error)
    if reason.key == "operations.discord_unreachable":
        return sentence("operations.discord_not_reached", error=reason.facts["error"])
    return reason


def unreachable(error: str) -> Sentence:
    return sentence("operations.discord_unreachable", error=error)
