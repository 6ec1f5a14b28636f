"""What a page does besides talking: buttons, forms, the message menu, and the desk's clock.

What a posted button does is looked up in the stored message; only private replies and forms carry it
themselves. Either way the desk checks the person's rights.
"""

import math
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from adapters.http.refusals import Problem
from adapters.web.capabilities import PLATFORM
from adapters.web.server import requests
from adapters.web.server.dependencies import Dependencies, Route
from adapters.web.store import attachments, messages
from adapters.web.store.messages import Message, instant, message_number
from adapters.web.translate import inbound
from adapters.web.translate.inbound import Interaction
from adapters.web.translate.render import press_of
from adapters.web.workspace import DESK_ID
from bot.domain.directory import Person
from bot.messages import verbs
from bot.messages.inbound import MessagePosted, VerbChosen
from bot.ports.workspace import WorkspacePerson

LONGEST_REFERENCE = 320
"""Characters of an e-mail address or a key: https://www.rfc-editor.org/rfc/rfc3696#section-3"""
FARTHEST_FORWARD_S = 366 * 24 * 3600


class ActionRoutes:
    def __init__(self, dependencies: Dependencies) -> None:
        self._dependencies = dependencies

    def routes(self) -> list[Route]:
        return [
            ("POST", "/api/actions", self._press),
            ("POST", "/api/forms", self._submit),
            ("POST", "/api/forms/closed", self._close),
            ("POST", "/api/writing", self._writing),
            ("POST", "/api/make-ticket", self._make_ticket),
            ("POST", "/api/people", self._show_person),
            ("POST", "/api/home", self._open_home),
            ("POST", "/api/clock", self._forward),
        ]

    async def _press(self, request: web.Request) -> web.Response:
        person, body = await self._read(request)
        interaction = self._doing(person, body)
        private = body.get("private")
        press = _carried(private) if private is not None else await self._posted_press(interaction, body)
        event = inbound.verb_chosen(
            interaction,
            verb=press["verb"],
            ticket=press["ticket"],
            options=press["options"],
            is_on_private_reply=private is not None,
        )
        reply = await self._dependencies.answering.ask(event, may_open_form=bool(press["opens_form"]))
        return web.json_response({"reply": reply})

    async def _submit(self, request: web.Request) -> web.Response:
        person, body = await self._read(request)
        event = await self._filled_in(person, body)
        reply = await self._dependencies.answering.ask(
            event, may_open_form=body["form"].get("is_step") is True
        )
        return web.json_response({"reply": reply})

    async def _close(self, request: web.Request) -> web.Response:
        person, body = await self._read(request)
        self._dependencies.answering.closed(await self._filled_in(person, body))
        return web.json_response({})

    async def _filled_in(self, person: WorkspacePerson, body: dict[str, Any]) -> VerbChosen:
        form = body.get("form")
        if not isinstance(form, dict):
            raise Problem(400, "platforms.page_invalid", field="form")
        press = _carried(form)
        options = requests.texts_in(form.get("fixed"), "fixed") | requests.texts_in(
            body.get("values"), "values"
        )
        files = requests.files_in(body)
        stored = await self._dependencies.store.run(
            lambda database: attachments.unposted(database, files, owner=person.id)
        )
        return inbound.verb_chosen(
            self._doing(person, body),
            verb=press["verb"],
            ticket=press["ticket"],
            options=options,
            stored=stored,
            is_form=True,
            is_on_private_reply=form.get("is_asked_privately") is True,
        )

    async def _writing(self, request: web.Request) -> web.Response:
        """Somebody types in a thread: they alone are told who else is answering."""
        person, body = await self._read(request)
        interaction = self._doing(person, body)
        told = await self._dependencies.answering.writing(interaction.person, interaction.location)
        return web.json_response({"notice": told})

    async def _make_ticket(self, request: web.Request) -> web.Response:
        person, body = await self._read(request)
        interaction = self._doing(person, body)
        message = await self._message(interaction.channel, body.get("message"))
        if message.is_deleted:
            raise Problem(404, "platforms.message_deleted")
        if message.author == DESK_ID:
            raise Problem(400, "platforms.not_a_message")
        about = await self._about(message)
        event = inbound.verb_chosen(interaction, verb=verbs.OPEN, ticket=None, options={}, about=about)
        return web.json_response({"reply": await self._dependencies.answering.ask(event, may_open_form=True)})

    async def _show_person(self, request: web.Request) -> web.Response:
        """What an address such as `/people/ana@example.com` is for; who may not know of them is told so."""
        person, body = await self._read(request)
        reference = body.get("reference")
        if not isinstance(reference, str) or not 0 < len(reference) <= LONGEST_REFERENCE:
            raise Problem(400, "platforms.page_invalid", field="reference")
        options = {"person": reference}
        event = inbound.verb_chosen(self._doing(person, body), verb=verbs.WHO, ticket=None, options=options)
        return web.json_response(
            {"reply": await self._dependencies.answering.ask(event, may_open_form=False)}
        )

    async def _open_home(self, request: web.Request) -> web.Response:
        """Somebody looks at their home page: it arrives over the live connection, now and after changes."""
        person, body = await self._read(request)
        event = inbound.home_opened(
            person.as_person(), client_key=requests.client_key_in(body), at=self._dependencies.clock.now()
        )
        await self._dependencies.event_queue.intake.take(event)
        return web.json_response({})

    async def _forward(self, request: web.Request) -> web.Response:
        here = self._dependencies
        if here.fast_forward is None:
            raise Problem(404, "platforms.real_time")
        seconds = (await requests.body_of(request)).get("forward_s")
        if (
            not isinstance(seconds, int | float)
            or not math.isfinite(seconds)
            or not 0 < seconds <= FARTHEST_FORWARD_S
        ):
            raise Problem(400, "platforms.page_invalid", field="forward_s")
        now = await here.fast_forward(timedelta(seconds=seconds), self._tell_time)
        self._tell_time(now)
        return web.json_response({"now": instant(now)})

    def _tell_time(self, now: datetime) -> None:
        """Every page shows how far desk time has come."""
        self._dependencies.live.tell_all({"type": "clock", "now": instant(now)})

    async def _read(self, request: web.Request) -> tuple[WorkspacePerson, dict[str, Any]]:
        person = requests.person_of(request, self._dependencies.workspace)
        return person, await requests.body_of(request)

    def _doing(self, person: WorkspacePerson, body: dict[str, Any]) -> Interaction:
        channel = requests.channel_of(body.get("channel"), self._dependencies.workspace, person)
        return Interaction(
            person=person.as_person(),
            channel=channel.id,
            thread=requests.thread_in(body),
            client_key=requests.client_key_in(body),
            at=self._dependencies.clock.now(),
        )

    async def _posted_press(self, interaction: Interaction, body: dict[str, Any]) -> dict[str, Any]:
        message = await self._message(interaction.channel, body.get("message"))
        row, index = _place(body.get("button"))
        label = body.get("label")
        if label is not None and not isinstance(label, str):
            raise Problem(400, "platforms.page_invalid", field="label")
        press = press_of(message.content or {}, row=row, index=index, label=label)
        if press is None:
            raise Problem(409, "platforms.button_gone")
        return press

    async def _message(self, channel: str, message_id: object) -> Message:
        number = message_number(message_id) if isinstance(message_id, str) else None
        message = await self._dependencies.store.run(lambda database: messages.find(database, number))
        if message is None or message.channel != channel:
            raise Problem(404, "platforms.no_message")
        return message

    async def _about(self, message: Message) -> MessagePosted:
        files = await self._dependencies.store.run(
            lambda database: attachments.of_message(database, message.id)
        )
        author = self._dependencies.workspace.person(message.author)
        actor = (
            author.as_person()
            if author is not None
            else Person(key=f"{PLATFORM}:{message.author}", name=message.author_name)
        )
        event = inbound.event_of(
            inbound.posted(message, stored=[file.as_stored() for file in files], language=actor.language),
            actor,
        )
        assert isinstance(event, MessagePosted)
        return event


def _carried(private: object) -> dict[str, Any]:
    """What a private reply's button or a form says it does."""
    if not isinstance(private, dict) or not isinstance(private.get("verb"), str):
        raise Problem(400, "platforms.page_invalid", field="verb")
    ticket = private.get("ticket")
    if ticket is not None and not isinstance(ticket, str):
        raise Problem(400, "platforms.page_invalid", field="ticket")
    return {
        "verb": private["verb"],
        "ticket": ticket,
        "options": requests.texts_in(private.get("options"), "options"),
        "opens_form": private.get("opens_form") is True,
    }


def _place(button: object) -> tuple[str, int]:
    row, index = ("menu", button.get("menu")) if isinstance(button, dict) else ("buttons", button)
    if not isinstance(index, int) or isinstance(index, bool):
        raise Problem(400, "platforms.page_invalid", field="button")
    return row, index
