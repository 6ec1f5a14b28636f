"""What answers with pages share: the page, where it may load what from, its style sheet, the way to another."""

from collections.abc import Mapping, Sequence
from typing import Final

from aiohttp import web

from bot.text.page_templates import version_of

A_YEAR_S: Final = 365 * 24 * 3600
FOR_EVER: Final = ",".join(("public", f"max-age={A_YEAR_S}", "immutable"))
WITHOUT_SCRIPTS: Final = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "img-src": ["data:"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
"""Of a page that is all made on the server."""


def policy_of(sources: Mapping[str, Sequence[str]]) -> str:
    """As a header's value: https://www.w3.org/TR/CSP3/."""
    return "; ".join(f"{what} {' '.join(allowed)}" for what, allowed in sources.items())


def style_sheet(request: web.Request, style: bytes) -> web.Response:
    """With a digest of it in its address it never changes: https://www.rfc-editor.org/rfc/rfc8246

    With another one, that of another replica's, it is not kept.
    """
    headers = {"Cache-Control": FOR_EVER if request.query_string == version_of(style) else "no-cache"}
    response = web.Response(body=style, content_type="text/css", charset="utf-8", headers=headers)
    response.enable_compression()
    return response


def page_of(html: str, *, headers: Mapping[str, str], status: int = 200) -> web.Response:
    response = web.Response(
        text=html, content_type="text/html", charset="utf-8", status=status, headers=headers
    )
    response.enable_compression()
    return response


def asked_in(request: web.Request, name: str, *, longest: int) -> str:
    """What the address asks for by this name, of so many characters at most; empty where it does not."""
    return request.query.get(name, "").replace("\0", "").strip()[:longest]


def go_on(path: str) -> web.Response:
    """The browser is sent on to a page that it may load again."""
    return web.Response(status=303, headers={"Location": path})
