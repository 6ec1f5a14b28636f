"""Leads ask how the desk did, with or without SLA policies: figures of their own teams, now and before."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office, shown
from tests.stories.sla.test_reports import files

TODAY = "2 Mar 2026"


async def figures(office: Office, who: str, words: str = "") -> dict[str, Any]:
    reply = (await office.types_for_reply(who, f"/desk report {words}".strip()))["reply"]
    assert isinstance(reply, dict)
    return reply


UNTIL_NOW = said("figures.compared_until", period="6 Jan – 2 Feb 2026", time="09:30")


async def a_morning(office: Office) -> None:
    """Three requests, one of which is resolved with one reply, and one reopened."""
    await office.says("ana", "help-it", "My mouse is dead")
    await office.says("dan", "help-it", "My screen is dark")
    await office.says("ana", "help-it", "The vpn is down")
    await office.passes(minutes=10)
    await office.types("bo", "/desk reply IT-1 A new one is on its way")
    await office.types("bo", "/desk claim IT-2")
    await office.types("bo", "/desk reply IT-2 Which screen?")
    await office.passes(minutes=20)
    await office.types("bo", "/desk resolve IT-1 all done")
    await office.types("bo", "/desk resolve IT-2 all done")
    await office.types("bo", "/desk reopen IT-2")


def rows_of(told: str) -> list[list[str]]:
    return [line.split() for line in told.splitlines()]


async def test_a_lead_reads_what_came_in_was_answered_and_resolved(office: Office) -> None:
    await a_morning(office)
    told = shown(await figures(office, "lee"))
    heading = said("figures.heading", teams="all teams")
    period, before = "3 Feb – 2 Mar 2026", UNTIL_NOW
    assert told.startswith(f"{heading}\n{said('figures.subtitle', period=period, compared=before)}\n")
    rows = rows_of(told)
    for row in ("new 3 0", "answered 2 0", "resolved 2 0", "reopened 1 0", "open at end 2 0"):
        assert row.split() in rows, row
    assert ["median", "10", "min", "–"] in rows, "the first answer"
    assert ["median", "30", "min", "–"] in rows, "the resolution"
    assert ["one", "agent", "1", "0"] in rows
    assert ["Network", "1", "0", "0"] in rows
    assert ["Service", "Desk", "2", "2", "2"] in rows
    assert said("figures.requests_first") in told
    assert said("figures.response_too_few", number=2, previous=0) in told
    assert said("figures.contacts", share="50%", one_touch="100%") in told


async def test_what_is_not_over_is_compared_with_the_same_part_of_the_day_before(office: Office) -> None:
    await a_morning(office)
    await office.types("bo", "/desk time IT-1 20m")
    await office.passes(hours=8)
    await office.says("dan", "help-it", "My mouse is dead as well")
    await office.types("bo", "/desk time IT-1 40m")
    await office.passes(hours=16)
    told = shown(await figures(office, "lee", "today"))
    before = said("figures.compared_until", period=TODAY, time="09:30")
    assert said("figures.subtitle", period="3 Mar 2026", compared=before) in told
    rows = rows_of(told)
    assert ["new", "0", "3"] in rows, told
    assert [*said("figures.line_time").split(), "–", "20", "min"] in rows, told


async def test_the_figures_fit_on_a_phone(office: Office) -> None:
    await a_morning(office)
    for words in ("", "hours", "tags", "agents"):
        tables = [
            span
            for span in (await figures(office, "lee", words))["text"]
            if isinstance(span, dict) and span["t"] == "lines"
        ]
        assert tables
        assert max(len(line) for table in tables for line in table["text"].splitlines()) <= 42


async def test_an_agent_reads_figures_of_their_own_teams_and_none_of_a_single_person(office: Office) -> None:
    await a_morning(office)
    told = shown(await figures(office, "bo"))
    assert told.startswith(said("figures.heading", teams="Service Desk and People"))
    assert ["new", "2", "0"] in rows_of(told)
    assert shown(await figures(office, "bo", "agents")) == said("figures.leads_only")
    assert shown(await figures(office, "bo", "agents it")) == said(
        "figures.leads_of_team", team="Service Desk"
    )
    assert shown(await figures(office, "bo", "network")) == said("refusals.report_of_team", team="Network")
    assert shown(await figures(office, "ana")) == said("commands.staff_only", command="/desk report")


async def test_a_lead_reads_what_each_agent_did_and_has_now(office: Office) -> None:
    await a_morning(office)
    told = shown(await figures(office, "lee", "agents"))
    assert ["Bo", "Berg", "2", "2", "1"] in rows_of(told)
    assert said("figures.oldest_of", name="Bo Berg", length="30 min") in told


@pytest.mark.parametrize(
    ("words", "row"),
    [
        ("tags", "network 1 0"),
        ("tags it", "no tag 2 0"),
        ("languages", "English 3 0"),
        ("groups", "no group 3 0"),
        ("hours", "09:00 3 · · · · · ·"),
    ],
)
async def test_new_requests_are_told_apart_by_what_is_known_of_them(
    office: Office, words: str, row: str
) -> None:
    await a_morning(office)
    assert row.split() in rows_of(shown(await figures(office, "lee", words)))


async def test_groups_that_the_desk_lists_count_and_are_shown_of_a_person(folder: Path) -> None:
    config = folder / "desk.yaml"
    text = DESK.read_text(encoding="utf-8")
    config.write_text(f"{text}\npeople:\n  groups:\n    board: [web:ana]\n", encoding="utf-8")
    async with open_office(folder, config=config) as office:
        await a_morning(office)
        rows = rows_of(shown(await figures(office, "lee", "groups")))
        assert ["board", "2", "0"] in rows
        assert ["no", "group", "1", "0"] in rows
        assert said("people.groups", groups="board") in await office.types("lee", "/desk who @ana")


async def test_tables_come_in_direct_messages_and_nothing_in_them_is_a_formula(office: Office) -> None:
    await a_morning(office)
    await office.types("bo", "/desk tag IT-1 =1+1")
    await office.presses_private("lee", await figures(office, "lee"), 1, channel="help-it")
    await office.presses_private("lee", await figures(office, "lee", "tags"), 1, channel="help-it")
    found = {name: data.decode() for _, some in await files(office, "lee") for name, data in some.items()}
    (summary,) = [text for name, text in found.items() if name.endswith("-summary.csv")]
    values = {row["figure"]: (row["value"], row["before"]) for row in csv.DictReader(io.StringIO(summary))}
    assert values["opened"] == ("3", "0")
    assert values["response_business_median_s"] == ("600", "")
    assert values["backlog"] == ("2", "0")
    (tags,) = [text for name, text in found.items() if name.startswith("tags-")]
    assert "'=1+1,'=1+1,1,0" in tags.splitlines()


async def test_where_nothing_came_in_it_says_how_to_look_further_back(office: Office) -> None:
    told = shown(await figures(office, "lee", "people today"))
    nothing = said("reports.no_requests", teams="People", period=TODAY)
    further = said("answers.report_look_back", command="/desk report 12 weeks")
    assert told == f"{nothing} {further}"
