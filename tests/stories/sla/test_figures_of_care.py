"""Figures also tell how content requesters were, how long agents worked, and what Deskbell ended by itself."""

import csv
import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.said import said
from tests.stories.nudges.desk_that_nudges import nudging
from tests.stories.office import Office, open_office, shown
from tests.stories.ratings.rating_desk import rating_office
from tests.stories.sla.test_figures import figures, rows_of
from tests.stories.sla.test_reports import files

COMMENT = "Quick and kind"


async def rated(office: Office, number: int, words: str, *, inbox: str = "help-it") -> None:
    """Ana asked, Bo solved it, and she said how it went."""
    await office.says("ana", inbox, f"My mouse number {number} is dead")
    await office.types("bo", f"/desk claim IT-{number}")
    await office.types("bo", f"/desk resolve IT-{number} all done")
    await office.passes(hours=2)
    await office.types("ana", f"/ticket rate IT-{number} {words}")


async def tables(office: Office, who: str, words: str = "") -> dict[str, str]:
    """The CSV files by the end of their names."""
    await office.presses_private(who, await figures(office, who, words), 1, channel="help-it")
    found = {name: data.decode() for _, some in await files(office, who) for name, data in some.items()}
    return {name.rpartition("-")[2].removesuffix(".csv"): text for name, text in found.items()}


def by_first(table: str) -> dict[str, dict[str, str]]:
    rows = [*csv.DictReader(io.StringIO(table))]
    return {next(iter(row.values())): row for row in rows}


async def test_a_lead_reads_how_content_requesters_were_and_what_they_wrote(folder: Path) -> None:
    async with rating_office(folder) as office:
        await rated(office, 1, f"good {COMMENT}")
        await rated(office, 2, "bad")
        told = shown(await figures(office, "lee"))
        assert ["ratings", "2", "0"] in rows_of(told)
        assert ["good", "50%", "–"] in rows_of(told)
        assert said("figures.ratings_too_few", number=2, previous=0) in told
        assert said("figures.comment", rating="👍", text=COMMENT, reference="IT-1") in told
        assert ["Bo", "Berg", "2", "50%"] in rows_of(shown(await figures(office, "lee", "agents")))
        found = await tables(office, "lee")
        assert by_first(found["summary"])["ratings_good"] == {
            "figure": "ratings_good",
            "value": "1",
            "before": "0",
        }
        (row,) = csv.DictReader(io.StringIO(found["ratings"]))
        assert (row["ticket"], row["rating"], row["comment"]) == ("IT-1", "👍", COMMENT)


async def test_where_nobody_rates_or_logs_time_figures_say_nothing_of_it(folder: Path) -> None:
    async with open_office(folder) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        labels = {row[0] for row in rows_of(shown(await figures(office, "lee"))) if row}
        assert labels.isdisjoint({"ratings", "good", "time", "per", "auto-resolved", "claims"})


async def test_what_was_written_about_a_private_request_is_in_no_figures(folder: Path) -> None:
    async with rating_office(folder) as office:
        await office.types("ana", "/ticket open My payslip is wrong", channel="hr-private")
        await office.types("bo", "/desk resolve IT-1 A new one is on its way", channel="team-people")
        await office.passes(hours=2)
        await office.types("ana", f"/ticket rate IT-1 good {COMMENT}")
        for who in ("bo", "lee"):
            told = shown(await figures(office, who))
            assert ["ratings", "1", "0"] in rows_of(told), "it counts"
            assert COMMENT not in told
            assert COMMENT not in "".join((await tables(office, who)).values())


async def test_anonymous_ratings_are_told_from_three_on_of_the_team_alone(folder: Path) -> None:
    async with rating_office(folder, more="satisfaction: {anonymous: yes}") as office:
        for number in (1, 2):
            await rated(office, number, f"good {COMMENT}")
        told = shown(await figures(office, "lee"))
        assert COMMENT not in told
        assert ["ratings", "2", "0"] not in rows_of(told)
        await rated(office, 3, "bad")
        told = shown(await figures(office, "lee"))
        assert ["ratings", "3", "0"] in rows_of(told)
        assert said("figures.comment_anonymous", rating="👍", text=COMMENT, team="Service Desk") in told
        assert "IT-" not in told
        assert "%" not in shown(await figures(office, "lee", "agents"))
        row = next(iter(csv.DictReader(io.StringIO((await tables(office, "lee"))["ratings"]))))
        assert (row["ticket"], row["agent"], len(row["rated_at"])) == ("", "", len("2026-03-02"))


async def test_time_worked_stands_in_figures_by_team_and_for_leads_by_agent(folder: Path) -> None:
    async with open_office(folder) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.says("dan", "help-it", "The vpn is down")
        await office.types("bo", "/desk time IT-1 25m")
        await office.types("cleo", "/desk time IT-1 1h")
        await office.types("cleo", "/desk time IT-2 35m")
        told = shown(await figures(office, "lee"))
        assert ["time", "worked", "2", "h", "–"] in rows_of(told)
        assert ["per", "ticket", "1", "h", "–"] in rows_of(told)
        assert said("figures.read_worked_time", count=2) in told
        assert ["Network", "35", "min", "35", "min"] in rows_of(told)
        assert ["Service", "Desk", "1", "h", "25", "1", "h", "25"] in rows_of(told)
        agents = rows_of(shown(await figures(office, "lee", "agents")))
        assert ["Cleo", "Chen", "1", "h", "35", "48", "min"] in agents
        assert "Cleo Chen" not in shown(await figures(office, "bo"))
        found = await tables(office, "lee")
        assert by_first(found["summary"])["time_worked_s"]["value"] == "7200"
        assert by_first(found["teams"])["network"]["time_worked_s"] == "2100"


async def test_the_figures_with_all_of_it_fit_on_a_phone(folder: Path) -> None:
    async with rating_office(folder) as office:
        await rated(office, 1, "good")
        await office.types("bo", "/desk time IT-1 9h 55m")
        await office.says("dan", "help-it", "The vpn is down")
        await office.types("cleo", "/desk time IT-2 9h 35m")
        for words in ("", "agents"):
            tables = [
                span
                for span in (await figures(office, "lee", words))["text"]
                if isinstance(span, dict) and span["t"] == "lines"
            ]
            assert len(tables) > 1
            assert max(len(line) for table in tables for line in table["text"].splitlines()) <= 42


@pytest.fixture
async def forgetful(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(folder, config=nudging(tmp_path)) as office:
        yield office


async def test_requests_resolved_for_no_reply_and_claims_that_lapsed_are_counted(forgetful: Office) -> None:
    office = forgetful
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk claim IT-1")
    await office.types("bo", "/desk wait IT-1 Which mouse is it?")
    await office.says("dan", "help-it", "My screen is dark")
    await office.types("bo", "/desk claim IT-2")
    await office.passes(days=8)
    told = shown(await figures(office, "lee"))
    assert ["auto-resolved", "1", "0"] in rows_of(told)
    assert ["claims", "lapsed", "1", "0"] in rows_of(told)
    assert said("figures.no_reply", count=1) in told
    assert said("figures.lapsed", count=1) in told
    agents = by_first((await tables(office, "lee", "agents"))["agents"])
    assert (agents["web:bo"]["no_reply"], agents["web:bo"]["lapsed"]) == ("1", "1")
