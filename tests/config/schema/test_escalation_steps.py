"""`steps` under a stage: what they become, and what is said about steps that cannot be taken."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.config import check_desk
from bot.domain.escalations.escalation import Step, StepPlan, StepRecipient
from bot.domain.tickets.ticket import Priority
from tests.config.desk_files import SMALL, complaints, in_short, load

SLA = """\
sla_policies:
  standard:
    first_response: 4h
    escalation: tell
escalation_policies:
  tell:
    - at: 80%
      notify: escalation_channel
"""
WITH_DEFAULT = SMALL.replace("  name: Help desk", "  name: Help desk\n  sla_policy: standard")


def desk_file(steps: str, *, more: str = "") -> str:
    return WITH_DEFAULT + more + SLA + steps


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def test_steps_become_a_step_plan_that_repeats_its_last_step(tmp_path: Path) -> None:
    steps = """\
      page: always
      steps:
        - {after: 10m, mention: [assignee, leads]}
        - {after: 1h, direct: leads, priority: urgent, transfer: network}
      repeat: {every: 30m, times: 3}
"""
    policy = load(tmp_path, desk_file(steps)).desk.sla_policies["standard"]
    assert policy.stages[0].step_plan == StepPlan(
        steps=(
            Step(after=minutes(10), mentions=(StepRecipient.ASSIGNEE, StepRecipient.LEADS)),
            Step(
                after=minutes(60),
                directs=(StepRecipient.LEADS,),
                priority=Priority.URGENT,
                transfer="network",
            ),
        ),
        repeat_every=minutes(30),
        repeats=3,
        pages_always=True,
    )
    assert type(policy).from_json(policy.to_json()) == policy


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ("      steps: [{after: 10m}]\n", "step_empty"),
        (
            "      steps:\n        - {after: 10m, mention: leads}\n        - {after: 5m, mention: leads}\n",
            "steps_order",
        ),
        ("      repeat: {every: 10m}\n", "nothing_to_repeat"),
        (
            "      steps: [{after: 10m, transfer: netwrk}]\n",
            "unknown_team(name=netwrk, hint=did_you_mean(word=network))",
        ),
        ("      steps: [{after: 10m, webhook: pager}]\n", "unknown_webhook(name=pager, hint=none_defined)"),
        (
            "      steps: [{after: 10m, mention: everybody}]\n",
            "not_a_choice(option=mention, value=everybody, hint=choose(",
        ),
        ("      steps: [{after: soon, mention: leads}]\n", "not_a_length(text=soon, hint=write_open_time)"),
    ],
)
def test_steps_that_cannot_be_taken_are_named_with_their_line(
    tmp_path: Path, steps: str, sentence: str
) -> None:
    text = desk_file(steps)
    ((line, found),) = complaints(tmp_path, text)
    assert found.startswith(sentence)
    assert line >= len(desk_file("").splitlines())


def remarks(folder: Path, text: str) -> list[str]:
    found = check_desk(load(folder, text))
    return [f"{finding.line} {finding.severity}: {in_short(finding.sentence)}" for finding in found]


def test_steps_in_circles_are_pointed_at(tmp_path: Path) -> None:
    there = "      steps: [{after: 10m, transfer: network}, {after: 20m, transfer: it}]\n"
    text = desk_file(there)
    line = len(text.splitlines())
    circles = [each for each in remarks(tmp_path, text) if "circle" in each]
    assert circles, remarks(tmp_path, text)
    assert all(each.startswith(f"{line} error: steps_circle(path=arrow(path=arrow(") for each in circles)


def test_steps_that_go_up_once_are_fine(tmp_path: Path) -> None:
    up = SLA.replace("  standard:", "  one:", 1).replace("tell", "up")
    more = up.partition("escalation_policies:\n")
    sla = SLA.replace(
        "escalation_policies:\n", more[0].removeprefix("sla_policies:\n") + "escalation_policies:\n"
    )
    text = WITH_DEFAULT.replace("  sla_policy: standard", "  sla_policy: standard", 1)
    text = text.replace("  it:\n", "  it:\n    sla_policy: one\n", 1)
    text += sla + "  up:\n    - {at: 80%, steps: [{after: 10m, transfer: network}]}\n"
    assert [each for each in remarks(tmp_path, text) if "circle" in each] == []


def test_people_whom_no_team_has_are_pointed_at(tmp_path: Path) -> None:
    text = desk_file("      steps: [{after: 10m, mention: [on_call, leads_of_leads]}]\n")
    line = len(text.splitlines())
    found = remarks(tmp_path, text)
    assert f"{line} warning: step_unanswered(who=on_call, team=it, option=rota)" in found
    unanswered = "step_unanswered(who=leads_of_leads, team=it, option=leads_of_leads)"
    assert f"{line} warning: {unanswered}" in found


def test_a_stage_that_calls_whoever_is_on_call_where_nobody_ever_is_is_pointed_at(tmp_path: Path) -> None:
    text = desk_file("").replace("notify: escalation_channel", "notify: [escalation_channel, on_call]")
    found = remarks(tmp_path, text)
    line = len(text.splitlines())
    assert f"{line} warning: stage_unanswered(who=on_call, team=it, option=rota)" in found
