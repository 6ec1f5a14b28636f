"""A form as a browser sent it: its fields, and its files, which are on disk until they are read."""

import asyncio
import hashlib
import re
import secrets
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Final

from aiohttp import web
from aiohttp.web_request import FileField

from adapters.http.refusals import FIELD
from adapters.http.rights import Handler, declares
from adapters.http.uploads import clean_name, clean_type
from bot.messages.inbound import IncomingFile
from bot.messages.outbound import FormRefused, PrivateReply, Reply
from bot.messages.plain import quoted
from bot.ports.sessions.sign_ins import Right
from bot.text.amounts import size
from bot.text.sentences import words

FIXED: Final = "x-"
"""Before those that the desk filled in itself."""
FILES: Final = "files"
KEY: Final = re.compile(r"[\w-]{8,64}", re.ASCII)
CHUNK: Final = 64 * 1024
ROOM_FOR_FILES: Final = 4
"""Files of the largest size that one form may bring."""
ROOM_FOR_WORDS: Final = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class SentForm:
    """`key` is of the page and of what was typed: sent twice it is one, and changed and sent again another."""

    key: str
    place: str
    typed: Mapping[str, str]
    fixed: Mapping[str, str]
    files: tuple[IncomingFile, ...]

    @property
    def options(self) -> dict[str, str]:
        return {**self.fixed, **self.typed}


def roomy(handler: Handler, *, file_limit: int) -> Handler:
    """Forms with files are larger than others; they are read once it is known whose they are. In bytes."""
    room = ROOM_FOR_FILES * file_limit + ROOM_FOR_WORDS

    @declares(Right.SIGNED_IN)
    async def roomy(request: web.Request) -> web.StreamResponse:
        return await handler(request.clone(client_max_size=room))

    return roomy


def too_large(sent: SentForm, file_limit: int, language: str) -> FormRefused | None:
    """Said before anything is sent, so that nothing is sent without its file."""
    large = next((each for each in sent.files if each.size > file_limit), None)
    if large is None:
        return None
    limit = size(file_limit, language)
    return FormRefused(words(language, "portal.file_too_large", file=large.name, limit=limit))


def refusal_of(reply: Reply | None) -> FormRefused | None:
    """Why what was sent is not done, however the desk says it."""
    match reply:
        case FormRefused():
            return reply
        case PrivateReply(text=text, is_error=True):
            return FormRefused(quoted(text))
        case _:
            return None


@asynccontextmanager
async def sent_form(request: web.Request) -> AsyncIterator[SentForm]:
    """Its files can be read until the end; then they are gone."""
    given = await request.post()
    try:
        yield await _read(given.items())
    finally:
        for each in given.values():
            if isinstance(each, FileField):
                each.file.close()


async def _read(given: Iterable[tuple[str, object]]) -> SentForm:
    """Of several values of one field, as checkboxes send them, one text with commas."""
    found: dict[str, list[str]] = {}
    files: list[IncomingFile] = []
    for name, value in given:
        if isinstance(value, FileField):
            if name == FILES and value.filename:
                files.append(await _file(value))
        elif isinstance(value, str):
            found.setdefault(name, []).append(value.replace("\r\n", "\n").replace("\0", ""))
    return SentForm(
        key=_key(found, files),
        place="".join(found.get("in", [])[:1]),
        typed=_named(found, FIELD),
        fixed=_named(found, FIXED),
        files=tuple(files),
    )


def _key(found: Mapping[str, list[str]], files: Sequence[IncomingFile]) -> str:
    page = "".join(found.get("key", []))
    typed = repr((sorted(found.items()), [(each.name, each.size) for each in files]))
    digest = hashlib.sha256(typed.encode(errors="replace")).hexdigest()[:16]
    return f"{page if KEY.fullmatch(page) else secrets.token_urlsafe(12)}:{digest}"


def _named(found: Mapping[str, list[str]], prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix): ",".join(filter(None, values))
        for name, values in found.items()
        if name.startswith(prefix)
    }


async def _file(sent: FileField) -> IncomingFile:
    def whole() -> int:
        return sent.file.seek(0, 2)

    return IncomingFile(
        name=clean_name(sent.filename),
        media_type=clean_type(sent.content_type),
        size=await asyncio.to_thread(whole),
        read=partial(_chunks, sent),
    )


async def _chunks(sent: FileField) -> AsyncIterator[bytes]:
    await asyncio.to_thread(sent.file.seek, 0)
    while chunk := await asyncio.to_thread(sent.file.read, CHUNK):
        yield chunk
