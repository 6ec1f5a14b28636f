"""A form of desk.yaml changes what somebody changed in it, and every other letter of the file stays."""

import difflib
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config.edits.text_edits import edited
from bot.config.file.document import STARTER, read_document
from bot.demo import DESK_FILE
from bot.documents.console.settings.choice_list import DirectoryNames, choices_of
from bot.documents.console.settings.condition_rows import rows_of
from bot.documents.console.settings.entries import (
    OTHERS,
    SECTIONS,
    addition,
    entry_at,
    entry_changes,
    fields_of,
    naming,
    path_of,
    rules_in,
)
from bot.documents.console.settings.file_values import keyed
from bot.documents.console.settings.forms.typed_values import as_sent, written_in
from bot.domain.errors import Refused
from bot.domain.settings.file_change import FileChange, MoveEntry, Remark, RemoveValue
from bot.ports.console.settings_entries import EntryKind
from bot.ports.first_look import Choice, FirstLook
from tests.stories.desk_files import DESK

FILES = (STARTER, DESK_FILE, DESK)
NOBODY = choices_of({})
LISTED = choices_of(
    {
        "slack": FirstLook(
            places=["Pine"],
            channels=[
                Choice(reference="slack:C1", name="#help"),
                Choice(reference="slack:C2", name="#twice"),
                Choice(reference="slack:C3", name="#twice"),
            ],
            people=[
                Choice(reference="bo@example.org", name="Berg, Bo", other="slack:U1"),
                Choice(reference="slack:@netops", name="@netops"),
            ],
        ),
        "discord": FirstLook(
            places=["Oak"], channels=[Choice(reference="discord:7", name="#help", place="Oak")]
        ),
        "web": FirstLook(),
    }
)


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def values_of(path: Path, text: str | None = None) -> Mapping[str, Any]:
    return read_document(path, text).values


def entries(values: Mapping[str, Any]) -> Iterator[tuple[EntryKind, str]]:
    yield from ((EntryKind.TEAM, name) for name in keyed(values["teams"]))
    yield from ((EntryKind.INBOX, name) for name in keyed(values["inboxes"]))
    yield from ((EntryKind.RULE, each["name"]) for each in rules_in(values))
    for kind in OTHERS:
        yield from ((kind, name) for name in keyed(values.get(SECTIONS[kind])))


def opened(
    kind: EntryKind, name: str, values: Mapping[str, Any], choices: DirectoryNames = NOBODY
) -> dict[str, str]:
    """What a browser sends of a form that nobody wrote in."""
    path = path_of(kind, name, values)
    assert path is not None
    entry = entry_at(path, values)
    typed: dict[str, str] = {}
    for each in fields_of(kind, is_new=False):
        typed |= as_sent(each, entry, choices)
    if kind is EntryKind.RULE:
        rows = rows_of(entry.get("when"))
        typed["any"] = "any" if rows.is_any else "all"
        typed |= {f"when{at}": row.value for at, row in enumerate(rows.rows) if row.key}
    return typed


def changes(
    kind: EntryKind,
    name: str,
    typed: Mapping[str, str],
    values: Mapping[str, Any],
    choices: DirectoryNames = NOBODY,
) -> list[FileChange]:
    path = path_of(kind, name, values)
    assert path is not None
    written = written_in(fields_of(kind, is_new=False), typed, choices, "en", entry=entry_at(path, values))
    assert not written.problems
    return entry_changes(kind, path, values, written, typed, choices)


