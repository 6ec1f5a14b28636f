"""What the desk asks of Slack: scopes, events, commands and shortcuts, as the manifest an app is created from.

https://docs.slack.dev/reference/app-manifest. Whatever is not asked for here, Slack neither sends nor allows.
"""

from collections.abc import Mapping, Sequence

from adapters.slack.api.addresses import Json
from adapters.slack.events.http_endpoint import PATH
from adapters.slack.interactions.inbound import callback_id
from bot.domain.sentence import Sentence
from bot.ports.intake import CommandHelp, ShortcutOn
from bot.text.catalogue import FALLBACK
from bot.text.sentences import words

SCOPES = (
    "app_mentions:read",
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "chat:write.customize",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "reactions:read",
    "usergroups:read",
    "users:read",
    "users:read.email",
)
"""What the desk asks to be granted: https://docs.slack.dev/reference/scopes."""
NEEDED = frozenset({"chat:write", "channels:history", "commands", "im:history", "im:write", "users:read"})
"""Without these there is no desk in Slack; without the others it does less."""
EVENTS = (
    "app_home_opened",
    "app_mention",
    "message.channels",
    "message.groups",
    "message.im",
    "reaction_added",
    "user_change",
)
"""What the app subscribes to: https://docs.slack.dev/reference/events."""
SHORTCUTS = {
    ShortcutOn.ANYTHING: "global",
    ShortcutOn.MESSAGE: "message",
    ShortcutOn.THREAD: "message",
}
"""Where Slack offers which shortcuts; it has room for five of each kind, and none on people."""
HINT_LIMIT = 1_000


def purpose_of(scope: str) -> Sentence:
    """What the desk needs it for, to complete "Deskbell can’t …"."""
    return Sentence(f"operations.slack_scope_for_{scope.replace(':', '_').replace('.', '_')}")


def manifest(
    commands: Sequence[CommandHelp], *, names: Mapping[str, str], url: str | None, by_socket: bool
) -> Json:
    """The whole of it. `names`: the configured name of each command group; `url`: where Slack reaches the desk."""
    endpoint = {} if url is None else {"request_url": f"{url.rstrip('/')}{PATH}"}
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": "Deskbell",
            "description": words(FALLBACK, "operations.slack_app_description"),
            "background_color": "#1f3a5f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "deskbell", "always_online": True},
            "shortcuts": _shortcuts(commands),
            "slash_commands": [
                _slash_command(name, group=group, commands=commands, url=url) for group, name in names.items()
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**endpoint, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **endpoint},
            "org_deploy_enabled": False,
            "socket_mode_enabled": by_socket,
            "token_rotation_enabled": False,
        },
    }


def _shortcuts(commands: Sequence[CommandHelp]) -> list[Json]:
    return [
        {
            "name": each.label,
            "type": SHORTCUTS[each.on],
            "callback_id": callback_id(command, each.on),
            "description": each.about,
        }
        for command in commands
        for each in command.shortcuts
        if each.on in SHORTCUTS
    ]


def _slash_command(name: str, *, group: str, commands: Sequence[CommandHelp], url: str | None) -> Json:
    verbs = ", ".join(each.verb for each in commands if each.group == name)
    about = words(FALLBACK, f"commands.group_{group.replace('-', '_')}")
    command: Json = {"command": f"/{name}", "description": about, "usage_hint": verbs[:HINT_LIMIT]}
    if url is not None:
        command["url"] = f"{url.rstrip('/')}{PATH}"
    # People are named by what is typed, so Slack need not put ids in their place.
    return command | {"should_escape": False}
