"""Reading what a page sent: checked before anything is done with it, refused with a sentence."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

from aiohttp import web

from adapters.web.server.auth import Problem
from adapters.web.store.messages import message_number
from adapters.web.workspace import Workspace
from bot.ports.workspace import WorkspaceChannel, WorkspacePerson

LONGEST_TEXT = 100_000
CLIENT_KEY = re.compile(r"[\w.:-]{1,100}", re.ASCII)
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
MOST_FILES = 20


def person_of(request: web.Request, workspace: Workspace) -> WorkspacePerson:
    """Whom the page acts as: `X-Person`, or `?person=` where a browser can send no header."""
    name = request.headers.get("X-Person") or request.query.get("person", "")
    person = workspace.person(name)
    if person is None:
        raise Problem(403, "Choose who you are first; the desk does not know this person.")
    return person


def channel_of(channel_id: object, workspace: Workspace, person: WorkspacePerson) -> WorkspaceChannel:
    """A channel this person sees; the same sentence for one that is hidden and one that does not exist."""
    channel = workspace.channel(channel_id) if isinstance(channel_id, str) else None
    if channel is None or not channel.admits(person.id):
        raise Problem(404, "There is no such channel, or you may not see it.")
    return channel


async def body_of(request: web.Request) -> dict[str, Any]:
    """A JSON object whose strings can be stored and shown."""
    if request.content_type != "application/json":
        raise Problem(415, "Send JSON, with `Content-Type: application/json`.")
    try:
        body = json.loads(await request.read())
        _check_characters(body)
    except (ValueError, RecursionError):
        raise Problem(400, "The request is not valid JSON.") from None
    if not isinstance(body, dict):
        raise Problem(400, "The request must be a JSON object.")
    return body


def said_in(body: Mapping[str, Any], *, may_be_empty: bool = False) -> str:
    """The text of a message. Empty ones and those above the limit are refused."""
    text = body.get("text")
    if not isinstance(text, str):
        raise Problem(400, "A message needs a text.")
    if len(text) > LONGEST_TEXT:
        raise Problem(
            413,
            f"Your message has {len(text):,} characters; at most {LONGEST_TEXT:,} fit. Send the rest as a "
            "second message or as a file.",
        )
    if not text.strip() and not may_be_empty:
        raise Problem(400, "Your message is empty. Write something, or add a file.")
    return text


def thread_in(body: Mapping[str, Any]) -> str | None:
    thread = body.get("thread")
    if thread is not None and (not isinstance(thread, str) or message_number(thread) is None):
        raise Problem(400, "`thread` must be a message's id, or null.")
    return thread


def client_key_in(body: Mapping[str, Any]) -> str:
    """The page's own key for this use; one is made up for a page that sends none."""
    key = body.get("client_key")
    if key is None:
        return str(uuid4())
    if not isinstance(key, str) or not CLIENT_KEY.fullmatch(key):
        raise Problem(400, "`client_key` must be 1 to 100 letters, digits or `-_.:`.")
    return key


def files_in(body: Mapping[str, Any]) -> list[str]:
    files = body.get("files") or []
    if not isinstance(files, list) or not all(isinstance(each, str) for each in files):
        raise Problem(400, "`files` must be a list of file ids.")
    if len(files) > MOST_FILES:
        raise Problem(400, f"At most {MOST_FILES} files go with one message. Send the others with another.")
    return files


def texts_in(value: object, what: str) -> dict[str, str]:
    """A JSON object of strings; numbers and yes/no become strings, null is left out."""
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(
        isinstance(each, str | int | float | None) for each in value.values()
    ):
        raise Problem(400, f"`{what}` must be an object of texts.")
    return {name: str(each) for name, each in value.items() if each is not None}


def _check_characters(body: object) -> None:
    for text in _texts(body):
        if "\x00" in text:
            raise Problem(
                400, "The text has a NUL character in it, which cannot be sent. Remove it and try again."
            )
        if LONE_SURROGATE.search(text):
            raise Problem(
                400, "The text has half of a character in it (a lone surrogate). Remove it and try again."
            )


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
