"""Signing in by a link, signing out, and the page of one's sessions.

Opening a link uses nothing up: programs open links to show what is behind them. It is put into a cookie at once and
taken out of the address, so that no history, log or other site gets it; a button of the page behind that uses it,
with a token that only the browser knows which opened it.
"""

import re
import secrets
from collections.abc import Callable
from typing import Final
from urllib.parse import quote, unquote

from aiohttp import web

from adapters.http.cookies import CookieKind, Cookies, is_token_for, token_for
from adapters.http.gate import SIGN_IN, Gate, own_path, token_in
from adapters.http.pages import go_on, style_sheet
from adapters.http.reader import language_of
from adapters.http.refusals import Problem, status_of
from adapters.http.rights import Handler, declares
from adapters.http.sign_in_pages import SignInPages
from adapters.http.visits import Visits
from bot.domain.directory import Person
from bot.domain.errors import DeskbellError, NotAllowed
from bot.domain.sessions.sign_in_link import LIFE, SignInSide
from bot.messages.plain import plain
from bot.ports.sessions.sign_ins import NewSession, Right, SignedIn, SignIns
from bot.text.error_text import explain
from bot.text.sentences import words

ACCOUNT: Final = "/account"
LINK: Final = re.compile(r"[\w-]{20,100}", re.ASCII)
MARK: Final = "."
"""Between a link's secret and what only the browser knows that opened it."""
NEXT_LIFE_S: Final = 3600
_BROWSERS: Final = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", ""), ("Chrome", ""), ("Safari", ""))
_SYSTEMS: Final = (
    ("Android", ""),
    ("iPhone", ""),
    ("iPad", ""),
    ("Windows", ""),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", ""),
)

Landing = Callable[[Person, SignInSide], str]
"""The path of the page that somebody sees first."""


