"""Somebody signs in at a browser with the very account that they write with."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from tests.adapters.doubles import PUBLIC_URL
from tests.adapters.http.sign_in.front_door import Answer, Browser
from tests.adapters.stories.platforms import Office, Platform
from tests.fakes.identity.authority import CLIENT, SECRET_NAME, Authority, running
from tests.fakes.identity.platforms import DiscordSignIn, SlackSignIn
from tests.fakes.slack.world.workspace import TEAM
from tests.said import said
from tests.stories.portal.portal_visit import words_of

PROVIDER = """
sign_in:
  providers:
    - kind: {kind}
      client_id: {client}
      secret: {secret}
      issuer: "{url}"
"""
WHERE = {"slack": SlackSignIn, "discord": DiscordSignIn}


@dataclass(frozen=True, kw_only=True)
class Visit:
    office: Office
    authority: Authority
    browser: Browser
    session: aiohttp.ClientSession
    kind: str

    async def signs_in(self) -> Answer:
        left = await self.browser.opens(f"/sign-in/with/{self.kind}")
        async with self.session.get(left.location, allow_redirects=False) as sent:
            back = sent.headers["Location"]
        return await self.browser.opens(back.removeprefix(PUBLIC_URL))

    def is_account(self, account: str, *, workspace: str = TEAM) -> None:
        """Whose account it is in the browser that comes."""
        if self.kind == "slack":
            claims = {"https://slack.com/user_id": account, "https://slack.com/team_id": workspace}
            self.authority.person = {"sub": account, **claims}
        else:
            self.authority.person = {"id": account}


@asynccontextmanager
async def visit(platform: Platform, folder: Path, template: Path) -> AsyncIterator[Visit]:
    kind, _, _ = platform.operators.partition(":")
    async with running(WHERE[kind]()) as authority, aiohttp.ClientSession() as session:
        told = PROVIDER.format(kind=kind, client=CLIENT, secret=SECRET_NAME, url=authority.url)
        async with platform.open(folder, template, desk=platform.desk_file + told) as office:
            browser = Browser(office.desk.http.url, session)
            yield Visit(office=office, authority=authority, browser=browser, session=session, kind=kind)


async def test_who_signs_in_with_their_account_sees_what_they_asked_with_it(
    platform: Platform, tmp_path: Path, sqlite_template: Path
) -> None:
    async with visit(platform, tmp_path, sqlite_template) as at:
        title = at.kind.capitalize()
        at.is_account("4711")
        stranger = await at.signs_in()
        unmet = said("sign_in.provider_unmet", provider=title, command="/ticket web")
        assert (stranger.status, unmet in words_of(stranger.text)) == (403, True)

        await at.office.says("ana", "requests", "My mouse is dead")
        name = at.office.called("ana")
        (ana,) = await at.office.desk.storage.read(lambda uow: uow.people.search(name))
        account = ana.key.partition(":")[2]
        if at.kind == "slack":
            at.is_account(account, workspace="T0ELSEWHERE")
            foreign = said("sign_in.provider_foreign", provider=title)
            assert foreign in words_of((await at.signs_in()).text)
        at.is_account(account)
        assert (await at.signs_in()).location == "/requests"
        assert "My mouse is dead" in words_of((await at.browser.opens("/requests")).text)
