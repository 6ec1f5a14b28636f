"""Servers that share a desk, as `desk.yaml` names them; what would let something cross is refused."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import application
from bot.config import check_desk
from bot.domain.directory import Community
from bot.text.error_text import english
from tests.config.desk_files import complaints, load
from tests.said import said

TWO = """\
desk:
  name: Help desk
communities:
  pine: {server: "discord:110000000000000001", title: Pine, default_team: pine}
  oak: {server: "discord:110000000000000002", default_team: oak}
inboxes:
  pine-help: {channel: "discord:310000000000000001", community: pine}
  oak-help: {channel: "discord:310000000000000002", community: oak, threads: private}
teams:
  pine: {channel: "discord:310000000000000003", community: pine}
  oak: {channel: "discord:310000000000000004", community: oak}
  safety: {channel: "slack:C0SAFETY"}
routing:
  default_team: safety
"""


def test_communities_are_what_the_file_says(tmp_path: Path) -> None:
    desk = load(tmp_path, TWO).desk

    assert desk.communities["pine"] == Community(
        name="pine", title="Pine", reference="discord:110000000000000001", default_team="pine"
    )
    assert desk.communities["oak"].title == "oak"
    assert desk.inboxes["pine-help"].community == "pine"
    assert (desk.teams["oak"].community, desk.teams["safety"].community) == ("oak", None)
    assert not desk.inboxes["pine-help"].has_private_threads
    assert desk.inboxes["oak-help"].has_private_threads


@pytest.mark.parametrize(
    ("written", "instead", "line", "sentence"),
    [
        (
            "title: Pine, default_team: pine",
            "default_team: oak",
            4,
            "team `oak` serves `oak`: name one of `pine`’s own, or one that serves all",
        ),
        (
            'oak: {server: "discord:110000000000000002"',
            'oak: {server: "discord:110000000000000001"',
            5,
            "`discord:110000000000000001` is `pine` already",
        ),
        (
            '310000000000000001", community: pine',
            '310000000000000001", community: pin',
            7,
            "community `pin` is not defined; did you mean `pine`?",
        ),
        (
            "default_team: oak}",
            "default_team: oka}",
            5,
            "team `oka` is not defined; did you mean `oak`?",
        ),
        (
            'server: "discord:110000000000000002"',
            "server: oak",
            5,
            "`oak` is not a server; write `discord:` and its id, in quotes",
        ),
        (
            '"discord:310000000000000002"',
            '"slack:C0HELP"',
            8,
            "`slack` has no private threads; only Discord has",
        ),
    ],
)
def test_what_would_cross_or_lead_nowhere_is_refused_with_its_line(
    tmp_path: Path, written: str, instead: str, line: int, sentence: str
) -> None:
    assert written in TWO
    assert complaints(tmp_path, TWO.replace(written, instead)) == [(line, sentence)]


def test_a_place_is_in_a_server_of_its_own_platform_or_of_a_platform_without_any(tmp_path: Path) -> None:
    with_slack_place = TWO.replace(
        "inboxes:\n", 'inboxes:\n  shop: {channel: "slack:C0SHOP", community: oak}\n'
    )
    assert complaints(tmp_path, with_slack_place) == []
    two_platforms = with_slack_place.replace(
        "communities:\n", 'communities:\n  elm: {server: "slack:T0ELM", default_team: safety}\n'
    )
    assert complaints(tmp_path, two_platforms) == [
        (8, "`slack:C0SHOP` is not in `oak`, which is on another platform")
    ]


def test_a_place_that_does_not_say_whose_it_is_is_pointed_at(tmp_path: Path) -> None:
    configuration = load(tmp_path, TWO.replace('310000000000000001", community: pine', '310000000000000001"'))

    assert [
        (finding.line, english(finding.sentence))
        for finding in check_desk(configuration)
        if "community" in english(finding.sentence)
    ] == [
        (
            7,
            "inbox `pine-help` names no `community`, so it is not certain which server’s teams get its requests",
        )
    ]


def never_deciding(folder: Path, *rules: str) -> list[str]:
    text = TWO + "  rules:\n" + "".join(f"    - {rule}\n" for rule in rules)
    found = [english(finding.sentence) for finding in check_desk(load(folder, text))]
    return [sentence.split("`")[1] for sentence in found if "never decides" in sentence]


def test_a_rule_takes_nothing_from_those_of_another_server(tmp_path: Path) -> None:
    pine = "{name: pine money, when: {words: invoice}, team: pine}"
    oak = "{name: oak money, when: {words: invoice}, team: oak}"
    every = "{name: money, when: {words: invoice}, priority: high}"

    assert never_deciding(tmp_path, pine, oak, every) == []
    assert never_deciding(tmp_path, every, pine, oak) == ["pine money", "oak money"]
    assert never_deciding(tmp_path, pine, pine.replace("pine money", "again")) == ["again"]


def test_a_servers_default_team_is_not_called_unused(tmp_path: Path) -> None:
    sentences = [english(finding.sentence) for finding in check_desk(load(tmp_path, TWO))]

    assert not [sentence for sentence in sentences if "no rule sends anything" in sentence]


def test_a_dry_run_knows_which_server_a_place_is_in(tmp_path: Path) -> None:
    (tmp_path / "desk.yaml").write_text(
        TWO + "  rules:\n    - {name: money, when: {words: invoice}, team: pine}\n", encoding="utf-8"
    )

    def routed(inbox: str) -> str:
        arguments = ["route", "My invoice", "--inbox", inbox, "--config", str(tmp_path / "desk.yaml")]
        result = CliRunner().invoke(application(only="route"), arguments)
        assert result.exit_code == 0, result.output
        return result.output

    assert '→ pine: rule "money"' in routed("pine-help")
    assert "→ oak: " + said("team.why_no_rule_of_server", server="oak") in routed("oak-help")
    assert "its team serves another server" in routed("oak-help")
