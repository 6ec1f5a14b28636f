"""What the doctor finds of look-ups: each is asked once about somebody who does not exist."""

import asyncio
import time
from collections.abc import Iterator
from typing import Final

from bot.caches.lookup_health import odd_field
from bot.domain.desk import Desk
from bot.domain.directory import Person
from bot.domain.findings import Finding
from bot.domain.lookups.lookup import Lookup
from bot.domain.sentence import sentence
from bot.ports.lookups import LookupClient, LookupFailed, NotAskable, PersonFound, PersonUnknown

NOBODY: Final = Person(
    key="doctor:deskbell-doctor",
    name="Deskbell Doctor",
    handles=frozenset({"deskbell-doctor"}),
    email="deskbell-doctor@example.com",
)
"""Whom the doctor asks about; the domain is nobody's: RFC 2606, 3."""


async def findings_of_lookups(client: LookupClient, desk: Desk) -> list[Finding]:
    """What came of asking each, with how long it took; secrets and facts are not shown."""
    found = await asyncio.gather(*(_of_lookup(client, each) for each in desk.lookups.values()))
    return [finding for each in found for finding in each]


async def _of_lookup(client: LookupClient, lookup: Lookup) -> list[Finding]:
    began_at = time.monotonic()
    outcome = await client.ask(lookup, NOBODY)
    took = f"{(time.monotonic() - began_at) * 1000:.0f}"
    match outcome:
        case LookupFailed(why=why):
            return [Finding.warning(why)]
        case PersonUnknown():
            facts = {"lookup": lookup.name, "milliseconds": took, "person": NOBODY.email or ""}
            return [Finding.hint(sentence("operations.lookup_knows_nobody", **facts))]
        case PersonFound():
            return list(_of_answer(lookup, outcome, took))
        case NotAskable():
            return []


def _of_answer(lookup: Lookup, outcome: PersonFound, took: str) -> Iterator[Finding]:
    reading = outcome.reading
    yield from (Finding.warning(odd_field(lookup, field)) for field in reading.odd)
    facts = {"lookup": lookup.name, "milliseconds": took, "person": NOBODY.email or ""}
    if reading.facts:
        yield Finding.hint(sentence("operations.lookup_answered", **facts, fields=tuple(reading.facts)))
    elif not reading.odd:
        yield Finding.hint(sentence("operations.lookup_answered_nothing", **facts, fields=reading.missing))
