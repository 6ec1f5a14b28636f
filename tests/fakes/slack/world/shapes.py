"""The state in Slack's own form: objects as the Web API returns them and events carry them.

https://docs.slack.dev/reference/objects/user-object · …/conversation-object · …/file-object
https://docs.slack.dev/reference/events/message (messages and their subtypes)
"""

import mimetypes
from typing import Any

from tests.fakes.slack.rules.refusals import Json
from tests.fakes.slack.world.records import Channel, File, Message, User, UserGroup
from tests.fakes.slack.world.workspace import SLACKBOT, TEAM, TEAM_DOMAIN, Workspace


class Shapes:
    def __init__(self, workspace: Workspace, *, address: str) -> None:
        """`address` is where private files are served: `http://127.0.0.1:PORT`."""
        self._workspace = workspace
        self.address = address

    def user(self, user: User) -> Json:
        app = self._workspace.app
        body: Json = {
            "id": user.id,
            "team_id": TEAM,
            "name": user.name,
            "deleted": user.is_deleted,
            "is_bot": user.is_bot,
            "is_app_user": False,
            "updated": user.updated,
            "profile": self.profile(user),
        }
        if not user.is_deleted:
            body |= {
                "real_name": user.real_name,
                "tz": user.time_zone,
                "tz_label": user.time_zone,
                "tz_offset": user.time_zone_offset,
                "is_admin": user.is_admin,
                "is_owner": False,
                "is_primary_owner": False,
                "is_restricted": user.is_guest or user.is_single_channel_guest,
                "is_ultra_restricted": user.is_single_channel_guest,
            }
        if user.id == app.user:
            body["profile"] |= {"api_app_id": app.id, "bot_id": app.bot}
        return body

    def profile(self, user: User) -> Json:
        picture = f"{self.address}/avatars/{user.id}"
        profile: Json = {
            "real_name": user.real_name,
            "real_name_normalized": user.real_name,
            "display_name": user.name,
            "display_name_normalized": user.name,
            "title": user.title,
            "phone": "",
            "status_text": user.status_text,
            "status_emoji": "",
            "avatar_hash": "g" + user.id.lower(),
            **{f"image_{size}": f"{picture}-{size}.png" for size in (24, 32, 48, 72, 192, 512)},
            "team": TEAM,
        }
        # https://docs.slack.dev/reference/scopes/users.read.email: without it, no address at all.
        if user.email and "users:read.email" in self._workspace.app.scopes:
            profile["email"] = user.email
        return profile

    def channel(self, channel: Channel) -> Json:
        body: Json = {
            "id": channel.id,
            "created": channel.created,
            "is_archived": channel.is_archived,
            "is_im": channel.is_direct,
            "is_org_shared": False,
            "context_team_id": TEAM,
        }
        if channel.is_direct:
            other = next((m for m in channel.members if m != self._workspace.app.user), SLACKBOT)
            return body | {"user": other, "is_user_deleted": self._workspace.users[other].is_deleted}
        return body | {
            "name": channel.name,
            "name_normalized": channel.name,
            "is_channel": not channel.is_private,
            "is_group": channel.is_private,
            "is_mpim": channel.is_group_direct,
            "is_private": channel.is_private,
            "is_general": False,
            "is_shared": False,
            "is_ext_shared": channel.is_shared_with_others,
            "is_member": self._workspace.is_bot_in(channel),
            "topic": {"value": channel.topic, "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
            "previous_names": [],
            "num_members": len(channel.members),
        }

    def channel_named(self, channel_id: str) -> str:
        """A channel's name as interaction payloads give it."""
        channel = self._workspace.channels[channel_id]
        return {"channel": channel.name, "im": "directmessage"}.get(channel.type, "privategroup")

    def group(self, group: UserGroup, *, with_users: bool) -> Json:
        body: Json = {
            "id": group.id,
            "team_id": TEAM,
            "is_usergroup": True,
            "name": group.name,
            "description": "",
            "handle": group.handle,
            "is_external": False,
            "date_delete": 1 if group.is_disabled else 0,
            "user_count": len(group.users),
        }
        return body | {"users": list(group.users)} if with_users else body

    def file(self, file: File, *, with_shares: bool = False) -> Json:
        extension = file.name.rsplit(".", 1)[-1] if "." in file.name else "binary"
        private = f"{self.address}/files-pri/{TEAM}-{file.id}"
        channels = [self._workspace.channels[channel] for channel, _ in file.shares]
        body: Json = {
            "id": file.id,
            "created": file.created,
            "timestamp": file.created,
            "name": file.name,
            "title": file.title,
            "mimetype": file.mimetype if file.is_scanned else "",
            "filetype": extension,
            "pretty_type": extension.upper(),
            "user": file.owner,
            "user_team": TEAM,
            "editable": False,
            "size": len(file.content or b""),
            "mode": "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": any(not (c.is_private or c.is_direct) for c in channels),
            "public_url_shared": False,
            "display_as_bot": False,
            "username": "",
            "url_private": f"{private}/{file.name}",
            "url_private_download": f"{private}/download/{file.name}",
            "permalink": f"https://{TEAM_DOMAIN}.slack.com/files/{file.owner}/{file.id}/{file.name}",
            "file_access": "visible",
        }
        if file.is_deleted:
            # https://docs.slack.dev/reference/objects/file-object: a deleted file keeps its place in a message.
            return {"id": file.id, "mode": "tombstone"}
        return body | self._shares(file) if with_shares else body

    def _file_in(self, message: Message, file: File) -> Json:
        """In a channel of Slack Connect an app is told the id alone, and has to ask `files.info`.

        https://docs.slack.dev/reference/events/message/file_share ("Slack Connect files")
        """
        if file.is_deleted or not self._workspace.channels[message.channel].is_shared_with_others:
            return self.file(file)
        stub = {"mode": "file_access", "file_access": "check_file_info"}
        return {"id": file.id, **stub, "created": 0, "timestamp": 0, "user": ""}

    def _shares(self, file: File) -> Json:
        """https://docs.slack.dev/reference/objects/file-object ("shares")."""
        shares: dict[str, dict[str, list[Json]]] = {}
        for channel_id, ts in file.shares:
            channel, message = (
                self._workspace.channels[channel_id],
                self._workspace.message(channel_id, ts),
            )
            share: Json = {
                "reply_users": [],
                "reply_users_count": 0,
                "reply_count": 0,
                "ts": ts,
                "channel_name": channel.name,
                "team_id": TEAM,
                "share_user_id": file.owner,
            }
            if message is not None and message.is_reply:
                share["thread_ts"] = message.thread_ts
            kind = "private" if channel.is_private or channel.is_direct else "public"
            shares.setdefault(kind, {}).setdefault(channel_id, []).append(share)
        where = [c for c, _ in file.shares]
        kinds = {c: self._workspace.channels[c].type for c in where}
        return {
            "shares": shares,
            "channels": [c for c in where if kinds[c] == "channel"],
            "groups": [c for c in where if kinds[c] in ("group", "mpim")],
            "ims": [c for c in where if kinds[c] == "im"],
        }

    def message(self, message: Message) -> Json:
        """As events carry it and the Web API returns it, without metadata."""
        body: Json = {"type": "message", "ts": message.ts, "text": message.text}
        optional: dict[str, Any] = {
            "user": message.user,
            "subtype": message.subtype,
            "client_msg_id": message.client_msg_id,
            "bot_id": message.bot_id,
            "app_id": message.app_id,
            "username": message.username,
            "icons": message.icons,
            "thread_ts": message.thread_ts,
            "blocks": message.blocks,
            "attachments": message.attachments,
            "files": [self._file_in(message, file) for file in message.files],
        }
        body |= {key: value for key, value in optional.items() if value}
        if message.subtype not in ("channel_join", "tombstone"):
            body["team"] = TEAM
        if message.bot_id == self._workspace.app.bot and message.subtype is None:
            body["bot_profile"] = self.bot_profile()
        if message.files and message.user:
            body["upload"] = False
        if message.edited_ts:
            body["edited"] = {"user": message.edited_by, "ts": message.edited_ts}
        if message.reactions:
            body["reactions"] = [
                {"name": name, "users": list(users), "count": len(users)}
                for name, users in message.reactions.items()
            ]
        return body | self._thread(message)

    def bot_profile(self) -> Json:
        app = self._workspace.app
        return {
            "id": app.bot,
            "deleted": False,
            "name": app.name,
            "updated": 0,
            "app_id": app.id,
            "user_id": app.user,
            "team_id": TEAM,
            "icons": {
                f"image_{size}": f"{self.address}/avatars/{app.bot}-{size}.png" for size in (36, 48, 72)
            },
        }

    def _thread(self, message: Message) -> Json:
        """https://docs.slack.dev/messaging/retrieving-messages#finding_threads."""
        if message.is_reply and message.thread_ts:
            parent = self._workspace.message(message.channel, message.thread_ts)
            author = parent.user if parent is not None else None
            return {"parent_user_id": author} if author else {}
        replies = self._workspace.thread(message.channel, message.ts)
        if not replies:
            return {}
        authors = list(dict.fromkeys(reply.user or reply.bot_id or "" for reply in replies))
        return {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "reply_users_count": len(authors),
            "reply_users": authors[:5],
            "latest_reply": replies[-1].ts,
            "is_locked": False,
            "subscribed": False,
        }


def guess_mimetype(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
