"""Somebody signs out at their provider, and the provider tells the desk."""

import pytest

from tests.adapters.http.sign_in.front_door import Browser
from tests.adapters.identity.house import House
from tests.fakes.identity.signatures import NoKey, RsaKey

PATH = "/sign-in/back-channel/acme"


async def ordered(house: House, token: str, *, path: str = PATH) -> int:
    """As the provider sends it; the status of the answer."""
    provider = house.door.browser()
    answer = await provider._ask("POST", path, {"logout_token": token}, {})
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.status


async def entered(house: House, **claims: object) -> Browser:
    browser = house.door.browser()
    house.authority.person |= claims
    assert (await house.signs_in(browser)).status == 303
    return browser


async def is_in(browser: Browser) -> bool:
    return (await browser.opens("/account")).status == 200


async def test_the_session_that_ended_there_ends_here_and_no_other(house: House) -> None:
    one, other = await entered(house, sid="s1"), await entered(house, sid="s2")
    assert await ordered(house, house.authority.logout_token(sid="s1")) == 200
    assert [await is_in(each) for each in (one, other)] == [False, True]
    assert await ordered(house, house.authority.logout_token(sub=None, sid="s2")) == 200
    assert not await is_in(other)
    assert [each for each in await house.logged() if each[0] == "SessionEnded"] == [
        ("SessionEnded", "provider"),
        ("SessionEnded", "provider"),
    ]


async def test_without_a_session_all_of_that_person_end_and_nobody_elses(house: House) -> None:
    browsers = [await entered(house), await entered(house)]
    bo = await entered(house, sub="bo-1", email="bo@example.org")
    by_link = house.door.browser()
    await by_link.signs_in(await house.door.link())
    assert await ordered(house, house.authority.logout_token(sub="ana-1")) == 200
    assert [await is_in(each) for each in (*browsers, bo, by_link)] == [False, False, True, True]


async def test_an_order_is_good_once(house: House) -> None:
    token = house.authority.logout_token()
    assert await ordered(house, token) == 200
    again = await entered(house)
    assert await ordered(house, token) == 400
    assert await is_in(again)


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"events": {}},
        {"events": None},
        {"nonce": "n"},
        {"jti": None},
        {"sub": None},
        {"exp": 1_700_000_000},
        {"iat": 1_700_000_000},
    ],
    ids=str,
)
async def test_an_order_that_does_not_hold_ends_nothing(house: House, changed: dict[str, object]) -> None:
    browser = await entered(house)
    house.authority.changed = changed
    assert await ordered(house, house.authority.logout_token()) == 400
    assert await is_in(browser)


async def test_an_order_with_another_key_or_for_another_provider_ends_nothing(house: House) -> None:
    browser = await entered(house)
    for key in (RsaKey("first", made_of="another"), NoKey("first")):
        house.authority.key = key
        assert await ordered(house, house.authority.logout_token()) == 400
    assert await ordered(house, "") == 400
    assert await ordered(house, "x", path="/sign-in/back-channel/other") == 400
    assert await is_in(browser)


async def test_a_token_of_somebody_who_signs_in_is_no_order(house: House) -> None:
    browser = await entered(house)
    assert await ordered(house, house.authority.token(sub="ana-1", nonce="n")) == 400
    assert await is_in(browser)


async def test_where_the_keys_cannot_be_read_the_provider_is_asked_to_come_again(house: House) -> None:
    token = house.authority.logout_token()
    await house.door.browser().opens("/sign-in/with/acme")

    async def away(_: object) -> object:
        raise ConnectionResetError

    house.authority.answering["/keys"] = away  # type: ignore[assignment]
    assert await ordered(house, token) == 503
    del house.authority.answering["/keys"]
    assert await ordered(house, token) == 200
