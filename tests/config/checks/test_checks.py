"""`check` points at what is valid and still not what anybody wants."""

from pathlib import Path

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import Severity, check_desk
from bot.domain.sentence import sentence
from bot.settings import Settings, variable_for
from bot.text.error_text import english
from tests.config.desk_files import SMALL, load, request

NEXT = len(SMALL.splitlines()) + 1


def remarks(folder: Path, text: str, *samples: str, platforms: frozenset[str] | None = None) -> list[str]:
    found = check_desk(load(folder, text), [request(sample) for sample in samples], platforms=platforms)
    return [f"{finding.line} {finding.severity}: {english(finding.sentence)}" for finding in found]


def with_rules(*rules: str) -> str:
    return SMALL + "  rules:\n" + "".join(f"    - {rule}\n" for rule in rules)


def shadows(folder: Path, earlier: str, later: str) -> bool:
    text = with_rules(
        f"{{name: one, when: {earlier}, team: network}}", f"{{name: two, when: {later}, team: it}}"
    )
    return any("rule `two` never decides" in remark for remark in remarks(folder, text))


def test_a_rule_after_one_that_takes_everything_is_pointed_at(tmp_path: Path) -> None:
    text = with_rules("{name: all, team: network}", "{name: vpn, when: {words: vpn}, team: it}")
    assert (
        f"{NEXT + 2} warning: rule `vpn` never decides: rule `all` (line {NEXT + 1}) takes everything it would match"
        in remarks(tmp_path, text)
    )


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("{words: [vpn, wifi]}", "{words: [vpn, wifi]}"),
        ("{words: [vpn, wifi]}", "{words: [WiFi]}"),
        ("{pattern: 'a+'}", "{pattern: 'a+'}"),
        ("{words: vpn}", "{words: vpn, inbox: help-it}"),
        ("{any: [{words: vpn}, {inbox: help-it}]}", "{inbox: help-it, words: slow}"),
        ("{inbox: help-it}", "{any: [{inbox: help-it, words: a}, {all: [{inbox: help-it}]}]}"),
        ("{not: {words: vpn}}", "{not: {words: [vpn, wifi]}}"),
    ],
)
def test_a_rule_that_an_earlier_one_leaves_nothing_is_pointed_at(
    tmp_path: Path, earlier: str, later: str
) -> None:
    assert shadows(tmp_path, earlier, later)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("{words: vpn}", "{words: [vpn, wifi]}"),
        ("{words: vpn, inbox: help-it}", "{words: vpn}"),
        ("{pattern: 'a'}", "{pattern: 'ab'}"),
        ("{inbox: help-it}", "{inside_hours_of: it}"),
        ("{not: {words: [vpn, wifi]}}", "{not: {words: vpn}}"),
        ("{inside_hours_of: it}", "{outside_hours_of: it}"),
    ],
)
def test_a_rule_that_still_has_something_to_decide_is_left_alone(
    tmp_path: Path, earlier: str, later: str
) -> None:
    assert not shadows(tmp_path, earlier, later)


def test_rules_that_decide_none_of_the_samples_are_pointed_at(tmp_path: Path) -> None:
    text = with_rules(
        "{name: vpn, when: {words: vpn}, team: network}",
        "{name: slow, when: {words: slow}, team: it}",
        "{name: fax, when: {words: fax}, team: it}",
    )
    found = remarks(tmp_path, text, "slow vpn", "no vpn")
    assert (
        f"{NEXT + 2} warning: rule `slow` decides none of the samples: "
        "each of the 1 it matches is taken by an earlier rule" in found
    )
    assert f"{NEXT + 3} warning: rule `fax` decides none of the samples: it matches none of them" in found
    assert not any("`vpn`" in remark for remark in found)


def test_a_team_without_agents_is_pointed_at(tmp_path: Path) -> None:
    text = SMALL.replace("    agents: [web:bo]\n", "").replace("agents: [web:cleo]", "leads: [web:cleo]")
    found = check_desk(load(tmp_path, text))
    assert [(each.severity, each.line) for each in found if "agents" in english(each.sentence)] == [
        (Severity.ERROR, 7),
        (Severity.WARNING, 9),
    ]


POLICY = """\
sla_policies:
  standard: {first_response: 30m, escalation: tell}
escalation_policies:
  tell: [{at: 80%, notify: escalation_channel}, {at: 100%, notify: escalation_channel}]
"""


def test_clocks_that_ping_a_channel_nobody_named_are_pointed_at(tmp_path: Path) -> None:
    text = SMALL.replace("team-it\n", "team-it\n    sla_policy: standard\n") + POLICY
    assert (
        "7 warning: team `it` has no `escalation_channel` for the warnings of SLA policy `standard`"
        in remarks(tmp_path, text)
    )


def test_clocks_that_tell_nobody_are_pointed_at(tmp_path: Path) -> None:
    text = SMALL.replace("name: Help desk", "name: Help desk\n  sla_policy: standard")
    text += "sla_policies:\n  standard: {first_response: 30m}\n"
    assert (
        f"{NEXT + 2} warning: SLA policy `standard` has clocks but no escalation: nobody is told when one runs out"
        in remarks(tmp_path, text)
    )


