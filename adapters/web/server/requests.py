"""Reading what a page sent: checked before anything is done with it, refused with a sentence."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

from aiohttp import web

from adapters.http.reader import language_of
from adapters.http.refusals import Problem
from adapters.web.server.auth import ACTS_AS
from adapters.web.store.messages import message_number
from adapters.web.workspace import Workspace
from bot.ports.workspace import WorkspaceChannel, WorkspacePerson

LONGEST_TEXT = 100_000
CLIENT_KEY = re.compile(r"[\w.:-]{1,100}", re.ASCII)
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
MOST_FILES = 20


def person_of(request: web.Request, workspace: Workspace) -> WorkspacePerson:
    """Whom the page acts as, as the guard found out; and what they read."""
    person = request.get(ACTS_AS)
    if person is None:
        raise Problem(403, "platforms.no_person")
    return with_language(request, person, otherwise=workspace.language)


def with_language(request: web.Request, person: WorkspacePerson, *, otherwise: str) -> WorkspacePerson:
    """Where it is not told what they read, that which their browser asks for."""
    if person.language:
        return person
    return replace(person, language=language_of(request, otherwise=otherwise))


def channel_of(channel_id: object, workspace: Workspace, person: WorkspacePerson) -> WorkspaceChannel:
    """A channel this person sees; the same sentence for one that is hidden and one that does not exist."""
    channel = workspace.channel(channel_id) if isinstance(channel_id, str) else None
    if channel is None or not channel.admits(person.id):
        raise Problem(404, "platforms.no_channel")
    return channel


async def body_of(request: web.Request) -> dict[str, Any]:
    """A JSON object whose strings can be stored and shown."""
    if request.content_type != "application/json":
        raise Problem(415, "platforms.page_invalid", field="Content-Type")
    try:
        body = json.loads(await request.read())
        _check_characters(body)
    except (ValueError, RecursionError):
        raise Problem(400, "platforms.page_invalid", field="JSON") from None
    if not isinstance(body, dict):
        raise Problem(400, "platforms.page_invalid", field="JSON")
    return body


def said_in(body: Mapping[str, Any], *, may_be_empty: bool = False) -> str:
    """The text of a message. Empty ones and those above the limit are refused."""
    text = body.get("text")
    if not isinstance(text, str):
        raise Problem(400, "platforms.page_invalid", field="text")
    if len(text) > LONGEST_TEXT:
        raise Problem(413, "platforms.message_too_long", number=len(text), limit=LONGEST_TEXT)
    if not text.strip() and not may_be_empty:
        raise Problem(400, "platforms.message_empty")
    return text


def thread_in(body: Mapping[str, Any]) -> str | None:
    thread = body.get("thread")
    if thread is not None and (not isinstance(thread, str) or message_number(thread) is None):
        raise Problem(400, "platforms.page_invalid", field="thread")
    return thread


def client_key_in(body: Mapping[str, Any]) -> str:
    """The page's own key for this use; one is made up for a page that sends none."""
    key = body.get("client_key")
    if key is None:
        return str(uuid4())
    if not isinstance(key, str) or not CLIENT_KEY.fullmatch(key):
        raise Problem(400, "platforms.page_invalid", field="client_key")
    return key


def files_in(body: Mapping[str, Any]) -> list[str]:
    files = body.get("files") or []
    if not isinstance(files, list) or not all(isinstance(each, str) for each in files):
        raise Problem(400, "platforms.page_invalid", field="files")
    if len(files) > MOST_FILES:
        raise Problem(400, "platforms.message_files", limit=MOST_FILES)
    return files


def texts_in(value: object, what: str) -> dict[str, str]:
    """A JSON object of strings; numbers and yes/no become strings, null is left out."""
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(
        isinstance(each, str | int | float | None) for each in value.values()
    ):
        raise Problem(400, "platforms.page_invalid", field=what)
    return {name: str(each) for name, each in value.items() if each is not None}


def _check_characters(body: object) -> None:
    for text in _texts(body):
        if "\x00" in text:
            raise Problem(400, "platforms.text_nul")
        if LONE_SURROGATE.search(text):
            raise Problem(400, "platforms.text_half")


def _texts(body: object) -> Iterator[str]:
    if isinstance(body, str):
        yield body
    elif isinstance(body, dict):
        for name, value in body.items():
            yield name
            yield from _texts(value)
    elif isinstance(body, list):
        for value in body:
            yield from _texts(value)
