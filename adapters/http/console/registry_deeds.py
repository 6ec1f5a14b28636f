"""What is done from pages of the console by commands of the registry, as the account that signed in.

It becomes an event like any platform's, with the same checks. What the desk answered is shown on the page that the
browser is sent on to: kept here for that one look, so that loading the page again does nothing again. A desk of
several replicas that is asked elsewhere shows the page without it.
"""

import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

from adapters.http.console.console_door import go_on, shown
from adapters.http.gate import own_path
from adapters.http.portal.sent_form import SentForm, sent_form
from bot.domain.directory import ChannelRef
from bot.messages.inbound import Location, VerbChosen
from bot.messages.outbound import Form, FormRefused, PrivateReply, Reply
from bot.messages.plain import quoted
from bot.ports.console.overview_pages import AskedForm, FormPages, Outcome
from bot.ports.console_pages import ConsolePage, ConsoleVisitor
from bot.ports.intake import Intake

MOST_KEPT: Final = 500
"""Answers that nobody has looked at yet; beyond it the oldest is forgotten."""
ASKED: Final = "asked"
"""The name of a form that a command asked for, on a page of its own."""
ORIGINAL: Final = "o-"
"""Before the names of the options that it was asked for with."""

Options = Callable[[str, Mapping[str, str]], Mapping[str, str]]
"""What a command is given, of a form's name and its fields."""


def as_typed(_form: str, typed: Mapping[str, str]) -> Mapping[str, str]:
    return typed


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedPage:
    """The page that deeds are done from: its path, the verbs that stand on it, and itself with what was refused."""

    path: str
    verbs: frozenset[str]
    again: Callable[[ConsoleVisitor, Outcome, str], Awaitable[ConsolePage]]
    """With the path and query of the page that the form stood on."""
    options: Options = as_typed


class RegistryDeeds:
    """`now` is the clock."""

    def __init__(self, forms: FormPages, *, intake: Intake, now: Callable[[], datetime]) -> None:
        self._forms = forms
        self._intake = intake
        self._now = now
        self._answers: OrderedDict[tuple[str, str], PrivateReply] = OrderedDict()

    def answer(self, visitor: ConsoleVisitor, request: web.Request) -> Outcome:
        """What the page of this request is to say of what was just done."""
        return Outcome(reply=self._answers.pop((visitor.person.key, request.query.get("done", "")), None))

    async def do(self, request: web.Request, visitor: ConsoleVisitor, place: DeedPage) -> web.StreamResponse:
        async with sent_form(request) as sent:
            given = {name: each for name, each in (await request.post()).items() if isinstance(each, str)}
            verb, form = given.get("verb", ""), given.get("form", "")
            back = _back(given.get("back", ""), place.path)
            if verb not in place.verbs:
                return go_on(back)
            event = self._event(visitor, sent, verb, given.get("ticket", ""))
            event = replace(event, options={**sent.fixed, **place.options(form, sent.typed)})
            reply = await self._intake.take(event)
            if (refused := _refusal(reply)) is not None:
                outcome = Outcome(refused=refused, form=form, typed=sent.typed, had_files=bool(sent.files))
                original = {
                    name.removeprefix(ORIGINAL): each
                    for name, each in given.items()
                    if name.startswith(ORIGINAL)
                }
                asked = replace(event, options=original) if form == ASKED else None
                return shown(await self._refused(visitor, outcome, asked, place, back), status=422)
        if isinstance(reply, Form):
            asked_form = AskedForm(form=reply, action=request.path, back=back, options=event.options)
            return shown(self._forms.form(visitor, asked_form))
        return go_on(self._with_answer(visitor, back, reply))

    def _event(self, visitor: ConsoleVisitor, sent: SentForm, verb: str, ticket: str) -> VerbChosen:
        return VerbChosen(
            key=f"{visitor.person.key}:console:{sent.key}",
            actor=visitor.person,
            location=Location(channel=ChannelRef.direct(visitor.person.key)),
            at=self._now(),
            verb=verb,
            ticket=ticket or None,
            files=sent.files,
            is_form=bool(sent.typed),
            is_on_private_reply=True,
        )

    async def _refused(
        self,
        visitor: ConsoleVisitor,
        outcome: Outcome,
        asked: VerbChosen | None,
        place: DeedPage,
        back: str,
    ) -> ConsolePage:
        """A form on a page of its own is asked for anew, and holds what was typed."""
        if asked is not None:
            asked = replace(asked, key=f"{asked.key}:again", files=(), is_form=False)
            form = await self._intake.take(asked)
            if isinstance(form, Form):
                again = AskedForm(form=form, action=f"{place.path}/do", back=back, options=asked.options)
                return self._forms.form(visitor, again, given=outcome)
        return await place.again(visitor, outcome, back)

    def _with_answer(self, visitor: ConsoleVisitor, back: str, reply: Reply | None) -> str:
        """Sent once more, nothing was done and there is nothing to say."""
        if not isinstance(reply, PrivateReply):
            return back
        number = secrets.token_urlsafe(9)
        self._answers[visitor.person.key, number] = reply
        while len(self._answers) > MOST_KEPT:
            self._answers.popitem(last=False)
        return f"{back}{'&' if '?' in back else '?'}done={number}"


def _back(asked: str, home: str) -> str:
    """A page below the one that deeds are done from."""
    path = own_path(asked, otherwise=home)
    return path if urlsplit(path).path.startswith(home) else home


def _refusal(reply: Reply | None) -> FormRefused | None:
    match reply:
        case FormRefused():
            return reply
        case PrivateReply(text=text, is_error=True):
            return FormRefused(quoted(text))
        case _:
            return None
