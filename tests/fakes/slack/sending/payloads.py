"""What the app is told of a person's doing: https://docs.slack.dev/reference/interaction-payloads.

Slash commands: https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling
"""

from tests.fakes.slack.rules.pace import Pace
from tests.fakes.slack.rules.refusals import Json
from tests.fakes.slack.rules.triggers import Triggers
from tests.fakes.slack.sending.response_urls import ResponseUrls
from tests.fakes.slack.web_api.view_methods import Views
from tests.fakes.slack.world.records import Channel, Message, User, View
from tests.fakes.slack.world.shapes import Shapes
from tests.fakes.slack.world.workspace import TEAM, TEAM_DOMAIN, App


class Payloads:
    def __init__(
        self, app: App, pace: Pace, shapes: Shapes, views: Views, triggers: Triggers, urls: ResponseUrls
    ) -> None:
        self._app = app
        self._pace = pace
        self._shapes = shapes
        self._views = views
        self._triggers = triggers
        self._urls = urls

    def command(self, user: User, channel: Channel, command: str, text: str) -> Json:
        return {
            "token": "XXYYZZ",
            "team_id": TEAM,
            "team_domain": TEAM_DOMAIN,
            "channel_id": channel.id,
            "channel_name": self._shapes.channel_named(channel.id),
            "user_id": user.id,
            "user_name": user.name,
            "command": command,
            "text": text,
            "api_app_id": self._app.id,
            "is_enterprise_install": "false",
            "response_url": self._urls.issue(user.id, channel.id),
            "trigger_id": self._triggers.issue(user.id),
        }

    def action_in_message(self, user: User, message: Message, action: Json, *, state: Json) -> Json:
        """…/block_actions-payload. An ephemeral message is not sent along: the app keeps what it needs in `value`."""
        is_ephemeral = message.only_for is not None
        container: Json = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.channel,
            "is_ephemeral": is_ephemeral,
        }
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        body = self._base("block_actions", user) | {
            "container": container,
            "trigger_id": self._triggers.issue(user.id),
            "channel": self._channel(message.channel),
            "state": {"values": state},
            "response_url": self._urls.issue(
                user.id, message.channel, message=message, thread=message.thread_ts
            ),
            "actions": [self._stamped(action)],
        }
        return body if is_ephemeral else body | {"message": self._shapes.message(message)}

    def action_in_view(self, user: User, view: View, action: Json) -> Json:
        return self._base("block_actions", user) | {
            "container": {"type": "view", "view_id": view.id},
            "trigger_id": self._triggers.issue(user.id, view=view.id),
            "view": self._views.shape(view),
            "actions": [self._stamped(action)],
        }

    def suggestion(
        self, user: User, where: Message | View, element: Json, *, block_id: str, value: str
    ) -> Json:
        """…/block_suggestion-payload: the app is asked for options as a person types."""
        body = self._base("block_suggestion", user) | {
            "action_id": element["action_id"],
            "block_id": block_id,
            "value": value,
        }
        if isinstance(where, View):
            return body | {
                "container": {"type": "view", "view_id": where.id},
                "view": self._views.shape(where),
            }
        container = {
            "type": "message",
            "message_ts": where.ts,
            "channel_id": where.channel,
            "is_ephemeral": False,
        }
        return body | {
            "container": container,
            "channel": self._channel(where.channel),
            "message": self._shapes.message(where),
        }

    def submission(self, user: User, view: View) -> Json:
        """…/view-interactions-payload#view_submission."""
        return self._base("view_submission", user) | {
            "trigger_id": self._triggers.issue(user.id, view=view.id),
            "view": self._views.shape(view),
            "response_urls": [],
        }

    def closing(self, user: User, view: View, *, is_cleared: bool) -> Json:
        """…/view-interactions-payload#view_closed."""
        return self._base("view_closed", user) | {"view": self._views.shape(view), "is_cleared": is_cleared}

    def shortcut(self, user: User, callback_id: str) -> Json:
        """…/shortcuts-interaction-payload: no channel, no response_url."""
        return self._base("shortcut", user) | {
            "action_ts": self._pace.ts(),
            "callback_id": callback_id,
            "trigger_id": self._triggers.issue(user.id),
        }

    def message_shortcut(self, user: User, message: Message, callback_id: str) -> Json:
        return self._base("message_action", user) | {
            "action_ts": self._pace.ts(),
            "callback_id": callback_id,
            "trigger_id": self._triggers.issue(user.id),
            "channel": self._channel(message.channel),
            "message_ts": message.ts,
            "message": self._shapes.message(message),
            "response_url": self._urls.issue(user.id, message.channel, message=message),
        }

    def _base(self, kind: str, user: User) -> Json:
        return {
            "type": kind,
            "token": "XXYYZZ",
            "api_app_id": self._app.id,
            "team": {"id": TEAM, "domain": TEAM_DOMAIN},
            "enterprise": None,
            "is_enterprise_install": False,
            "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": TEAM},
        }

    def _channel(self, channel_id: str) -> Json:
        return {"id": channel_id, "name": self._shapes.channel_named(channel_id)}

    def _stamped(self, action: Json) -> Json:
        return action | {"action_ts": self._pace.ts()}