def differing(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@pytest.mark.parametrize("path", FILES, ids=lambda each: each.parent.name)
def test_a_form_that_nobody_wrote_in_changes_nothing(path: Path) -> None:
    values = values_of(path)
    for kind, name in entries(values):
        assert changes(kind, name, opened(kind, name, values), values) == [], name


WORDS = st.lists(
    st.text(st.characters(whitelist_categories=["L", "N"], whitelist_characters=" :#'\"-"), max_size=12).map(
        str.strip
    ),
    max_size=4,
).map(lambda parts: ", ".join(filter(None, parts)))
TEXTED = {
    EntryKind.TEAM: ("title", "agents_new"),
    EntryKind.INBOX: ("takes",),
    EntryKind.RULE: ("tags", "when0", "new0"),
    EntryKind.CALENDAR: ("zone", "country"),
    EntryKind.ROTA: ("handover", "starts"),
    EntryKind.POLICY: (),
}


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_whatever_is_written_touches_its_entry_alone_and_no_comment(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(FILES))
    before, values = text_of(path), values_of(path)
    kind, name = data.draw(st.sampled_from(list(entries(values))))
    typed = opened(kind, name, values) | {"key0": "category"}
    for field in TEXTED[kind]:
        if field != "agents_new":
            typed[field] = data.draw(WORDS)
    if kind is EntryKind.TEAM:
        typed["title"] = typed["title"] or "x"
        typed["agents_new"] = data.draw(st.sampled_from(["", "web:new", "new@example.org, slack:@all"]))
        typed["leads"] = data.draw(st.sampled_from(["", "web:lee", typed["leads"]]))
    if kind in (EntryKind.CALENDAR, EntryKind.POLICY):
        field = "dates" if kind is EntryKind.CALENDAR else "resolution"
        typed[field] = data.draw(st.sampled_from(["", "4h", "urgent: 1h\nlow: 2h\nhigh: 8h 30m"]))
    made = changes(kind, name, typed, values)
    try:
        after = edited(before, made, path=path)
    except Refused as refused:
        assert refused.sentences[0].key == "settings.not_editable"  # noqa: PT017  an alias, told in words
        return
    now = values_of(path, after)
    there = path_of(kind, name, now)
    assert there is not None
    assert without(now, there) == without(values, there)
    was = path_of(kind, name, values)
    assert was is not None
    emptied = {*entry_at(was, values)} - {*entry_at(there, now)}
    lost = Counter(comments(before)) - Counter(comments(after))
    assert not Counter(comments(after)) - Counter(comments(before))
    assert {*lost} <= {*comments(before, behind=emptied)}, "what is said of a value goes with it alone"
    document = read_document(path, before)
    place = tuple(int(step) if step.isdigit() else step for step in there)
    first = document.lines[place]
    assert after.splitlines()[: first - 1] == before.splitlines()[: first - 1]
    assert changes(kind, name, opened(kind, name, now), now) == []


def without(values: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    if path[0] == "routing":
        rules = [each for at, each in enumerate(rules_in(values)) if str(at) != path[2]]
        return {**values, "routing": {**values["routing"], "rules": rules}}
    return {**values, path[0]: {name: each for name, each in values[path[0]].items() if name != path[1]}}


def comments(text: str, *, behind: Collection[str] | None = None) -> list[str]:
    """All, or those on the lines of these keys."""
    return [
        found[1]
        for line in text.splitlines()
        if (found := re.search(r"(?:^|\s)(# \S.*)$", line))
        and (behind is None or line.partition(":")[0].strip(" -") in behind)
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda each: each.parent.name)
def test_a_rule_moves_with_its_comments_and_back_to_the_letter(path: Path) -> None:
    before = text_of(path)
    for at in range(len(rules_in(values_of(path))) - 1):
        move = [MoveEntry(path=("routing", "rules", str(at)))]
        after = edited(before, move, path=path)
        assert after != before
        assert sorted(after.splitlines()) == sorted(before.splitlines())
        assert edited(after, move, path=path) == before
    last = [MoveEntry(path=("routing", "rules", str(len(rules_in(values_of(path))) - 1)))]
    with pytest.raises(Refused):
        edited(before, last, path=path)


RULES = """\
routing:
  rules:
    # Outages first
    - name: outage   # red
      team: it

    # Then people
    - {name: people, team: hr}
  default_team: it
short: {rules: [a, {name: b}, c]}
"""


def test_a_moved_rule_takes_the_comment_above_it_along() -> None:
    after = edited(RULES, [MoveEntry(path=("routing", "rules", "outage"))], path=Path("desk.yaml"))
    assert after == RULES.replace(
        RULES[RULES.index("    # Outages") : RULES.index("  default_team")],
        "    # Then people\n    - {name: people, team: hr}\n\n    # Outages first\n    - name: outage   # red\n"
        "      team: it\n",
    )
    after = edited(RULES, [MoveEntry(path=("short", "rules", "b"))], path=Path("desk.yaml"))
    assert "[a, c, {name: b}]" in after


def test_the_name_of_a_channel_stands_behind_its_id_where_there_is_room() -> None:
    text = "a:\n  channel: slack:C1   # #old: every message\n  team: slack:C2\nb: {channel: slack:C3}\nc: x # mine\n"

    def remarked(*path: str) -> str:
        return edited(text, [Remark(path=path, text="#new")], path=Path("desk.yaml"))

    assert remarked("a", "channel") == text.replace("#old", "#new")
    assert remarked("a", "team") == text.replace("slack:C2\n", "slack:C2  # #new\n")
    assert remarked("b", "channel") == text
    assert remarked("c") == text


def test_names_are_found_as_people_write_them() -> None:
    channels, people = LISTED.channels, LISTED.people
    assert channels.reference_of("#help (Slack)") == "slack:C1"
    assert channels.reference_of("discord:7") == channels.reference_of("7") == "discord:7"
    assert channels.reference_of("slack:C99") == "slack:C99"
    with pytest.raises(Refused) as several:
        channels.reference_of("help")
    assert several.value.sentences[0].facts["names"] == ("#help (Slack)", "#help (Discord, Oak)")
    with pytest.raises(Refused):
        channels.reference_of("#twice")
    assert channels.reference_of("#twice (Slack) [slack:C3]") == "slack:C3"
    with pytest.raises(Refused):
        channels.reference_of("#nothing")
    assert people.references_of("Berg, Bo") == ["bo@example.org"]
    assert people.references_of("@netops, U1, eva@example.org") == [
        "slack:@netops",
        "bo@example.org",
        "eva@example.org",
    ]
    assert people.label_of("slack:U1") == "Berg, Bo"
    assert people.joined(["slack:U1"], ["bo@example.org", "slack:@netops"]) == ["slack:U1", "slack:@netops"]
    assert channels.remark_of("slack:C1") == "#help"
    assert LISTED.silent == ("Web",)


def test_a_new_rule_goes_in_front_of_those_that_take_everything() -> None:
    text = RULES.replace("team: hr}", "team: hr, when: {words: x}}\n    - {name: rest}")
    values = values_of(Path("desk.yaml"), text)
    typed = {
        "name": "vip",
        "team": "it",
        "any": "any",
        "key0": "words",
        "new0": "a, b",
        "key1": "group",
        "new1": "vips",
    }
    written = written_in(fields_of(EntryKind.RULE, is_new=True), typed, NOBODY, "en")
    after = edited(text, addition(EntryKind.RULE, values, written, typed, NOBODY), path=Path("desk.yaml"))
    assert [each["name"] for each in rules_in(values_of(Path("desk.yaml"), after))][-2:] == ["vip", "rest"]
    assert rules_in(values_of(Path("desk.yaml"), after))[-2]["when"] == {
        "any": [{"words": ["a", "b"]}, {"group": "vips"}]
    }
    with pytest.raises(Refused):
        addition(EntryKind.RULE, values_of(Path("desk.yaml"), after), written, typed, NOBODY)


def test_rows_are_joined_otherwise_where_somebody_says_so() -> None:
    values = {
        "routing": {"rules": [{"name": "x", "when": {"words": ["a"], "not": {"inbox": "b"}}, "team": "t"}]}
    }
    typed = opened(EntryKind.RULE, "x", values)
    assert typed["any"] == "all"
    (change,) = changes(EntryKind.RULE, "x", typed | {"any": "any"}, values)
    assert change.value == {"any": [{"words": ["a"]}, {"not": {"inbox": "b"}}]}  # type: ignore[union-attr]
    (change,) = changes(EntryKind.RULE, "x", typed | {"key0": "words", "new0": "c"}, values)
    assert change.value == {  # type: ignore[union-attr]
        "all": [{"words": ["a"]}, {"not": {"inbox": "b"}}, {"words": ["c"]}]
    }
    assert changes(EntryKind.RULE, "x", typed | {"when0": ""}, values) == [
        RemoveValue(path=("routing", "rules", "0", "when", "words"))
    ]


def test_what_names_a_team_or_an_inbox_is_found_and_nothing_else() -> None:
    values = values_of(DESK_FILE)
    assert set(naming(EntryKind.TEAM, "network", values)) == {
        ("teams", "it", "escalates", "to"),
        *(
            ("routing", "rules", str(at), "team")
            for at, each in enumerate(rules_in(values))
            if each["team"] == "network"
        ),
    }
    assert [path[-1] for path in naming(EntryKind.INBOX, "help-hr", values)] == ["inbox"]
    assert list(naming(EntryKind.INBOX, "lounge", values)) == []


HOURS = """\
calendars:
  office:
    zone: Europe/Berlin
    week:   # as agreed
      mon-thu: "7:30-16:30"   # long
      fri: "7:30-13:30"
sla_policies:
  standard: {first_response: 30m}
"""


def test_hours_and_targets_change_line_by_line() -> None:
    values = values_of(Path("desk.yaml"), HOURS)
    typed = opened(EntryKind.CALENDAR, "office", values)
    assert typed["week"] == "mon-thu: 7:30-16:30\nfri: 7:30-13:30"
    typed |= {"week": "mon-thu: 7:30-16:30\nfri: 7:30-12:30\nsat: closed", "dates": "2026-12-24: closed"}
    after = edited(HOURS, changes(EntryKind.CALENDAR, "office", typed, values), path=Path("desk.yaml"))
    assert after == HOURS.replace('13:30"\n', '12:30"\n      sat: closed\n').replace(
        "\nsla_", "\n    holidays:\n      dates:\n        2026-12-24: closed\nsla_"
    )
    typed = opened(EntryKind.POLICY, "standard", values) | {"first_response": "urgent: 15m\nlow: 4h"}
    after = edited(HOURS, changes(EntryKind.POLICY, "standard", typed, values), path=Path("desk.yaml"))
    assert after == HOURS.replace("30m", "{urgent: 15m, low: 4h}")
    written = written_in(
        fields_of(EntryKind.POLICY, is_new=False), {"resolution": "urgent 15m\n4h"}, NOBODY, "en"
    )
    assert set(written.problems) == {"resolution"}
