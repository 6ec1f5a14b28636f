"""The pages of articles and their pictures, below `/kb/`, with the rights of whoever opens them."""

from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from aiohttp import web

from adapters.http.reader import language_of
from adapters.http.rights import declares
from adapters.http.stored_files import send_stored
from bot.domain.directory import Person
from bot.domain.errors import StorageUnavailable
from bot.ports.article_pages import ArticlePages
from bot.ports.sessions.sign_ins import Right
from bot.text.catalogue import FALLBACK

log = structlog.get_logger(__name__)

LONGEST_NAME: Final = 300

ReaderOf = Callable[[web.Request], Awaitable[Person | None]]
"""Who opens it, where they are signed in; None for anybody else."""


class ArticleRoutes:
    def __init__(self, pages: ArticlePages, *, reader_of: ReaderOf, language: Callable[[], str]) -> None:
        """`language` is the desk's, for browsers that ask for none that it speaks."""
        self._pages = pages
        self._reader_of = reader_of
        self._language = language

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/kb/{name:.+}", self._open)]

    @declares(Right.ANYBODY)
    async def _open(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if len(name) > LONGEST_NAME or "\0" in name:
            raise web.HTTPNotFound
        try:
            if "picture" in request.query:
                return await self._picture(request, name)
            return await self._page(request, name)
        except StorageUnavailable as error:
            log.warning("an article could not be shown", reason=error.sentence)
            raise web.HTTPServiceUnavailable from None

    async def _page(self, request: web.Request, name: str) -> web.Response:
        reader = await self._reader_of(request)
        page = await self._pages.page(
            name,
            reader=reader,
            language=language_of(request, otherwise=self._language() or FALLBACK),
            person=request.query.get("person", "") if reader is not None else "",
        )
        return web.Response(
            text=page.html,
            content_type="text/html",
            charset="utf-8",
            status=200 if page.is_found else 404,
            headers={"Content-Security-Policy": page.policy},
        )

    async def _picture(self, request: web.Request, name: str) -> web.StreamResponse:
        file = await self._pages.picture(
            name, request.query["picture"], reader=await self._reader_of(request)
        )
        if file is None or file.digest is None:
            raise web.HTTPNotFound
        try:
            return await send_stored(request, file, self._pages.read(file.digest))
        except FileNotFoundError:
            raise web.HTTPNotFound from None
