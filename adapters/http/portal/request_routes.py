"""Below `/requests`: somebody's own requests to read, to go on with and to ask anew.

What is sent becomes an event of the account that signed in, as any platform's does, and the browser is sent on to a
page that it may load again. What is refused is shown again with all that was typed.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from urllib.parse import quote

from aiohttp import web

from adapters.http.gate import Gate
from adapters.http.pages import WITHOUT_SCRIPTS, asked_in, go_on, page_of, policy_of, style_sheet
from adapters.http.portal.sent_form import SentForm, refusal_of, roomy, sent_form, too_large
from adapters.http.rights import declares
from adapters.http.stored_files import send_kept
from bot.domain.directory import ChannelRef
from bot.messages import verbs
from bot.messages.inbound import Location, VerbChosen
from bot.messages.outbound import Form, PrivateReply, Reply
from bot.ports.intake import Intake
from bot.ports.request_pages import AskingPlace, ListChoice, RefusedForm, RequestPage, RequestPages, Visitor
from bot.ports.sessions.sign_ins import Right

REQUESTS: Final = "/requests"
PRIVATE: Final = "private"
"""The field of the form for new requests that keeps one between its requester and the team."""
DEEDS: Final = {
    "reply": verbs.REPLY_OWN,
    "close": verbs.CLOSE_OWN,
    "reopen": verbs.REOPEN_OWN,
    "rate": verbs.RATE,
    "private": verbs.MAKE_PRIVATE_OWN,
}
"""What can be done about a request, by the last part of the address."""
DONE: Final = {"reply": "sent", "rate": "rated"}
"""What the page then says; of the others it shows how the request stands now."""
CREATED: Final = "created"
ANSWERS: Final = f"{REQUESTS}/answers"
OFFER: Final = "offer"
LONGEST_NUMBER: Final = 20
LONGEST_SEARCH: Final = 300
HEADERS: Final = {
    "Content-Security-Policy": policy_of(WITHOUT_SCRIPTS | {"img-src": ["'self'", "data:"]}),
    "Vary": "Cookie",
}


class RequestRoutes:
    """`now` is the clock; `file_limit` in bytes."""

    def __init__(
        self,
        pages: RequestPages,
        *,
        gate: Gate,
        intake: Intake,
        now: Callable[[], datetime],
        file_limit: int,
    ) -> None:
        self._pages = pages
        self._gate = gate
        self._intake = intake
        self._now = now
        self._file_limit = file_limit

    def routes(self) -> list[web.RouteDef]:
        signed_in = self._gate.needs(Right.SIGNED_IN)
        one = f"{REQUESTS}/{{reference}}"
        return [
            web.get(REQUESTS, signed_in(self._mine)),
            web.get(f"{REQUESTS}/page.css", self._style),
            web.get(f"{REQUESTS}/articles", signed_in(self._articles)),
            web.get(f"{REQUESTS}/new", signed_in(self._new)),
            web.post(f"{REQUESTS}/new", roomy(signed_in(self._ask), file_limit=self._file_limit)),
            web.get(ANSWERS, signed_in(self._offered)),
            web.post(ANSWERS, signed_in(self._judge)),
            web.get(one, signed_in(self._one)),
            web.get(f"{one}/files/{{digest}}", signed_in(self._file)),
            web.post(f"{one}/{{deed}}", roomy(signed_in(self._do), file_limit=self._file_limit)),
        ]

    def home(self) -> list[web.RouteDef]:
        """For a desk that has nothing else to show at its address."""
        return [web.get("/", _to_requests)]

    async def _visitor(self, request: web.Request) -> Visitor:
        signed_in = await self._gate.person(request)
        assert signed_in is not None, "the gate lets in nobody else"
        return Visitor(
            person=signed_in.person,
            language=signed_in.language,
            token=self._gate.token(request),
            key=secrets.token_urlsafe(12),
            has_console=Right.AGENT in signed_in.rights,
        )

    async def _mine(self, request: web.Request) -> web.StreamResponse:
        listing = ListChoice(
            sought=asked_in(request, "q", longest=LONGEST_SEARCH),
            open_page=_number(request.query.get("open", "")),
            closed_page=_number(request.query.get("closed", "")),
        )
        return _shown(await self._pages.mine(await self._visitor(request), listing))

    async def _articles(self, request: web.Request) -> web.StreamResponse:
        page = _number(request.query.get("page", ""))
        return _shown(await self._pages.articles(await self._visitor(request), page=page))

    async def _one(self, request: web.Request) -> web.StreamResponse:
        done = request.query.get("done", "")
        is_known = done in (CREATED, *DONE.values())
        visitor = await self._visitor(request)
        return _shown(
            await self._pages.one(visitor, request.match_info["reference"], done=done if is_known else "")
        )

    async def _file(self, request: web.Request) -> web.StreamResponse:
        visitor, reference = await self._visitor(request), request.match_info["reference"]
        file = await self._pages.file(visitor, reference, request.match_info["digest"])
        return await send_kept(request, file, self._pages.read) or _shown(await self._pages.missing(visitor))

    async def _do(self, request: web.Request) -> web.StreamResponse:
        visitor, reference = await self._visitor(request), request.match_info["reference"]
        deed = request.match_info["deed"]
        location = await self._pages.location_of(visitor, reference) if deed in DEEDS else None
        if location is None:
            return _shown(await self._pages.missing(visitor))
        async with sent_form(request) as sent:
            return await self._done(visitor, sent, deed, reference=reference, location=location)

    async def _done(
        self, visitor: Visitor, sent: SentForm, deed: str, *, reference: str, location: Location
    ) -> web.StreamResponse:
        reply: Reply | None = too_large(sent, self._file_limit, visitor.language)
        if reply is None:
            event = self._event(visitor, sent, DEEDS[deed], location=location)
            reply = await self._intake.take(replace(event, ticket=reference))
        if (refused := refusal_of(reply)) is not None:
            given = RefusedForm(refused=refused, typed=sent.typed, had_files=bool(sent.files))
            return _shown(await self._pages.one(visitor, reference, given=given), status=422)
        return _go_on(f"{REQUESTS}/{quote(reference, safe='')}", done=DONE.get(deed, ""))

    async def _new(self, request: web.Request) -> web.StreamResponse:
        visitor = await self._visitor(request)
        place = self._place(visitor, request.query.get("in"))
        form = self._form(visitor, place, {}) if place is not None else None
        if place is None or form is None:
            return _shown(await self._pages.choice(visitor))
        return _shown(await self._pages.ask(visitor, form, place=place))

    async def _ask(self, request: web.Request) -> web.StreamResponse:
        visitor = await self._visitor(request)
        async with sent_form(request) as sent:
            return await self._asked(visitor, sent)

    async def _asked(self, visitor: Visitor, sent: SentForm) -> web.StreamResponse:
        place = self._place(visitor, sent.place)
        if place is None:
            return _shown(await self._pages.choice(visitor), status=422)
        event = self._event(visitor, sent, verbs.OPEN, location=place.location)
        following = self._intake.form_for(event)
        if following is not None:
            return _shown(await self._pages.ask(visitor, _private(following), place=place))
        reply = too_large(sent, self._file_limit, visitor.language) or await self._intake.take(
            replace(event, options={**event.options, PRIVATE: "yes"})
        )
        refused = refusal_of(reply)
        form = self._form(visitor, place, sent.fixed) if refused is not None else None
        if refused is not None and form is not None:
            given = RefusedForm(refused=refused, typed=sent.typed, had_files=bool(sent.files))
            return _shown(await self._pages.ask(visitor, form, place=place, given=given), status=422)
        if isinstance(reply, PrivateReply) and reply.is_question:
            offer = next((each.options[OFFER] for each in reply.buttons if OFFER in each.options), "")
            if offer:  # a page of its own: who reads an article comes back to it
                return go_on(f"{ANSWERS}?{OFFER}={offer}")
            return _shown(await self._pages.answered(visitor, reply))
        return await self._to_opened(visitor, reply)

    async def _offered(self, request: web.Request) -> web.StreamResponse:
        offer = request.query.get(OFFER, "")[:LONGEST_NUMBER]
        page = await self._pages.offered(await self._visitor(request), offer)
        return _shown(page) if page is not None else _go_on(REQUESTS)

    async def _judge(self, request: web.Request) -> web.StreamResponse:
        """What was shown before a request was opened: it is solved, or the team is asked."""
        visitor = await self._visitor(request)
        directly = Location(channel=ChannelRef.direct(visitor.person.key))
        async with sent_form(request) as sent:
            event = self._event(visitor, sent, verbs.JUDGE_ANSWERS, location=directly)
            reply = await self._intake.take(event)
            if refusal_of(reply) is None and sent.typed.get("choice") == "ask":
                return await self._to_opened(visitor, reply)
            return _go_on(REQUESTS)

    async def _to_opened(self, visitor: Visitor, reply: Reply | None) -> web.Response:
        """Sent once more, it has opened nothing: then all requests are shown, that one among them."""
        if reply is None:
            return _go_on(REQUESTS)
        buttons = reply.buttons if isinstance(reply, PrivateReply) else ()
        reference = next((each.ticket for each in buttons if each.ticket), None)
        reference = reference or await self._pages.newest(visitor)
        return _go_on(f"{REQUESTS}/{reference}", done=CREATED) if reference else _go_on(REQUESTS)

    def _place(self, visitor: Visitor, name: str | None) -> AskingPlace | None:
        """The only one where none is named. None for one that is not offered to them."""
        places: Sequence[AskingPlace] = self._pages.places(visitor)
        if name is None:
            return places[0] if len(places) == 1 else None
        return next((each for each in places if each.name == name), None)

    def _form(self, visitor: Visitor, place: AskingPlace, fixed: Mapping[str, str]) -> Form | None:
        asked = VerbChosen(
            key=visitor.key,
            actor=visitor.person,
            location=place.location,
            at=self._now(),
            verb=verbs.OPEN,
            options=fixed,
            is_on_private_reply=True,
        )
        form = self._intake.form_for(asked)
        return _private(form) if form is not None else None

    def _event(self, visitor: Visitor, sent: SentForm, verb: str, *, location: Location) -> VerbChosen:
        return VerbChosen(
            key=f"{visitor.person.key}:portal:{sent.key}",
            actor=visitor.person,
            location=location,
            at=self._now(),
            verb=verb,
            options=sent.options,
            files=sent.files,
            is_form=True,
            is_on_private_reply=True,
        )

    @declares(Right.ANYBODY)
    async def _style(self, request: web.Request) -> web.StreamResponse:
        return style_sheet(request, self._pages.style)


@declares(Right.ANYBODY)
async def _to_requests(_request: web.Request) -> web.StreamResponse:
    return _go_on(REQUESTS)


def _private(form: Form) -> Form:
    """Without the question whether others may read it: what is asked here is between the requester and the team."""
    return replace(form, fields=tuple(each for each in form.fields if each.name != PRIVATE))


def _shown(page: RequestPage, *, status: int = 200) -> web.Response:
    return page_of(page.html, headers=HEADERS, status=status if page.is_found else 404)


def _go_on(path: str, *, done: str = "") -> web.Response:
    return go_on(f"{path}?done={done}" if done else path)


def _number(text: str) -> int:
    return max(int(text), 1) if text.isascii() and text.isdecimal() and len(text) < 8 else 1
