"""Who gets a ticket: within a capacity, with the reason in its history, and leads read why no one fits."""

from pathlib import Path

from tests.adapters.stories.platforms import Platform
from tests.said import said

WAYS = "\n    assignment: [last_agent, least_busy]\n    workload: {{capacity: 1}}"


async def test_tickets_are_given_within_capacity_and_leads_read_why_no_one_fits(
    platform: Platform, tmp_path: Path, sqlite_template: Path
) -> None:
    leads = f"    leads: [{platform.person('lee')}]"
    desk = platform.desk_file.replace(leads, leads + WAYS)
    async with platform.open(tmp_path, sqlite_template, desk=desk) as office:
        for agent in ("bo", "lee"):
            await office.types(agent, "team", "/desk mine")
        await office.says("ana", "requests", "My VPN is dead")
        first = (await office.card("IT-1")).words
        owners = [name for who in ("bo", "cleo") if (name := office.called(who)) in first]
        assert len(owners) == 1
        history = await office.types("lee", "team", "/desk ticket history", ticket="IT-1")
        assert said("history.why_least_busy", load="0") in history.words

        await office.types("bo", "team", "/desk team away", until="until tomorrow, dentist")
        for number in range(2, 5):
            await office.says("ana", "requests", f"Printer {number} is broken")
        await office.passes(minutes=6)
        await office.desk.workers["assignments"].tick()
        await office.settle()
        told = [each for each in office.reads("lee", "escalations") if "IT-4" in each.words]
        away = said("team.nobody_fits_away", person=office.called("bo"), until="\0").partition("\0")[0]
        assert [away in each.words for each in told] == [True]
