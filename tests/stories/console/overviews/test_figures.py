"""Reports at the console: the numbers of chat, the way to the tickets behind them, and the same files."""

import html
import io
import re
import zipfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import aiohttp

from tests.said import said
from tests.stories.console.console_visit import console_visit
from tests.stories.knowledge.test_offers import MORE, QUESTION, SOLVED, desk_file, looks, offered
from tests.stories.portal.portal_visit import open_portal, words_of


async def test_lee_reads_what_chat_says_and_comes_to_the_tickets(folder: Path) -> None:
    async with open_portal(folder) as office, console_visit(office, "lee") as lee:
        for text in ("The printer jams", "The vpn is down", "The wifi is slow"):
            await office.says("ana", "help-it", text)
        await office.types("bo", "/desk resolve IT-1 New roller")

        page = (await lee.opens("/console/figures?period=1+week")).text
        for line in ("opened", "answered", "resolved"):
            assert said(f"figures.line_{line}") in words_of(page)
        assert "<svg" in page
        opened = re.search(r'<th scope="row"[^>]*><a href="([^"]+)">' + said("figures.line_opened"), page)
        assert opened is not None
        address = html.unescape(opened[1])
        (sought,) = parse_qs(urlsplit(address).query)["q"]
        assert "IT-1" in await office.types("lee", f"/desk search {sought}")
        for reference in ("IT-1", "IT-2", "IT-3"):
            assert reference in await lee.reads(address)

        network = (await lee.opens("/console/figures?team=network&period=1+week")).text
        assert "team-then%3Anetwork" in network


async def test_each_number_and_bar_leads_to_its_tickets(folder: Path) -> None:
    async with open_portal(folder) as office, console_visit(office, "lee") as lee:
        for text in ("The printer jams", "The vpn is down"):
            await office.says("ana", "help-it", text)
        await office.types("bo", "/desk resolve IT-1 New roller")
        for report, label, found in (
            ("figures", f"{said('figures.line_resolved')}, {said('figures.column_now')}: 1", "IT-1"),
            ("figures", f"{said('figures.line_resolved')}: {said('figures.series_now')} 1", "IT-1"),
            ("agents", f"Bo Berg, {said('reports.column_resolved')}: 1", "IT-1"),
            ("inboxes", f"help-it, {said('reports.column_open')}: 1", "IT-2"),
        ):
            page = (await lee.opens(f"/console/figures?period=1+week&report={report}")).text
            link = re.search(f'<a href="([^"]+)" aria-label="{re.escape(label)}"', page)
            assert link is not None, (label, page)
            listed = await lee.reads(html.unescape(link[1]))
            assert {each for each in ("IT-1", "IT-2") if each in listed} == {found}, label


async def test_answers_and_time_lead_to_their_tickets(folder: Path, tmp_path: Path) -> None:
    config = desk_file(tmp_path, answers="beside")
    async with open_portal(folder, config=config) as office, console_visit(office, "lee") as lee:
        await office.desk.workers["article_folder"].tick()
        for who, text in (("ana", QUESTION), ("dan", QUESTION), ("ana", "My chair squeaks when I lean back")):
            asked = await office.says(who, "help-it", text)
            await looks(office)
            offer = await offered(office, who, "help-it", asked)
            if offer is not None:
                await office.presses(who, offer, SOLVED if who == "ana" else MORE)
        await office.types("bo", "/desk time IT-2 25m")

        shown, solved, failed = (said(f"reports.column_{each}") for each in ("shown", "solved", "failed"))
        nothing = said("reports.answers_missing", count=1)
        for report, link, found in (
            ("answers", f'<a href="([^"]+)" aria-label="Printer jams, {shown}: 2"', {"IT-1", "IT-2"}),
            ("answers", f'<a href="([^"]+)" aria-label="Printer jams, {solved}: 1"', {"IT-1"}),
            ("answers", f'<a href="([^"]+)" aria-label="Printer jams, {failed}: 1"', {"IT-2"}),
            ("answers", f'<a href="([^"]+)">{nothing}</a>', {"IT-3"}),
            (
                "time",
                f'<a href="([^"]+)" aria-label="Bo Berg, {said("reports.column_tickets")}: 1"',
                {"IT-2"},
            ),
        ):
            page = (await lee.opens(f"/console/figures?period=1+week&report={report}")).text
            way = re.search(link, page)
            assert way is not None, (link, page)
            listed = await lee.reads(html.unescape(way[1]))
            assert {each for each in ("IT-1", "IT-2", "IT-3") if each in listed} == found, link


async def test_files_are_those_of_chat(folder: Path) -> None:
    async with open_portal(folder) as office, console_visit(office, "lee") as lee:
        await office.says("ana", "help-it", "The printer jams")
        url = f"{office.desk.http.url}/console/figures/export"
        kept = lee.browser.kept
        async with aiohttp.ClientSession() as session:
            one = await session.get(f"{url}?report=inboxes", headers=kept)
            assert one.headers["Content-Disposition"].startswith('attachment; filename="inboxes-')
            assert (await one.text()).splitlines() == [
                "inbox,label,opened,answered,resolved,open_now",
                "help-it,help-it,1,0,0,1",
            ]
            several = await session.get(url, headers=kept)
            with zipfile.ZipFile(io.BytesIO(await several.read())) as archive:
                (summary,) = (each for each in archive.namelist() if "summary" in each)
                assert b"opened,1,0" in archive.read(summary)


async def test_what_is_for_leads_or_wrong_is_refused_as_in_chat(folder: Path) -> None:
    async with open_portal(folder) as office, console_visit(office, "bo") as bo:
        await office.says("ana", "help-it", "The printer jams")
        assert said("figures.leads_only") in await bo.reads("/console/figures?report=agents")
        assert "report_agents" not in (await bo.opens("/console/figures")).text
        assert (await bo.opens("/console/figures/export?report=agents")).status == 404
        wrong = await bo.opens("/console/figures?period=soon")
        assert said("commands.not_a_period", text="soon") in words_of(wrong.text)
        assert 'value="soon"' in wrong.text
        other = await bo.opens("/console/figures?team=network")
        assert said("refusals.report_of_team", team="Network") in words_of(other.text)
