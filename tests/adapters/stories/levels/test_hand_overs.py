"""A team's day ends and the next region reads what it goes on with, on every platform."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.adapters.stories.platforms import Platform
from tests.said import said


async def test_the_next_region_reads_what_it_goes_on_with(
    platform: Platform, tmp_path: Path, sqlite_template: Path
) -> None:
    hour = f"{datetime.now(UTC) + timedelta(hours=2):%H:%M}"
    lee = f"    leads: [{platform.person('lee')}]"
    first = (
        f"{lee}\n    hands_over: {{{{to: apac, at: '{hour}'}}}}\n"
        f"  apac:\n    title: Support APAC\n    channel: {platform.operators}\n"
        f"    board: no\n    digests: []\n{lee}"
    )
    async with platform.open(
        tmp_path, sqlite_template, desk=platform.desk_file.replace(lee, first)
    ) as office:
        await office.says("ana", "requests", "My mouse is dead")
        card = await office.card("IT-1")
        await office.presses("bo", card, said("team.button_claim"))
        await office.types("bo", "team", "/desk note", ticket="IT-1", text="next: call the vendor")
        await office.passes(minutes=121)
        await office.desk.workers["hand_overs"].tick()
        await office.settle()
        title = said("team.hand_over", team=platform.team_title, count=1)
        (message,) = [each.words for each in office.reads("lee", "operators") if title in each.words]
        assert said("team.hand_over_had", name=office.called("bo")) in message
        assert said("team.hand_over_next", text="call the vendor") in message
