"""Faults of `desk.yaml` that others do not hide are told in one run, and none is made up."""

from pathlib import Path

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import DeskFileError, load_desk
from bot.text.error_text import in_english
from tests.config.desk_files import SMALL, complaints, write
from tests.said import said

SEVERAL = f"""\
{SMALL.replace("agents: [web:bo]", "agents: [bo]")}\
calendars:
  office:
    zone: UTC
    week: 24x7
    holidays: {{ical: nowhere.ics}}
macros:
  hello:
    text: "Your floor is {{field.flor}}."
webhooks:
  pager: {{url: "https://pager.example.com/in"}}
views:
  late:
    query: "stattus:open"
inboxs:
  walk-in: {{channel: web:walk-in}}
transcripts:
  channel: webhook:pagr
"""


def test_faults_of_every_kind_are_told_in_one_run(tmp_path: Path) -> None:
    """A person, a file that is missing, a placeholder, a search and a webhook: each was found by another check."""
    text = SEVERAL.replace("inboxs:\n  walk-in: {channel: web:walk-in}\n", "")
    found = complaints(tmp_path, text)
    assert [line for line, _ in found] == sorted(line for line, _ in found)
    keys = [told.partition("(")[0] for _, told in found]
    assert keys == [
        "not_a_person",
        "ical_missing",
        "macro_placeholder",
        "view",
        "unknown_webhook",
    ]


def test_what_a_fault_hides_is_named_and_nothing_is_made_up(tmp_path: Path) -> None:
    with pytest.raises(DeskFileError) as caught:
        load_desk(write(tmp_path, SEVERAL), KNOWN_PLATFORMS)
    keys = [str(each.sentence).partition("(")[0] for each in caught.value.problems]
    assert "configuration.not_a_key" in keys
    assert "configuration.macro_placeholder" not in keys
    assert caught.value.unchecked == ("macros", "views")
    hidden = said("configuration.unchecked", options="`macros` and `views`")
    assert in_english(caught.value).endswith(
        said("configuration.in_file", file=str(caught.value.path), problem=hidden)
    )


def test_two_faults_of_one_check_are_both_told(tmp_path: Path) -> None:
    text = SMALL.replace(
        "web:help-it", "web:help-it\n    takes: on_request\n    reaction: eyes\n    bots: true"
    )
    assert complaints(tmp_path, text) == [(7, "reaction_unused"), (8, "bots_unused")]


def test_a_faulty_value_does_not_make_its_neighbours_wrong(tmp_path: Path) -> None:
    """`reaction` may well be right: what the inbox takes is not known."""
    text = SMALL.replace("web:help-it", "web:help-it\n    takes: on_reactoin\n    reaction: eyes")
    with pytest.raises(DeskFileError) as caught:
        load_desk(write(tmp_path, text), KNOWN_PLATFORMS)
    assert [each.line for each in caught.value.problems] == [6]
    assert caught.value.unchecked == ("inboxes.help-it",)


def test_what_names_a_faulty_team_is_not_blamed(tmp_path: Path) -> None:
    text = SMALL.replace("channel: web:team-it", "chanel: web:team-it")
    found = complaints(tmp_path, f"{text}communities:\n  x: {{server: 'discord:1', default_team: it}}\n")
    assert [told.partition("(")[0] for _, told in found] == ["missing", "not_a_key"]


def test_a_key_written_twice_hides_no_other_fault(tmp_path: Path) -> None:
    text = SMALL.replace("name: Help", "name: Help\n  name: Desk").replace("[web:cleo]", "[cleo]")
    found = [(line, told.partition("(")[0]) for line, told in complaints(tmp_path, text)]
    assert found == [(3, "key_twice"), (13, "not_a_person")]


def test_any_line_may_be_spoilt_and_is_a_problem_at_most(tmp_path: Path) -> None:
    """However little is left of the file, it is a list of problems that comes of it, and no crash."""
    lines = SEVERAL.splitlines()
    for at, line in enumerate(lines):
        name, colon, value = line.partition(":")
        if value.strip(" {") and not name.strip().startswith("-"):
            spoilt = [*lines[:at], f"{name}{colon} nonsense", *lines[at + 1 :]]
            assert complaints(tmp_path, "\n".join(spoilt))
