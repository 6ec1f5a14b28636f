"""Servers that share a desk, as `desk.yaml` names them; what would let something cross is refused."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import application
from bot.config import check_desk
from bot.domain.directory import Community
from tests.config.desk_files import complaints, in_short, load
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
            "team_elsewhere(team=oak, other=oak, server=pine)",
        ),
        (
            'oak: {server: "discord:110000000000000002"',
            'oak: {server: "discord:110000000000000001"',
            5,
            "server_twice(server=discord:110000000000000001, other=pine)",
        ),
        (
            '310000000000000001", community: pine',
            '310000000000000001", community: pin',
            7,
            "unknown_community(name=pin, hint=did_you_mean(word=pine))",
        ),
        (
            "default_team: oak}",
            "default_team: oka}",
            5,
            "unknown_team(name=oka, hint=did_you_mean(word=oak))",
        ),
        (
            'server: "discord:110000000000000002"',
            "server: oak",
            5,
            "not_a_server(text=oak)",
        ),
        (
            '"discord:310000000000000002"',
            '"slack:C0HELP"',
            8,
            "no_private_threads(platform=Slack, platforms=Discord)",
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
    assert complaints(tmp_path, two_platforms) == [(8, "inbox_elsewhere(channel=slack:C0SHOP, server=oak)")]


def test_a_place_that_does_not_say_whose_it_is_is_pointed_at(tmp_path: Path) -> None:
    configuration = load(tmp_path, TWO.replace('310000000000000001", community: pine', '310000000000000001"'))

    found = [(each.line, in_short(each.sentence)) for each in check_desk(configuration)]
    assert [each for each in found if "community" in each[1]] == [
        (7, "inbox_without_community(inbox=pine-help)")
    ]


def never_deciding(folder: Path, *rules: str) -> list[str]:
    text = TWO + "  rules:\n" + "".join(f"    - {rule}\n" for rule in rules)
    found = [finding.sentence for finding in check_desk(load(folder, text))]
    return [str(told.facts["rule"]) for told in found if told.key == "configuration.rule_unreachable"]


def test_a_rule_takes_nothing_from_those_of_another_server(tmp_path: Path) -> None:
    pine = "{name: pine money, when: {words: invoice}, team: pine}"
    oak = "{name: oak money, when: {words: invoice}, team: oak}"
    every = "{name: money, when: {words: invoice}, priority: high}"

    assert never_deciding(tmp_path, pine, oak, every) == []
    assert never_deciding(tmp_path, every, pine, oak) == ["pine money", "oak money"]
    assert never_deciding(tmp_path, pine, pine.replace("pine money", "again")) == ["again"]


def test_a_servers_default_team_is_not_called_unused(tmp_path: Path) -> None:
    keys = {finding.sentence.key for finding in check_desk(load(tmp_path, TWO))}

    assert "configuration.team_without_rules" not in keys


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
    assert said("routing.other_server") in routed("oak-help")
