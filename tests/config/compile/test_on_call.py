"""Rotas, absences and webhooks of `desk.yaml`: iCalendar files, dated exceptions, and mistakes with their lines."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.config import check_desk, read_files_again
from bot.domain.on_call.rota import Rota
from tests.config.compile.test_calendars import events
from tests.config.desk_files import SMALL, complaints, in_short, load

YEAR = datetime.now(UTC).year
WORKSPACE = (
    "workspace:\n  people:\n    - {id: bo, name: Bo Berg, email: bo@example.com}\n"
    "    - {id: cleo, name: Cleo Chen, email: cleo@example.com}\n"
)
TEAM = SMALL.replace("agents: [web:bo]", "agents: [web:bo, web:cleo]\n    rota: nights")
TURNS = "zone: Europe/Berlin, handover: mon 9:00, starts: 2026-03-02"


def rota(folder: Path, body: str, *event: str) -> Rota:
    (folder / "rota.ics").write_text(events(*event), newline="")
    return load(folder, f"{TEAM}{WORKSPACE}rotas:\n  nights: {body}\n").desk.rotas["nights"]


def wrong(folder: Path, text: str) -> list[tuple[str, str]]:
    """What is wrong, each with the words of its line."""
    lines = text.splitlines()
    return [(lines[line - 1].strip(), sentence) for line, sentence in complaints(folder, text)]


def remarks(folder: Path, text: str) -> list[tuple[str, str]]:
    lines = text.splitlines()
    return [
        (lines[each.line - 1].strip(), in_short(each.sentence)) for each in check_desk(load(folder, text))
    ]


def berlin_noon(month: int, day: int) -> datetime:
    return datetime(YEAR, month, day, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("named", "person"),
    [
        ("SUMMARY:On call\nATTENDEE;CN=Cleo:mailto:Cleo@Example.com", "cleo@example.com"),
        ("SUMMARY:web:cleo", "web:cleo"),
        ("SUMMARY:Night shift cleo@example.com", "cleo@example.com"),
        ("SUMMARY:On call: Cleo Chen", "web:cleo"),
        (
            (
                "SUMMARY:On call\nATTENDEE;PARTSTAT=DECLINED:mailto:bo@example.com\n"
                "ATTENDEE;PARTSTAT=ACCEPTED:mailto:cleo@example.com"
            ),
            "cleo@example.com",
        ),
    ],
)
def test_an_event_puts_its_attendee_or_whom_its_title_names_on_call(
    tmp_path: Path, named: str, person: str
) -> None:
    found = rota(
        tmp_path,
        f"{{{TURNS}, people: [web:bo], ical: rota.ics}}",
        f"DTSTART;TZID=Europe/Berlin:{{year}}0601T080000\nDURATION:PT12H\n{named}",
    )
    assert found.on_call(berlin_noon(6, 1)) == person
    assert found.on_call(berlin_noon(6, 2)) == "web:bo"


def test_a_repeating_event_is_on_call_each_time_at_the_same_time_on_the_wall(tmp_path: Path) -> None:
    found = rota(
        tmp_path,
        "{zone: Europe/Berlin, ical: rota.ics}",
        "DTSTART;TZID=Europe/Berlin:{year}0105T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY\nSUMMARY:Bo Berg",
    )
    assert found.on_call(datetime(YEAR, 1, 20, 8, 30, tzinfo=UTC)) == "web:bo"
    assert found.on_call(datetime(YEAR, 7, 20, 8, 30, tzinfo=UTC)) is None
    assert found.on_call(datetime(YEAR, 7, 20, 7, 30, tzinfo=UTC)) == "web:bo"


def test_an_all_day_event_lasts_from_midnight_to_midnight_on_the_clock_of_the_rota(tmp_path: Path) -> None:
    found = rota(
        tmp_path,
        "{zone: Asia/Tokyo, ical: rota.ics}",
        "DTSTART;VALUE=DATE:{year}0601\nDTEND;VALUE=DATE:{year}0602\nSUMMARY:Bo Berg",
    )
    assert found.on_call(datetime(YEAR, 5, 31, 14, 59, tzinfo=UTC)) is None
    assert found.on_call(datetime(YEAR, 5, 31, 15, 0, tzinfo=UTC)) == "web:bo"
    assert found.on_call(datetime(YEAR, 6, 1, 15, 0, tzinfo=UTC)) is None


def test_an_exception_goes_before_files_and_turns_from_hand_over_to_hand_over(tmp_path: Path) -> None:
    found = rota(
        tmp_path,
        f"{{{TURNS}, people: [web:bo], ical: rota.ics, exceptions: "
        f"[{{person: web:cleo, from: {YEAR}-06-01, until: {YEAR}-06-02}}]}}",
        "DTSTART;VALUE=DATE:{year}0601\nDTEND;VALUE=DATE:{year}0603\nSUMMARY:Bo Berg",
    )
    assert found.on_call(datetime(YEAR, 6, 1, 6, 59, tzinfo=UTC)) == "web:bo"
    assert found.on_call(datetime(YEAR, 6, 1, 7, 0, tzinfo=UTC)) == "web:cleo"
    assert found.on_call(datetime(YEAR, 6, 2, 7, 0, tzinfo=UTC)) == "web:bo"


def test_absences_come_from_a_list_and_from_a_file(tmp_path: Path) -> None:
    body = f"DTSTART;VALUE=DATE:{YEAR}0601\nDTEND;VALUE=DATE:{YEAR}0603\nSUMMARY:Cleo Chen (sick)"
    (tmp_path / "away.ics").write_text(events(body), newline="")
    text = (
        f"{SMALL}{WORKSPACE}absences:\n  zone: Europe/Berlin\n  ical: away.ics\n"
        f"  people:\n    - {{person: web:bo, from: {YEAR}-06-01, back: '{YEAR}-06-02 13:00', reason: skiing}}\n"
    )
    bo, cleo = load(tmp_path, text).desk.absences
    assert (bo.person, bo.since, bo.until, bo.reason) == (
        "web:bo",
        datetime(YEAR, 5, 31, 22, tzinfo=UTC),
        datetime(YEAR, 6, 2, 11, tzinfo=UTC),
        "skiing",
    )
    assert (cleo.person, cleo.since, cleo.until, cleo.reason) == (
        "web:cleo",
        datetime(YEAR, 5, 31, 22, tzinfo=UTC),
        datetime(YEAR, 6, 2, 22, tzinfo=UTC),
        "",
    )


def test_a_file_that_changed_is_read_again_and_the_rest_stays_as_it_was(tmp_path: Path) -> None:
    file, event = tmp_path / "rota.ics", "DTSTART;VALUE=DATE:{year}0601\nSUMMARY:"
    file.write_text(events(event + "Bo Berg"), newline="")
    before = load(tmp_path, f"{TEAM}{WORKSPACE}rotas:\n  nights: {{zone: UTC, ical: rota.ics}}\n")
    (tmp_path / "desk.yaml").write_text("an edit that nobody asked to be put in force")
    file.write_text(events(event + "Cleo Chen"), newline="")
    after = read_files_again(before)
    at = berlin_noon(6, 1)
    assert [each.desk.rotas["nights"].on_call(at) for each in (before, after)] == ["web:bo", "web:cleo"]


def test_events_that_name_nobody_are_pointed_at_and_the_others_hold(tmp_path: Path) -> None:
    day = "DTSTART;VALUE=DATE:{year}06%02d\nSUMMARY:%s"
    (tmp_path / "rota.ics").write_text(
        events(day % (1, "Bo Berg"), day % (2, "Zoe Zander"), day % (3, "party")), newline=""
    )
    text = f"{TEAM}{WORKSPACE}rotas:\n  nights:\n    zone: UTC\n    ical: rota.ics\n"
    assert (
        "ical: rota.ics",
        f"events_unclear(file=rota.ics, title=Zoe Zander, day={YEAR}-06-02, count=1)",
    ) in remarks(tmp_path, text)


@pytest.mark.parametrize(
    ("body", "line", "sentence"),
    [
        ("{zone: UTC, ical: none.ics}", "nights:", "ical_missing(file=none.ics)"),
        ("{zone: UTC}", "nights:", "rota_empty"),
        (
            "{zone: UTC, people: [web:bo]}",
            "nights:",
            "missing(option=handover, path=arrow(path=rotas, step=nights))",
        ),
        (f"{{{TURNS}, people: ['slack:@netops']}}", "nights:", "group_in_rota(text=slack:@netops)"),
        (
            f"{{{TURNS}, people: [web:bo], exceptions: [{{person: web:bo, from: Easter, until: 2026-04-06}}]}}",
            "nights:",
            "not_a_moment(text=Easter)",
        ),
        (
            f"{{{TURNS}, people: [web:bo], exceptions: [{{person: web:bo, from: 2026-04-06, until: 2026-04-05}}]}}",
            "nights:",
            "exception_backwards",
        ),
        (
            (
                f"{{{TURNS}, people: [web:bo], exceptions: [{{person: web:bo, from: 2026-04-01, until: 2026-04-05}}, "
                "{person: web:cleo, from: 2026-04-04, until: 2026-04-06}]}"
            ),
            "nights:",
            "exception_overlaps(person=web:bo)",
        ),
    ],
)
def test_what_is_wrong_with_a_rota_is_named_with_its_line(
    tmp_path: Path, body: str, line: str, sentence: str
) -> None:
    ((where, said),) = wrong(tmp_path, f"{TEAM}rotas:\n  nights: {body}\n")
    assert where.startswith(line)
    assert said.replace(f"{tmp_path}/", "") == sentence


def test_a_file_in_which_nobody_is_on_call_is_named(tmp_path: Path) -> None:
    (tmp_path / "rota.ics").write_text(events(f"DTSTART;VALUE=DATE:{YEAR}0601\nSUMMARY:party"), newline="")
    ((_, said),) = wrong(tmp_path, f"{TEAM}rotas:\n  nights: {{zone: UTC, ical: rota.ics}}\n")
    assert said.startswith("rota_unnamed(rota=nights, since=")


def test_somebody_who_would_be_back_before_they_are_away_is_named(tmp_path: Path) -> None:
    text = f"{SMALL}absences:\n  people:\n    - {{person: web:bo, from: 2026-06-02, back: 2026-06-01}}\n"
    ((where, said),) = wrong(tmp_path, text)
    assert where.startswith("- {person: web:bo")
    assert said == "back_too_early(person=web:bo)"


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        (
            SMALL.replace("agents: [web:bo]", "agents: [web:bo]\n    escalation_channel: webhook:pagr"),
            "escalation_channel: webhook:pagr",
            "unknown_webhook(name=webhook:pagr, hint=did_you_mean(word=webhook:pager))",
        ),
        (
            SMALL.replace("channel: web:team-it", "channel: webhook:pager"),
            "channel: webhook:pager",
            "webhook_for_people(channel=webhook:pager)",
        ),
    ],
)
def test_a_webhook_that_does_not_exist_or_stands_where_people_answer_is_named(
    tmp_path: Path, text: str, line: str, sentence: str
) -> None:
    hooks = "webhooks: {pager: {url: https://pager.example.com/}}\n"
    assert wrong(tmp_path, text + hooks) == [(line, sentence)]


def test_people_who_have_left_and_people_of_no_team_are_pointed_at(tmp_path: Path) -> None:
    text = (
        f"{TEAM}{WORKSPACE}    - {{id: dan, name: Dan Dietz}}\n"
        f"rotas:\n  nights:\n    zone: UTC\n    handover: 9:00\n    starts: 2026-03-02\n"
        "    people:\n      - web:boo\n      - web:dan\n      - bo@example.com\n"
        "absences:\n  people:\n    - {person: web:zoe, from: 2026-06-02, back: 2026-06-04}\n"
    )
    found = remarks(tmp_path, text)
    assert ("- web:boo", "not_in_workspace(person=web:boo, hint=did_you_mean(word=web:bo))") in found
    assert ("- web:dan", "on_call_not_agent(person=web:dan, rota=nights, teams=it)") in found
    assert tuple(line for line, sentence in found if "person=web:zoe" in sentence) == (
        "- {person: web:zoe, from: 2026-06-02, back: 2026-06-04}",
    )
    assert not any("did_you_mean" in sentence for _, sentence in found if "person=web:zoe" in sentence)
    assert not any("bo@example.com" in sentence for _, sentence in found)


def test_rotas_and_webhooks_that_nothing_uses_and_alerts_that_nobody_hears_are_pointed_at(
    tmp_path: Path,
) -> None:
    text = (
        SMALL.replace("agents: [web:bo]", "agents: [web:bo]\n    unclaimed_after: 30m").replace(
            "agents: [web:cleo]", "agents: [web:cleo]\n    assignment: on_call"
        )
        + f"rotas:\n  days: {{{TURNS}, people: [web:bo]}}\n"
        + "webhooks:\n  pager: {url: https://pager.example.com/}\n"
    )
    found = [sentence for _, sentence in remarks(tmp_path, text)]
    assert "unused(name=days, section=rotas)" in found
    assert "unused(name=pager, section=webhooks)" in found
    assert "alerts_nowhere(team=it, option=unclaimed_after)" in found
    assert "on_call_without_rota(team=network)" in found


@pytest.mark.parametrize(
    ("agents", "pinged", "found"),
    [
        ("[web:bo]", "on_call", "ping_without_rota"),
        ("[web:bo]", "group", "ping_without_group"),
        ("[]", "least_loaded", "ping_without_agents"),
        ('["web:@helpers"]', "group", ""),
        ("[web:bo]", "least_loaded", ""),
        ("[web:bo]", "nobody", ""),
    ],
)
def test_a_ping_that_can_mean_nobody_is_pointed_at(
    tmp_path: Path, agents: str, pinged: str, found: str
) -> None:
    text = SMALL.replace("agents: [web:bo]", f"agents: {agents}\n    ping_new: {pinged}")
    of_pings = [each for each in remarks(tmp_path, text) if each[1].startswith("ping_without")]
    assert of_pings == ([(f"ping_new: {pinged}", f"{found}(team=it)")] if found else [])


def test_a_webhook_that_a_step_calls_is_used(tmp_path: Path) -> None:
    text = (
        SMALL.replace("name: Help desk", "name: Help desk\n  sla_policy: standard")
        + "webhooks:\n  pager: {url: https://pager.example.com/}\n"
        + "sla_policies:\n  standard: {first_response: 30m, escalation: call}\n"
        + "escalation_policies:\n  call:\n    - at: 100%\n      steps: [{after: 10m, webhook: pager}]\n"
    )
    assert not any("name=pager" in sentence for _, sentence in remarks(tmp_path, text))
