"""SLA policies: complete copies, their calendars, and what is refused."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.calendars.calendar import Calendar
from bot.domain.errors import ConfigurationError
from bot.domain.sla.timer import Measure, SlaPolicy, Stage
from bot.domain.tickets.ticket import Priority
from tests.domain.sla.sample_policies import CHANNEL, LEADS, OFFICE, POLICY, on, policy, started


def test_a_copy_is_complete_and_always_written_the_same() -> None:
    again = replace(
        POLICY,
        targets={
            key: dict(reversed(list(POLICY.targets[key].items()))) for key in reversed(list(POLICY.targets))
        },
    )

    assert SlaPolicy.from_json(POLICY.to_json()) == POLICY
    assert repr(again.to_json()) == repr(POLICY.to_json())


def test_a_copy_knows_its_variant_whose_time_passes_and_when_the_team_is_there() -> None:
    stages = (
        Stage(left=timedelta(minutes=90), notify=(CHANNEL,)),
        Stage(share=1.0, notify=(LEADS,), pages_always=True),
    )
    elapsed = frozenset({Measure.RESOLUTION})
    full = replace(POLICY, variant="vip", elapsed=elapsed, stages=stages).on(Calendar.around_the_clock())

    again = SlaPolicy.from_json(json.loads(json.dumps(full.to_json())))

    assert again == full
    assert (again.staffed_hours.name, again.hours.name) == ("24x7", "office")


def test_a_copy_from_before_there_were_variants_is_read() -> None:
    body = POLICY.to_json()
    for key in ("variant", "staffed", "elapsed"):
        del body[key]

    assert SlaPolicy.from_json(body) == POLICY


def test_a_team_with_the_policys_own_hours_needs_no_second_copy_of_them() -> None:
    assert POLICY.on(replace(OFFICE)) is POLICY


def test_elapsed_time_passes_at_night_and_business_time_does_not() -> None:
    by = replace(POLICY, elapsed=frozenset({Measure.RESOLUTION}))

    assert started(on("fri 16:00"), by=by).due_at == on("fri 20:00")
    assert by.hours_of(Measure.FIRST_RESPONSE) is OFFICE


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        (Stage(), "stages_time"),
        (Stage(share=0.5, left=timedelta(hours=1)), "stages_time"),
        (Stage(left=timedelta()), "stage_left_empty"),
    ],
)
def test_a_stage_that_is_at_no_time_or_at_two_is_refused(stage: Stage, words: str) -> None:
    with pytest.raises(ConfigurationError, match=words):
        policy(stages=(stage,))


def test_a_policy_without_calendar_is_copied_too() -> None:
    assert SlaPolicy.from_json(policy(None).to_json()) == policy(None)


def test_a_policy_takes_the_teams_calendar_unless_it_has_its_own() -> None:
    other = Calendar.around_the_clock()

    assert policy(None).on(other).hours is other
    assert POLICY.on(other).hours is OFFICE


@pytest.mark.parametrize("wrong", [(0.8, 0.5), (0.5, 0.5), (0.0, 1.0), (-1.0,)])
def test_stages_that_do_not_rise_are_refused(wrong: tuple[float, ...]) -> None:
    with pytest.raises(ConfigurationError, match="stages_order"):
        policy(stages=tuple(Stage(share=share) for share in wrong))


def test_a_target_of_nothing_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="measure=first_response, priority=high"):
        replace(POLICY, targets={Measure.FIRST_RESPONSE: {Priority.HIGH: timedelta()}})
