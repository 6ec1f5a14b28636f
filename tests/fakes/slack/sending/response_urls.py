"""response_url: five answers in half an hour, where a person did something.

https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

import json
import uuid
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.fakes.slack.people.talk import Content, Talk
from tests.fakes.slack.rules.blocks import accept_message_blocks
from tests.fakes.slack.rules.pace import Pace
from tests.fakes.slack.rules.refusals import Json, Refusal
from tests.fakes.slack.rules.slack_files import check_slack_files
from tests.fakes.slack.world.records import Message
from tests.fakes.slack.world.workspace import Workspace

USES = 5
LIFE_S = 30 * 60


@dataclass(slots=True)
class _Address:
    user: str
    channel: str
    message: Message | None
    thread: str | None
    expires: float  # Slack's seconds since the server began
    uses: int = 0


class ResponseUrls:
    def __init__(self, workspace: Workspace, talk: Talk, pace: Pace, *, address: str) -> None:
        self._workspace = workspace
        self._talk = talk
        self._pace = pace
        self.address = address
        self._issued: dict[str, _Address] = {}

    def issue(
        self, user: str, channel: str, *, message: Message | None = None, thread: str | None = None
    ) -> str:
        """For what `user` did in `channel`, on `message` if it was one."""
        secret = uuid.uuid4().hex
        expires = self._pace.elapsed() + LIFE_S
        self._issued[secret] = _Address(user, channel, message, thread, expires)
        return f"{self.address}/actions/{secret}"

    async def receive(self, request: web.Request) -> web.Response:
        issued = self._issued.get(request.match_info["secret"])
        if issued is None:
            return _refused("invalid_url")
        if self._pace.elapsed() > issued.expires:
            return _refused("expired_url")
        if issued.uses >= USES:
            return _refused("used_url")
        issued.uses += 1
        try:
            body = json.loads(await request.text())
            self.answer(body, issued)
        except ValueError:
            return _refused("invalid_payload", status=400)
        except Refusal as refusal:
            return _refused(refusal.error, status=400)
        return web.Response(text="ok")

    def say(self, body: Json, *, user: str, channel: str, thread: str | None = None) -> None:
        """An acknowledgement that carries a message, as a slash command's may. Raises `Refusal`."""
        self.answer(body, _Address(user, channel, None, thread, expires=0))

    def answer(self, body: Json, issued: _Address) -> None:
        if body.get("delete_original") and issued.message is not None:
            return self._remove(issued.message)
        content = _content(body, self._workspace)
        if body.get("replace_original") and issued.message is not None:
            return self._replace(issued.message, content)
        thread = body.get("thread_ts") or issued.thread
        app = self._workspace.app
        author: dict[str, Any] = {"user": app.user, "bot_id": app.bot, "app_id": app.id}
        if body.get("response_type") == "in_channel":
            self._talk.post(issued.channel, content, thread=thread, **author)
        else:
            self._talk.whisper(issued.channel, content, to=issued.user, thread=thread, **author)
        return None

    def _replace(self, message: Message, content: Content) -> None:
        if message.only_for is None:
            self._talk.edit(message, content, by=self._workspace.app.bot)
        else:
            message.text, message.blocks = content.text, content.blocks

    def _remove(self, message: Message) -> None:
        if message.only_for is None:
            self._talk.delete(message)
        elif message in self._workspace.ephemerals:
            self._workspace.ephemerals.remove(message)


def _content(body: Json, workspace: Workspace) -> Content:
    blocks = accept_message_blocks(body["blocks"]) if body.get("blocks") else []
    text = body.get("text") or ""
    if not (text or blocks or body.get("attachments")):
        raise Refusal("no_text")
    check_slack_files(blocks, workspace)
    return Content(text=text, blocks=blocks, attachments=body.get("attachments") or [])


def _refused(error: str, *, status: int = 404) -> web.Response:
    return web.json_response({"ok": False, "error": error}, status=status)
