"""The configurations we ship are good ones, and their schema is the one of this code."""

import re
from pathlib import Path

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import check_desk, export_schema, load_configuration, load_desk
from bot.config.json_schema import schema_text
from bot.demo import DESK_FILE
from bot.domain.tickets.ticket import Priority
from tests.config.desk_files import request

PROJECT = Path(__file__).parents[2]
EXAMPLE = PROJECT / "deploy" / "examples" / "it_desk.yaml"
SCHEMA = PROJECT / "deploy" / "desk.schema.json"


def test_the_schema_in_deploy_is_current() -> None:
    current = SCHEMA.read_text(encoding="utf-8") == schema_text()
    assert current, "run `python -m bot.config deploy/desk.schema.json`"


def test_the_schema_says_what_a_key_is_for_and_refuses_unknown_ones() -> None:
    team = export_schema()["$defs"]["TeamSection"]
    assert team["additionalProperties"] is False
    assert team["properties"]["assignment"]["description"] == "Who gets a new ticket."
    assert "not" in export_schema()["$defs"]["When"]["properties"]


@pytest.mark.parametrize("path", [DESK_FILE, EXAMPLE], ids=lambda path: path.name)
def test_an_editor_finds_the_schema_from_the_first_line(path: Path) -> None:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert named
    assert (path.parent / named[1]).resolve() == SCHEMA.resolve()


@pytest.mark.parametrize("path", [DESK_FILE, EXAMPLE], ids=lambda path: path.name)
def test_there_is_nothing_to_remark(path: Path) -> None:
    assert check_desk(load_configuration(path, KNOWN_PLATFORMS)) == []


@pytest.mark.parametrize(
    ("text", "team"),
    [
        ("The VPN drops every few minutes", "network"),
        ("I cannot find my payslip", "people"),
        ("My laptop is on fire", "it"),
        ("forgot my password", "it"),
        ("good morning", "it"),
    ],
)
def test_the_demo_sends_requests_where_a_visitor_expects_them(text: str, team: str) -> None:
    assert load_desk(DESK_FILE, KNOWN_PLATFORMS).router.route(request(text)).team == team


def test_the_demo_treats_an_outage_as_urgent() -> None:
    verdict = load_desk(DESK_FILE, KNOWN_PLATFORMS).router.route(request("The whole wifi is down!"))
    assert (verdict.team, verdict.priority) == ("network", Priority.URGENT)


def test_what_is_asked_at_the_demos_hr_place_stays_private() -> None:
    desk = load_desk(DESK_FILE, KNOWN_PLATFORMS)
    assert desk.inboxes["help-hr"].is_private
    assert desk.router.route(request("hello", inbox="help-hr")).is_private


def test_the_demo_has_somebody_for_every_role() -> None:
    roles = {person.role for person in load_configuration(DESK_FILE, KNOWN_PLATFORMS).workspace.people}
    assert roles == {"employee", "agent", "lead"}


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Purchase order for two headsets", "purchase"),
        ("New starter on Monday", "hr-support"),
        ("Windows upgrade fails", "administrative-rights"),
        ("password reset please", "access"),
        ("the shared folder is gone", "storage"),
        ("a new project code please", "internal-project"),
        ("my laptop does not start", "hardware"),
        ("please add me to the mailing list", "miscellaneous"),
    ],
)
def test_the_example_knows_the_topics_of_an_it_department(text: str, tag: str) -> None:
    assert load_desk(EXAMPLE, KNOWN_PLATFORMS).router.route(request(text)).tags == (tag,)
