"""A lead looks at their teams at the console: their load, the rota, and somebody who stands in."""

import re
from pathlib import Path

import pytest

from tests.said import said
from tests.stories.console.console_visit import ConsoleVisit, console_visit
from tests.stories.desk_files import DESK
from tests.stories.office import Office
from tests.stories.portal.portal_visit import open_portal, words_of

ROTA = """
rotas:
  service: {zone: Europe/Berlin, handover: "mon 8:00", people: [web:bo, web:cleo], starts: 2026-03-02}
"""
OVERDUE = "sla:overdue"


@pytest.fixture
def with_rota(tmp_path: Path) -> Path:
    config = tmp_path / "desk.yaml"
    text = DESK.read_text(encoding="utf-8")
    leads = "    leads: [web:lee]\n"
    config.write_text(text.replace(leads, f"{leads}    rota: service\n", 1) + ROTA, encoding="utf-8")
    return config


async def found(office: Office, who: str, page: str, sought: str) -> tuple[int, int]:
    """The number on the page that leads to what this search finds, and how many the search of chat finds."""
    links = re.findall(r'href="/console/tickets\?q=([^"]+)"[^>]*>(\d+)<', page)
    wanted = sought.replace(":", "%3A").replace(" ", "+").replace('"', "%22")
    number = next(int(count) for query, count in links if wanted in query)
    listed = await office.types(who, f"/desk search {sought}")
    return number, len(set(re.findall(r"IT-\d+", listed)))


async def test_numbers_are_those_that_the_search_of_chat_finds(folder: Path, with_rota: Path) -> None:
    async with open_portal(folder, config=with_rota) as office, console_visit(office, "lee") as lee:
        for text in ("The printer jams", "The scanner jams", "The mouse is dead"):
            await office.says("ana", "help-it", text)
        ahead = (await lee.opens("/console/team")).text
        assert said("overview.due_next") in words_of(ahead)
        assert "The scanner jams" in ahead
        await office.types("bo", "/desk claim IT-1")
        await office.types("bo", "/desk reply IT-1 Which one?")
        await office.types("bo", "/desk wait IT-1")
        await office.passes(minutes=45)
        page = (await lee.opens("/console/team")).text
        assert await found(office, "lee", page, f"team:it {OVERDUE}") == (2, 2)
        assert await found(office, "lee", page, "team:it is:unassigned") == (2, 2)
        assert await found(office, "lee", page, 'team:it status:pending assigned:"Bo Berg"') == (1, 1)
        assert said(
            "overview.on_call_then", person="Bo Berg", until="9 Mar 2026, 08:00", name="Cleo Chen"
        ) in (words_of(page))
        assert "The scanner jams" in page
        assert said("overview.due_all", total=3) in words_of(page)
        table = page.partition("</tfoot>")[0]
        *people, every = re.findall(r'<td class="strong">\s*(?:<a[^>]*>|<span class="zero">)?(\d+)', table)
        assert sum(map(int, people)) == int(every), "with those that nobody has"

        async with console_visit(office, "bo") as bo:
            mine = (await bo.opens("/console/team")).text
            assert await found(office, "bo", mine, f"team:it {OVERDUE}") == (2, 2)
            assert "assigned%3A" not in mine


async def test_what_is_due_next_is_ordered_by_when_it_is_due_also_what_is_acknowledged(
    folder: Path, with_rota: Path
) -> None:
    async with open_portal(folder, config=with_rota) as office, console_visit(office, "lee") as lee:
        await office.says("ana", "help-it", "The printer jams")
        await office.passes(minutes=5)
        await office.says("dan", "help-it", "The scanner jams")
        await office.passes(minutes=45)
        await office.types("cleo", "/desk acknowledge IT-1")
        page = words_of((await lee.opens("/console/team")).text)
        assert page.index("The printer jams") < page.index("The scanner jams")
        assert said("overview.due_all", total=2) not in page, "both are named"


async def sends(lee: ConsoleVisit, form: str, **typed: str) -> str:
    """What the page says afterwards."""
    page = await lee.opens("/console/team")
    answer = await lee.sends(page, f"/console/team/{form}", **typed)
    return words_of(answer.text) if answer.status == 422 else await lee.reads(answer.location)


async def test_lee_arranges_cover_and_takes_it_back(folder: Path, with_rota: Path) -> None:
    async with open_portal(folder, config=with_rota) as office, console_visit(office, "lee") as lee:
        typed = {"person": "web:cleo", "since": "2026-03-04T09:00", "until": "2026-03-05T18:00"}
        refused = await sends(lee, "cover", **{**typed, "until": "2026-03-03T09:00"})
        assert said("commands.span_reversed") in refused
        page = await lee.opens("/console/team")
        sent = await lee.sends(page, "/console/team/cover", **typed)
        again = await lee.sends(page, "/console/team/cover", **typed)
        line = said(
            "overview.cover_line",
            person="Cleo Chen",
            since="4 Mar 2026, 09:00",
            until="5 Mar 2026, 18:00",
            name="Lee Lund",
        )
        shown = await lee.reads(sent.location)
        assert shown.count(line) == 1
        assert again.status == 303
        assert "Cleo Chen" in await office.types("bo", "/desk on-call it")

        page = await lee.opens("/console/team")
        (action,) = re.findall(r'action="(/console/do[^"]+cover[^"]+)"', page.text)
        taken_back = await lee.sends(page, action)
        assert taken_back.status == 303
        assert line not in await lee.reads("/console/team")


async def test_lee_says_that_bo_is_away_and_back(folder: Path, with_rota: Path) -> None:
    async with open_portal(folder, config=with_rota) as office, console_visit(office, "lee") as lee:
        await sends(lee, "away", person="web:bo", until="2026-03-06T18:00", reason="ill")
        page = await lee.opens("/console/team")
        assert said("overview.on_call", person="Cleo Chen").rstrip(".") in words_of(page.text)
        assert said("overview.kind_away") in words_of(page.text)
        assert "Bo Berg" in await office.types("cleo", "/desk on-call")
        action = next(
            each for each in re.findall(r'action="(/console/do[^"]+)"', page.text) if "away" in each
        )
        assert (await lee.sends(page, action)).status == 303
        assert said("overview.end_absence") not in await lee.reads("/console/team")
