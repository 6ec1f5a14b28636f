"""A link in a browser: it is looked at, used once by one browser, and stands in no address behind that."""

import html
from dataclasses import replace

import pytest

from bot.domain.sessions.sign_in_link import MOST_REFUSALS, SignInSide
from tests.adapters.http.sign_in.front_door import DESK_NAME, FrontDoor, front_door
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.fakes.desk.headless_desk import HeadlessDesk
from tests.said import said

USED = html.escape(said("sign_in.refused_used", command="/ticket web", sessions="/ticket sessions"))
TOO_OLD = html.escape(said("sign_in.page_too_old"))


async def test_a_link_asks_first_and_then_signs_in(door: FrontDoor) -> None:
    link, browser = await door.link(side=SignInSide.WORK), door.browser()
    opened = await browser.opens(f"/sign-in/{link}")
    assert (opened.status, opened.location) == (303, "/sign-in")
    asked = await browser.opens("/sign-in")
    assert html.escape(said("sign_in.page_question", desk=DESK_NAME, name=ANA.name)) in asked.text
    assert link not in asked.text
    entered = await browser.sends("/sign-in", token=asked.token)
    assert (entered.status, entered.location) == (303, "/landing/work")
    account = await browser.opens("/account")
    assert html.escape(said("sign_in.account_title", name=ANA.name)) in account.text
    assert "Firefox, Linux" in account.text


async def test_every_answer_keeps_the_link_out_of_logs_caches_and_other_sites(door: FrontDoor) -> None:
    browser = door.browser()
    for path in (f"/sign-in/{await door.link()}", "/sign-in"):
        answer = await browser.opens(path)
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


async def test_a_program_that_shows_what_is_behind_a_link_does_not_use_it_up(door: FrontDoor) -> None:
    link = await door.link()
    for _ in range(3):
        unfurler = door.browser()
        assert (await unfurler.opens(f"/sign-in/{link}")).status == 303
        assert (await unfurler.opens("/sign-in")).status == 200
        assert (await unfurler.sends("/sign-in")).status == 403
    assert (await door.browser().signs_in(link)).status == 303


async def test_a_link_that_was_used_says_how_to_end_the_session_of_who_used_it(door: FrontDoor) -> None:
    link, mallory, ana = await door.link(), door.browser(), door.browser()
    await ana.opens(f"/sign-in/{link}")
    question = await ana.opens("/sign-in")
    assert (await mallory.signs_in(link)).status == 303
    refused = await ana.sends("/sign-in", token=question.token)
    assert refused.status == 403
    assert USED in refused.text
    await ana.opens(f"/sign-in/{link}")
    assert USED in (await ana.opens("/sign-in")).text


async def test_who_opens_their_link_again_is_still_signed_in(door: FrontDoor) -> None:
    link, browser = await door.link(), door.browser()
    await browser.signs_in(link)
    await browser.opens(f"/sign-in/{link}")
    again = await browser.opens("/sign-in")
    assert again.status == 200
    assert html.escape(said("sign_in.account_title", name=ANA.name)) in again.text
    assert USED in again.text


async def test_a_late_link_and_one_that_never_was_each_say_so(door: FrontDoor) -> None:
    link, browser = await door.link(), door.browser()
    await browser.opens("/sign-in/nonsense")
    unknown = await browser.opens("/sign-in")
    assert html.escape(said("sign_in.refused_unknown", command="/ticket web")) in unknown.text
    await door.desk.passes(minutes=10)
    await browser.opens(f"/sign-in/{link}")
    late = await browser.opens("/sign-in")
    assert late.status == 403
    assert html.escape(said("sign_in.refused_late", command="/ticket web", number=10)) in late.text
    how = await browser.opens("/sign-in")
    assert html.escape(said("sign_in.page_how", command="/ticket web")) in how.text


async def test_only_the_browser_that_opened_a_link_can_use_it(door: FrontDoor) -> None:
    link, ana, other = await door.link(), door.browser(), door.browser()
    await ana.opens(f"/sign-in/{link}")
    token = (await ana.opens("/sign-in")).token
    await other.opens(f"/sign-in/{link}")
    for given in (token, "", "é"):
        refused = await other.sends("/sign-in", token=given)
        assert (refused.status, TOO_OLD in refused.text) == (403, True)
    assert (await door.browser().sends("/sign-in", token=token)).status == 403
    assert (await ana.sends_from("http://evil.example", "/sign-in", token=token)).status == 403
    assert (await ana.sends("/sign-in", token=token)).status == 303


@pytest.mark.parametrize(
    ("wanted", "going"),
    [
        ("/work?queue=it", "/work?queue=it"),
        ("//evil.example", "/landing/requests"),
        ("/\\evil.example", "/landing/requests"),
        ("https://evil.example/", "/landing/requests"),
        ("/\t/evil.example", "/landing/requests"),
        ("javascript:alert(1)", "/landing/requests"),
        ("/sign-in/x", "/landing/requests"),
    ],
)
async def test_one_goes_on_to_a_page_of_the_desk_and_never_elsewhere(
    door: FrontDoor, wanted: str, going: str
) -> None:
    browser = door.browser()
    await browser.opens(f"/sign-in?next={wanted}".replace("\t", "%09").replace("?queue", "%3Fqueue"))
    assert (await browser.signs_in(await door.link())).location == going


async def test_links_that_are_no_good_are_counted_for_the_address_that_the_proxy_tells(
    headless: HeadlessDesk,
) -> None:
    async with front_door(headless, is_behind_proxy=True) as door:
        guesser, ana = door.browser(), door.browser()
        for number in range(MOST_REFUSALS):
            guesser.headers["X-Forwarded-For"] = f"10.0.0.{number}, 203.0.113.5"
            await guesser.signs_in("nonsense")
        await guesser.opens(f"/sign-in/{await door.link()}")
        assert html.escape(said("sign_in.refused_too_many")) in (await guesser.opens("/sign-in")).text
        ana.headers["X-Forwarded-For"] = "198.51.100.7"
        assert (await ana.signs_in(await door.link(BO))).status == 303


async def test_who_left_before_using_the_link_reads_why(door: FrontDoor) -> None:
    link = await door.link()
    await door.desk.meets(replace(ANA, is_active=False))
    browser = door.browser()
    await browser.opens(f"/sign-in/{link}")
    assert html.escape(said("sign_in.refused_left")) in (await browser.opens("/sign-in")).text
