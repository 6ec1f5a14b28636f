"""Many requests at once, smaller than in the benchmarks: nothing is lost or doubled; what is urgent goes first."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.slack.api.rate_limiter import METHODS, RateLimiter
from tests.adapters.slack.office import Office, open_office
from tests.bench.platforms.slack_burst import Burst, endured
from tests.bench.platforms.slack_rush import PER_SECOND, rushed

BURST = Burst(requests=30, within_s=4, scale=0.05)


@pytest.fixture
async def office(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, sqlite_template, scale=BURST.scale) as office:
        yield office


async def test_a_burst_is_shown_once_each_and_a_ping_goes_before_the_cards_that_wait(office: Office) -> None:
    found = await endured(office, BURST)
    assert sorted(found.cards) == sorted(
        f"Can you replace keyboard number {number} for me?" for number in range(BURST.requests)
    )
    assert found.answers == BURST.requests
    assert found.waiting_at_ping > 0


async def test_in_a_rush_every_message_is_acknowledged_and_every_form_opens(office: Office) -> None:
    rush = await rushed(office, seconds=1)
    assert rush.unacknowledged == 0
    assert (len(rush.events), rush.tickets) == (PER_SECOND, PER_SECOND)
    assert len(rush.forms) == rush.pressed > 0


async def test_a_limit_that_is_used_up_is_known_before_anybody_waits_for_it() -> None:
    limiter = RateLimiter()
    assert limiter.has_room("users.info")
    for _ in range(METHODS["users.info"].burst):
        await limiter.take("users.info")
    assert not limiter.has_room("users.info")
    assert limiter.has_room("views.open")
