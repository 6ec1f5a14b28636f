"""`transcripts` of `desk.yaml`: what they become, and what is wrong with them."""

from pathlib import Path

import pytest

from bot.config.checks.desk import check_desk
from bot.domain.directory import ChannelRef
from bot.domain.findings import Severity
from bot.domain.sentence import sentence
from bot.domain.tickets.transcript import Transcripts
from tests.config.desk_files import SMALL, complaints, load

NEXT = len(SMALL.splitlines()) + 1


def test_without_the_section_nobody_gets_one(tmp_path: Path) -> None:
    assert load(tmp_path, SMALL).desk.transcripts == Transcripts()


def test_the_section_says_who_gets_them(tmp_path: Path) -> None:
    text = f"{SMALL}transcripts: {{requester: true, team: true, channel: web:archive}}\n"
    desk = load(tmp_path, text).desk
    archive = ChannelRef("web", "archive")
    assert desk.transcripts == Transcripts(to_requester=True, to_team=True, channel=archive)
    assert ("transcripts", archive) in list(desk.channels())


def test_the_channel_is_there_in_the_workspace_for_staff_alone(tmp_path: Path) -> None:
    people = "workspace:\n  people: [{id: ana, name: Ana}, {id: bo, name: Bo, role: agent}]\n"
    workspace = load(tmp_path, f"{SMALL}transcripts: {{channel: web:archive}}\n{people}").workspace
    (archive,) = (each for each in workspace.channels if each.id == "archive")
    assert not archive.is_public
    assert archive.allowed == {"bo"}


def test_notes_do_not_go_where_people_ask(tmp_path: Path) -> None:
    findings = check_desk(load(tmp_path, f"{SMALL}transcripts: {{channel: web:help-it}}\n"))
    (found,) = (each for each in findings if each.severity is Severity.ERROR)
    told = sentence("configuration.transcripts_in_inbox", inbox="help-it")
    assert (found.line, found.sentence) == (NEXT, told)


@pytest.mark.parametrize(
    ("section", "told"),
    [
        ("{requster: true}", "not_a_key(option=requster, hint=did_you_mean(word=requester))"),
        ("{team: perhaps}", "must_be_boolean(option=team)"),
        (
            "{channel: archive}",
            "not_a_channel(text=archive, name=archive)",
        ),
    ],
)
def test_a_mistake_is_told(tmp_path: Path, section: str, told: str) -> None:
    assert complaints(tmp_path, f"{SMALL}transcripts: {section}\n") == [(NEXT, told)]
