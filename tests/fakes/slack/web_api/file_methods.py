"""files.*: the external upload in three steps, shared some time after it was completed.

https://docs.slack.dev/messaging/working-with-files#uploading_files
"""

import asyncio
import re
from collections.abc import Callable, Coroutine
from typing import Any

from aiohttp import web

from tests.fakes.slack.people.talk import Content, Talk
from tests.fakes.slack.rules.refusals import Json, Refusal
from tests.fakes.slack.web_api.arguments import Arguments
from tests.fakes.slack.web_api.methods import Desk, Method
from tests.fakes.slack.world.records import Channel, File
from tests.fakes.slack.world.shapes import Shapes, guess_mimetype
from tests.fakes.slack.world.workspace import Workspace

CHANNEL_ID = re.compile(r"^[CGDZ][A-Z0-9]{8,}$")
SIGN_IN_PAGE = (
    "<!DOCTYPE html><html><head><title>Slack</title></head><body>Sign in to your workspace</body></html>"
)


class Files(Desk):
    def __init__(
        self,
        workspace: Workspace,
        shapes: Shapes,
        talk: Talk,
        *,
        later: Callable[[Coroutine[Any, Any, None]], object],
    ) -> None:
        """`later` starts what happens after the answer."""
        super().__init__(workspace)
        self._shapes = shapes
        self._talk = talk
        self._later = later
        self.share_delay_s = 1.0  # Slack's seconds between completing and being seen

    def methods(self) -> dict[str, Method]:
        return {
            "files.getUploadURLExternal": Method(self._upload_url, 4, ("files:write",)),
            "files.completeUploadExternal": Method(self._complete, 4, ("files:write",)),
            "files.info": Method(self._info, 4, ("files:read",)),
            "files.delete": Method(self._delete, 3, ("files:write",)),
        }

    def add(self, *, name: str, content: bytes, owner: str) -> File:
        """A file somebody puts into a message."""
        file = self._made(name, owner)
        file.content, file.is_completed = content, True
        return file

    async def receive(self, request: web.Request) -> web.Response:
        """The bytes: raw, or a form with one file. https://docs.slack.dev/reference/methods/files.getUploadURLExternal."""
        file = self.workspace.files.get(request.match_info["file"])
        if file is None or file.is_completed:
            return web.Response(status=404, text="not found")
        content = await _content(request)
        if len(content) != file.announced_size:
            return web.Response(status=400, text="length does not match")
        file.content = content
        return web.Response(text=f"OK - {len(content)}")

    async def download(self, request: web.Request) -> web.Response:
        """`url_private`: for who shows a token with files:read; anybody else gets a page to sign in on, with 200.

        https://docs.slack.dev/reference/objects/file-object ("url_private")
        """
        file = self.workspace.files.get(request.match_info["file"])
        header = request.headers.get("Authorization", "")
        is_ours = header == f"Bearer {self.app.bot_token}" and self.app.out_of_use is None
        if not is_ours or "files:read" not in self.app.scopes:
            return web.Response(text=SIGN_IN_PAGE, content_type="text/html")
        if file is None or file.is_deleted or not self._can_see(file):
            return web.Response(status=404, text="not found")
        return web.Response(body=file.content or b"", content_type=file.mimetype)

    def _upload_url(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/files.getUploadURLExternal."""
        name, size = arguments.required("filename"), arguments.number("length", 0)
        if size <= 0:
            raise Refusal("invalid_arguments", messages=["must be greater than 0 [json-pointer:/length]"])
        file = self._made(name, self.app.user)
        file.announced_size = size
        return {"upload_url": f"{self._shapes.address}/upload/v1/{file.id}", "file_id": file.id}

    def _complete(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/files.completeUploadExternal: no `ts` in the answer."""
        entries = arguments.structure("files") or []
        files = [self._uploaded(entry) for entry in entries if isinstance(entry, dict)]
        if not files:
            raise Refusal("invalid_arguments", messages=["missing required field: files"])
        channel = self._target(arguments.text("channel_id"))
        for file, entry in zip(files, entries, strict=True):
            file.is_completed, file.is_scanned = True, False
            file.title = entry.get("title") or file.name
        self._later(self._scan(files))
        if channel is not None:
            comment, thread = arguments.text("initial_comment") or "", arguments.text("thread_ts")
            self._later(self._share(channel.id, files, comment, thread))
        return {"files": [{"id": file.id, "title": file.title} for file in files]}

    def _info(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/files.info."""
        file = self.workspace.files.get(arguments.required("file"))
        if file is None or not file.is_completed or not self._can_see(file):
            raise Refusal("file_not_found")
        if file.is_deleted:
            raise Refusal("file_deleted")
        shape = self._shapes.file(file, with_shares=True)
        return {"file": shape, "comments": [], "response_metadata": {"next_cursor": ""}}

    def _delete(self, arguments: Arguments) -> Json:
        """https://docs.slack.dev/reference/methods/files.delete."""
        file = self.workspace.files.get(arguments.required("file"))
        if file is None:
            raise Refusal("file_not_found")
        if file.owner != self.app.user:
            raise Refusal("cant_delete_file")
        file.is_deleted = True
        return {}

    async def _scan(self, files: list[File]) -> None:
        await self.workspace.pace.pause(self.share_delay_s)
        for file in files:
            file.is_scanned = True

    async def _share(self, channel: str, files: list[File], comment: str, thread: str | None) -> None:
        await self.workspace.pace.pause(self.share_delay_s)
        content = Content(text=comment, files=files)
        author: dict[str, Any] = {"user": self.app.user, "bot_id": self.app.bot, "app_id": self.app.id}
        self._talk.post(channel, content, thread=thread, **author)

    def _uploaded(self, entry: Json) -> File:
        file = self.workspace.files.get(str(entry.get("id")))
        if file is None or file.content is None or file.is_completed:
            raise Refusal("file_not_found")
        return file

    def _target(self, channel_id: str | None) -> Channel | None:
        """A person's id is refused here, and chat:write.public does not help."""
        if not channel_id:
            return None
        if not CHANNEL_ID.match(channel_id):
            pattern = f"input must match regex pattern: {CHANNEL_ID.pattern} [json-pointer:/channel_id]"
            raise Refusal("invalid_arguments", messages=[pattern])
        channel = self.inside(channel_id)
        if channel.is_archived:
            raise Refusal("is_archived")
        return channel

    def _can_see(self, file: File) -> bool:
        if file.is_put_into_form:
            # https://docs.slack.dev/reference/block-kit/block-elements/file-input-element ("Usage info")
            return True
        where = (self.workspace.channels[channel] for channel, _ in file.shares)
        return file.owner == self.app.user or any(self.workspace.is_bot_in(channel) for channel in where)

    def _made(self, name: str, owner: str) -> File:
        file = File(
            id=self.workspace.new_id("F"),
            name=name,
            title=name,
            owner=owner,
            created=int(self.workspace.pace.wall()),
            mimetype=guess_mimetype(name),
        )
        self.workspace.files[file.id] = file
        return file


async def _content(request: web.Request) -> bytes:
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    form = await request.post()
    part = next(iter(form.values()))
    if isinstance(part, web.FileField):
        return await asyncio.to_thread(part.file.read)
    return part.encode() if isinstance(part, str) else bytes(part)