class SignInRoutes:
    """`command` is how people ask for a link in chat who are going to a path of the desk; `language` the desk's."""

    def __init__(
        self,
        sign_ins: SignIns,
        *,
        gate: Gate,
        visits: Visits,
        cookies: Cookies,
        pages: SignInPages,
        landing: Landing,
        command: Callable[[str], str],
        language: Callable[[], str],
    ) -> None:
        self._sign_ins = sign_ins
        self._gate = gate
        self._visits = visits
        self._cookies = cookies
        self._pages = pages
        self._landing = landing
        self._command = command
        self._language = language

    def routes(self) -> list[web.RouteDef]:
        signed_in = self._gate.needs(Right.SIGNED_IN)
        return [
            web.get(f"{SIGN_IN}/page.css", self._style),
            web.get(f"{SIGN_IN}/{{link}}", self.in_words(self._open)),
            web.get(SIGN_IN, self.in_words(self._ask)),
            web.post(SIGN_IN, self.in_words(self._use)),
            web.get(ACCOUNT, signed_in(self._account)),
            web.post(f"{ACCOUNT}/sign-out", signed_in(self._sign_out)),
            web.post(f"{ACCOUNT}/end", signed_in(self._end)),
            web.post(f"{ACCOUNT}/end-others", signed_in(self._end_others)),
            web.get(f"{ACCOUNT}/signed-out", self.in_words(self._signed_out)),
        ]

    def in_words(self, handler: Handler) -> Handler:
        """For anybody: what is refused is said on a page like the others, with the other ways to sign in."""

        @declares(Right.ANYBODY)
        async def guarded(request: web.Request) -> web.StreamResponse:
            try:
                self._visits.check(request, takes_null=True)
                return await handler(request)
            except DeskbellError as error:
                response = await self._refused(request, error)
                if isinstance(error, NotAllowed):  # the link is good for nothing
                    self._cookies.drop(response, CookieKind.LINK)
                return response

        return guarded

    async def _refused(self, request: web.Request, error: DeskbellError) -> web.Response:
        """Who is signed in here already, as with a link that they open again, reads that and why, and can go on."""
        if isinstance(error, NotAllowed) and request.method == "GET" and await self._gate.person(request):
            why = plain(explain(self._reads(request), error))
            return await self._sessions(request, notice=why)
        return self._pages.refused(
            error, status=status_of(error), command=self._command(""), language=self._reads(request)
        )

    async def _open(self, request: web.Request) -> web.StreamResponse:
        """Out of the address, and into a cookie with something that only this browser knows."""
        link = request.match_info["link"]
        response = go_on(SIGN_IN)
        kept = link if LINK.fullmatch(link) else "x"
        value = f"{kept}{MARK}{secrets.token_urlsafe(16)}"
        self._cookies.put(response, CookieKind.LINK, value, seconds=int(LIFE.total_seconds()))
        return response

    async def _ask(self, request: web.Request) -> web.StreamResponse:
        """Whether to sign in; where no link was opened, how to get one."""
        kept = self._cookies.read(request, CookieKind.LINK)
        language = self._reads(request)
        going = own_path(request.query.get("next", ""), otherwise="")
        if not kept or "next" in request.query:
            response = self._pages.how(command=self._command(going), language=language)
            if going:
                self._cookies.put(response, CookieKind.NEXT, quote(going, safe=""), seconds=NEXT_LIFE_S)
            return response
        offer = await self._sign_ins.look_at(_link_in(kept), address=self._visits.address_of(request))
        return self._pages.confirm(name=offer.person.name, token=token_for(kept), language=language)

    async def _use(self, request: web.Request) -> web.StreamResponse:
        kept = self._cookies.read(request, CookieKind.LINK)
        if not is_token_for(kept, await token_in(request)):
            raise Problem(403, "sign_in.page_too_old")
        new = await self._sign_ins.sign_in(
            _link_in(kept),
            address=self._visits.address_of(request),
            browser=browser_of(request),
            replaces=self._cookies.read(request, CookieKind.SESSION),
        )
        return self.begun(request, new)

    def begun(self, request: web.Request, new: NewSession) -> web.StreamResponse:
        """The browser keeps the session, and goes on to where its person was going."""
        landing = self._landing(new.person, new.side)
        wanted = request.cookies.get(self._cookies.name(CookieKind.NEXT), "")
        going = own_path(unquote(wanted), otherwise=landing)
        response = go_on(going)
        self._cookies.put(response, CookieKind.SESSION, new.secret, seconds=new.lasts_s)
        self._cookies.drop(response, CookieKind.LINK)
        self._cookies.drop(response, CookieKind.NEXT)
        return response

    async def _account(self, request: web.Request) -> web.StreamResponse:
        return await self._sessions(request, notice="")

    async def _end(self, request: web.Request) -> web.StreamResponse:
        signed_in = await self._who(request)
        given = str((await request.post()).get("session", ""))
        if not (given.isascii() and given.isdecimal() and len(given) < 20):
            raise Problem(400, "sign_in.form_too_old")
        await self._sign_ins.end(signed_in, int(given))
        return await self._sessions(
            request, notice=words(signed_in.language, "sign_in.account_ended", count=1)
        )

    async def _end_others(self, request: web.Request) -> web.StreamResponse:
        signed_in = await self._who(request)
        count = await self._sign_ins.end_others(signed_in)
        notice = words(signed_in.language, "sign_in.account_ended", count=count) if count else ""
        return await self._sessions(request, notice=notice)

    async def _sign_out(self, request: web.Request) -> web.StreamResponse:
        await self._sign_ins.sign_out(self._cookies.read(request, CookieKind.SESSION))
        response = go_on(f"{ACCOUNT}/signed-out")
        self._cookies.drop(response, CookieKind.SESSION)
        response.headers["Clear-Site-Data"] = (
            '"cache"'  # what Back would show: https://www.w3.org/TR/clear-site-data/
        )
        return response

    async def _signed_out(self, request: web.Request) -> web.StreamResponse:
        return self._pages.signed_out(command=self._command(""), language=self._reads(request))

    @declares(Right.ANYBODY)
    async def _style(self, request: web.Request) -> web.StreamResponse:
        return style_sheet(request, self._pages.style)

    async def _sessions(self, request: web.Request, *, notice: str) -> web.Response:
        signed_in = await self._who(request)
        sessions = await self._sign_ins.sessions_of(signed_in)
        return self._pages.account(signed_in, sessions, token=self._gate.token(request), notice=notice)

    async def _who(self, request: web.Request) -> SignedIn:
        signed_in = await self._gate.person(request)
        assert signed_in is not None, "the gate lets in nobody else"
        return signed_in

    def _reads(self, request: web.Request) -> str:
        return language_of(request, otherwise=self._language())


def browser_of(request: web.Request) -> str:
    """What its person knows it by: `Firefox, Linux`. Versions and all else that tells browsers apart stay out."""
    agent = request.headers.get("User-Agent", "")
    found = [
        next((shown or mark for mark, shown in names if mark in agent), "") for names in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(filter(None, found)) or "?"


def _link_in(kept: str) -> str:
    return kept.partition(MARK)[0]
