"""Leads ask how the targets met: in a table, as charts and as tables, of their own teams alone."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from tests.charts.sample_pictures import is_blank, size_of
from tests.said import said
from tests.stories.office import Office, plain, shown


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
        await office.types("bo", f"/desk resolve IT-{number}")
    await office.types("cleo", "/desk reply IT-3 We are looking")


async def report(office: Office, who: str, words: str = "") -> dict[str, Any]:
    reply = (await office.types_for_reply(who, f"/desk report {words}".strip()))["reply"]
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
    assert told.startswith("SLA report of all teams\n9 Feb – 2 Mar 2026: 80% of 5 targets met, 1 missed.\n")
    rows = [line.split() for line in told.splitlines()]
    assert ["met", "miss", "%", "late"] in rows
    assert ["all", "4", "1", "80%", "45", "min"] in rows
    assert ["Network", "0", "1", "0%", "45", "min"] in rows
    assert ["Service", "Desk", "4", "0", "100%"] in rows
    assert ["high", "0", "1", "0%", "45", "min"] in rows
    assert ["first", "response", "2", "1", "67%", "45", "min"] in rows
    assert ["W10", "2", "Mar", "4", "1", "80%", "45", "min"] in rows
    assert ["W07", "9", "Feb", "0", "0", "–"] in rows
    assert "\nMissed targets were 45 min late (business hours).\n" in told
    assert (
        "Where the time of 2 finished tickets went: 17% the team’s turn, 83% waiting for the requester.\n"
        in told
    )
    assert "1 target is open now." in told


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
    assert told.startswith("SLA report of Service Desk, People\n")
    assert "Network" not in told
    assert "100% of 4 targets met, 0 missed." in told
    assert shown(await report(office, "bo", "network")) == (
        "Only agents and leads of Network and the desk’s admins see its report."
    )
    assert (shown(await report(office, "cleo", "network"))).startswith("SLA report of Network\n")


async def test_who_works_in_no_team_sees_no_report(office: Office) -> None:
    told = shown(await report(office, "ana"))
    assert told == said("commands.staff_only", command="report")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("last month", "No target of all teams was met or missed in this time, 1 Feb – 28 Feb 2026."),
        ("12 weeks", "SLA report of all teams\n15 Dec 2025 – 2 Mar 2026: "),
        ('"service desk" since 2026-03-02', "SLA report of Service Desk\n2 Mar 2026: "),
        ("people", "No target of People was met or missed in this time, 9 Feb – 2 Mar 2026."),
    ],
)
async def test_team_and_time_may_be_named_or_left_out(office: Office, words: str, expected: str) -> None:
    await a_week(office)
    assert shown(await report(office, "lee", words)).startswith(expected)


async def test_where_there_is_nothing_it_says_how_to_look_further(office: Office) -> None:
    told = shown(await report(office, "lee"))
    assert told.endswith("No target is open now. To look further back, use /desk report 12 weeks.")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "netwrok",
            f"{said('commands.unknown_team', text='netwrok')} {said('commands.did_you_mean', command='network')}",
        ),
        ("network soon", f"{said('commands.not_a_period', text='soon')} {said('commands.period_examples')}"),
        ("13 moons", f"{said('commands.not_a_period', text='13 moons')} {said('commands.period_examples')}"),
        ("since 2020-01-01", "since 2020-01-01 goes back more than a year"),
        ("since 2027-01-01", said("commands.period_to_come", text="since 2027-01-01")),
    ],
)
async def test_what_is_not_understood_is_answered_with_examples(
    office: Office, words: str, expected: str
) -> None:
    assert shown(await report(office, "lee", words)).startswith(expected)


async def test_charts_come_as_pictures_in_direct_messages(office: Office) -> None:
    await a_week(office)
    reply = await report(office, "lee")
    assert [button["label"] for button in reply["buttons"]] == ["Charts", "Tables (CSV)"]
    answered = await office.presses_private("lee", reply, 0, channel="help-it")
    assert shown(answered) == "The charts come in your direct messages."
    ((said, pictures),) = await files(office, "lee")
    assert said == "The charts of the SLA report of all teams, 9 Feb – 2 Mar 2026."
    assert list(pictures) == [f"sla-2026-02-09-{name}.png" for name in ("weeks", "teams", "time")]
    for picture in pictures.values():
        assert size_of(picture)[0] == 1440
        assert not is_blank(picture)


async def test_tables_come_as_csv_in_direct_messages(office: Office) -> None:
    await a_week(office)
    await office.presses_private("bo", await report(office, "bo"), 1, channel="help-it")
    ((said, tables),) = await files(office, "bo")
    assert said == "The tables of the SLA report of Service Desk, People, 9 Feb – 2 Mar 2026."
    assert list(tables) == [f"sla-2026-02-09-{name}.csv" for name in ("summary", "targets", "tickets")]
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


async def test_what_is_overdue_counts_as_missed_by_how_late_it_is_now(office: Office) -> None:
    """Twice a story, once with the SLA clock's ticks and once before it has seen anything."""
    await office.says("ana", "help-it", "My mouse is dead")
    await office.says("dan", "help-it", "My screen is dark")
    await office.types("bo", "/desk reply IT-2 I am looking")
    office.clock.move(timedelta(hours=10))
    before = shown(await report(office, "bo"))
    await office.passes(minutes=1)
    after = shown(await report(office, "bo"))
    for told, late in ((before, "9 h 30"), (after, "9 h 31")):
        assert "25% of 4 targets met, 3 missed." in told
        rows = [line.split() for line in told.splitlines()]
        assert ["met", "miss", "%", "late", "open"] in rows
        assert ["first", "response", "1", "1", "50%", *late.split()] in rows
        assert "3 of the missed targets are still open, 2 h" in told
        assert f"the worst {late}." in told
    charts = await office.presses_private("bo", await report(office, "bo"), 0, channel="help-it")
    assert shown(charts) == "The charts come in your direct messages."
    await office.presses_private("bo", await report(office, "bo"), 1, channel="help-it")
    *_, (_, tables) = await files(office, "bo")
    summary, targets, _ = (
        list(csv.DictReader(io.StringIO(each.decode(), newline=""))) for each in tables.values()
    )
    assert [summary[0][name] for name in ("met", "missed", "missed_still_open")] == ["1", "3", "3"]
    assert sorted(int(row["open_late_s"]) // 3600 for row in targets if row["open_late_s"]) == [2, 2, 9]


async def test_a_withdrawn_request_and_one_set_aside_meet_and_miss_nothing(office: Office) -> None:
    said = await office.says("ana", "help-it", "My mouse is dead")
    await office.says("dan", "help-it", "test test test")
    await office.says("dan", "help-it", "My screen is really dark")
    await office.types("bo", "/desk reply IT-3 I am looking")
    await office.passes(hours=1)
    await office.deletes("ana", said)
    await office.types("bo", "/desk close IT-2 no request")
    await office.types("bo", "/desk close IT-3")
    told = shown(await report(office, "bo"))
    assert "100% of 2 targets met, 0 missed." in told
    assert "4 targets excluded: the request was withdrawn, or closed without an answer." in told
    await office.presses_private("bo", await report(office, "bo"), 1, channel="help-it")
    ((_, tables),) = await files(office, "bo")
    summary, targets, _ = (
        list(csv.DictReader(io.StringIO(each.decode(), newline=""))) for each in tables.values()
    )
    assert [summary[0][name] for name in ("met", "missed", "excluded")] == ["2", "0", "4"]
    assert [row["outcome"] for row in targets].count("excluded") == 4


@pytest.mark.parametrize("words", ["inboxes it", "Inboxes it 4 weeks", "inboxes it since 2026-02-09"])
async def test_another_report_is_asked_for_by_its_name(office: Office, words: str) -> None:
    await a_week(office)
    told = shown(await report(office, "bo", words))
    assert told.startswith("Inbox report of Service Desk\n9 Feb – 2 Mar 2026: 2 new requests.\n")


async def test_another_reports_files_carry_its_name(office: Office) -> None:
    await a_week(office)
    asked = await report(office, "bo", "inboxes")
    for button in range(2):
        await office.presses_private("bo", asked, button, channel="help-it")
    (charts, pictures), (tables, texts) = await files(office, "bo")
    assert charts == "The charts of the inbox report of Service Desk, People, 9 Feb – 2 Mar 2026."
    assert list(pictures) == ["inboxes-2026-02-09-inbox.png"]
    assert tables == "The tables of the inbox report of Service Desk, People, 9 Feb – 2 Mar 2026."
    assert list(texts) == ["inboxes-2026-02-09-requests.csv"]


async def test_where_another_report_finds_nothing_it_says_how_to_look_further(office: Office) -> None:
    told = shown(await report(office, "cleo", "inboxes"))
    assert told == (
        "Service Desk, Network: no requests in this time, 9 Feb – 2 Mar 2026, and none is open. "
        "To look further back, use /desk report inboxes 12 weeks."
    )


async def test_who_says_report_to_the_desk_asks_for_help(office: Office) -> None:
    await office.says("ana", "lounge", "@deskbell report a phishing mail, please")
    assert (await office.card("bo", "team-it", "IT-1"))["content"]["subject"].endswith(
        "report a phishing mail, please"
    )
