"""A look-up over HTTP, against a real server: what it takes from an answer, and each way in which it fails."""

import asyncio
import socket
import time
import tracemalloc
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from adapters.http.client_session import LARGEST_ANSWER
from adapters.http.lookup_client import HttpLookupClient
from bot.domain.directory import Person
from bot.domain.lookups.lookup import Lookup, LookupField
from bot.ports.lookups import LookupFailed, LookupOutcome, NotAskable, PersonFound, PersonUnknown
from tests.fakes.lookups.crm import ANSWER_BYTES, Crm, open_crm, says, says_json

ANA = Person(key="web:ana", name="Ana Núñez", email="Ana+it@Example.org")
TOKEN = "sesame-open-4711"
TIER = LookupField(name="tier", label="Tier", path=("account", "tier"))
DEVICE = LookupField(name="device", label="Device", path=("devices", "0", "model"))


@pytest.fixture
async def crm() -> AsyncIterator[Crm]:
    async with open_crm() as crm:
        yield crm


@pytest.fixture
async def client() -> AsyncIterator[HttpLookupClient]:
    client = HttpLookupClient({"DESKBELL_LOOKUP_TOKEN": TOKEN})
    yield client
    await client.close()


def lookup(url: str, **more: Any) -> Lookup:
    known: dict[str, Any] = {"timeout": timedelta(seconds=2), "fields": (TIER, DEVICE)}
    return Lookup(name="crm", title="CRM", url=f"{url}?email={{email}}", **known | more)


def why(outcome: LookupOutcome) -> str:
    """The key of the sentence that says why it failed, which names the look-up and holds no secret."""
    assert isinstance(outcome, LookupFailed)
    assert outcome.why.facts["lookup"] == "crm"
    assert TOKEN not in str(outcome.why)
    assert "Example.org" not in str(outcome.why)
    assert "example.org" not in str(outcome.why)
    return outcome.why.key.removeprefix("operations.lookup_")


async def test_the_facts_are_taken_from_where_the_paths_lead(crm: Crm, client: HttpLookupClient) -> None:
    crm.people["ana+it@example.org"] = {"account": {"tier": "gold"}, "devices": [{"model": "L-204"}]}
    outcome = await client.ask(lookup(crm.url), ANA)
    assert isinstance(outcome, PersonFound)
    assert outcome.reading.facts == {"tier": "gold", "device": "L-204"}
    assert crm.asked == ["/people?email=ana%2Bit%40example.org"], "words of a person are encoded whole"


async def test_headers_hold_settings_and_a_missing_one_is_named(crm: Crm, client: HttpLookupClient) -> None:
    bearer = {"Authorization": "Bearer ${DESKBELL_LOOKUP_TOKEN}"}
    assert await client.ask(lookup(crm.url, headers=bearer), ANA) == PersonUnknown()
    assert crm.headers[0]["Authorization"] == f"Bearer {TOKEN}"
    outcome = await client.ask(lookup(crm.url, headers={"X-Key": "$DESKBELL_LOOKUP_OTHER"}), ANA)
    assert why(outcome) == "setting"
    assert isinstance(outcome, LookupFailed)
    assert outcome.why.facts["variable"] == "DESKBELL_LOOKUP_OTHER"
    assert len(crm.asked) == 1, "nobody is asked without the secret"


async def test_who_has_no_address_is_not_asked_about(crm: Crm, client: HttpLookupClient) -> None:
    assert await client.ask(lookup(crm.url), Person(key="web:bo", name="Bo")) == NotAskable()
    assert crm.asked == []


async def test_what_hangs_is_left_after_its_time(crm: Crm, client: HttpLookupClient) -> None:
    short = lookup(crm.url, timeout=timedelta(seconds=0.3))
    for answering in (crm.hangs, crm.drips):
        crm.answering = answering
        began_at = time.monotonic()
        assert why(await client.ask(short, ANA)) == "slow"
        assert time.monotonic() - began_at < 1.5


async def test_what_does_not_even_connect_is_left_after_its_time(client: HttpLookupClient) -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        # Takes connections, and says nothing when TLS begins.
        url = f"https://127.0.0.1:{deaf.getsockname()[1]}/people"
        assert why(await client.ask(lookup(url, timeout=timedelta(seconds=0.3)), ANA)) == "slow"