def test_what_nothing_uses_is_pointed_at(tmp_path: Path) -> None:
    calendars = "calendars:\n  office: {zone: UTC, week: 24x7}\n"
    found = remarks(tmp_path, SMALL + POLICY + calendars)
    assert f"{NEXT + 1} hint: nothing uses `standard` of `sla_policies`" in found
    assert f"{NEXT + 5} hint: nothing uses `office` of `calendars`" in found
    assert "10 hint: no rule sends anything to team `network`; tickets reach it by transfer only" in found


def test_a_place_that_nobody_can_reach_is_pointed_at(tmp_path: Path) -> None:
    assert "4 warning: nobody can reach inbox `help-it`: `workspace` lists no people" in remarks(
        tmp_path, SMALL
    )
    slack = SMALL.replace("web:help-it", "slack:C1")
    found = remarks(tmp_path, slack, platforms=frozenset({"web"}))
    not_set_up = "platform `slack` is not set up; set `SLACK_BOT_TOKEN`, or name another channel"
    assert f"4 warning: nobody can reach inbox `help-it`: {not_set_up}" in found
    assert not any("reach inbox" in remark for remark in remarks(tmp_path, slack))


def test_a_channel_or_agent_of_a_platform_that_is_not_set_up_is_pointed_at(tmp_path: Path) -> None:
    text = SMALL.replace("web:team-it", "slack:C2").replace("[web:cleo]", "[web:cleo, discord:77]")
    text = text.replace("  network:\n", "    escalation_channel: slack:C3\n  network:\n")
    found = remarks(tmp_path, f"{text}transcripts: {{channel: slack:C4}}\n", platforms=frozenset({"web"}))
    not_set_up = "platform `slack` is not set up; set `SLACK_BOT_TOKEN`, or name another channel"
    for remark in (
        f"8 error: the channel of team `it` is `slack:C2`, but {not_set_up}",
        f"10 error: the escalation channel of team `it` is `slack:C3`, but {not_set_up}",
        "13 hint: `discord:77` is nobody here: `discord` is not set up",
        f"16 error: the transcripts’ channel is `slack:C4`, but {not_set_up}",
    ):
        assert remark in found
    assert not any("set up" in remark for remark in remarks(tmp_path, text))


@pytest.mark.parametrize(
    ("name", "example", "where"),
    [
        ("slack:help", "slack:C0123ABCD", "operations.slack_channel_ids"),
        ("discord:help", "discord:1122334455667788990", "operations.discord_channel_ids"),
    ],
)
def test_a_channel_by_its_name_where_an_id_is_needed_is_an_error_that_says_where_the_id_is(
    tmp_path: Path, name: str, example: str, where: str
) -> None:
    text = SMALL.replace("web:help-it", name).replace("web:team-it", f"{name}-team")
    found = [(each.line, each.severity, each.sentence) for each in check_desk(load(tmp_path, text))]
    for line, what, channel in ((5, "inbox `help-it`", name), (8, "team `it`", f"{name}-team")):
        by_name = sentence(
            "configuration.channel_by_name",
            what=f"the channel of {what}",
            channel=channel,
            platform=name.partition(":")[0],
            example=example,
            where=sentence(where),
        )
        assert (line, Severity.ERROR, by_name) in found
    by_id = check_desk(load(tmp_path, SMALL.replace("web:help-it", example)))
    assert not any("channel_by_name" in str(each.sentence) for each in by_id)


def test_what_sets_a_platform_up_is_a_setting() -> None:
    variables = {variable_for(name) for name in Settings.model_fields}
    named = {
        name: each.set_up_by.partition("=")[0] for name, each in KNOWN_PLATFORMS.items() if each.set_up_by
    }
    assert set(named.values()) <= variables
    assert {name for name, each in KNOWN_PLATFORMS.items() if not each.is_machine} == named.keys()


def test_people_whom_the_workspace_does_not_know_are_pointed_at(tmp_path: Path) -> None:
    people = "workspace:\n  people:\n    - {id: cleo, name: Cleo}\n    - {id: boo, name: Boo}\n"
    assert "9 warning: `web:bo` is not in the workspace; did you mean `web:boo`?" in remarks(
        tmp_path, SMALL + people
    )


def test_an_assignment_to_somebody_outside_the_team_is_pointed_at(tmp_path: Path) -> None:
    text = with_rules("{name: vpn, when: {words: vpn}, team: network, assign_to: web:bo}")
    assert (
        f"{NEXT + 1} warning: rule `vpn` assigns to `web:bo`, who is no agent of team `network`"
        in remarks(tmp_path, text)
    )


def test_pings_into_an_intake_channel_are_pointed_at(tmp_path: Path) -> None:
    text = SMALL.replace("team-it\n", "team-it\n    escalation_channel: web:help-it\n")
    assert "7 warning: team `it` posts its pings into an intake channel" in remarks(tmp_path, text)


def test_a_team_that_names_no_calendar_among_others_is_pointed_at(tmp_path: Path) -> None:
    text = SMALL + "calendars:\n  office: {zone: Europe/Berlin, week: {mon-fri: 9:00-17:00}}\n"
    said = "names no `calendar`: its clocks run around the clock"
    assert any(said in remark for remark in remarks(tmp_path, text))
    assert not any(said in remark for remark in remarks(tmp_path, SMALL))
