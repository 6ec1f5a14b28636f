"""Signing in with a provider that speaks OpenID Connect: who gets in, and every way in which nobody does."""

import asyncio
import html
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from aiohttp import web

from bot.domain.people.identity import LinkWay
from bot.domain.sessions.sign_in_link import MOST_REFUSALS
from bot.services.people.identities import link_accounts
from tests.adapters.identity.house import ADDRESS, ANA_BY_MAIL, PATIENCE_S, House, open_house
from tests.fakes.desk.desk_without_platform import ANA, BO, person
from tests.fakes.desk.headless_desk import HeadlessDesk
from tests.fakes.identity.authority import SECRET
from tests.said import said

ACME = {"provider": "Acme"}
COMMAND = {"provider": "Acme", "command": "/ticket web"}


async def test_who_is_known_by_a_confirmed_address_gets_in_and_goes_on_to_where_they_were_going(
    house: House,
) -> None:
    browser = house.door.browser()
    sent = await browser.opens("/account")
    page = await browser.opens(sent.location)
    assert said("sign_in.provider_button", provider="Acme") in page.text
    assert html.escape(said("sign_in.page_how", command="/ticket web")) in page.text
    entered = await house.signs_in(browser)
    assert (entered.status, entered.location) == (303, "/account")
    assert html.escape(said("sign_in.account_title", name=ANA.name)) in await house.who(browser)
    assert not [name for name in browser.cookies if "attempt" in name]
    assert await house.logged() == [("PersonSignedIn", "Acme")]


async def test_signing_in_again_is_another_session_and_the_one_before_is_over(house: House) -> None:
    browser = house.door.browser()
    assert (await house.signs_in(browser)).location == "/landing/start"
    before = dict(browser.cookies)
    await house.signs_in(browser)
    assert browser.cookies != before
    stolen = house.door.browser()
    stolen.cookies = before
    assert (await stolen.opens("/account")).status == 303


async def test_the_provider_is_asked_for_a_code_with_pkce_and_reads_no_secret_of_the_desk(
    house: House,
) -> None:
    browser = house.door.browser()
    left = await browser.opens("/sign-in/with/acme")
    asked = {name: value[0] for name, value in parse_qs(urlsplit(left.location).query).items()}
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["scope"] == "openid profile email"
    assert asked["redirect_uri"] == f"{house.door.server.url}/sign-in/with/acme/back"
    (kept,) = browser.cookies.values()
    told = {asked[name] for name in ("state", "nonce", "code_challenge")}
    assert len(told) == 3
    assert not any(each in kept for each in told)
    assert SECRET not in left.location + kept


async def test_a_provider_that_says_it_knows_no_pkce_is_asked_without_and_the_nonce_binds_its_codes(
    house: House,
) -> None:
    house.authority.described = {"code_challenge_methods_supported": ["plain"]}
    mallory, ana = house.door.browser(), house.door.browser()
    left = await mallory.opens("/sign-in/with/acme")
    assert "code_challenge" not in left.location
    stolen = parse_qs(urlsplit(await house.visits(left.location)).query)["code"][0]
    back = await house.sent_back(ana)
    own = parse_qs(urlsplit(back).query)["code"][0]
    house.must_be_refused(await ana.opens(back.replace(own, stolen)), "provider_untrusted", **ACME)
    assert (await house.signs_in(ana)).status == 303


@pytest.mark.parametrize(
    "changed",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"aud": ["deskbell", "another"]},
        {"aud": ["deskbell", "another"], "azp": "another"},
        {"azp": "another"},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"iat": 1_700_000_000},
        {"iat": 4_000_000_000},
        {"nbf": 4_000_000_000},
        {"sub": ""},
    ],
    ids=str,
)
async def test_a_token_that_is_not_for_this_sign_in_lets_nobody_in(
    house: House, changed: dict[str, object]
) -> None:
    house.authority.changed = changed
    await house.refused("provider_untrusted", **ACME)
    assert await house.logged() == [("ProviderSignInRefused", "untrusted")]


async def test_a_token_for_several_is_taken_where_it_says_that_it_was_made_for_the_desk(house: House) -> None:
    house.authority.changed = {"aud": ["another", "deskbell"], "azp": "deskbell"}
    assert (await house.signs_in(house.door.browser())).status == 303


