"""What Slack refused, as an outcome for the desk: what it means, where, and how an operator mends it. Pure.

Errors: https://docs.slack.dev/reference/methods/chat.postMessage#errors and the like of the other methods.
"""

from adapters.slack.api.calls import SlackRefused
from bot.messages.delivery import Delivery, Postponed, RefusedByPlatform

TOKEN_LOST = frozenset(
    {"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked", "org_login_required"}
)
MISSING_MESSAGE = frozenset({"message_not_found", "thread_not_found"})
WAIT_FOR_TOKEN_S = 300.0
UNREACHABLE = (
    "Slack cannot be reached. Check this machine’s way out and https://status.slack.com; it is tried again."
)

MAY_NOT_BE_DELETED = "compliance_exports_prevent_deletion"
"""Of the bot's own messages, too: https://docs.slack.dev/reference/methods/chat.delete"""

_MENDING = {
    "not_in_channel": "the desk is not in {where}; invite it there with `/invite @{name}`",
    "channel_not_found": "there is no channel {where} that the desk can see; correct desk.yaml, or invite the "
    "desk if the channel is private",
    "is_archived": "{where} is archived; unarchive it, or name another channel in desk.yaml",
    "channel_is_archived": "{where} is archived; unarchive it, or name another channel in desk.yaml",
    "restricted_action": "a workspace setting keeps apps from posting in {where}; an admin can allow it",
    "restricted_action_read_only_channel": "only some may post in {where}; an admin can allow the desk to",
    "user_not_found": "{where} is nobody in this workspace; correct desk.yaml",
    "user_disabled": "the person of {where} is deactivated, so nothing can be sent to them",
    "cannot_dm_bot": "{where} is a bot, and bots cannot write to one another",
    "messages_tab_disabled": "direct messages to the desk are switched off; allow them in the app’s settings "
    "under App Home",
    "not_enabled": "the app has no Home tab; switch it on in the app’s settings under App Home",
    "msg_too_long": "the message is longer than Slack takes",
    "msg_blocks_too_long": "the message is longer than Slack takes",
}


def token_sentence(error: str) -> str:
    return (
        f"Slack does not accept the desk’s token ({error}). Reinstall the app in your workspace, put its new "
        "token into SLACK_BOT_TOKEN and restart the desk."
    )


def app_token_sentence(error: str) -> str:
    return (
        f"Socket Mode cannot be opened with SLACK_APP_TOKEN ({error}). Make an app-level token with the "
        "scope `connections:write`, and switch Socket Mode on in the app’s settings."
    )


def scope_sentence(needed: str, *, method: str) -> str:
    return (
        f"The desk’s app lacks the scope `{needed or 'needed'}` for {method}. Add it under OAuth & Permissions "
        "and reinstall the app, or apply the manifest again."
    )


def outcome(refused: SlackRefused, *, where: str, name: str) -> Delivery:
    """`where` is the channel as configured, `name` the desk's name in Slack."""
    error = refused.error
    if error in TOKEN_LOST:
        return Postponed(WAIT_FOR_TOKEN_S, token_sentence(error), is_counted=False)
    if error in ("missing_scope", "no_permission"):
        return RefusedByPlatform(scope_sentence(refused.needed, method=refused.method))
    mending = _MENDING.get(error)
    if mending is not None:
        sentence = mending.format(where=f"`{where}`", name=name)
        return RefusedByPlatform(f"Slack refused: {sentence}. Then retry. ({error})")
    return RefusedByPlatform(f"Slack refused what should be shown in `{where}`: {refused}")
