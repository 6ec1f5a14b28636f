"""The page itself, and the files that it is made of."""

import asyncio
import json
import mimetypes
from collections.abc import Callable, Mapping
from html import escape
from urllib.parse import quote

from aiohttp import web

from adapters.http.reader import language_of
from adapters.http.refusals import Problem
from adapters.http.rights import declares
from adapters.web.page.assets import STATIC, Asset, page_sources
from adapters.web.page.page_words import page_words
from adapters.web.server.auth import Auth
from bot.ports.sessions.sign_ins import Right
from bot.text.sentences import words

REVALIDATE = {"Cache-Control": "no-cache"}
FOR_EVER = {"Cache-Control": ",".join(("private", f"max-age={365 * 24 * 3600}", "immutable"))}
"""For what has the digest of its content in its name: https://www.rfc-editor.org/rfc/rfc8246"""

TYPES = mimetypes.MimeTypes()
TYPES.add_type("text/javascript", ".js")


class Pages:
    """`language` is the desk's, for browsers that ask for none it has."""

    def __init__(self, auth: Auth, *, language: Callable[[], str]) -> None:
        self._auth = auth
        self._language = language
        self._index = auth.guard(self._page)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self._home),
            web.get("/static/{path:.+}", self._auth.guard(_static)),
            web.get("/favicon.ico", _no_icon),
            web.get("/people/{reference}", _lead_to_person),
            web.route("*", "/api/{path:.*}", self._auth.guard(_nothing)),
        ]

    @declares(Right.ANYBODY)
    async def _home(self, request: web.Request) -> web.StreamResponse:
        entered = await self._auth.enter(request) or await self._auth.sign_in_first(request)
        return entered or await self._index(request)

    async def _page(self, request: web.Request) -> web.StreamResponse:
        """With the words that its script begins with, in the language that the browser asks for."""
        try:
            files = await asyncio.to_thread(page_sources().current)
        except FileNotFoundError:
            raise Problem(404, "platforms.page_not_installed") from None
        pack = page_words(language_of(request, otherwise=self._language()))
        page = files.index.format(
            language=pack["language"],
            version=files.version,
            words=json.dumps(pack, ensure_ascii=False).replace("<", "\\u003c"),
            noscript=escape(words(pack["language"], "platforms.noscript")),
        )
        response = web.Response(text=page, content_type="text/html", charset="utf-8", headers=REVALIDATE)
        response.enable_compression()
        return response


@declares(Right.ANYBODY)
async def _lead_to_person(request: web.Request) -> web.StreamResponse:
    """From an address that another program keeps to the page, which asks the desk about this person.

    It says nothing of anybody, so it needs no session: a browser that comes from another site sends none, since the
    cookie is for this site's own pages alone, but does from here on.
    """
    reference = quote(request.match_info["reference"], safe="")
    refresh = " ".join(("<meta", 'http-equiv="refresh"', f'content="0;url=/#about={reference}">'))
    page = f"<!doctype html>{refresh}<title>Deskbell</title>"
    return web.Response(text=page, content_type="text/html", charset="utf-8", headers=REVALIDATE)


@declares(Right.ANYBODY)
async def _no_icon(_: web.Request) -> web.Response:
    """Browsers ask for it on the way to the page, which has its own."""
    return web.Response(status=204)


async def _static(request: web.Request) -> web.StreamResponse:
    """A file of the page; its sources can be read, too, as they are."""
    files = await asyncio.to_thread(page_sources().current)
    name = request.match_info["path"]
    if (asset := files.assets.get(name)) is not None:
        return _asset(request, asset, FOR_EVER)
    if (asset := files.like(name)) is not None:
        return _asset(request, asset, REVALIDATE)
    try:
        path = (STATIC / request.match_info["path"]).resolve()
    except ValueError:  # a zero byte, which no name may have
        raise Problem(404, "platforms.no_page") from None
    if not path.is_relative_to(STATIC) or not path.is_file():
        raise Problem(404, "platforms.no_page")
    media_type = TYPES.guess_type(path.name)[0] or "application/octet-stream"
    return web.FileResponse(path, headers=REVALIDATE | {"Content-Type": media_type})


def _asset(request: web.Request, asset: Asset, headers: Mapping[str, str]) -> web.Response:
    is_packed = "gzip" in request.headers.get("Accept-Encoding", "")
    encoding = {"Content-Encoding": "gzip"} if is_packed else {}
    return web.Response(
        body=asset.packed if is_packed else asset.content,
        headers={**headers, **encoding, "Content-Type": asset.media_type, "Vary": "Accept-Encoding"},
    )


async def _nothing(_request: web.Request) -> web.StreamResponse:
    raise Problem(404, "platforms.no_page")