async def test_what_came_back_once_is_good_for_nothing_more(house: House) -> None:
    browser = house.door.browser()
    back = await house.sent_back(browser)
    kept = dict(browser.cookies)
    assert (await browser.opens(back)).status == 303
    asked = len(house.authority.asked)
    stranger = house.door.browser()
    for each in (stranger, browser):
        each.cookies |= kept
    house.must_be_refused(await stranger.opens(back), "provider_used")
    again = await browser.opens(back)
    assert html.escape(said("sign_in.provider_used")) in again.text, "who is signed in already stays so"
    assert len(house.authority.asked) == asked, "the code is not even tried"


async def test_a_code_that_another_browser_got_is_good_for_nothing(house: House) -> None:
    mallory, ana = house.door.browser(), house.door.browser()
    back = await house.sent_back(mallory)
    house.must_be_refused(await ana.opens(back), "provider_elsewhere")
    await ana.opens("/sign-in/with/acme")
    house.must_be_refused(await ana.opens(back), "provider_elsewhere")
    assert (await ana.opens("/account")).status == 303
    assert (await mallory.opens(back)).status == 303


async def test_a_code_that_was_put_in_place_of_ones_own_is_declined_by_the_provider(house: House) -> None:
    mallory, ana = house.door.browser(), house.door.browser()
    stolen = parse_qs(urlsplit(await house.sent_back(mallory)).query)["code"][0]
    back = await house.sent_back(ana)
    own = parse_qs(urlsplit(back).query)["code"][0]
    house.must_be_refused(await ana.opens(back.replace(own, stolen)), "provider_declined", **ACME)


@pytest.mark.parametrize("issuer", [None, "https://evil.example"])
async def test_an_answer_of_another_provider_is_not_taken_for_this_ones(
    house: House, issuer: str | None
) -> None:
    browser = house.door.browser()
    path, _, query = (await house.sent_back(browser)).partition("?")
    answer = {name: values[0] for name, values in parse_qs(query).items()}
    assert answer.pop("iss") == house.authority.issuer
    if issuer is not None:
        answer["iss"] = issuer
    house.must_be_refused(await browser.opens(f"{path}?{urlencode(answer)}"), "provider_untrusted", **ACME)
    assert "/token" not in house.authority.asked


async def test_a_way_that_took_longer_than_ten_minutes_begins_again(house: House) -> None:
    browser = house.door.browser()
    back = await house.sent_back(browser)
    await house.desk.passes(minutes=10)
    house.must_be_refused(await browser.opens(back), "provider_late")
    assert (await house.signs_in(browser)).status == 303


@pytest.mark.parametrize(
    "going", ["https://evil.example", "//evil.example", "/\\evil.example", "/sign-in/with/acme"]
)
async def test_nobody_is_led_to_another_site(house: House, going: str) -> None:
    browser = house.door.browser()
    await browser.opens(f"/sign-in?next={going}")
    assert (await house.signs_in(browser)).location == "/landing/start"
    back = await house.sent_back(browser)
    assert (await browser.opens(f"{back}&next={going}")).location == "/landing/start"


async def test_who_cancels_reads_so_and_is_offered_all_ways(house: House) -> None:
    house.authority.declines = "access_denied"
    await house.refused("provider_cancelled", **ACME)
    house.authority.declines = "server_error"
    await house.refused("provider_declined", **ACME)
    assert await house.logged() == []


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/keys"])
@pytest.mark.parametrize("how", ["down", "slow", "moved"])
async def test_a_provider_that_is_away_is_said_to_be(headless: HeadlessDesk, path: str, how: str) -> None:
    async def answering(_: web.Request) -> web.StreamResponse:
        if how == "slow":
            await asyncio.sleep(PATIENCE_S * 3)
        if how == "moved":
            raise web.HTTPFound("https://evil.example/")
        return web.Response(status=503, text="<html>")

    async with open_house(headless, patience_s=PATIENCE_S) as house:
        house.authority.answering[path] = answering
        browser = house.door.browser()
        left = await browser.opens("/sign-in/with/acme")
        answer = left if left.status != 303 else await browser.opens(await house.visits(left.location))
        house.must_be_refused(answer, "provider_unreachable", **ACME)
        assert await house.logged() == []


