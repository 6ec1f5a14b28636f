"""All that a page needs to be worked with, in one answer: who one is, the channels, what is said in the open one."""

import sqlite3
from typing import Any

from aiohttp import web

from adapters.http.refusals import Problem
from adapters.web.page.page_words import page_words
from adapters.web.server import requests
from adapters.web.server.auth import ACTS_AS
from adapters.web.server.dependencies import Dependencies, Route
from adapters.web.server.read_routes import PAGE_SIZE, commands_json, desk_json, page_json
from adapters.web.translate.render import Json
from bot.ports.workspace import ChannelGroup, WorkspacePerson

HOME = "home@"
"""Stands for the home page where channels have their ids; it is none of them."""
PACKED_FROM = 1024
"""Bytes from which an answer is sent compressed."""


class OpeningRoute:
    def __init__(self, dependencies: Dependencies) -> None:
        self._dependencies = dependencies

    def routes(self) -> list[Route]:
        return [("GET", "/api/opening", self._open)]

    async def _open(self, request: web.Request) -> web.Response:
        """For whoever the page acts as, else for the first person there is; `channel` is where its address leads.

        `speaks` is the language whose words the page has already.
        """
        here = self._dependencies
        person = self._person(request)
        # Before anything is read: what changes from here on the live connection knows of.
        at = here.live.at
        channels = await here.channels.of(person.id)
        opens = _opened(request.query.get("channel"), channels, person)
        page = None
        if opens is not None and opens != HOME:
            channel = opens

            def read(database: sqlite3.Connection) -> Json:
                return page_json(database, channel, before=None, limit=PAGE_SIZE)

            page = await here.store.run(read)
        pack = page_words(person.language)
        is_spoken = request.query.get("speaks") == pack["language"]
        answer: dict[str, Any] = {
            "at": at,
            "person": person.id,
            "desk": desk_json(here),
            "token": here.token_of(request),
            "channels": channels,
            "commands": commands_json(here, person),
            "opens": opens,
            "page": page,
            "words": None if is_spoken else pack,
        }
        response = web.json_response(answer)
        if response.body is not None and len(response.text or "") >= PACKED_FROM:
            response.enable_compression()
        return response

    def _person(self, request: web.Request) -> WorkspacePerson:
        people = self._dependencies.workspace.people
        if not people:
            raise Problem(403, "platforms.no_person")
        person = request.get(ACTS_AS) or people[0]
        return requests.with_language(request, person, otherwise=self._dependencies.workspace.language)


def _opened(asked: str | None, channels: list[Json], person: WorkspacePerson) -> str | None:
    """Where the address leads if one may go there; else agents begin where work has come, others where they ask."""
    if asked == HOME or any(each["id"] == asked for each in channels):
        return asked
    groups = [ChannelGroup.REQUESTS]
    if person.is_staff:
        groups.insert(0, ChannelGroup.TEAMS)
    for group in groups:
        found = [each for each in channels if each["group"] == group]
        if found:
            return str(next((each for each in found if each["unread"]), found[0])["id"])
    return str(channels[0]["id"]) if channels else None
