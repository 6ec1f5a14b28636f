"""A desk's HTTP server with the pages of signing in, and browsers that visit it."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

import aiohttp
from aiohttp import web

from adapters.http.cookies import Cookies
from adapters.http.gate import Gate
from adapters.http.refusals import Refusals
from adapters.http.server import HttpServer
from adapters.http.sign_in_pages import SignInPages
from adapters.http.sign_in_routes import SignInRoutes
from adapters.http.visits import Visits
from adapters.identity.routes import ProviderRoutes, back_to
from bot.domain.directory import Person
from bot.domain.sessions.session import SignInWay
from bot.domain.sessions.sign_in_link import SignInSide
from bot.ports.sessions.identity import IdentityClient
from bot.ports.sessions.sign_ins import Right, SignIns
from bot.services.context.context import Context
from bot.services.sessions.entrants import Entrants
from bot.services.sessions.provider_sign_ins import DeskProviderSignIns, Providers
from bot.services.sessions.sign_in_links import make_link
from bot.services.sessions.sign_ins import DeskSignIns
from tests.fakes.desk.desk_without_platform import ANA
from tests.fakes.desk.headless_desk import HeadlessDesk
from tests.fakes.identity.authority import SECRET, SECRET_NAME

DESK_NAME = "Acme IT"
TOKEN = re.compile(r'name="token" value="(\w+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int
    text: str
    headers: Mapping[str, str]
    location: str
    cookies: tuple[str, ...]

    @property
    def token(self) -> str:
        found = TOKEN.search(self.text)
        return found[1] if found else ""


class Browser:
    """Keeps cookies as they are given, also those for https alone, and follows no redirect by itself."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self._url = url
        self._session = session
        self.cookies: dict[str, str] = {}
        self.headers: dict[str, str] = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}

    @property
    def kept(self) -> dict[str, str]:
        """The header that brings its cookies; none where it keeps none."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": cookies} if cookies else {}

    async def opens(self, path: str, **headers: str) -> Answer:
        return await self._ask("GET", path, None, headers)

    async def sends(self, path: str, **fields: str) -> Answer:
        """A form of one of the desk's own pages."""
        return await self._ask("POST", path, fields, {"Origin": "null"})

    async def sends_from(self, origin: str, path: str, **fields: str) -> Answer:
        return await self._ask("POST", path, fields, {"Origin": origin})

    async def signs_in(self, link: str) -> Answer:
        """Opens the link and presses the button."""
        await self.opens(f"/sign-in/{link}")
        return await self.sends("/sign-in", token=(await self.opens("/sign-in")).token)

    async def _ask(
        self, method: str, path: str, form: dict[str, str] | None, headers: dict[str, str]
    ) -> Answer:
        given = {**self.headers, **headers, **self.kept}
        async with self._session.request(
            method, f"{self._url}{path}", data=form, headers=given, allow_redirects=False
        ) as response:
            for name, morsel in response.cookies.items():
                if morsel.value and morsel["max-age"] != "0":
                    self.cookies[name] = morsel.value
                else:
                    self.cookies.pop(name, None)
            return Answer(
                status=response.status,
                text=await response.text(),
                headers=response.headers,
                location=response.headers.get("Location", ""),
                cookies=tuple(response.headers.getall("Set-Cookie", ())),
            )


class FrontDoor:
    """`client` asks identity providers; `workspaces` are those that the desk is in, by platform."""

    def __init__(
        self, desk: HeadlessDesk, *, address: str, is_behind_proxy: bool, client: IdentityClient | None
    ) -> None:
        self.desk = desk
        self.workspaces: dict[str, str] = {}
        self.platforms: set[str] = {"web", "slack", "discord", "chat"}
        self.sign_ins: SignIns = DeskSignIns(
            storage=desk.storage, contexts=desk.contexts, is_member=lambda _: True
        )
        self.visits = Visits(["desk.example.org"], is_behind_proxy=is_behind_proxy)
        cookies, refusals = Cookies(lambda: address or self.server.url), Refusals(lambda: "en")
        self.gate = Gate(self.sign_ins, visits=self.visits, cookies=cookies, refusals=refusals)
        self.server = HttpServer(port=0)
        self.changed = 0
        vouched = self._vouched(client, address) if client is not None else None
        routes = SignInRoutes(
            self.sign_ins,
            gate=self.gate,
            visits=self.visits,
            cookies=cookies,
            pages=SignInPages(lambda: DESK_NAME, choices=vouched.choices if vouched is not None else tuple),
            landing=lambda _, side: f"/landing/{side}",
            command=lambda going: "/desk web" if going.startswith("/console") else "/ticket web",
            language=lambda: "en",
        )
        self.server.mount(routes.routes())
        if vouched is not None:
            others = ProviderRoutes(vouched, entrance=routes, visits=self.visits, cookies=cookies)
            self.server.mount(others.routes())
        self.server.mount(
            [
                web.get("/work", self.gate.needs(Right.AGENT)(self._work)),
                web.post("/work", self.gate.needs(Right.AGENT)(self._change)),
                web.get("/api/work", self.gate.needs(Right.AGENT)(self._work)),
            ]
        )
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())

    def _vouched(self, client: IdentityClient, address: str) -> DeskProviderSignIns:
        providers = Providers(
            client=client,
            secrets={SECRET_NAME: SECRET},
            redirect=lambda name: back_to(address or self.server.url, name),
            workspace=lambda platform: self.workspaces.get(platform, ""),
            platforms=lambda: self.platforms,
            address=address,
        )
        return DeskProviderSignIns(
            storage=self.desk.storage,
            contexts=self.desk.contexts,
            entrants=Entrants(lambda _: True),
            providers=providers,
        )

    def browser(self) -> Browser:
        """One that was never here."""
        return Browser(self.server.url, self._session)

    async def link(self, who: Person = ANA, *, side: SignInSide = SignInSide.REQUESTS) -> str:
        return await self.desk.works(who, partial(_linked, who=who, side=side))

    async def close(self) -> None:
        await self._session.close()
        await self.server.stop()

    async def _work(self, request: web.Request) -> web.Response:
        signed_in = await self.gate.person(request)
        assert signed_in is not None
        return web.Response(
            text=f'{signed_in.person.name} <i name="token" value="{self.gate.token(request)}">'
        )

    async def _change(self, _request: web.Request) -> web.Response:
        self.changed += 1
        return web.Response(text="changed")


def _linked(context: Context, *, who: Person, side: SignInSide) -> str:
    return make_link(context, who, way=SignInWay.LINK, side=side)


@asynccontextmanager
async def front_door(
    desk: HeadlessDesk,
    *,
    address: str = "",
    is_behind_proxy: bool = False,
    client: IdentityClient | None = None,
) -> AsyncIterator[FrontDoor]:
    """`address` is the one under which people open it; the server's own where it is left out."""
    door = FrontDoor(desk, address=address, is_behind_proxy=is_behind_proxy, client=client)
    await door.server.start()
    try:
        yield door
    finally:
        await door.close()
