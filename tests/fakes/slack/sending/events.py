"""Events before they are sent: what happened, under which subscription, and who may hear of it.

Envelope: https://docs.slack.dev/apis/events-api#events-JSON. Each event type's page names its scope.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from tests.fakes.slack.rules.refusals import Json
from tests.fakes.slack.world.records import Channel, File, Message, User, UserGroup
from tests.fakes.slack.world.shapes import Shapes
from tests.fakes.slack.world.workspace import SLACKBOT, TEAM, App, Workspace


@dataclass(frozen=True, slots=True)
class Happening:
    event: Json
    subscription: str
    scope: str | None = None
    channel: str | None = None  # the app hears of it only while its bot is in there


Announce: TypeAlias = Callable[[Happening], None]


def envelope(app: App, happening: Happening, *, event_id: str, at: int) -> Json:
    return {
        "token": "XXYYZZ",
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": app.id,
        "event": happening.event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": at,
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": app.user,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{event_id}",
    }


class Happenings:
    """Each method gives what Slack would send for it."""

    def __init__(self, workspace: Workspace, shapes: Shapes) -> None:
        self._workspace = workspace
        self._shapes = shapes

    def said(self, message: Message) -> list[Happening]:
        """`message`, and `app_mention` beside it: two events with ids of their own for one message."""
        body = self._shapes.message(message)
        if message.files and not message.bot_id:
            body["subtype"] = "file_share"  # https://docs.slack.dev/reference/events/message/file_share
        if message.is_broadcast and message.thread_ts:
            root = self._workspace.message(message.channel, message.thread_ts)
            body["root"] = self._shapes.message(root) if root is not None else {}
        told = [self._in_channel(body, message.channel, event_ts=message.ts)]
        if f"<@{self._workspace.app.user}>" in message.text and self._where(message).type != "im":
            told.append(self._mention(message))
        told += [self._shared(message, file) for file in message.files]
        return told

    def changed(self, message: Message, *, previous: Json, ts: str) -> Happening:
        """https://docs.slack.dev/reference/events/message/message_changed; also for unfurls, text unchanged."""
        now = self._shapes.message(message) | {"source_team": TEAM, "user_team": TEAM}
        body = {
            "type": "message",
            "subtype": "message_changed",
            "message": now,
            "previous_message": previous,
            "hidden": True,
            "ts": ts,
        }
        return self._in_channel(body, message.channel, event_ts=ts)

    def deleted(self, channel: str, *, previous: Json, ts: str) -> Happening:
        """https://docs.slack.dev/reference/events/message/message_deleted."""
        body = {
            "type": "message",
            "subtype": "message_deleted",
            "previous_message": previous,
            "hidden": True,
            "deleted_ts": previous["ts"],
            "ts": ts,
        }
        return self._in_channel(body, channel, event_ts=ts)

    def reacted(self, message: Message, user: str, name: str, *, ts: str, added: bool) -> Happening:
        """https://docs.slack.dev/reference/events/reaction_added, …/reaction_removed."""
        kind = "reaction_added" if added else "reaction_removed"
        event = {
            "type": kind,
            "user": user,
            "reaction": name,
            "item": {"type": "message", "channel": message.channel, "ts": message.ts},
            "item_user": message.user or SLACKBOT,
            "event_ts": ts,
        }
        return Happening(event, kind, "reactions:read", message.channel)

    def joined(self, channel: Channel, user: User, *, ts: str, joined: bool = True) -> Happening:
        """https://docs.slack.dev/reference/events/member_joined_channel, …/member_left_channel."""
        kind = "member_joined_channel" if joined else "member_left_channel"
        event = {
            "type": kind,
            "user": user.id,
            "channel": channel.id,
            "channel_type": "G" if channel.is_private else "C",
            "team": TEAM,
            "event_ts": ts,
        }
        return Happening(event, kind, f"{channel.scope_family}:read", channel.id)

    def about_channel(self, kind: str, channel: Channel, *, ts: str, user: str | None = None) -> Happening:
        """`channel_archive`, `channel_unarchive`, `channel_left` (and `group_…` for private ones)."""
        name = f"{'group' if channel.is_private else 'channel'}_{kind}"
        event: Json = {"type": name, "channel": channel.id, "event_ts": ts}
        if user is not None:
            event["user"] = user
        return Happening(event, name, f"{channel.scope_family}:read")

    def opened_home(self, user: str, *, tab: str, ts: str, view: Json | None) -> Happening:
        """https://docs.slack.dev/reference/events/app_home_opened."""
        channel = self._workspace.direct(user, self._workspace.app.user)
        event: Json = {
            "type": "app_home_opened",
            "user": user,
            "channel": channel.id,
            "tab": tab,
            "event_ts": ts,
        }
        return Happening(event | ({"view": view} if view is not None else {}), "app_home_opened")

    def changed_person(self, user: User, *, ts: str) -> Happening:
        """https://docs.slack.dev/reference/events/user_change."""
        event = {
            "type": "user_change",
            "user": self._shapes.user(user),
            "cache_ts": user.updated,
            "event_ts": ts,
        }
        return Happening(event, "user_change", "users:read")

    def changed_group(self, group: UserGroup, *, ts: str) -> Happening:
        """https://docs.slack.dev/reference/events/subteam_updated."""
        subteam = self._shapes.group(group, with_users=True)
        event = {"type": "subteam_updated", "subteam": subteam, "event_ts": ts}
        return Happening(event, "subteam_updated", "usergroups:read")

    def _mention(self, message: Message) -> Happening:
        """https://docs.slack.dev/reference/events/app_mention."""
        said = self._shapes.message(message)
        kept = (
            "user",
            "text",
            "ts",
            "client_msg_id",
            "team",
            "blocks",
            "thread_ts",
            "parent_user_id",
            "files",
        )
        event = {"type": "app_mention", **{key: said[key] for key in kept if key in said}}
        event |= {"channel": message.channel, "event_ts": message.ts}
        return Happening(event, "app_mention", "app_mentions:read", message.channel)

    def _shared(self, message: Message, file: File) -> Happening:
        """https://docs.slack.dev/reference/events/file_shared."""
        event = {
            "type": "file_shared",
            "file_id": file.id,
            "user_id": file.owner,
            "file": {"id": file.id},
            "channel_id": message.channel,
            "event_ts": message.ts,
        }
        return Happening(event, "file_shared", "files:read", message.channel)

    def _in_channel(self, body: Json, channel_id: str, *, event_ts: str) -> Happening:
        channel = self._workspace.channels[channel_id]
        event = body | {"channel": channel_id, "event_ts": event_ts, "channel_type": channel.type}
        family = channel.scope_family
        return Happening(event, f"message.{family}", f"{family}:history", channel_id)

    def _where(self, message: Message) -> Channel:
        return self._workspace.channels[message.channel]
