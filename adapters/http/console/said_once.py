"""What the desk answered to a form, for the page that the browser is sent on to: shown once, to who sent the form.

This process keeps it, and the browser itself carries it there for a minute, packed and signed, so that any replica
may show that page. Where it is too long for that, or several forms are sent at once, another replica's page says no
more than how things stand.
"""

import base64
import binascii
import secrets
import zlib
from collections import OrderedDict
from typing import Final
from urllib.parse import urlencode

from aiohttp import web

from adapters.http.cookies import CookieKind, Cookies, is_signed, signed
from adapters.http.pages import go_on
from bot.ports.console.pages import ConsoleVisitor

MOST_KEPT: Final = 500
CARRIED_S: Final = 60
LONGEST: Final = 3_500
"""Characters: browsers keep 4,096 bytes of a cookie with its name and what it may be sent with, by RFC 6265, 6.1."""
LARGEST: Final = 2**18
"""Bytes of an answer when it is unpacked."""
_TOLD: Final = web.RequestKey("told", bool)


class SaidOnce:
    def __init__(self, cookies: Cookies) -> None:
        self._cookies = cookies
        self._kept: OrderedDict[str, tuple[str, str]] = OrderedDict()

    def go_on(self, request: web.Request, visitor: ConsoleVisitor, path: str, html: str) -> web.Response:
        """The browser is sent on to the page that says it; without words to that page alone."""
        if not html:
            return go_on(path)
        mark = secrets.token_urlsafe(9)
        response = go_on(f"{path}{'&' if '?' in path else '?'}{urlencode({'said': mark})}")
        text = f"{mark}.{base64.urlsafe_b64encode(zlib.compress(html.encode(), 9)).decode()}"
        carried = f"{text}.{signed(self._session(request), text)}"
        self._keep(mark, visitor, html)
        if len(carried) <= LONGEST:
            self._cookies.put(response, CookieKind.SAID, carried, seconds=CARRIED_S)
        return response

    def to(self, visitor: ConsoleVisitor, request: web.Request) -> str:
        """What the page that they open asks for; nothing where there is nothing."""
        mark = request.query.get("said", "")
        if not mark:
            return ""
        kept = self._kept.get(mark)
        if kept is not None and kept[0] == visitor.person.key:
            del self._kept[mark]
            request[_TOLD] = True
            return kept[1]
        text, _, signature = self._cookies.read(request, CookieKind.SAID, longest=LONGEST).rpartition(".")
        of, _, packed = text.partition(".")
        if of != mark or not is_signed(self._session(request), text, signature):
            return ""
        request[_TOLD] = True
        return _unpacked(packed)

    def forget_told(self, request: web.Request, response: web.StreamResponse) -> None:
        """What this page says it says once."""
        if _TOLD in request:
            self._cookies.drop(response, CookieKind.SAID)

    def _session(self, request: web.Request) -> str:
        return self._cookies.read(request, CookieKind.SESSION)

    def _keep(self, mark: str, visitor: ConsoleVisitor, html: str) -> None:
        self._kept[mark] = (visitor.person.key, html)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)


def _unpacked(packed: str) -> str:
    """Nothing for what is no text of ours; it was signed, so that is only what another version has made."""
    try:
        return zlib.decompressobj().decompress(base64.urlsafe_b64decode(packed), LARGEST).decode()
    except (binascii.Error, zlib.error, UnicodeDecodeError):
        return ""
