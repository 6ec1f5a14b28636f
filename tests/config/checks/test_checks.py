"""`check` points at what is valid and still not what anybody wants."""

from pathlib import Path

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import check_desk
from bot.settings import Settings, variable_for
from tests.config.desk_files import SMALL, in_short, load, request

NEXT = len(SMALL.splitlines()) + 1


def remarks(folder: Path, text: str, *samples: str, platforms: frozenset[str] | None = None) -> list[str]:
    found = check_desk(load(folder, text), [request(sample) for sample in samples], platforms=platforms)
    return [f"{finding.line} {finding.severity}: {in_short(finding.sentence)}" for finding in found]


def with_rules(*rules: str) -> str:
    return SMALL + "  rules:\n" + "".join(f"    - {rule}\n" for rule in rules)


def with_desk(line: str) -> str:
    return SMALL.replace("  name: Help desk\n", f"  name: Help desk\n  {line}\n")


def shadows(folder: Path, earlier: str, later: str) -> bool:
    text = with_rules(
        f"{{name: one, when: {earlier}, team: network}}", f"{{name: two, when: {later}, team: it}}"
    )
    return any("rule_unreachable(rule=two," in remark for remark in remarks(folder, text))


def test_a_rule_after_one_that_takes_everything_is_pointed_at(tmp_path: Path) -> None:
    text = with_rules("{name: all, team: network}", "{name: vpn, when: {words: vpn}, team: it}")
    assert f"{NEXT + 2} warning: rule_unreachable(rule=vpn, other=all, line={NEXT + 1})" in remarks(
        tmp_path, text
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
    assert f"{NEXT + 2} warning: rule_too_late(rule=slow, count=1)" in found
    assert f"{NEXT + 3} warning: rule_without_samples(rule=fax)" in found
    assert not any("rule=vpn" in remark for remark in found)


def test_a_team_without_agents_is_pointed_at(tmp_path: Path) -> None:
    text = SMALL.replace("    agents: [web:bo]\n", "").replace("agents: [web:cleo]", "leads: [web:cleo]")
    found = remarks(tmp_path, text)
    assert "7 error: team_empty(team=it)" in found
    assert "9 warning: team_of_leads(team=network)" in found


POLICY = """\
sla_policies:
  standard: {first_response: 30m, escalation: tell}
escalation_policies:
  tell: [{at: 80%, notify: escalation_channel}, {at: 100%, notify: escalation_channel}]
"""


def test_clocks_that_ping_a_channel_nobody_named_are_pointed_at(tmp_path: Path) -> None:
    text = SMALL.replace("team-it\n", "team-it\n    sla_policy: standard\n") + POLICY
    assert "7 warning: team_without_alerts(team=it, policy=standard)" in remarks(tmp_path, text)


def test_clocks_that_tell_nobody_are_pointed_at(tmp_path: Path) -> None:
    text = SMALL.replace("name: Help desk", "name: Help desk\n  sla_policy: standard")
    text += "sla_policies:\n  standard: {first_response: 30m}\n"
    assert f"{NEXT + 2} warning: policy_silent(policy=standard)" in remarks(tmp_path, text)


def test_what_nothing_uses_is_pointed_at(tmp_path: Path) -> None:
    calendars = "calendars:\n  office: {zone: UTC, week: 24x7}\n"
    found = remarks(tmp_path, SMALL + POLICY + calendars)
    assert f"{NEXT + 1} hint: unused(name=standard, section=sla_policies)" in found
    assert f"{NEXT + 5} hint: unused(name=office, section=calendars)" in found
    assert "10 hint: team_without_rules(team=network)" in found


def test_a_place_that_nobody_can_reach_is_pointed_at(tmp_path: Path) -> None:
    assert "4 warning: inbox_unreachable(inbox=help-it)" in remarks(tmp_path, SMALL)
    slack = SMALL.replace("web:help-it", "slack:C1")
    found = remarks(tmp_path, slack, platforms=frozenset({"web"}))
    not_set_up = "not_set_up_without(platform=slack, setting=SLACK_BOT_TOKEN)"
    assert f"4 warning: inbox_not_set_up(inbox=help-it, why={not_set_up})" in found
    assert not any("inbox_not_set_up" in remark for remark in remarks(tmp_path, slack))


def test_a_channel_or_agent_of_a_platform_that_is_not_set_up_is_pointed_at(tmp_path: Path) -> None:
    text = SMALL.replace("web:team-it", "slack:C2").replace("[web:cleo]", "[web:cleo, discord:77]")
    text = text.replace("  network:\n", "    escalation_channel: slack:C3\n  network:\n")
    found = remarks(tmp_path, f"{text}transcripts: {{channel: slack:C4}}\n", platforms=frozenset({"web"}))
    not_set_up = "not_set_up_without(platform=slack, setting=SLACK_BOT_TOKEN)"
    for remark in (
        f"8 error: channel_not_set_up(what=channel_of_team(team=it), channel=slack:C2, why={not_set_up})",
        f"10 error: channel_not_set_up(what=channel_of_alerts(team=it), channel=slack:C3, why={not_set_up})",
        "13 hint: person_not_set_up(person=discord:77, platform=discord)",
        f"16 error: channel_not_set_up(what=channel_of_transcripts, channel=slack:C4, why={not_set_up})",
    ):
        assert remark in found
    assert not any("set_up" in remark for remark in remarks(tmp_path, text))


@pytest.mark.parametrize(
    ("name", "example", "found"),
    [
        ("slack:help", "slack:C0123ABCD", "slack_channel_ids"),
        ("discord:help", "discord:1122334455667788990", "discord_channel_ids"),
    ],
)
def test_a_channel_by_its_name_where_an_id_is_needed_is_an_error_that_says_where_the_id_is(
    tmp_path: Path, name: str, example: str, found: str
) -> None:
    platform = name.partition(":")[0]
    by_name = remarks(tmp_path, SMALL.replace("web:help-it", name).replace("web:team-it", f"{name}-team"))
    for line, what, channel in (
        (5, "channel_of_inbox(inbox=help-it)", name),
        (8, "channel_of_team(team=it)", f"{name}-team"),
    ):
        facts = f"what={what}, channel={channel}, platform={platform}, example={example}, where="
        said = f"{line} error: channel_by_name({facts}"
        assert [each for each in by_name if each.startswith(said) and found in each]
    by_id = remarks(tmp_path, SMALL.replace("web:help-it", example))
    assert not any("channel_by_name" in remark for remark in by_id)


def test_what_sets_a_platform_up_is_a_setting() -> None:
    variables = {variable_for(name) for name in Settings.model_fields}
    named = {
        name: each.set_up_by.partition("=")[0] for name, each in KNOWN_PLATFORMS.items() if each.set_up_by
    }
    assert set(named.values()) <= variables
    assert {name for name, each in KNOWN_PLATFORMS.items() if not each.is_machine} == named.keys()


def test_an_admin_whom_the_workspace_does_not_know_is_pointed_at(tmp_path: Path) -> None:
    people = "workspace:\n  people:\n    - {id: bo, name: Bo}\n    - {id: lee, name: Lee}\n"
    found = remarks(tmp_path, with_desk("admins: [web:le]") + people)
    assert any("not_in_workspace(person=web:le, hint=did_you_mean(word=web:lee))" in each for each in found)


def test_an_operator_channel_in_which_requesters_read_is_an_error(tmp_path: Path) -> None:
    found = remarks(tmp_path, with_desk("operator_channel: web:help-it"))
    assert "3 error: operators_in_inbox(inbox=help-it)" in found


@pytest.mark.parametrize(("resolution", "is_told"), [("1h", True), ("4h", False), ("8h", False)])
def test_a_resolution_due_before_the_first_response_is_pointed_at(
    tmp_path: Path, resolution: str, is_told: bool
) -> None:
    policy = f"sla_policies:\n  gold:\n    first_response: {{normal: 4h}}\n    resolution: {{normal: {resolution}}}\n"
    found = remarks(tmp_path, SMALL + policy)
    assert any("warning: resolution_before_response(policy=gold" in each for each in found) is is_told


def test_people_whom_the_workspace_does_not_know_are_pointed_at(tmp_path: Path) -> None:
    people = "workspace:\n  people:\n    - {id: cleo, name: Cleo}\n    - {id: boo, name: Boo}\n"
    assert "9 warning: not_in_workspace(person=web:bo, hint=did_you_mean(word=web:boo))" in remarks(
        tmp_path, SMALL + people
    )


def test_an_assignment_to_somebody_outside_the_team_is_pointed_at(tmp_path: Path) -> None:
    text = with_rules("{name: vpn, when: {words: vpn}, team: network, assign_to: web:bo}")
    assert f"{NEXT + 1} warning: assignee_not_agent(rule=vpn, person=web:bo, team=network)" in remarks(
        tmp_path, text
    )


def test_pings_into_an_intake_channel_are_pointed_at(tmp_path: Path) -> None:
    text = SMALL.replace("team-it\n", "team-it\n    escalation_channel: web:help-it\n")
    assert "7 warning: alerts_in_inbox(team=it)" in remarks(tmp_path, text)


def test_a_team_that_names_no_calendar_among_others_is_pointed_at(tmp_path: Path) -> None:
    text = SMALL + "calendars:\n  office: {zone: Europe/Berlin, week: {mon-fri: 9:00-17:00}}\n"
    said = "team_without_calendar(team="
    assert any(said in remark for remark in remarks(tmp_path, text))
    assert not any(said in remark for remark in remarks(tmp_path, SMALL))


def test_who_is_blocked_and_named_for_something_is_pointed_at(tmp_path: Path) -> None:
    text = with_desk("admins: [web:lea]\n  blocked: [web:lea, web:max]")
    line = text.splitlines().index("  blocked: [web:lea, web:max]") + 1
    assert f"{line} warning: blocked_and_named(person=web:lea, path=desk.admins)" in remarks(tmp_path, text)
    assert not any("web:max" in each for each in remarks(tmp_path, text))


def test_quotes_that_yaml_takes_for_letters_are_pointed_at(tmp_path: Path) -> None:
    text = with_rules("{name: one, when: {pattern: “nobody can”}, team: network}")
    assert f"{NEXT + 1} warning: typographic_quotes(text=“nobody can”)" in remarks(tmp_path, text)
    assert not any("typographic" in each for each in remarks(tmp_path, with_rules("{name: “one, team: it}")))
