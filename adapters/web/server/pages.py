"""The page itself and its static files, from the folder beside this module."""

import mimetypes
from pathlib import Path

from aiohttp import web

from adapters.web.server.auth import Auth, Problem, refusal

STATIC = (Path(__file__).parents[1] / "static").resolve()
REVALIDATE = {"Cache-Control": "no-cache"}

TYPES = mimetypes.MimeTypes()
TYPES.add_type("text/javascript", ".js")


class Pages:
    def __init__(self, auth: Auth) -> None:
        self._auth = auth
        self._index = auth.guard(_index)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self._home),
            web.get("/static/{path:.+}", self._auth.guard(_static)),
            web.route("*", "/api/{path:.*}", self._auth.guard(_nothing)),
        ]

    async def _home(self, request: web.Request) -> web.StreamResponse:
        return await self._auth.enter(request) or await self._index(request)


async def _index(request: web.Request) -> web.StreamResponse:
    index = STATIC / "index.html"
    if not index.is_file():
        return refusal(request, 404, "The page's files are missing from this installation.")
    return web.FileResponse(index, headers=REVALIDATE | {"Content-Type": "text/html; charset=utf-8"})


async def _static(request: web.Request) -> web.StreamResponse:
    try:
        path = (STATIC / request.match_info["path"]).resolve()
    except ValueError:  # a zero byte, which no name may have
        raise Problem(404, "There is no such file.") from None
    if not path.is_relative_to(STATIC) or not path.is_file():
        raise Problem(404, "There is no such file.")
    media_type = TYPES.guess_type(path.name)[0] or "application/octet-stream"
    return web.FileResponse(path, headers=REVALIDATE | {"Content-Type": media_type})


async def _nothing(request: web.Request) -> web.StreamResponse:
    raise Problem(404, f"There is nothing at {request.method} {request.path}.")
