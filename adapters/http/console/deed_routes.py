"""What is done in the console: each form and button is an event of whoever is signed in, taken in as any platform's.

Rights and the state of a ticket are checked there. What is refused is shown again with all that was typed; what is
done leads on to the page it was done from, which may be loaded again.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from aiohttp import web

from adapters.http.console.console_door import (
    CONSOLE,
    ConsoleDoor,
    answered,
    chosen,
    leads_to,
    location_of,
    shown,
)
from adapters.http.gate import own_path
from adapters.http.portal.sent_form import FIXED, SentForm, refusal_of, roomy, sent_form, too_large
from adapters.http.refusals import is_call
from bot.messages import verbs
from bot.messages.ask_again import AskAgain
from bot.messages.inbound import SuggestionsWanted, VerbChosen
from bot.messages.outbound import Form, FormRefused, PrivateReply, Reply
from bot.ports.console.deeds import DeedPages, DeedPlace
from bot.ports.console.news import ConsoleNews
from bot.ports.console.pages import ConsolePage, ConsoleSection, ConsoleVisitor
from bot.ports.intake import Intake
from bot.ports.request_pages import RefusedForm

LONGEST: Final = 200
DO: Final = f"{CONSOLE}/do"
NOTHING_GIVEN: Final = {"": ""}
"""An option of no name, so that it is known that a form was asked for with none."""
BEGAN: Final = "o-"
"""Before the names of the options with which a form was asked for that only the command can make."""
AT_WORK: Final = frozenset({verbs.BULK_RUN, verbs.BULK_UNDO})
"""Verbs that begin what goes on after they were answered."""
OUTCOMES: Final = frozenset({verbs.BULK_STATE, verbs.HELD_OUTCOME})
"""Verbs that say what became of it."""
DONE_WITH: Final = frozenset({verbs.BULK_UNDO, verbs.BULK_STATE, verbs.BULK_AGAIN})
"""Verbs of many tickets that are offered once something is done, and need not be pressed."""


class DeedRoutes:
    """`now` is the clock; `file_limit` in bytes."""

    def __init__(
        self,
        pages: DeedPages,
        *,
        door: ConsoleDoor,
        intake: Intake,
        now: Callable[[], datetime],
        file_limit: int,
        news: ConsoleNews,
    ) -> None:
        self._pages = pages
        self._door = door
        self._intake = intake
        self._now = now
        self._file_limit = file_limit
        self._news = news

    def routes(self) -> list[web.RouteDef]:
        signed_in = self._door.signed_in
        return [
            web.get(DO, signed_in(self._ask)),
            web.post(DO, roomy(signed_in(self._do), file_limit=self._file_limit)),
            web.get(f"{CONSOLE}/bulk", signed_in(leads_to(ConsoleSection.TICKETS.path))),
            web.post(f"{CONSOLE}/bulk", signed_in(self._bulk)),
            web.post(f"{CONSOLE}/closed", signed_in(self._closed)),
            web.get(f"{CONSOLE}/verbs", signed_in(self._verbs)),
            web.get(f"{CONSOLE}/values", signed_in(self._values)),
        ]

    async def _ask(self, request: web.Request) -> web.StreamResponse:
        """The form of a command, what it answers where it only reads, or a button that does it."""
        visitor, place = await self._door.visitor(request), _place(request)
        given = {
            name.removeprefix(FIXED): value for name, value in request.query.items() if name.startswith(FIXED)
        }
        verb = _asked(request, "verb")
        event = self._event(visitor, verb, place, key=visitor.key, options=given, is_form=False)
        form = self._intake.form_for(event)
        if verb == verbs.BULK_UNDO and not given:
            event = replace(event, verb=verbs.BULK_LAST)  # which one that is, before it is done
            return await self._replied(request, visitor, await self._intake.take(event), place, event)
        if form is not None:
            if form.tells_closing:
                self._says_who_writes(event, begins="typed" in request.query)
            return await self._formed(request, visitor, form, place)
        if self._pages.reads(verb, given):
            return await self._replied(request, visitor, await self._intake.take(event), place, event)
        return _shown(request, await self._pages.confirm(visitor, verb, place))

    async def _do(self, request: web.Request) -> web.StreamResponse:
        visitor, place, verb = await self._door.visitor(request), _place(request), _asked(request, "verb")
        is_form = not request.query.get("pressed")
        async with sent_form(request) as sent:
            event = replace(
                self._event(visitor, verb, place, key=sent.key, options=sent.options, is_form=is_form),
                files=sent.files,
            )
            following = self._intake.form_for(event) if is_form else None  # a button is done as it is
            if following is not None:
                return await self._formed(request, visitor, following, place)
            reply = too_large(sent, self._file_limit, visitor.language) or await self._intake.take(event)
            refused = _refusal(reply) if is_form else None
            if refused is not None:
                place = replace(place, began_with=await _began_with(request))
                return await self._refused(request, visitor, refused, event, sent, place)
        if verb in AT_WORK and not (isinstance(reply, PrivateReply) and (reply.is_error or reply.buttons)):
            event = replace(
                event, key=f"{event.key}:state", verb=verbs.BULK_STATE, options=_change_of(event.options)
            )
            reply = await self._intake.take(event)
        return await self._replied(request, visitor, reply, place, event)

    async def _bulk(self, request: web.Request) -> web.StreamResponse:
        """The rows that were picked, or all that the search finds, for the registry's way to change many."""
        visitor = await self._door.visitor(request)
        sent = await request.post()
        picked = [each for each in sent.getall("pick", []) if isinstance(each, str) and len(each) < 40]
        query = str(sent.get(f"{FIXED}query", "")) if sent.get("which") == "all" else " ".join(picked)
        place = replace(
            _place(request),
            back=own_path(request.query.get("back", ""), otherwise=ConsoleSection.TICKETS.path),
        )
        key = f"{sent.get('key', '')}:{query}"[-LONGEST:]
        event = self._event(visitor, verbs.BULK, place, key=key, options={"query": query}, is_form=True)
        return await self._replied(request, visitor, await self._intake.take(event), place, event)

    async def _closed(self, request: web.Request) -> web.StreamResponse:
        """A box in which somebody began to write was left without sending."""
        visitor, place = await self._door.visitor(request), _place(request)
        verb = _asked(request, "verb")
        self._intake.form_closed(self._event(visitor, verb, place, key=visitor.key, options={}, is_form=True))
        self._news.touch(place.ticket)
        return web.Response(status=204)

    async def _verbs(self, request: web.Request) -> web.StreamResponse:
        offered = await self._pages.offered(await self._door.visitor(request), _asked(request, "ticket"))
        return answered({"verbs": [asdict(each) for each in offered]})

    async def _values(self, request: web.Request) -> web.StreamResponse:
        """What an option may be, while it is typed."""
        visitor = await self._door.visitor(request)
        wanted = SuggestionsWanted(
            actor=visitor.person,
            location=location_of(visitor),
            verb=_asked(request, "verb"),
            option=_asked(request, "option"),
            typed=request.query.get("typed", "")[:LONGEST],
            ticket=_asked(request, "ticket") or None,
        )
        return answered({"values": [list(each) for each in await self._intake.suggest(wanted)]})

    def _says_who_writes(self, event: VerbChosen, *, begins: bool) -> None:
        """To others who answer the same ticket, once something is typed: a form that is open says nothing yet."""
        if not begins:
            self._intake.form_closed(event)
        self._news.touch(event.ticket or "")

    async def _formed(
        self,
        request: web.Request,
        visitor: ConsoleVisitor,
        form: Form,
        place: DeedPlace,
        *,
        given: RefusedForm | None = None,
    ) -> web.StreamResponse:
        page = await self._pages.form(visitor, form, place, given=given)
        return _shown(request, page, status=422 if given is not None else 200)

    async def _refused(
        self,
        request: web.Request,
        visitor: ConsoleVisitor,
        refused: FormRefused,
        event: VerbChosen,
        sent: SentForm,
        place: DeedPlace,
    ) -> web.StreamResponse:
        """The form once more with what it held; the refusal alone where the desk makes that form no more."""
        given = RefusedForm(refused=refused, typed=sent.typed, had_files=bool(sent.files))
        options = place.began_with or sent.fixed
        again = replace(event, key=f"{event.key}:again", options=options, files=(), is_form=False)
        form = self._intake.form_for(again) or await self._intake.take(again)
        if isinstance(form, Form):
            if form.tells_closing:
                self._says_who_writes(again, begins=any(each.strip() for each in sent.typed.values()))
            return await self._formed(request, visitor, form, place, given=given)
        reply = PrivateReply(text=(refused.reason,), is_error=True)
        return _shown(request, await self._pages.reply(visitor, reply, place), status=422)

    async def _replied(
        self,
        request: web.Request,
        visitor: ConsoleVisitor,
        reply: Reply | None,
        place: DeedPlace,
        event: VerbChosen,
    ) -> web.StreamResponse:
        match reply:
            case Form():
                began = replace(place, began_with=event.options or NOTHING_GIVEN)
                return await self._formed(request, visitor, reply, began)
            case FormRefused(reason=reason):
                shown_reply = PrivateReply(text=(reason,), is_error=True)
                return _shown(request, await self._pages.reply(visitor, shown_reply, place), status=422)
            case PrivateReply() if _waits(reply, event.verb) or self._is_page(request, event):
                page = await self._pages.reply(visitor, reply, place)
                is_refusal = reply.is_error and not reply.buttons
                return _shown(request, page, status=422 if is_refusal else 200)
            case PrivateReply():
                said = self._pages.said(visitor, reply, place)
                return self._done(request, visitor, said, place, again=reply.again)
            case _:
                return self._done(request, visitor, "", place)

    def _is_page(self, request: web.Request, event: VerbChosen) -> bool:
        """What was asked for to be read; what became of something that was done is said beside it."""
        is_outcome = event.verb in OUTCOMES and request.method == "POST"
        return self._pages.reads(event.verb, event.options) and not is_outcome

    def _done(
        self,
        request: web.Request,
        visitor: ConsoleVisitor,
        said: str,
        place: DeedPlace,
        *,
        again: AskAgain | None = None,
    ) -> web.StreamResponse:
        if is_call(request):
            return answered({"said": said, "go": place.back, "again": _asked_later(again, place)})
        return self._door.said.go_on(request, visitor, place.back, said)

    def _event(
        self,
        visitor: ConsoleVisitor,
        verb: str,
        place: DeedPlace,
        *,
        key: str,
        options: Mapping[str, str],
        is_form: bool,
    ) -> VerbChosen:
        return chosen(
            visitor,
            verb,
            key=f"{verb}:{place.ticket}:{key}",
            at=self._now(),
            options=options,
            is_form=is_form,
            ticket=place.ticket or None,
        )


