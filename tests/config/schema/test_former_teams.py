"""`was` of a team: what teams were called whose tickets it has."""

from datetime import UTC, datetime
from pathlib import Path

from bot.domain.directory import Person
from bot.services.reports.reports import asked_of, teams_seen_by, titles_of
from tests.config.desk_files import SMALL, complaints, load

SINCE = datetime(2026, 3, 2, tzinfo=UTC)


def with_it(value: str) -> str:
    return SMALL.replace("  it:\n", f"  it:\n    was: {value}\n")


def test_one_or_several_names_are_written(tmp_path: Path) -> None:
    assert load(tmp_path, with_it("helpers")).desk.teams["it"].was == {"helpers"}
    assert load(tmp_path, with_it("[helpers, old]")).desk.teams["it"].was == {"helpers", "old"}


def test_a_team_that_is_still_there_is_nobodys_former_name(tmp_path: Path) -> None:
    ((_, found),) = complaints(tmp_path, with_it("[it]"))
    assert found == "was_there(team=it)"


def test_two_teams_cannot_have_been_called_the_same(tmp_path: Path) -> None:
    text = with_it("helpers")
    line = next(number for number, each in enumerate(text.splitlines(), start=1) if "was: helpers" in each)
    both = text.replace("    was: helpers\n", "    was: [helpers, old, helpers]\n")
    found = complaints(tmp_path, both)
    assert found == [(line, f"repeated_former_team(name=helpers, line={line})")]


def test_what_a_team_was_called_has_its_title_its_fields_and_its_figures(tmp_path: Path) -> None:
    text = with_it("helpers").replace(
        "    was: helpers\n", "    was: helpers\n    required_to_resolve: [cause]\n"
    )
    desk = load(tmp_path, text).desk
    assert desk.kept_names(["it"]) == {"it", "helpers"}
    assert desk.title_of("helpers") == desk.title_of("it")
    assert desk.custom_fields.required_by_team["helpers"] == ("cause",)
    assert titles_of(desk, frozenset({"it", "helpers"}), language="en") == desk.title_of("it")


def test_a_report_counts_what_was_asked_under_the_old_name_for_the_team(tmp_path: Path) -> None:
    desk = load(tmp_path, with_it("helpers")).desk
    team = desk.teams["it"]
    lead = Person(key="web:bo", name="Bo Berg")
    assert team.has_agent(lead)
    assert teams_seen_by(desk, lead) == frozenset({"it", "helpers"})
    asked = asked_of(desk, since=SINCE, until=SINCE, now=SINCE, teams=teams_seen_by(desk, lead))
    assert asked.heirs == {"helpers": "it"}
    assert asked.zones["helpers"] == team.calendar.zone
