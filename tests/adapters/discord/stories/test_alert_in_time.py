"""An alert comes when it is due, to the seconds, though the server wants a moment's rest."""

import time
from datetime import timedelta
from pathlib import Path

from tests.adapters.discord.office import Office, open_office

POST = "POST /channels/{channel_id}/messages"


async def at_29_minutes(office: Office) -> None:
    await office.ana.says("help", "My VPN is dead")
    await office.settle()
    await office.passes(minutes=29)


def is_told(office: Office) -> bool:
    return any("Breached" in each.words for each in office.lee.reads("escalations"))


async def test_a_breach_is_told_within_seconds_of_its_time(tmp_path: Path, sqlite_template: Path) -> None:
    async with open_office(tmp_path, sqlite_template) as office:
        office.clock.move(timedelta(seconds=27))
        await at_29_minutes(office)
        await office.passes(seconds=59)
        assert not is_told(office)
        await office.passes(seconds=11)
        assert is_told(office)


async def test_a_breach_is_told_as_soon_as_the_server_takes_it(tmp_path: Path, sqlite_template: Path) -> None:
    async with open_office(tmp_path, sqlite_template) as office:
        await at_29_minutes(office)
        slowed = office.discord.plan_failures(POST, times=2, status=429, retry_after_s=1, is_proxied=False)
        began = time.monotonic()
        await office.passes(minutes=2)
        assert slowed.happened == 2
        assert is_told(office)
        assert time.monotonic() - began < 15
