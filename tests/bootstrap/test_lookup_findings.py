"""`deskbell doctor` asks each look-up once about somebody who does not exist, and says what came."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.http.lookup_client import HttpLookupClient
from bot.bootstrap.lookup_findings import NOBODY, findings_of_lookups
from bot.domain.desk import Desk
from bot.domain.findings import Severity
from bot.domain.lookups.lookup import Lookup, LookupField
from bot.domain.routing.router import Router
from tests.fakes.lookups.crm import Crm, open_crm, says, says_json


@pytest.fixture
async def crm() -> AsyncIterator[Crm]:
    async with open_crm() as crm:
        yield crm


async def found(*urls: str) -> list[tuple[Severity, str]]:
    fields = tuple(LookupField(name=each, label=each, path=(each,)) for each in ("tier", "device"))
    names = (f"crm{number}" for number, _ in enumerate(urls))
    lookups = {
        name: Lookup(
            name=name, title=name, url=f"{url}?email={{email}}", fields=fields, timeout=timedelta(seconds=0.5)
        )
        for name, url in zip(names, urls, strict=True)
    }
    router = Router([], default_team="it")
    desk = Desk(
        name="Desk", prefix="IT", inboxes={}, teams={}, default_team="it", router=router, lookups=lookups
    )
    client = HttpLookupClient({})
    try:
        findings = await findings_of_lookups(client, desk)
    finally:
        await client.close()
    return [(each.severity, each.sentence.key.removeprefix("operations.")) for each in findings]


async def test_a_look_up_that_knows_nobody_of_that_name_works(crm: Crm) -> None:
    assert await found(crm.url) == [(Severity.HINT, "lookup_knows_nobody")]
    assert len(crm.asked) == 1
    assert NOBODY.email == "deskbell-doctor@example.com"


async def test_an_answer_is_told_by_the_names_of_its_fields(crm: Crm) -> None:
    crm.answering = says_json({"tier": "gold"})
    assert await found(crm.url) == [(Severity.HINT, "lookup_answered")]
    crm.answering = says_json({"error": "no such person"})
    assert await found(crm.url) == [(Severity.HINT, "lookup_answered_nothing")]
    crm.answering = says_json({"tier": {"id": 1}, "device": "L-204"})
    assert await found(crm.url) == [(Severity.WARNING, "lookup_odd"), (Severity.HINT, "lookup_answered")]


async def test_what_fails_keeps_no_other_from_being_asked(crm: Crm) -> None:
    crm.answering = crm.hangs
    async with open_crm() as other:
        other.answering = says("<html>")
        assert await found(crm.url, other.url) == [
            (Severity.WARNING, "lookup_slow"),
            (Severity.WARNING, "lookup_not_json"),
        ]


async def test_a_desk_without_look_ups_asks_nobody() -> None:
    assert await found() == []