@pytest.mark.parametrize(
    "described",
    [{"issuer": "http://localhost:9"}, {"jwks_uri": "ftp://evil.example"}, {"token_endpoint": None}],
    ids=str,
)
async def test_a_description_that_does_not_hold_leads_nowhere(
    house: House, described: dict[str, object]
) -> None:
    house.authority.described = described
    left = await house.door.browser().opens("/sign-in/with/acme")
    house.must_be_refused(left, "provider_untrusted", **ACME)


async def test_an_address_that_is_not_confirmed_signs_nobody_in(house: House) -> None:
    for given in (False, None, "true"):
        house.authority.changed = {"email_verified": given}
        await house.refused("provider_unconfirmed", **COMMAND)


async def test_who_is_not_known_is_told_what_to_do_and_nothing_is_made(house: House) -> None:
    house.authority.person |= {"email": "eve@example.org"}
    await house.refused("provider_unknown", **COMMAND)
    house.authority.changed = {"email": None}
    await house.refused("provider_unknown", **COMMAND)
    assert await house.desk.storage.read(lambda uow: uow.people.search("eve@example.org")) == []


async def test_an_address_of_two_people_signs_in_neither_until_their_accounts_are_linked(
    house: House,
) -> None:
    other = replace(person("Ann Alves"), email=ADDRESS)
    await house.desk.meets(other)
    await house.refused("provider_several", **COMMAND)
    await house.desk.works(ANA, lambda context: link_accounts(context, ANA, other, way=LinkWay.ADMIN))
    assert (await house.signs_in(house.door.browser())).status == 303


async def test_who_left_is_not_signed_in(house: House) -> None:
    await house.desk.meets(replace(ANA_BY_MAIL, is_active=False))
    await house.refused("refused_left")


async def test_a_claim_names_the_account_where_no_address_does(house: House) -> None:
    house.offers(account_claim="web_id", account_platform="web")
    house.authority.person = {"sub": "bo-1", "web_id": "bo"}
    browser = house.door.browser()
    assert (await house.signs_in(browser)).status == 303
    assert html.escape(said("sign_in.account_title", name=BO.name)) in await house.who(browser)
    house.authority.person = {"sub": "x", "web_id": "nobody"}
    await house.refused("provider_unknown", **COMMAND)


async def test_what_the_token_leaves_out_is_asked_of_the_provider_and_only_of_the_same_person(
    house: House,
) -> None:
    house.authority.person = {"sub": "ana-1"}
    house.authority.told_apart = {"email": ADDRESS, "email_verified": True}
    assert (await house.signs_in(house.door.browser())).status == 303
    house.authority.told_apart["sub"] = "somebody-else"
    await house.refused("provider_untrusted", **ACME)


async def test_an_address_from_which_too_many_fail_waits_for_an_hour(house: House) -> None:
    house.authority.changed = {"aud": "another"}
    for _ in range(MOST_REFUSALS):
        await house.signs_in(house.door.browser())
    house.authority.changed = {}
    await house.refused("provider_too_many")
    await house.refused("provider_too_many")
    assert [reason for _, reason in await house.logged()][-2:] == ["untrusted", "too_many"]
    await house.desk.passes(minutes=61)
    assert (await house.signs_in(house.door.browser())).status == 303


async def test_colleagues_whom_the_desk_does_not_know_keep_nobody_else_at_their_address_out(
    house: House,
) -> None:
    house.authority.changed = {"email": "new@example.org"}
    for _ in range(MOST_REFUSALS + 1):
        await house.signs_in(house.door.browser())
    await house.refused("provider_unknown", **COMMAND)
    house.authority.changed = {}
    assert (await house.signs_in(house.door.browser())).status == 303


async def test_a_program_that_only_looks_whether_an_address_is_there_uses_nothing_up(house: House) -> None:
    browser = house.door.browser()
    back = await house.sent_back(browser)
    assert (await browser._ask("HEAD", back, None, {})).status == 405
    assert (await browser.opens(back)).status == 303


async def test_a_provider_that_there_is_not_or_whose_secret_is_missing_is_said(house: House) -> None:
    gone = await house.door.browser().opens("/sign-in/with/other")
    house.must_be_refused(gone, "provider_gone")
    house.offers(secret="DESKBELL_SIGN_IN_OTHER")
    missing = await house.door.browser().opens("/sign-in/with/acme")
    house.must_be_refused(missing, "provider_not_ready", **ACME)
