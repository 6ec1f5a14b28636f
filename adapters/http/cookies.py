"""The cookies of signing in: their names, what they may be sent with, and the tokens that forms carry."""

import hashlib
import hmac
from collections.abc import Callable
from enum import StrEnum
from typing import Final

from aiohttp import web

LONGEST: Final = 400
"""Characters of a cookie that are read."""


class CookieKind(StrEnum):
    """What browsers keep for the desk."""

    SESSION = "session"
    LINK = "link"
    """The link that was opened, until it is used: so it stands in no address."""
    ATTEMPT = "attempt"
    """A way to an identity provider that began in this browser."""
    NEXT = "next"
    """Where somebody was going when they were asked to sign in."""
    SAID = "said"
    """What was answered to a form, until the page is shown that the browser is sent on to."""


class Cookies:
    """`address` is the one under which people open the desk.

    Out of reach of scripts, and with https sent by nothing else. The prefix `__Host-` keeps other names below the
    same domain from setting them. A name holds a digest of the address, since all ports of a machine share cookies.

    SameSite is Lax and not Strict: people come from chat, by links, and with Strict the first page that they see
    would not know them. With Lax no other site's form or script can send them along, and whatever changes
    something asks for a token besides.
    """

    def __init__(self, address: Callable[[], str]) -> None:
        self._address = address

    @property
    def _is_secure(self) -> bool:
        return self._address().startswith("https://")

    def name(self, kept: CookieKind) -> str:
        desk = hashlib.sha256(self._address().encode()).hexdigest()[:8]
        return f"{'__Host-' if self._is_secure else ''}deskbell-{kept}-{desk}"

    def read(self, request: web.Request, kept: CookieKind, *, longest: int = LONGEST) -> str:
        value = request.cookies.get(self.name(kept), "")
        return value if len(value) <= longest else ""

    def put(self, response: web.StreamResponse, kept: CookieKind, value: str, *, seconds: int) -> None:
        response.set_cookie(
            self.name(kept),
            value,
            httponly=True,
            samesite="Lax",
            secure=self._is_secure,
            max_age=seconds,
            path="/",
        )

    def drop(self, response: web.StreamResponse, kept: CookieKind) -> None:
        response.del_cookie(self.name(kept), path="/", secure=self._is_secure, httponly=True, samesite="Lax")


def token_for(secret: str) -> str:
    """What the forms of a page carry besides the cookie: who does not know the cookie cannot make it up."""
    return _signature(secret, "form")


def signed(secret: str, text: str) -> str:
    """What the desk itself has a browser keep for its next page: any replica knows it again by the session."""
    return _signature(secret, f"said {text}")


def is_signed(secret: str, text: str, given: str) -> bool:
    return bool(secret) and hmac.compare_digest(signed(secret, text).encode(), given.encode(errors="replace"))


def _signature(secret: str, what: str) -> str:
    return hmac.new(secret.encode(), f"deskbell {what}".encode(errors="replace"), hashlib.sha256).hexdigest()


def is_token_for(secret: str, given: str) -> bool:
    if not secret or not given:
        return False
    return hmac.compare_digest(token_for(secret).encode(), given.encode(errors="replace"))
