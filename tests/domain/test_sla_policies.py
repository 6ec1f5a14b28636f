"""SLA policies: complete copies, their calendars, and what is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.calendar import Calendar
from bot.domain.errors import ConfigurationError
from bot.domain.sla import Measure, SlaPolicy, Stage
from bot.domain.ticket import Priority
from tests.domain.promises import OFFICE, POLICY, policy


def test_a_copy_is_complete_and_always_written_the_same() -> None:
    again = replace(
        POLICY,
        targets={
            key: dict(reversed(list(POLICY.targets[key].items()))) for key in reversed(list(POLICY.targets))
        },
    )

    assert SlaPolicy.from_json(POLICY.to_json()) == POLICY
    assert repr(again.to_json()) == repr(POLICY.to_json())


def test_a_policy_without_calendar_is_copied_too() -> None:
    assert SlaPolicy.from_json(policy(None).to_json()) == policy(None)


def test_a_policy_takes_the_teams_calendar_unless_it_has_its_own() -> None:
    other = Calendar.around_the_clock()

    assert policy(None).on(other).hours is other
    assert POLICY.on(other).hours is OFFICE


@pytest.mark.parametrize("wrong", [(0.8, 0.5), (0.5, 0.5), (0.0, 1.0), (-1.0,)])
def test_stages_that_do_not_rise_are_refused(wrong: tuple[float, ...]) -> None:
    with pytest.raises(ConfigurationError, match="must rise"):
        policy(stages=tuple(Stage(share=share) for share in wrong))


def test_a_target_of_nothing_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="first response for high"):
        replace(POLICY, targets={Measure.FIRST_RESPONSE: {Priority.HIGH: timedelta()}})
