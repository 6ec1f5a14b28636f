"""All of a team by its form: how tickets are given out, levels, replies and the rest, each in its own lines."""

from pathlib import Path
from typing import Any

import pytest

from bot.config.edits.text_edits import edited
from bot.config.file.document import read_document
from bot.documents.console.settings.entries import addition, entry_at, entry_changes, fields_of, path_of
from bot.documents.console.settings.forms.field_views import FormTexts, field_views
from bot.documents.console.settings.forms.typed_values import EntryValues, written_in
from bot.messages.plain import plain
from bot.ports.console.settings_entries import EntryKind
from tests.documents.settings.test_entries import LISTED, NOBODY, differing, opened
from tests.said import said

PLACE = Path("desk.yaml")
TEXT = """desk: {name: Pine, categories: [Network, Printers]}
fields:
  asset: {label: Asset tag}
teams:
  it:
    title: IT   # what people read
    channel: web:team-it
    # given out in this order
    assignment: [last_agent, skill, least_busy]
    workload: {capacity: 10, per_agent: {web:bo: 5}, weights: {urgent: 3, low: 0}, in_hours: true}
    skills:
      # the second floor
      - agents: [web:bo]
        languages: [de]
      - {agents: web:cleo, categories: Network, tags: [vpn]}
    digests: []
    board: no
    fields: [asset, {name: floor, label: Floor}]
    escalates: {to: second, tried: required}
    hands_over:
      to: second   # they sit in Oslo
      at: "18:00"
    nudges:
      pending: {nudge_after: [2 days, 4 days]}
      claims: {lapse_after: 4h}
    satisfaction: {ask: no}
  second: {channel: web:second}
rotas:
  night:
    zone: Europe/Berlin
    handover: "9:00"
    people: [web:bo]
    starts: 2026-01-05
    exceptions:
      - {person: web:cleo, from: 2026-12-24, until: 2026-12-27}   # Christmas
calendars:
  berlin: {zone: Europe/Berlin, week: 24x7}
  oslo: {zone: Europe/Oslo, week: 24x7}
  sun: {union: [berlin, {calendar: oslo, until: "17:00"}]}
sla_policies:
  swift:
    resolution: 4h
    pauses: {resolution: []}
routing:
  default_team: it
  rules:
    - {name: all, assignment: on_call, assign_to: bo@example.org}
"""


def sent(kind: EntryKind, name: str, **typed: str) -> tuple[EntryValues, str]:
    """What becomes of the form with these fields written otherwise: its values, and the text of the file."""
    values = read_document(PLACE, TEXT).values
    path = path_of(kind, name, values)
    assert path is not None
    entry, fields = entry_at(path, values), fields_of(kind, is_new=False)
    given = {**opened(kind, name, values, LISTED), **typed}
    written = written_in(fields, given, LISTED, "en", entry=entry)
    if written.problems:
        return written, TEXT
    return written, edited(TEXT, entry_changes(kind, path, values, written, given, LISTED), path=PLACE)


def lines(kind: EntryKind, name: str, **typed: str) -> list[str]:
    written, text = sent(kind, name, **typed)
    assert not written.problems, {name: plain(each) for name, each in written.problems.items()}
    return [line for line in differing(TEXT, text) if line.strip("+- ")]


def team(**typed: str) -> list[str]:
    return lines(EntryKind.TEAM, "it", **typed)


def problem(name: str, **typed: str) -> str:
    written, _ = sent(EntryKind.TEAM, "it", **typed)
    assert set(written.problems) == {name}
    return plain(written.problems[name])


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (EntryKind.TEAM, "it"),
        (EntryKind.TEAM, "second"),
        (EntryKind.ROTA, "night"),
        (EntryKind.CALENDAR, "sun"),
        (EntryKind.POLICY, "swift"),
        (EntryKind.RULE, "all"),
    ],
)
def test_nothing_written_changes_nothing_and_what_is_not_sent_stays(kind: EntryKind, name: str) -> None:
    assert lines(kind, name) == []
    values = read_document(PLACE, TEXT).values
    path = path_of(kind, name, values)
    assert path is not None
    entry, fields = entry_at(path, values), fields_of(kind, is_new=False)
    asked = {"any": "all"} if kind is EntryKind.RULE else {}
    written = written_in(fields, asked, NOBODY, "en", entry=entry)
    assert entry_changes(kind, path, values, written, asked, NOBODY) == []


def test_ways_limits_and_weights_change_in_their_own_lines() -> None:
    assert team(assignment="skill,least_busy") == [
        "-    assignment: [last_agent, skill, least_busy]",
        "+    assignment: [skill, least_busy]",
    ]
    assert team(assignment="on_call")[1] == "+    assignment: on_call"
    workload = (
        "workload: {capacity: 10, per_agent: {web:bo: 5}, weights: {urgent: 3, low: 0}, in_hours: true}"
    )
    changed = (
        workload.replace("10", "8").replace("urgent: 3", "urgent: 4").replace("bo: 5", "bo: 5, web:cleo: 3")
    )
    typed = {"capacity": "8", "weight_urgent": "4", "per_agent": "web:bo: 5\r\nweb:cleo: 3"}
    assert team(**typed) == [f"-    {workload}", f"+    {changed}"]
    empty = dict.fromkeys(("capacity", "per_agent", "weight_low", "weight_urgent", "in_hours"), "")
    assert team(**empty) == [f"-    {workload}"]
    assert "nobody" in problem("per_agent", per_agent="nobody of them: 3")


