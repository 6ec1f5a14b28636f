"""What Slack refused, as an outcome for the desk: what it means, where, and how an operator mends it. Pure.

Errors: https://docs.slack.dev/reference/methods/chat.postMessage#errors and the like of the other methods.
"""

from adapters.slack.api.calls import SlackRefused
from bot.domain.sentence import Sentence, sentence
from bot.messages.delivery import Delivery, Postponed, RefusedByPlatform

TOKEN_LOST = frozenset(
    {"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked", "org_login_required"}
)
MISSING_MESSAGE = frozenset({"message_not_found", "thread_not_found"})
WAIT_FOR_TOKEN_S = 300.0
UNREACHABLE = Sentence("operations.slack_unreachable")
MAY_NOT_BE_DELETED = "compliance_exports_prevent_deletion"
"""Of the bot's own messages, too: https://docs.slack.dev/reference/methods/chat.delete"""

_SENTENCES = {
    "not_in_channel": "deliveries.slack_not_in_channel",
    "channel_not_found": "deliveries.slack_no_channel",
    "is_archived": "deliveries.slack_archived",
    "channel_is_archived": "deliveries.slack_archived",
    "restricted_action": "deliveries.slack_restricted",
    "restricted_action_read_only_channel": "deliveries.slack_read_only",
    "user_not_found": "deliveries.slack_no_user",
    "user_disabled": "deliveries.slack_user_deactivated",
    "cannot_dm_bot": "deliveries.slack_user_is_bot",
    "messages_tab_disabled": "deliveries.slack_direct_messages_off",
    "not_enabled": "deliveries.slack_home_tab_off",
    "msg_too_long": "deliveries.slack_too_long",
    "msg_blocks_too_long": "deliveries.slack_too_long",
}
"""What Slack's word means and how it is fixed."""


def token_lost(error: str) -> Sentence:
    return sentence("deliveries.slack_token", error=error)


def sign_in_refused(refused: SlackRefused) -> Sentence:
    if refused.error in TOKEN_LOST:
        return token_lost(refused.error)
    return sentence("operations.slack_sign_in_refused", error=str(refused))


def app_token_lost(error: str) -> Sentence:
    return sentence("operations.slack_app_token", error=error)


def scope_missing(refused: SlackRefused) -> Sentence:
    """Slack names the scope with `missing_scope` alone."""
    if not refused.needed:
        return sentence("deliveries.slack_scope_unnamed", method=refused.method, error=refused.error)
    return sentence("deliveries.slack_scope", scope=refused.needed, method=refused.method)


def outcome(refused: SlackRefused, *, where: str, name: str) -> Delivery:
    """`where` is the channel as configured, `name` the desk's name in Slack."""
    error = refused.error
    if error in TOKEN_LOST:
        return Postponed(WAIT_FOR_TOKEN_S, token_lost(error), is_counted=False)
    if error in ("missing_scope", "no_permission"):
        return RefusedByPlatform(scope_missing(refused))
    key = _SENTENCES.get(error)
    if key is None:
        return RefusedByPlatform(sentence("deliveries.slack_refused", channel=where, error=str(refused)))
    return RefusedByPlatform(sentence(key, channel=where, name=name, error=error))
