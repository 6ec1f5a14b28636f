"""The clocks of a ticket at the console: a bar each and a table that says the same, for those who work on it."""

import re
from pathlib import Path

from tests.said import said
from tests.stories.console.console_visit import console_visit
from tests.stories.portal.portal_visit import open_portal, words_of


async def test_bo_sees_where_the_time_went_and_ana_does_not(folder: Path) -> None:
    async with open_portal(folder) as office, console_visit(office, "bo") as bo:
        await office.says("ana", "help-it", "The printer jams")
        await office.passes(minutes=5)
        await office.types("bo", "/desk reply IT-1 We look")
        await office.types("bo", "/desk wait IT-1")
        await office.passes(minutes=30)
        page = (await bo.opens("/console/tickets/IT-1")).text
        assert said("console.time_line") in words_of(page)
        bars = re.findall(r'<svg class="clock-bar".*?</svg>', page)
        assert bars
        assert any("span-requester" in each for each in bars)
        assert any("mark-met" in each for each in bars), bars
        assert all("style=" not in each for each in bars)
        for key in ("stretch_waiting", "mark_met"):
            assert said(f"console.{key}") in words_of(page)
        async with console_visit(office, "cleo") as cleo:
            assert said("console.time_line") in await cleo.reads("/console/tickets/IT-1")


async def test_the_axis_goes_on_to_what_is_due_and_now_is_where_it_is(folder: Path) -> None:
    async with open_portal(folder) as office, console_visit(office, "bo") as bo:
        await office.says("ana", "help-it", "The printer jams")
        await office.passes(minutes=6)
        page = (await bo.opens("/console/tickets/IT-1")).text
        bars = re.findall(r'<svg class="clock-bar".*?</svg>', page)
        places = [
            {kind: float(x) for kind, x in re.findall(r'class="mark-(\w+)" x1="([\d.]+)"', each)}
            for each in bars
        ]
        assert max(each["due"] for each in places) == 1000, bars
        assert all(each["now"] < each["due"] for each in places), bars
        drawn = re.compile(r'class="span-counted" x="[\d.]+" y="4" width="([\d.]+)"')
        counted = [float(each) for bar in bars for each in drawn.findall(bar)]
        assert counted
        assert max(counted) <= places[0]["now"] + 2, bars
        assert said("console.time_now") in words_of(page)
