"""Who gets in: the right that a route asks for, its token, and cookies that nothing else may read or set."""

import html
import json

import pytest
from aiohttp import web

from adapters.http.server import HttpServer
from tests.adapters.http.sign_in.front_door import Browser, FrontDoor, front_door
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.fakes.desk.headless_desk import HeadlessDesk
from tests.said import said

DESK_URL = "https://desk.example.org"


async def signed_in(door: FrontDoor, who: object = BO) -> Browser:
    browser = door.browser()
    assert (await browser.signs_in(await door.link(who))).status == 303  # type: ignore[arg-type]
    return browser


async def test_who_is_not_signed_in_is_sent_to_sign_in_and_comes_back(door: FrontDoor) -> None:
    browser = door.browser()
    sent = await browser.opens("/work?a=1")
    assert (sent.status, sent.location) == (303, "/sign-in?next=%2Fwork%3Fa%3D1")
    await browser.opens(sent.location)
    assert (await browser.signs_in(await door.link(BO))).location == "/work?a=1"
    assert BO.name in (await browser.opens("/work")).text


async def test_a_script_is_told_that_it_is_signed_out(door: FrontDoor) -> None:
    asked = await door.browser().opens("/api/work")
    assert (asked.status, json.loads(asked.text)["error"]) == (401, said("sign_in.signed_out"))
    assert (await door.browser().sends("/work")).status == 401


async def test_who_lacks_the_right_reads_who_has_it(door: FrontDoor) -> None:
    refused = await (await signed_in(door, ANA)).opens("/work")
    assert refused.status == 403
    assert html.escape(said("sign_in.only_agent")) in refused.text


async def test_a_change_needs_the_token_of_that_session(door: FrontDoor) -> None:
    bo, other = await signed_in(door), await signed_in(door)
    token, foreign = (await bo.opens("/work")).token, (await other.opens("/work")).token
    for given in ("", "x", foreign):
        assert (await bo.sends("/work", token=given)).status == 403
    assert (await bo.sends_from("http://evil.example", "/work", token=token)).status == 403
    assert door.changed == 0
    assert (await bo.sends("/work", token=token)).status == 200
    assert door.changed == 1


async def test_what_somebody_wrote_is_there_to_be_copied_when_it_is_refused(door: FrontDoor) -> None:
    wrote = "The <b>second</b> screen stays dark & warm"
    bo = await signed_in(door)
    late = await bo.sends("/work", **{"token": "x", "key": "k" * 20, "f-text": wrote, "f-team": "it"})
    out = await door.browser().sends("/work", **{"f-text": wrote})
    for answer, status in ((late, 403), (out, 401)):
        assert answer.status == status
        assert said("sign_in.written_not_sent") in answer.text
        assert f"\n{html.escape(wrote)}</textarea>" in answer.text
        assert answer.text.count("<textarea") == 1
    foreign = await bo.sends_from("http://evil.example", "/work", **{"f-text": wrote})
    assert (foreign.status, "<textarea" in foreign.text) == (403, False)


async def test_a_foreign_name_for_this_machine_opens_nothing(door: FrontDoor) -> None:
    bo = await signed_in(door)
    assert (await bo.opens("/work", Host="evil.example")).status == 403
    assert (await bo.opens("/sign-in", Host="evil.example")).status == 403


async def test_signing_out_ends_the_session_and_not_only_the_cookie(door: FrontDoor) -> None:
    bo = await signed_in(door)
    stolen = door.browser()
    stolen.cookies = dict(bo.cookies)
    out = await bo.sends("/account/sign-out", token=(await bo.opens("/account")).token)
    assert html.escape(said("sign_in.page_signed_out")) in (await bo.opens(out.location)).text
    assert bo.cookies == {}
    assert (await stolen.opens("/work")).status == 303


async def test_somebody_signs_out_elsewhere(door: FrontDoor) -> None:
    here, there, third = await signed_in(door), await signed_in(door), await signed_in(door)
    account = await here.opens("/account")
    number = account.text.partition('name="session" value="')[2].partition('"')[0]
    ended = await here.sends("/account/end", token=account.token, session=number)
    assert html.escape(said("sign_in.account_ended", count=1)) in ended.text
    assert sorted([(await each.opens("/work")).status for each in (there, third)]) == [200, 303]
    await here.sends("/account/end-others", token=account.token)
    assert [(await each.opens("/work")).status for each in (here, there, third)] == [200, 303, 303]
    assert (await here.sends("/account/end", token=account.token, session="x")).status == 400


@pytest.mark.parametrize("address", [DESK_URL, "http://desk.example.org"])
async def test_cookies_are_out_of_reach_and_with_https_bound_to_it(
    headless: HeadlessDesk, address: str
) -> None:
    async with front_door(headless, address=address) as door:
        (cookie, *_) = (await door.browser().signs_in(await door.link())).cookies
        is_secure = address.startswith("https")
        assert cookie.startswith("__Host-deskbell-session-") == is_secure
        assert ("Secure" in cookie) == is_secure
        for part in ("HttpOnly", "SameSite=Lax", "Path=/"):
            assert part in cookie
        assert "Domain" not in cookie


async def test_two_desks_of_one_machine_have_cookies_of_their_own(headless: HeadlessDesk) -> None:
    async with front_door(headless) as one, front_door(headless) as other:
        entered = [await each.browser().signs_in(await each.link()) for each in (one, other)]
        names = {each.cookies[0].partition("=")[0] for each in entered}
        assert len(names) == 2


async def test_a_route_that_declares_no_right_is_not_mounted() -> None:
    async def hello(_request: web.Request) -> web.Response:
        return web.Response()

    with pytest.raises(TypeError):
        HttpServer(port=0).mount([web.get("/hello", hello)])