async def _began_with(request: web.Request) -> Mapping[str, str]:
    given = (await request.post()).items()
    return {
        name.removeprefix(BEGAN): value
        for name, value in given
        if name.startswith(BEGAN) and isinstance(value, str)
    }


def _change_of(options: Mapping[str, str]) -> Mapping[str, str]:
    return {name: value for name, value in options.items() if name == "change"}


def _asked(request: web.Request, name: str) -> str:
    return request.query.get(name, "").replace("\0", "")[:LONGEST]


def _place(request: web.Request) -> DeedPlace:
    ticket = _asked(request, "ticket")
    start = f"{ConsoleSection.TICKETS.path}/{ticket}" if ticket else ConsoleSection.TICKETS.path
    back = own_path(request.query.get("back", ""), otherwise=own_path(start, otherwise=CONSOLE))
    return DeedPlace(ticket=ticket, back=back, is_part=is_call(request))


def _refusal(reply: Reply | None) -> FormRefused | None:
    """What comes with buttons is answered with them."""
    has_buttons = isinstance(reply, PrivateReply) and bool(reply.buttons)
    return None if has_buttons else refusal_of(reply)


def _asked_later(again: AskAgain | None, place: DeedPlace) -> Mapping[str, object] | None:
    """How the page's script learns what became of it."""
    if again is None:
        return None
    asked = {"verb": again.verb, "ticket": again.ticket, "back": place.back, "pressed": "1"}
    fields = {f"{FIXED}{name}": value for name, value in again.options.items()}
    return {"address": f"{DO}?{urlencode(asked)}", "fields": fields, "after_s": again.after_s}


def _waits(reply: PrivateReply, verb: str) -> bool:
    """Whether somebody has to read or decide something before it is done, and not only may do more."""
    goes_on = any(
        (each.verb == verb or each.verb.startswith(verbs.BULK)) and each.verb not in DONE_WITH
        for each in reply.buttons
    )
    return goes_on or reply.is_error or reply.is_question or reply.is_page


def _shown(request: web.Request, page: ConsolePage, *, status: int = 200) -> web.Response:
    if is_call(request):
        return answered({"part": page.html}, status=status if page.is_found else 404)
    return shown(page, status=status)
