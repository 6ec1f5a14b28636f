"""What tokens are signed with: keys that change, and signatures that anybody could make."""

import json

import pytest

from tests.adapters.identity.house import House, open_house
from tests.fakes.desk.headless_desk import HeadlessDesk
from tests.fakes.identity.authority import FIRST_KEY, SECRET, Authority
from tests.fakes.identity.signatures import EcKey, Key, NoKey, RsaKey, SharedKey

ACME = {"provider": "Acme"}
KEYS = "/keys"


@pytest.mark.parametrize(
    "key",
    [
        RsaKey("first", made_of="another"),
        RsaKey("never-published"),
        NoKey("first"),
        SharedKey("first", SECRET.encode()),
        SharedKey("first", json.dumps(FIRST_KEY.public).encode()),
        RsaKey("first", alg="RS999"),
        EcKey("first"),
    ],
    ids=lambda key: f"{type(key).__name__} {key.kid} {key.alg}",
)
async def test_a_signature_that_is_not_the_providers_lets_nobody_in(house: House, key: Key) -> None:
    house.authority.key = key
    await house.refused("provider_untrusted", **ACME)


@pytest.mark.parametrize("key", [EcKey("curve"), RsaKey("second")], ids=lambda key: key.alg)
async def test_a_key_that_is_new_is_looked_for_once(house: House, key: Key) -> None:
    assert (await house.signs_in(house.door.browser())).status == 303
    house.authority.key, house.authority.published = key, [FIRST_KEY, key]
    assert (await house.signs_in(house.door.browser())).status == 303
    assert house.authority.asked.count(KEYS) == 2


async def test_keys_that_there_are_not_do_not_make_the_desk_ask_again_and_again(house: House) -> None:
    for number in range(4):
        house.authority.key = RsaKey(f"made-up-{number}", made_of="another")
        await house.signs_in(house.door.browser())
    assert house.authority.asked.count(KEYS) == 2
    house.authority.key = FIRST_KEY
    assert (await house.signs_in(house.door.browser())).status == 303


async def test_after_a_while_a_new_key_is_looked_for_once_more(headless: HeadlessDesk) -> None:
    authority = Authority(person={"sub": "1", "email": "ana@example.org", "email_verified": True})
    async with open_house(headless, authority, read_again_after_s=0) as house:
        authority.key = RsaKey("second")
        await house.refused("provider_untrusted", **ACME)
        authority.published = [authority.key]
        assert (await house.signs_in(house.door.browser())).status == 303


async def test_what_a_provider_says_of_itself_is_not_asked_each_time(house: House) -> None:
    for _ in range(3):
        await house.signs_in(house.door.browser())
    assert house.authority.asked.count("/.well-known/openid-configuration") == 1
    assert house.authority.asked.count(KEYS) == 1
