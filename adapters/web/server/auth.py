"""Who gets in to the workspace's pages, and as whom.

The page acts as the workspace account of whoever is signed in, and as nobody else. Where the workspace pretends, to
try a desk, whoever was given the link acts as anybody. Every refusal is a sentence.
"""

import hashlib
import hmac
from typing import Final
from urllib.parse import quote

import structlog
from aiohttp import web

from adapters.http.gate import SIGN_IN, Gate
from adapters.http.pages import go_on
from adapters.http.refusals import Problem, Refusals
from adapters.http.rights import Handler, declares
from adapters.http.visits import Visits
from adapters.web.capabilities import PLATFORM
from adapters.web.workspace import Workspace
from bot.domain.directory import Person
from bot.domain.errors import DeskbellError
from bot.domain.sentence import Sentence, sentence
from bot.ports.sessions.sign_ins import Right
from bot.ports.workspace import WorkspacePerson

log = structlog.get_logger(__name__)

COOKIE_LIFE_S = 30 * 24 * 3600
ACTS_AS: Final = web.RequestKey("acts_as", WorkspacePerson)
"""Whom the page acts as; not there where whoever pretends to be somebody named nobody of the workspace."""


class Auth:
    """`token` is the secret of the link that opens a workspace that pretends; `gate` knows who is signed in.

    `is_secure`: people come by https, through a proxy, so their browsers must send the cookie by no other way.
    """

    def __init__(
        self,
        *,
        token: str,
        workspace: Workspace,
        visits: Visits,
        gate: Gate | None = None,
        is_secure: bool = False,
    ) -> None:
        self._is_secure = is_secure
        self._workspace = workspace
        self._visits = visits
        self._gate = gate
        self._refusals = Refusals(lambda: workspace.language)
        self._token = token.encode()
        # Cookies are shared by all ports of a host: two desks on one machine need two names.
        self._cookie = f"deskbell-{self._derive('name')[:8]}"
        self._session = self._derive("session")

    def guard(self, handler: Handler) -> Handler:
        """The handler behind all checks; what it raises becomes an answer."""

        @declares(Right.SIGNED_IN)
        async def guarded(request: web.Request) -> web.StreamResponse:
            try:
                self._visits.check(request)
                person = await self._acting(request)
                if person is not None:
                    request[ACTS_AS] = person
                return await handler(request)
            except web.HTTPRequestEntityTooLarge:
                return self.refusal(request, Problem(413, "platforms.request_too_large"))
            except DeskbellError as error:
                return self.refusal(request, error)
            except (web.HTTPException, ConnectionError):
                raise
            except Exception:
                log.exception("a page's request failed", path=request.path)
                return self.refusal(request, Problem(500, "platforms.failed"))

        return guarded

    async def reader(self, request: web.Request) -> Person | None:
        """Whom a page of this server's acts as, for what others serve; None for anybody who is not signed in."""
        try:
            self._visits.check(request)
            person = await self._acting(request)
        except DeskbellError:
            return None
        return person.as_person() if person is not None else None

    async def still_in(self, request: web.Request) -> bool:
        """Whether whoever opened a live connection may still hear what is said."""
        if self._workspace.pretends or self._gate is None:
            return True
        return await self._gate.person_now(request) is not None

    def token_of(self, request: web.Request) -> str:
        """What the page sends along with whatever changes something; empty where it pretends."""
        return "" if self._workspace.pretends or self._gate is None else self._gate.token(request)

    async def sign_in_first(self, request: web.Request) -> web.StreamResponse | None:
        """Where somebody is sent who opens the page and is not signed in; None for anybody else."""
        if self._workspace.pretends or self._gate is None or await self._gate.person(request) is not None:
            return None
        return go_on(f"{SIGN_IN}?next={quote('/', safe='')}")

    async def enter(self, request: web.Request) -> web.StreamResponse | None:
        """Exchange the token of the link for the cookie; None where the address has no token, or none is needed."""
        given = request.query.get("token")
        if given is None or not self._workspace.pretends:
            return None
        try:
            self._visits.check(request)
        except Problem as problem:
            return self.refusal(request, problem)
        if not hmac.compare_digest(given.encode(errors="replace"), self._token):
            needed = _link_needed(request)
            return self.refusal(request, Problem(403, "platforms.link_expired", needed))
        response = go_on("/")
        response.set_cookie(
            self._cookie,
            self._session,
            httponly=True,
            samesite="Strict",
            secure=self._is_secure or request.secure,
            max_age=COOKIE_LIFE_S,
            path="/",
        )
        return response

    def refusal(self, request: web.Request, error: DeskbellError) -> web.Response:
        return self._refusals.answer(request, error)

    async def _acting(self, request: web.Request) -> WorkspacePerson | None:
        """Raises Problem for who may not be here; None for who pretends to be nobody of the workspace."""
        if self._workspace.pretends:
            self._check_link(request)
            return self._workspace.person(request.headers.get("X-Person") or request.query.get("person", ""))
        signed_in = await self._gate.person(request) if self._gate is not None else None
        if signed_in is None or self._gate is None:
            raise Problem(401, "sign_in.signed_out")
        await self._gate.require_token(request, is_script=True)
        person = self._account(signed_in.person.key)
        if person is None:
            linked = sorted(await self._gate.accounts(request))
            person = next((found for each in linked if (found := self._account(each)) is not None), None)
        if person is None:
            raise Problem(403, "sign_in.not_in_workspace", name=signed_in.person.name)
        return person

    def _account(self, key: str) -> WorkspacePerson | None:
        """Of the workspace; None for one that it does not list, or of another platform."""
        platform, _, name = key.partition(":")
        return self._workspace.person(name) if platform == PLATFORM else None

    def _derive(self, purpose: str) -> str:
        return hmac.new(self._token, f"deskbell {purpose}".encode(), hashlib.sha256).hexdigest()

    def _check_link(self, request: web.Request) -> None:
        cookie = request.cookies.get(self._cookie, "")
        if not hmac.compare_digest(cookie.encode(errors="replace"), self._session.encode()):
            needed = _link_needed(request)
            raise Problem(403, needed.key, **needed.facts)


def _link_needed(request: web.Request) -> Sentence:
    """Only after the Host check: the address is named as the visitor gave it."""
    return sentence("platforms.link_needed", link=f"{request.scheme}://{request.host}/?token=…")