def test_a_skill_is_added_changed_and_removed_as_a_row() -> None:
    assert team(skills0_languages="de, fr") == ["-        languages: [de]", "+        languages: [de, fr]"]
    added = team(skills2_agents_new="Berg, Bo", skills2_tags="lan")
    assert added == ["+      - agents: [bo@example.org]", "+        tags: [lan]"]
    gone = {"skills0_agents": "", "skills0_languages": ""}
    assert team(**gone) == ["-      - agents: [web:bo]", "-        languages: [de]"]
    assert problem("skills2_agents", skills2_tags="lan") == said(
        "desk_forms.needed", label=said("desk_forms.label_skilled")
    )


def test_what_has_no_box_and_what_has_none_of_them_are_two_things() -> None:
    assert team(digests="") == ["-    digests: []"]
    assert team(digests="morning") == ["-    digests: []", "+    digests: [morning]"]
    assert problem("digests", digests="-,week") == said("desk_forms.none_and_some")
    assert team(board="yes") == ["-    board: no"]
    assert team(mirror="") == ["+    mirror: false"]
    assert team(ask="yes") == ["-    satisfaction: {ask: no}", "+    satisfaction: {ask: true}"]
    assert team(ask="") == ["-    satisfaction: {ask: no}"]
    assert team(fields="") == [
        "-    fields: [asset, {name: floor, label: Floor}]",
        "+    fields: [{name: floor, label: Floor}]",
    ]


def test_a_section_comes_and_goes_with_what_it_begins_with() -> None:
    assert team(escalates_to="") == ["-    escalates: {to: second, tried: required}"]
    assert team(hands_over_to="") == [
        "-    hands_over:",
        "-      to: second   # they sit in Oslo",
        '-      at: "18:00"',
    ]
    assert problem("hands_over_at", hands_over_at="") == said(
        "desk_forms.needed", label=said("desk_forms.label_hands_over_at")
    )
    assert team(nudge_after="", lapse_after="")[0] == "-    nudges:"
    assert team(nudge_after="1 day, 2 days, 4 days")[1].endswith("{nudge_after: [1 day, 2 days, 4 days]}")
    written, _ = sent(EntryKind.TEAM, "second", tried="required")
    assert set(written.problems) == {"escalates_to"}


def test_rows_and_boxes_of_the_other_forms() -> None:
    night = "      - {person: web:cleo, from: 2026-12-24, until: 2026-12-27}   # Christmas"
    moved = lines(EntryKind.ROTA, "night", exceptions0_until="2026-12-28")
    assert moved == [f"-{night}", f"+{night.replace('27}', '28}')}"]
    whole = '  sun: {union: [berlin, {calendar: oslo, until: "17:00"}]}'
    until = lines(EntryKind.CALENDAR, "sun", union0_until="9:00")
    longer = whole.replace("berlin", "{calendar: berlin, until: 9:00}")
    assert until == [f"-{whole}", f"+{longer}"]
    alone = lines(EntryKind.CALENDAR, "sun", union1_until="")
    assert "berlin, {calendar: oslo}" in alone[1]
    pauses = lines(EntryKind.POLICY, "swift", pauses_resolution="pending", pauses_next_response="-")
    assert pauses[1] == "+    pauses: {resolution: [pending], next_response: []}"
    rule = lines(EntryKind.RULE, "all", assign_to="@netops", assignment="")
    assert rule[1] == "+    - {name: all, assign_to: slack:@netops}"


def test_a_new_team_says_what_was_written_alone() -> None:
    values = read_document(PLACE, TEXT).values
    fields = fields_of(EntryKind.TEAM, is_new=True)
    texts = FormTexts(values=values, choices=LISTED, language="en", problems={})
    typed = {each.name: each.value for each in field_views(fields, {}, None, texts)}
    typed |= {"title": "Desks", "channel": "slack:C1", "capacity": "4", "skills0_agents_new": "@netops"}
    typed |= {
        "skills0_languages": "de",
        "assignment": "round_robin",
        "hands_over_to": "it",
        "hands_over_at": "18:00",
    }
    written = written_in(fields, typed, LISTED, "en")
    assert not written.problems
    changed = edited(TEXT, addition(EntryKind.TEAM, values, written, typed, LISTED), path=PLACE)
    added: dict[str, Any] = read_document(PLACE, changed).values["teams"]  # type: ignore[assignment]
    assert added["desks"] == {
        "title": "Desks",
        "channel": "slack:C1",
        "assignment": "round_robin",
        "workload": {"capacity": "4"},
        "skills": [{"agents": ["slack:@netops"], "languages": ["de"]}],
        "hands_over": {"to": "it", "at": "18:00"},
    }
