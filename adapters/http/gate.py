"""Who gets in: the one gate of every page that knows its reader.

    gate.needs(Right.AGENT)(handler)   a handler behind it, with its right declared
    await gate.person(request)         who is signed in, or None
    gate.token(request)                what a form of theirs carries in its field `token`

A handler behind the gate may raise any DeskbellError: it becomes an answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Final
from urllib.parse import quote, urlsplit

import structlog
from aiohttp import web

from adapters.http.cookies import CookieKind, Cookies, is_token_for, token_for
from adapters.http.pages import go_on
from adapters.http.refusals import FORMS, Problem, Refusals, is_call, written_in
from adapters.http.rights import Handler, declares
from adapters.http.visits import Visits
from bot.domain.errors import DeskbellError
from bot.ports.sessions.sign_ins import Right, SignedIn, SignIns

log = structlog.get_logger(__name__)

SIGN_IN: Final = "/sign-in"
TOKEN_FIELD: Final = "token"  # noqa: S105  the name of a field
TOKEN_HEADER: Final = "X-Form-Token"  # noqa: S105
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing: https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1"""
LONGEST_PATH: Final = 300


@dataclass(frozen=True, slots=True)
class _Reader:
    """Whoever sent a request; nobody who is signed in where it is None."""

    signed_in: SignedIn | None


_READER: Final = web.RequestKey("reader", _Reader)


class Gate:
    """`visits` are checked before anything else."""

    def __init__(self, sign_ins: SignIns, *, visits: Visits, cookies: Cookies, refusals: Refusals) -> None:
        self._sign_ins = sign_ins
        self._visits = visits
        self._cookies = cookies
        self._refusals = refusals

    async def person(self, request: web.Request) -> SignedIn | None:
        """Who is signed in; asked again of the same request, it costs nothing. Raises StorageUnavailable."""
        if _READER not in request:
            request[_READER] = _Reader(await self.person_now(request))
        return request[_READER].signed_in

    async def person_now(self, request: web.Request) -> SignedIn | None:
        """The same, asked anew: a request may stay open for long."""
        secret = self._cookies.read(request, CookieKind.SESSION)
        return await self._sign_ins.signed_in(secret) if secret else None

    async def accounts(self, request: web.Request) -> frozenset[str]:
        """Keys of all accounts of whoever is signed in."""
        signed_in = await self.person(request)
        return await self._sign_ins.accounts_of(signed_in) if signed_in is not None else frozenset()

    def token(self, request: web.Request) -> str:
        """For the hidden field `token` of forms, or the header `X-Form-Token` of scripts."""
        return token_for(self._cookies.read(request, CookieKind.SESSION))

    def needs(self, right: Right) -> Callable[[Handler], Handler]:
        """The handler for those alone who have the right; what changes something needs the token, too."""

        def guard(handler: Handler) -> Handler:
            @declares(right)
            @wraps(handler)
            async def guarded(request: web.Request) -> web.StreamResponse:
                try:
                    self._visits.check(request, takes_null=True)
                    if (
                        right is not Right.ANYBODY
                        and (asked := await self._asked(request, right)) is not None
                    ):
                        return asked
                    return await handler(request)
                except web.HTTPRequestEntityTooLarge:
                    return self._refusals.answer(request, Problem(413, "platforms.request_too_large"))
                except DeskbellError as error:
                    return self._refusals.answer(request, error, written=await self._written(request))
                except (web.HTTPException, ConnectionError):
                    raise
                except Exception:
                    log.exception("a page's request failed", path=request.path)
                    return self._refusals.answer(request, Problem(500, "platforms.failed"))

            return guarded

        return guard

    async def _written(self, request: web.Request) -> Sequence[str]:
        """Of a form that is refused; of one that another site made up nothing."""
        try:
            self._visits.check(request, takes_null=True)
        except Problem:
            return ()
        return () if request.method in SAFE or is_call(request) else await written_in(request)

    async def _asked(self, request: web.Request, right: Right) -> web.StreamResponse | None:
        """Where somebody who is not signed in is sent. Raises Problem for who may not."""
        signed_in = await self.person(request)
        if signed_in is None:
            if request.method in SAFE and not is_call(request):
                going = quote(request.path_qs, safe="")
                return go_on(f"{SIGN_IN}?next={going}")
            raise Problem(401, "sign_in.signed_out")
        if right not in signed_in.rights:
            raise Problem(403, f"sign_in.only_{right}")
        await self.require_token(request)
        return None

    async def require_token(self, request: web.Request, *, is_script: bool = False) -> None:
        """Raises Problem where something would be changed without it. `is_script`: it comes in the header alone."""
        if request.method in SAFE:
            return
        given = request.headers.get(TOKEN_HEADER) or ("" if is_script else await token_in(request))
        if not is_token_for(self._cookies.read(request, CookieKind.SESSION), given):
            raise Problem(403, "sign_in.form_too_old")


async def token_in(request: web.Request) -> str:
    """What a form carries in its field."""
    if request.content_type not in FORMS:
        return ""
    given = (await request.post()).get(TOKEN_FIELD, "")
    return given if isinstance(given, str) else ""


def own_path(asked: str, *, otherwise: str) -> str:
    """A path of this desk's to go on to, and never another site's: what else somebody put there is left out."""
    is_plain = asked.isascii() and asked.isprintable() and "\\" not in asked and len(asked) <= LONGEST_PATH
    if not is_plain or not asked.startswith("/") or asked.startswith("//"):
        return otherwise
    try:
        parts = urlsplit(asked)
    except ValueError:
        return otherwise
    return (
        asked if not parts.scheme and not parts.netloc and not parts.path.startswith(SIGN_IN) else otherwise
    )
