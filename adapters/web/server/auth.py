"""Who gets in: pages of this server with the session's cookie, under a name the server answers to.

The Host check stops a foreign name that resolves to this machine, the Origin check another site's page,
the cookie everybody who was not given the link. Every refusal is a sentence.
"""

import hashlib
import hmac
from collections.abc import Awaitable, Callable, Iterable
from html import escape
from urllib.parse import urlsplit

import structlog
from aiohttp import web

from adapters.http.reader import language_of
from bot.domain.errors import DeskbellError, NotAllowed, StorageUnavailable
from bot.domain.sentence import Fact, Sentence, sentence
from bot.messages.outbound import Code, Span
from bot.messages.plain import plain, quoted
from bot.text.error_text import explain

log = structlog.get_logger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
COOKIE_LIFE_S = 30 * 24 * 3600
MOST_HOSTS_TOLD = 20


class Problem(DeskbellError):
    """A request that cannot be done: HTTP status, and the sentence to show."""

    def __init__(self, status: int, key: str, *more: Sentence, **facts: Fact) -> None:
        super().__init__(key, *more, **facts)
        self.status = status


class Auth:
    """`hosts` are the names, besides the loopback ones, under which the workspace may be opened.

    `is_secure`: people come by https, through a proxy, so their browsers must send the cookie by no other way.
    `language` is the desk's.
    """

    def __init__(
        self,
        *,
        token: str,
        language: Callable[[], str],
        hosts: Iterable[str] = (),
        is_secure: bool = False,
    ) -> None:
        self._is_secure = is_secure
        self._language = language
        self._token = token.encode()
        self._hosts = LOOPBACK | {host.lower() for host in hosts}
        # Cookies are shared by all ports of a host: two desks on one machine need two names.
        self._refused_hosts: set[str] = set()
        self._cookie = f"deskbell-{self._derive('name')[:8]}"
        self._session = self._derive("session")

    def guard(self, handler: Handler) -> Handler:
        """The handler behind all checks; what it raises becomes an answer."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            try:
                self._check_origin(request)
                self._check_session(request)
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

    def admits(self, request: web.Request) -> bool:
        """Whether it comes with the session's cookie, under a name the server answers to."""
        try:
            self._check_session(request)
            self._check_origin(request)
        except Problem:
            return False
        return True

    async def enter(self, request: web.Request) -> web.StreamResponse | None:
        """Exchange the token of the link for the cookie; None where the address has no token."""
        given = request.query.get("token")
        if given is None:
            return None
        try:
            self._check_origin(request)
        except Problem as problem:
            return self.refusal(request, problem)
        if not hmac.compare_digest(given.encode(errors="replace"), self._token):
            needed = _link_needed(request)
            return self.refusal(request, Problem(403, "platforms.link_expired", needed))
        response = web.Response(status=303, headers={"Location": "/"})
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
        """JSON for the page's calls, a plain page for a person who opened an address; in their language."""
        language = language_of(request, otherwise=self._language())
        text, status = explain(language, error), _status_of(error)
        if request.path.startswith("/api/"):
            return web.json_response({"error": quoted(text)}, status=status)
        shown = "".join(map(_html, text))
        head = (
            "<!doctype html>",
            f"<html lang={language}>",
            "<meta charset=utf-8>",
            "<title>Deskbell</title>",
        )
        page = "".join((*head, f"<p>{shown}</p></html>"))
        return web.Response(text=page, content_type="text/html", status=status)

    def _derive(self, purpose: str) -> str:
        return hmac.new(self._token, f"deskbell {purpose}".encode(), hashlib.sha256).hexdigest()

    def _check_session(self, request: web.Request) -> None:
        cookie = request.cookies.get(self._cookie, "")
        if not hmac.compare_digest(cookie.encode(errors="replace"), self._session.encode()):
            needed = _link_needed(request)
            raise Problem(403, needed.key, **needed.facts)

    def _check_origin(self, request: web.Request) -> None:
        if _host_name(request.host) not in self._hosts:
            self._tell_operator(request.host)
            raise Problem(403, "platforms.address_unknown")
        origin = request.headers.get("Origin")
        if origin is not None and _host_in(origin) != request.host.lower():
            raise Problem(403, "platforms.other_site")

    def _tell_operator(self, host: str) -> None:
        """Once for each name, and of a few only: anybody can send any."""
        if host in self._refused_hosts or len(self._refused_hosts) >= MOST_HOSTS_TOLD:
            return
        self._refused_hosts.add(host)
        log.warning(
            "a page was refused: the desk does not answer to this name",
            host=host,
            mend="if people open the desk there, set DESKBELL_PUBLIC_URL to that address and restart the desk",
        )


def _html(span: Span) -> str:
    text = escape(plain((span,)))
    return f"<code>{text}</code>" if isinstance(span, Code) else text


def _link_needed(request: web.Request) -> Sentence:
    """Only after the Host check: the address is named as the visitor gave it."""
    return sentence("platforms.link_needed", link=f"{request.scheme}://{request.host}/?token=…")


def _status_of(error: DeskbellError) -> int:
    if isinstance(error, Problem):
        return error.status
    if isinstance(error, StorageUnavailable):
        return 503
    return 403 if isinstance(error, NotAllowed) else 409


def _host_in(origin: str) -> str:
    """Host and port of an origin; empty for `null` and nonsense."""
    return origin.lower().partition("://")[2]


def _host_name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""
