"""In the whole desk: a provider on the page of signing in, its groups at work, and its word that somebody left."""

import html
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from tests.adapters.http.sign_in.front_door import Browser
from tests.fakes.identity.authority import CLIENT, SECRET, SECRET_NAME, Authority, running
from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office
from tests.stories.portal.portal_visit import hidden_fields, words_of

PROVIDER = """
sign_in:
  providers:
    - kind: oidc
      name: acme
      client_id: {client}
      secret: {secret}
      issuer: "{url}"
      groups: {{admins: desk-admins, agents: {{it: support}}}}
"""
EVERYWHERE = {"DESKBELL_PUBLIC_URL": "http://localhost", SECRET_NAME: SECRET}


class Acme:
    def __init__(self, office: Office, authority: Authority, session: aiohttp.ClientSession) -> None:
        self.office = office
        self.authority = authority
        self._session = session

    def browser(self) -> Browser:
        return Browser(self.office.desk.http.url, self._session)

    async def signs_in(self, browser: Browser, **claims: object) -> str:
        """Where the browser is led in the end."""
        self.authority.person = {"email_verified": True, **claims}
        left = await browser.opens("/sign-in/with/acme")
        async with self._session.get(left.location, allow_redirects=False) as sent:
            back = sent.headers["Location"].removeprefix("http://localhost")
        return (await browser.opens(back)).location


@asynccontextmanager
async def acme(folder: Path) -> AsyncIterator[Acme]:
    async with running(Authority()) as authority:
        told = PROVIDER.format(client=CLIENT, secret=SECRET_NAME, url=authority.url)
        config = folder / "desk.yaml"
        config.write_text(DESK.read_text(encoding="utf-8") + told, encoding="utf-8")
        async with (
            open_office(folder, config=config, secrets=EVERYWHERE) as office,
            aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session,
        ):
            yield Acme(office, authority, session)


async def test_ana_signs_in_with_acme_asks_at_her_browser_and_is_out_when_acme_says_so(folder: Path) -> None:
    async with acme(folder) as at:
        ana = at.browser()
        page = await ana.opens((await ana.opens("/requests")).location)
        assert said("sign_in.provider_button", provider="Acme") in page.text
        assert html.escape(said("sign_in.page_how", command="/ticket web")) in page.text
        bo = at.browser()
        to_work = await bo.opens((await bo.opens("/console/tickets")).location)
        assert html.escape(said("sign_in.page_how", command="/desk web")) in to_work.text
        went = await at.signs_in(ana, sub="a-1", email="ana@example.com", sid="s1")
        assert went == "/requests"
        assert (await ana.opens("/requests/new")).status == 200
        audit = (await at.office.types_for_reply("lee", "/desk-admin audit"))["reply"]["text"]
        told = said("history.signed_in_with", name="Ana Alves", provider="Acme", browser="Firefox, Linux")
        assert told in "".join(each for each in audit if isinstance(each, str))

        token = at.authority.logout_token(sub="a-1", sid="s1")
        async with aiohttp.ClientSession() as provider:
            address = f"{at.office.desk.http.url}/sign-in/back-channel/acme"
            async with provider.post(address, data={"logout_token": token}) as answer:
                assert answer.status == 200
        assert (await ana.opens("/requests")).status == 303


async def test_a_group_of_acme_makes_no_agent_of_the_account_outside_that_session(folder: Path) -> None:
    async with acme(folder) as at:
        dan = at.browser()
        await at.signs_in(dan, sub="d-1", email="dan@example.com", groups=["support"])
        form = await dan.opens("/requests/new?in=help-it")
        fields = {**hidden_fields(form.text, "/requests/new"), "f-text": "My mouse is dead"}
        opened = await dan.sends("/requests/new", **fields)
        assert opened.location == "/requests/IT-1?done=created"
        await at.office.settle()
        kept = await at.office.desk.storage.read(lambda uow: uow.people.find("web:dan"))
        assert kept is not None
        assert kept.groups == frozenset()
        assert not at.office.desk.in_force.desk().teams_of(kept)
        assert "Dan Dietz" in words_of((await dan.opens("/account")).text)
