"""Files: uploads streamed into the file store, downloads for people who may see a message with the file."""

import secrets
from collections.abc import AsyncIterator

from aiohttp import BodyPartReader, web

from adapters.http.refusals import Problem
from adapters.http.stored_files import send_stored
from adapters.http.uploads import clean_name, clean_type
from adapters.web.server import requests
from adapters.web.server.dependencies import Dependencies, Route
from adapters.web.store import attachments
from adapters.web.store.attachments import Attachment
from bot.domain.errors import FileTooLarge
from bot.domain.tickets.conversation import StoredFile
from bot.ports.workspace import WorkspacePerson
from bot.text.amounts import size

CHUNK = 64 * 1024
MULTIPART_ROOM = 64 * 1024
"""Bytes that the wrapping of an upload may take besides the file."""


class FileRoutes:
    def __init__(self, dependencies: Dependencies) -> None:
        self._dependencies = dependencies

    def routes(self) -> list[Route]:
        return [("POST", "/api/files", self._upload), ("GET", "/api/files/{file}", self._download)]

    async def _upload(self, request: web.Request) -> web.Response:
        here = self._dependencies
        person = requests.person_of(request, here.workspace)
        if (request.content_length or 0) > here.file_limit + MULTIPART_ROOM:
            raise self._too_large(person.language)
        part = await _file_part(request)
        try:
            file = await here.files.keep(
                _chunks(part),
                name=clean_name(part.filename),
                media_type=clean_type(part.headers.get("Content-Type")),
            )
        except FileTooLarge:
            raise self._too_large(person.language) from None
        if file.digest is None:
            raise _not_saved(file)
        file_id = secrets.token_hex(12)
        await here.store.run(
            lambda database: attachments.add(database, file, file_id=file_id, owner=person.id, message=None)
        )
        return web.json_response(
            {"id": file_id, "name": file.name, "size": file.size, "media_type": file.media_type}
        )

    async def _download(self, request: web.Request) -> web.StreamResponse:
        here = self._dependencies
        person = requests.person_of(request, here.workspace)
        file = await here.store.run(lambda database: attachments.find(database, request.match_info["file"]))
        if file is None or not self._may_fetch(person, file):
            raise Problem(404, "platforms.no_file")
        try:
            return await send_stored(request, file.as_stored(), here.files.read(file.digest))
        except FileNotFoundError:
            raise Problem(404, "platforms.file_lost") from None

    def _may_fetch(self, person: WorkspacePerson, file: Attachment) -> bool:
        if file.channel is None:
            return file.owner == person.id
        return self._dependencies.workspace.may_see(person.id, file.channel)

    def _too_large(self, language: str) -> Problem:
        return Problem(413, "platforms.upload_too_large", limit=size(self._dependencies.file_limit, language))


def _not_saved(file: StoredFile) -> Problem:
    if file.problem:
        return Problem(422, "platforms.upload_not_saved", reason=file.problem)
    return Problem(422, "platforms.file_not_saved")


async def _file_part(request: web.Request) -> BodyPartReader:
    if not request.content_type.startswith("multipart/"):
        raise Problem(415, "platforms.page_invalid", field="Content-Type")
    try:
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader) and part.name == "file":
                return part
    except (ValueError, AssertionError):
        raise Problem(400, "platforms.upload_damaged") from None
    raise Problem(400, "platforms.page_invalid", field="file")


async def _chunks(part: BodyPartReader) -> AsyncIterator[bytes]:
    while chunk := await part.read_chunk(CHUNK):
        yield bytes(chunk)
