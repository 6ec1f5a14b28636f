"""A front door, an identity provider, and browsers that go from one to the other and back."""

import contextlib
import html
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import aiohttp

from adapters.identity.client import ProviderClient
from bot.domain.directory import Person
from bot.domain.sessions.identity_provider import OPENID, IdentityProvider
from bot.domain.sessions.policy import SignInPolicy
from bot.ports.platform import Capabilities
from tests.adapters.http.sign_in.front_door import Answer, Browser, FrontDoor, front_door
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.fakes.desk.headless_desk import HeadlessDesk
from tests.fakes.identity.authority import CLIENT, SECRET, SECRET_NAME, Authority, running
from tests.said import said

ADDRESS = "ana@example.org"
ANA_BY_MAIL, BO_BY_MAIL = replace(ANA, email="Ana@example.org"), replace(BO, email="bo@example.org")
CLAIMS = {"sub": "ana-1", "email": ADDRESS, "email_verified": True}
PATIENCE_S = 0.5
"""Of a desk that waits for a provider that does not answer."""


class House:
    def __init__(self, door: FrontDoor, authority: Authority, session: aiohttp.ClientSession) -> None:
        self.door = door
        self.desk = door.desk
        self.authority = authority
        self._session = session

    async def sent_back(self, browser: Browser) -> str:
        """Leaves for the provider; the path with which it sends the browser back."""
        left = await browser.opens("/sign-in/with/acme")
        assert left.status == 303, left.text
        return await self.visits(left.location)

    async def visits(self, address: str) -> str:
        async with self._session.get(address, allow_redirects=False) as answer:
            location = answer.headers["Location"]
        assert location.startswith(self.door.server.url), "it is sent back to the desk"
        return location.removeprefix(self.door.server.url)

    async def signs_in(self, browser: Browser) -> Answer:
        return await browser.opens(await self.sent_back(browser))

    async def refused(self, key: str, **facts: str) -> None:
        """Who comes back reads this, is not signed in, and is offered the ways again."""
        browser = self.door.browser()
        self.must_be_refused(await self.signs_in(browser), key, **facts)
        assert (await browser.opens("/work")).status == 303

    def must_be_refused(self, answer: Answer, key: str, **facts: str) -> None:
        assert answer.status == 403
        assert html.escape(said(f"sign_in.{key}", **facts)) in answer.text
        assert said("sign_in.provider_button", provider=self.door.desk.desk.sign_in.providers[0].title) in (
            html.unescape(answer.text)
        )

    async def who(self, browser: Browser) -> str:
        return (await browser.opens("/account")).text

    async def logged(self) -> list[tuple[str, str]]:
        """Events, oldest first, with what says how or why."""
        entries = await self.desk.storage.read(lambda uow: uow.audit_log.recent(limit=50))
        return [
            (
                each.event,
                str(
                    next((each.details[k] for k in ("reason", "cause", "provider") if k in each.details), "")
                ),
            )
            for each in entries
        ][::-1]

    def offers(self, **changes: object) -> None:
        """The provider, as `desk.yaml` has it."""
        (provider,) = self.desk.desk.sign_in.providers
        policy = replace(self.desk.desk.sign_in, providers=(replace(provider, **changes),))  # type: ignore[arg-type]
        self.desk.desk = replace(self.desk.desk, sign_in=policy)


@asynccontextmanager
async def open_house(
    desk: HeadlessDesk,
    authority: Authority | None = None,
    *,
    kind: str = OPENID,
    people: tuple[Person, ...] = (ANA_BY_MAIL, BO_BY_MAIL),
    read_again_after_s: float = 60.0,
    patience_s: float = 30.0,
) -> AsyncIterator[House]:
    async with contextlib.AsyncExitStack() as stack:
        authority = await stack.enter_async_context(running(authority or Authority(person=dict(CLAIMS))))
        provider = IdentityProvider(
            kind=kind,
            name="acme",
            title="Acme",
            client_id=CLIENT,
            secret=SECRET_NAME,
            issuer=authority.url,
            scopes=("openid", "profile", "email"),
        )
        desk.desk = replace(desk.desk, sign_in=SignInPolicy(providers=(provider,)))
        desk.contexts = replace(
            desk.contexts,
            capabilities={"web": Capabilities(), "slack": Capabilities(), "discord": Capabilities()},
        )
        await desk.meets(*people)
        client = ProviderClient(
            {SECRET_NAME: SECRET}, patience_s=patience_s, read_again_after_s=read_again_after_s
        )
        stack.push_async_callback(client.close)
        door = await stack.enter_async_context(front_door(desk, client=client))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        yield House(door, authority, session)
