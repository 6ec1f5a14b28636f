"""What a page reads: the desk's state, channels, messages, threads, commands and live updates."""

import sqlite3
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from adapters.http.refusals import Problem
from adapters.web.server import requests
from adapters.web.server.dependencies import Dependencies, Route
from adapters.web.store import messages
from adapters.web.store.messages import instant, message_number
from adapters.web.translate.render import Json, message_json
from bot.domain.directory import ChannelRef
from bot.messages.inbound import Location, SuggestionsWanted
from bot.ports.intake import CommandHelp
from bot.ports.workspace import WorkspacePerson

PAGE_SIZE = 50
LARGEST_PAGE = 200
LONGEST_TYPED = 500
"""Characters of a command's words."""
COMPLETED = frozenset({"search", "macro", "own_macro", "view", "saved_view", "own_requests"})
"""The kinds of options that are completed while they are typed."""


class ReadRoutes:
    def __init__(self, dependencies: Dependencies) -> None:
        self._dependencies = dependencies

    def routes(self) -> list[Route]:
        return [
            ("GET", "/api/state", self._state),
            ("GET", "/api/channels", self._channels),
            ("GET", "/api/channels/{channel}/messages", self._messages),
            ("GET", "/api/threads/{channel}/{root}", self._thread),
            ("POST", "/api/channels/{channel}/read", self._mark_read),
            ("GET", "/api/commands", self._commands),
            ("GET", "/api/suggestions", self._suggestions),
            ("GET", "/api/live", self._live),
        ]

    async def _state(self, _request: web.Request) -> web.Response:
        return web.json_response(desk_json(self._dependencies))

    async def _channels(self, request: web.Request) -> web.Response:
        person = requests.person_of(request, self._dependencies.workspace)
        return web.json_response(await self._dependencies.channels.of(person.id))

    async def _messages(self, request: web.Request) -> web.Response:
        here = self._dependencies
        person = requests.person_of(request, here.workspace)
        channel = requests.channel_of(request.match_info["channel"], here.workspace, person)
        before = _number(request, "before", default=None)
        limit = min(_number(request, "limit", default=PAGE_SIZE) or PAGE_SIZE, LARGEST_PAGE)
        return web.json_response(
            await here.store.run(lambda database: page_json(database, channel.id, before=before, limit=limit))
        )

    async def _thread(self, request: web.Request) -> web.Response:
        here = self._dependencies
        person = requests.person_of(request, here.workspace)
        channel = requests.channel_of(request.match_info["channel"], here.workspace, person)
        number = message_number(request.match_info["root"])
        root, replies = await here.store.run(
            lambda database: (
                messages.find(database, number),
                [] if number is None else messages.replies_to(database, number),
            )
        )
        if root is None or root.channel != channel.id or root.thread is not None:
            raise Problem(404, "platforms.no_thread")
        return web.json_response(
            {"root": message_json(root), "replies": [message_json(each) for each in replies]}
        )

    async def _mark_read(self, request: web.Request) -> web.Response:
        here = self._dependencies
        person = requests.person_of(request, here.workspace)
        channel = requests.channel_of(request.match_info["channel"], here.workspace, person)
        body = await requests.body_of(request)
        up_to, thread = _named(body, "up_to"), _named(body, "thread")
        await here.store.run(
            lambda database: (
                messages.mark_read(
                    database, person=person.id, channel=channel.id, is_direct=channel.is_direct, up_to=up_to
                )
                if thread is None
                else messages.mark_thread_read(database, person=person.id, thread=thread, up_to=up_to or 0)
            )
        )
        here.live.recount({(person.id, channel.id)})
        return web.json_response({})

    async def _commands(self, request: web.Request) -> web.Response:
        person = requests.person_of(request, self._dependencies.workspace)
        return web.json_response(commands_json(self._dependencies, person))

    async def _suggestions(self, request: web.Request) -> web.Response:
        """What may be meant by a command's words so far, for the commands that say so; best first."""
        person = requests.person_of(request, self._dependencies.workspace)
        intake = self._dependencies.event_queue.intake
        group, verb = request.query.get("group", ""), request.query.get("verb", "")
        known = (each for each in intake.command_helps() if (each.group, each.verb) == (group, verb))
        command = next(known, None)
        option = _completed_option(command) if command is not None else None
        if command is None or option is None:
            return web.json_response([])
        wanted = SuggestionsWanted(
            actor=person.as_person(),
            location=Location(channel=ChannelRef.direct(person.as_person().key)),
            verb=command.name,
            option=option,
            typed=request.query.get("typed", "")[:LONGEST_TYPED],
        )
        found = await intake.suggest(wanted)
        return web.json_response([{"value": value, "label": label} for value, label in found])

    async def _live(self, request: web.Request) -> web.StreamResponse:
        here = self._dependencies
        person = requests.person_of(request, here.workspace)
        return await here.live.serve(request, person=person.id, still_in=here.still_in)


def desk_json(here: Dependencies) -> Json:
    """The desk's name, its people, its time, and what the page may do."""
    people = [
        {
            "id": person.id,
            "name": person.name,
            "role": person.role,
            "title": person.title,
            "time_zone": person.time_zone,
            "language": person.language or None,
        }
        for person in here.workspace.people
    ]
    return {
        "desk": here.desk_name(),
        "people": people,
        "now": instant(here.clock.now()),
        "can_fast_forward": here.fast_forward is not None,
        "file_limit": here.file_limit,
        "language": here.workspace.language,
        "pretends": here.workspace.pretends,
    }


def commands_json(here: Dependencies, person: WorkspacePerson) -> list[Json]:
    """For completion, in this person's language. What they may do is decided by the desk when they do it."""
    return [
        {
            "group": each.group,
            "verb": each.verb,
            "usage": each.usage_in(person.language),
            "summary": each.summary_in(person.language),
            "for_agents": each.for_agents,
            "suggests": _completed_option(each) is not None,
        }
        for each in here.event_queue.intake.command_helps()
        if person.is_staff or not each.for_agents
    ]


def page_json(database: sqlite3.Connection, channel: str, *, before: int | None, limit: int) -> Json:
    """Messages of the channel itself, oldest first."""
    page, has_more = messages.page_of(database, channel, before=before, limit=limit)
    return {"messages": [message_json(each) for each in page], "has_more": has_more}


def _completed_option(command: CommandHelp) -> str | None:
    """The option that is typed first and is completed meanwhile; None for most commands."""
    return next((each.name for each in command.options[:1] if each.kind in COMPLETED), None)


def _number(request: web.Request, name: str, *, default: int | None) -> int | None:
    given = request.query.get(name)
    if not given:
        return default
    number = message_number(given)
    if number is None:
        raise Problem(400, "platforms.page_invalid", field=name)
    return number


def _named(body: Mapping[str, Any], name: str) -> int | None:
    """The message that a page's body names, or None."""
    given = body.get(name)
    number = message_number(given) if isinstance(given, str) else None
    if given is not None and number is None:
        raise Problem(400, "platforms.page_invalid", field=name)
    return number
