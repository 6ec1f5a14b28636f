"""The page itself and its static files, from the folder beside this module."""

import mimetypes
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from adapters.web.server.auth import Auth, Problem
from adapters.web.server.reader import language_of
from bot.text.catalogue import FALLBACK
from bot.text.sentences import words

STATIC = (Path(__file__).parents[1] / "static").resolve()
REVALIDATE = {"Cache-Control": "no-cache"}

WORDS = STATIC / "words"
"""The page's own words, a file a language."""

TYPES = mimetypes.MimeTypes()
TYPES.add_type("text/javascript", ".js")


@cache
def page_languages() -> tuple[str, ...]:
    """In which the page can be read."""
    return tuple(sorted(path.stem for path in WORDS.glob("*.json")))


class Pages:
    def __init__(self, auth: Auth) -> None:
        self._auth = auth
        self._index = auth.guard(_index)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self._home),
            web.get("/static/{path:.+}", self._auth.guard(_static)),
            web.get("/people/{reference}", _lead_to_person),
            web.route("*", "/api/{path:.*}", self._auth.guard(_nothing)),
        ]

    async def _home(self, request: web.Request) -> web.StreamResponse:
        return await self._auth.enter(request) or await self._index(request)


async def _lead_to_person(request: web.Request) -> web.StreamResponse:
    """From an address that another program keeps to the page, which asks the desk about this person.

    It says nothing of anybody, so it needs no session: a browser that comes from another site sends none, since the
    cookie is for this site's own pages alone, but does from here on.
    """
    reference = quote(request.match_info["reference"], safe="")
    refresh = " ".join(("<meta", 'http-equiv="refresh"', f'content="0;url=/#about={reference}">'))
    page = f"<!doctype html>{refresh}<title>Deskbell</title>"
    return web.Response(text=page, content_type="text/html", charset="utf-8", headers=REVALIDATE)


async def _index(request: web.Request) -> web.StreamResponse:
    index = STATIC / "index.html"
    if not index.is_file():
        raise Problem(404, "platforms.page_not_installed")
    language = language_of(request, otherwise=FALLBACK)
    page = index.read_text(encoding="utf-8").format(
        language=language,
        languages=" ".join(page_languages()),
        noscript=escape(words(language, "platforms.noscript")),
    )
    return web.Response(text=page, content_type="text/html", charset="utf-8", headers=REVALIDATE)


async def _static(request: web.Request) -> web.StreamResponse:
    try:
        path = (STATIC / request.match_info["path"]).resolve()
    except ValueError:  # a zero byte, which no name may have
        raise Problem(404, "platforms.no_page") from None
    if not path.is_relative_to(STATIC) or not path.is_file():
        raise Problem(404, "platforms.no_page")
    media_type = TYPES.guess_type(path.name)[0] or "application/octet-stream"
    return web.FileResponse(path, headers=REVALIDATE | {"Content-Type": media_type})


async def _nothing(_request: web.Request) -> web.StreamResponse:
    raise Problem(404, "platforms.no_page")
