"""Leads ask how the targets met: in a table, as charts and as tables, of their own teams alone."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.charts.sample_pictures import is_blank, size_of
from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office, plain, shown

USUAL = "3 Feb – 2 Mar 2026"
"""The window of a report of which no time is said."""


def heading(teams: str, *, when: str = USUAL, of: str = "sla") -> str:
    """The first words of a report."""
    return f"{said(f'reports.heading_{of}', teams=teams)}\n{when} · "


def nothing(teams: str, *, when: str = USUAL) -> str:
    return said("reports.nothing_decided", teams=teams, period=when)


def files_heading(what: str, teams: str, *, of: str = "sla") -> str:
    """What comes with charts or tables."""
    title = said(f"reports.heading_{of}", teams=teams)
    return said(f"reports.{what}", title=title, period=USUAL)


async def a_week(office: Office) -> None:
    """Two requests answered in time and resolved, and one of another team that waited for an hour."""
    await office.says("ana", "help-it", "My mouse is dead")
    await office.says("dan", "help-it", "My screen is dark")
    await office.says("ana", "help-it", "The vpn is down")
    await office.passes(minutes=10)
    for number in (1, 2):
        await office.types("bo", f"/desk reply IT-{number} A new one is on its way")
        await office.types("bo", f"/desk wait IT-{number} Which colour?")
    await office.passes(minutes=50)
    for number in (1, 2):
        await office.types("bo", f"/desk resolve IT-{number} all done")
    await office.types("cleo", "/desk reply IT-3 We are looking")


async def report(office: Office, who: str, words: str = "", *, of: str = "sla") -> dict[str, Any]:
    reply = (await office.types_for_reply(who, f"/desk report {of} {words}".strip()))["reply"]
    assert isinstance(reply, dict)
    return reply


async def files(office: Office, who: str) -> list[tuple[str, dict[str, bytes]]]:
    """What came in direct messages: what was said with it, and the files by their names."""
    session = office._visitor._session
    assert session is not None
    found = []
    for message in await office.sees(who, f"@{who}"):
        contents = {}
        for file in message["content"].get("files") or []:
            async with session.get(f"/api/files/{file['id']}", headers={"X-Person": who}) as response:
                contents[file["name"]] = await response.read()
        found.append((plain(message["content"]["text"]), contents))
    return found


async def test_a_lead_reads_what_was_kept_and_missed_in_all_their_teams(office: Office) -> None:
    await a_week(office)
    told = shown(await report(office, "lee"))
    # lee is an admin too, so it is of all teams
    summary = said("reports.summary", share="80%", count=5, missed=1)
    assert told.startswith(f"{heading('all teams')}{summary}\n")
    rows = [line.split() for line in told.splitlines()]
    assert ["met", "miss", "%", "late"] in rows
    assert ["all", "4", "1", "80%", "45", "min"] in rows
    assert ["Network", "0", "1", "0%", "45", "min"] in rows
    assert ["Service", "Desk", "4", "0", "100%"] in rows
    assert ["high", "0", "1", "0%", "45", "min"] in rows
    assert ["first", "response", "2", "1", "67%", "45", "min"] in rows
    assert ["W10", "2", "Mar", "4", "1", "80%", "45", "min"] in rows
    assert ["W07", "9", "Feb", "0", "0", "–"] in rows
    assert f"\n{said('reports.late', late='45 min')}\n" in told
    team, requester = said("reports.share_team", share="17%"), said("reports.share_requester", share="83%")
    assert f"\n{said('reports.time', count=2, shares=f'{team} and {requester}')}\n" in told
    assert said("reports.open", count=1) in told


async def test_the_table_fits_on_a_phone(office: Office) -> None:
    await a_week(office)
    (table,) = [
        span
        for span in (await report(office, "lee"))["text"]
        if isinstance(span, dict) and span["t"] == "lines"
    ]
    assert max(len(line) for line in table["text"].splitlines()) <= 42


async def test_an_agent_sees_their_own_teams_and_no_other(office: Office) -> None:
    await a_week(office)
    told = shown(await report(office, "bo"))
    assert told.startswith(heading("Service Desk and People"))
    assert "Network" not in told
    assert said("reports.summary", share="100%", count=4, missed=0) in told
    assert shown(await report(office, "bo", "network")) == said("refusals.report_of_team", team="Network")
    assert (shown(await report(office, "cleo", "network"))).startswith(heading("Network"))


async def test_who_works_in_no_team_sees_no_report(office: Office) -> None:
    told = shown(await report(office, "ana"))
    assert told == said("commands.staff_only", command="/desk report")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("last month", nothing("all teams", when="1 – 28 Feb 2026")),
        ("12 weeks", heading("all teams", when="9 Dec 2025 – 2 Mar 2026")),
        ('"service desk" since 2026-03-02', heading("Service Desk", when="2 Mar 2026")),
        ("people", nothing("People")),
    ],
)
async def test_team_and_time_may_be_named_or_left_out(office: Office, words: str, expected: str) -> None:
    await a_week(office)
    assert shown(await report(office, "lee", words)).startswith(expected)


async def test_where_there_is_nothing_it_says_how_to_look_further(office: Office) -> None:
    told = shown(await report(office, "lee"))
    further = said("answers.report_look_back", command="/desk report sla 12 weeks")
    assert told == f"{nothing('all teams')} {said('reports.open_none')} {further}"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "netwrok",
            f"{said('reports.no_team_or_report', text='netwrok')} {said('refusals.did_you_mean', word='network')}",
        ),
        ("network soon", f"{said('commands.not_a_period', text='soon')} {said('commands.period_examples')}"),
        ("13 moons", f"{said('commands.not_a_period', text='13 moons')} {said('commands.period_examples')}"),
        ("since 2020-01-01", said("answers.report_too_long", text="since 2020-01-01")),
        (
            "since 2027-01-01",
            said("reports.not_yet", text="since 2027-01-01", command="/desk report forecast"),
        ),
    ],
)
async def test_what_is_not_understood_is_answered_with_examples(
    office: Office, words: str, expected: str
) -> None:
    assert shown(await report(office, "lee", words)).startswith(expected)


async def test_charts_come_as_pictures_in_direct_messages(office: Office) -> None:
    await a_week(office)
    reply = await report(office, "lee")
    assert [button["label"] for button in reply["buttons"]] == [
        said("answers.button_charts"),
        said("answers.button_tables"),
        said("answers.button_json_lines"),
    ]
    answered = await office.presses_private("lee", reply, 0, channel="help-it")
    assert shown(answered) == said("answers.report_charts")
    ((heading, pictures),) = await files(office, "lee")
    assert heading == files_heading("charts", "all teams")
    assert list(pictures) == [f"sla-2026-02-03-{name}.png" for name in ("weeks", "teams", "time")]
    for picture in pictures.values():
        assert size_of(picture)[0] == 1440
        assert not is_blank(picture)


async def test_tables_come_as_csv_in_direct_messages(office: Office) -> None:
    await a_week(office)
    await office.presses_private("bo", await report(office, "bo"), 1, channel="help-it")
    ((heading, tables),) = await files(office, "bo")
    assert heading == files_heading("tables", "Service Desk and People")
    assert list(tables) == [f"sla-2026-02-03-{name}.csv" for name in ("summary", "targets", "tickets")]
    summary, promises, tickets = (
        list(csv.DictReader(io.StringIO(table.decode(), newline=""))) for table in tables.values()
    )
    assert (summary[0]["met"], summary[0]["missed"], summary[0]["met_share"]) == ("4", "0", "1.0000")
    assert {row["ticket"] for row in promises} == {"IT-1", "IT-2"}
    first = next(row for row in promises if row["ticket"] == "IT-1" and row["target"] == "first_response")
    assert (first["outcome"], first["target_s"], first["spent_s"]) == ("met", "1800", "600")
    assert first["stopped_at"] == "2026-03-02T09:10:00Z"
    assert [(row["ticket"], row["team_turn_s"], row["waiting_requester_s"]) for row in tickets] == [
        ("IT-1", "600", "3000"),
        ("IT-2", "600", "3000"),
    ]


async def test_tables_come_as_json_lines_for_who_asks_for_them(office: Office) -> None:
    await a_week(office)
    reply = await report(office, "bo")
    answered = await office.presses_private("bo", reply, 2, channel="help-it")
    assert shown(answered) == said("answers.report_json_lines")
    ((heading, tables),) = await files(office, "bo")
    assert heading == files_heading("tables", "Service Desk and People")
    assert list(tables) == [f"sla-2026-02-03-{name}.jsonl" for name in ("summary", "targets", "tickets")]
    summary, targets, _ = ([json.loads(line) for line in table.splitlines()] for table in tables.values())
    assert (summary[0]["met"], summary[0]["missed"]) == (4, 0)
    assert {each["ticket"] for each in targets} == {"IT-1", "IT-2"}


async def test_what_is_overdue_counts_as_missed_by_how_late_it_is_now(office: Office) -> None:
    """Twice a story, once with the SLA clock's ticks and once before it has seen anything."""
    await office.says("ana", "help-it", "My mouse is dead")
    await office.says("dan", "help-it", "My screen is dark")
    await office.types("bo", "/desk reply IT-2 I am looking")
    office.clock.move(timedelta(hours=10))
    before = shown(await report(office, "bo"))
    await office.passes(minutes=1)
    after = shown(await report(office, "bo"))
    for told, late, median in ((before, "9 h 30", "2 h"), (after, "9 h 31", "2 h 1 min")):
        assert said("reports.summary", share="25%", count=4, missed=3) in told
        rows = [line.split() for line in told.splitlines()]
        assert ["met", "miss", "%", "late", "open"] in rows
        assert ["first", "response", "1", "1", "50%", *late.split()] in rows
        assert said("reports.overdue_spread", count=3, late=median, worst=f"{late} min") in told
    charts = await office.presses_private("bo", await report(office, "bo"), 0, channel="help-it")
    assert shown(charts) == said("answers.report_charts")
    await office.presses_private("bo", await report(office, "bo"), 1, channel="help-it")
    *_, (_, tables) = await files(office, "bo")
    summary, targets, _ = (
        list(csv.DictReader(io.StringIO(each.decode(), newline=""))) for each in tables.values()
    )
    assert [summary[0][name] for name in ("met", "missed", "missed_still_open")] == ["1", "3", "3"]
    assert sorted(int(row["open_late_s"]) // 3600 for row in targets if row["open_late_s"]) == [2, 2, 9]


async def test_a_withdrawn_request_and_one_set_aside_meet_and_miss_nothing(office: Office) -> None:
    message = await office.says("ana", "help-it", "My mouse is dead")
    await office.says("dan", "help-it", "test test test")
    await office.says("dan", "help-it", "My screen is really dark")
    await office.types("bo", "/desk reply IT-3 I am looking")
    await office.passes(minutes=20)
    await office.deletes("ana", message)
    await office.types("bo", "/desk close IT-2 no request")
    await office.types("bo", "/desk close IT-3 done")
    told = shown(await report(office, "bo"))
    assert said("reports.summary", share="100%", count=2, missed=0) in told
    assert said("reports.excluded", count=4) in told
    await office.presses_private("bo", await report(office, "bo"), 1, channel="help-it")
    ((_, tables),) = await files(office, "bo")
    summary, targets, _ = (
        list(csv.DictReader(io.StringIO(each.decode(), newline=""))) for each in tables.values()
    )
    assert [summary[0][name] for name in ("met", "missed", "excluded")] == ["2", "0", "4"]
    assert [row["outcome"] for row in targets].count("excluded") == 4


async def test_what_was_missed_before_a_ticket_was_set_aside_stays_missed(office: Office) -> None:
    await office.says("dan", "help-it", "test test test")
    await office.passes(hours=4)
    await office.types("bo", "/desk close IT-1 no request")
    assert said("reports.excluded", count=1) in (told := shown(await report(office, "bo")))
    assert said("reports.summary", share="0%", count=1, missed=1) in told


async def test_what_ended_without_an_answer_was_not_met_after_all(office: Office) -> None:
    await office.says("dan", "help-it", "My mouse is dead")
    await office.passes(hours=2)
    await office.types("dan", "/ticket close IT-1 it works again")
    told = shown(await report(office, "bo"))
    assert said("reports.unmet", count=1) in told
    assert said("reports.late", late="1 h 30 min") not in told
    assert ["all", "0", "1", "0%"] in [line.split() for line in told.splitlines()]
    clock = shown((await office.types_for_reply("bo", "/desk sla IT-1"))["reply"])
    at = "2026-03-02T11:00:00.000Z"
    assert said("sla.missed_unmet", late="1 h 30 min", at=at) in clock
    found = shown((await office.types_for_reply("bo", "/desk search missed:late"))["reply"])
    assert "IT-1" not in found


async def test_hours_that_are_changed_change_no_past(folder: Path) -> None:
    """A night's work of a team around the clock stays its work once it keeps office hours."""
    config = folder / "desk.yaml"
    config.write_text(DESK.read_text(encoding="utf-8"), encoding="utf-8")
    async with open_office(folder, config=config) as office:
        await office.says("ana", "help-it", "My mouse is dead")
        await office.passes(hours=20)
        await office.types("bo", "/desk resolve IT-1 a new one is on your desk")
        share = said("reports.share_team", share="100%")
        time = said("reports.time", count=1, shares=share)
        assert time in shown(await report(office, "bo", "it"))
        office_hours = DESK.read_text(encoding="utf-8").replace("calendar: 24x7", "calendar: office")
        config.write_text(office_hours, encoding="utf-8")
        await office.types("lee", "/desk-admin reload")
        assert time in shown(await report(office, "bo", "it"))


@pytest.mark.parametrize("words", ["inboxes it", "Inboxes it 4 weeks", "inboxes it since 2026-02-03"])
async def test_another_report_is_asked_for_by_its_name(office: Office, words: str) -> None:
    await a_week(office)
    told = shown(await report(office, "bo", of=words))
    new = said("reports.new_requests", count=2)
    assert told.startswith(f"{heading('Service Desk', of='inboxes')}{new}\n")


async def test_what_was_resolved_twice_counts_twice_in_each_report(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.types("bo", "/desk resolve IT-1 a new one is on your desk")
    await office.types("ana", "/ticket reopen IT-1 it is dead, too")
    await office.types("bo", "/desk resolve IT-1 another one is")
    rows = [line.split() for line in shown(await report(office, "bo", "it", of="")).splitlines()]
    assert [*said("figures.line_resolved").split(), "2", "0"] in rows
    rows = [line.split() for line in shown(await report(office, "bo", "it", of="inboxes")).splitlines()]
    assert ["help-it", "1", "1", "2", "0"] in rows


async def test_another_reports_files_carry_its_name(office: Office) -> None:
    await a_week(office)
    asked = await report(office, "bo", of="inboxes")
    for button in range(2):
        await office.presses_private("bo", asked, button, channel="help-it")
    (charts, pictures), (tables, texts) = await files(office, "bo")
    assert charts == files_heading("charts", "Service Desk and People", of="inboxes")
    assert list(pictures) == ["inboxes-2026-02-03-inbox.png"]
    assert tables == files_heading("tables", "Service Desk and People", of="inboxes")
    assert list(texts) == ["inboxes-2026-02-03-requests.csv"]


async def test_where_another_report_finds_nothing_it_says_how_to_look_further(office: Office) -> None:
    told = shown(await report(office, "cleo", of="inboxes"))
    none = said("reports.no_requests", teams="Service Desk and Network", period=USUAL)
    further = said("answers.report_look_back", command="/desk report inboxes 12 weeks")
    assert told == f"{none} {further}"


async def test_who_says_report_to_the_desk_asks_for_help(office: Office) -> None:
    await office.says("ana", "lounge", "@deskbell report a phishing mail, please")
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["subject"].endswith(
        "report a phishing mail, please"
    )