async def test_what_is_not_there_cannot_be_reached(client: HttpLookupClient) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/people"
    assert why(await client.ask(lookup(url), ANA)) == "unreachable"


async def test_a_certificate_that_nobody_vouches_for_is_refused(client: HttpLookupClient) -> None:
    async with open_crm(is_trusted=False) as crm:
        assert why(await client.ask(lookup(crm.url), ANA)) == "certificate"
        assert crm.asked == [], "it hears neither of the person nor the secret"


@pytest.mark.parametrize(
    ("status", "told"),
    [(500, "status"), (429, "status"), (400, "status"), (401, "forbidden"), (403, "forbidden")],
)
async def test_an_answer_that_is_none_says_its_status(
    crm: Crm, client: HttpLookupClient, status: int, told: str
) -> None:
    crm.answering = says("no", status=status)
    outcome = await client.ask(lookup(crm.url), ANA)
    assert why(outcome) == told
    assert isinstance(outcome, LookupFailed)
    assert outcome.why.facts["status"] == str(status)


async def test_who_is_not_found_is_unknown_and_nothing_has_failed(crm: Crm, client: HttpLookupClient) -> None:
    assert await client.ask(lookup(crm.url), ANA) == PersonUnknown()


async def test_a_redirect_is_not_followed(crm: Crm, client: HttpLookupClient) -> None:
    async def away(_: web.Request) -> web.StreamResponse:
        raise web.HTTPFound("/elsewhere")

    crm.answering = away
    assert why(await client.ask(lookup(crm.url), ANA)) == "redirect"
    assert len(crm.asked) == 1, "what it redirects to is not given the headers"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<html>Sign in</html>", "not_json"),
        ("", "not_json"),
        ('{"account":', "not_json"),
        ("9" * 5_000, "not_json"),
        ('"gold"', "not_object"),
        ("null", "not_object"),
        ("[" * 100_000, "too_deep"),
        ('{"a":' * 100_000, "too_deep"),
    ],
)
async def test_garbage_is_no_answer(crm: Crm, client: HttpLookupClient, text: str, told: str) -> None:
    crm.answering = says(text)
    assert why(await client.ask(lookup(crm.url), ANA)) == told


async def test_of_fifty_megabytes_one_is_read(crm: Crm, client: HttpLookupClient) -> None:
    crm.answering = crm.floods
    tracemalloc.start()
    try:
        assert why(await client.ask(lookup(crm.url), ANA)) == "too_large"
        assert tracemalloc.get_traced_memory()[1] < 12 * LARGEST_ANSWER
    finally:
        tracemalloc.stop()
    await asyncio.sleep(0.1)
    assert crm.sent < ANSWER_BYTES / 2, "the rest is not taken"


async def test_an_answer_is_not_unpacked(crm: Crm, client: HttpLookupClient) -> None:
    crm.answering = crm.bursts
    assert why(await client.ask(lookup(crm.url), ANA)) == "compressed"
    assert crm.headers[0]["Accept-Encoding"] == "identity"


async def test_an_answer_that_breaks_off_is_none(crm: Crm, client: HttpLookupClient) -> None:
    crm.answering = crm.cuts
    assert why(await client.ask(lookup(crm.url), ANA)) == "broken"


async def test_facts_of_the_wrong_type_are_named_and_the_others_are_taken(
    crm: Crm, client: HttpLookupClient
) -> None:
    crm.answering = says_json({"account": {"tier": {"id": 7}}, "devices": [{"model": 204}]})
    outcome = await client.ask(lookup(crm.url), ANA)
    assert isinstance(outcome, PersonFound)
    assert outcome.reading.facts == {"device": "204"}
    assert outcome.reading.odd == ("tier",)


async def test_a_setting_that_is_no_header_fails_in_words(crm: Crm) -> None:
    client = HttpLookupClient({"DESKBELL_LOOKUP_TOKEN": "two\nlines"})
    try:
        outcome = await client.ask(lookup(crm.url, headers={"X-Key": "$DESKBELL_LOOKUP_TOKEN"}), ANA)
        assert why(outcome) == "broken"
    finally:
        await client.close()
