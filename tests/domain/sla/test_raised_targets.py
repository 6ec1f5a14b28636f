"""A raised priority: its target counts from the raise, or from the opening where the policy says so."""

from datetime import timedelta

from bot.domain.sla.policy import SlaPolicy, TargetStart
from tests.domain.sla.sample_policies import POLICY, STAGES, hours, on, policy, started


class TestRaised:
    """By a policy that counts from the raise, as it does where nothing else is said."""

    def test_a_raised_priority_gives_the_team_its_whole_target_from_then_on(self) -> None:
        timer = started(on("thu 9:00"), target=hours(8))

        timer.retarget(POLICY, target=hours(1), at=on("thu 12:00"))

        assert (timer.due_at, timer.target) == (on("thu 13:00"), hours(4))
        assert (timer.policy_target, timer.counts_from) == (hours(1), hours(3))
        assert timer.fire(on("thu 12:01"), policy=POLICY)[-1].stage.share == 0.5

    def test_raised_shortly_before_it_is_due_nothing_is_due_later_than_it_was(self) -> None:
        timer = started(on("thu 9:00"))

        timer.retarget(POLICY, target=hours(2), at=on("thu 12:30"))

        assert timer.due_at == on("thu 13:00")

    def test_told_again_the_same_priority_changes_nothing(self) -> None:
        timer = started(on("thu 9:00"), target=hours(8))
        timer.retarget(POLICY, target=hours(1), at=on("thu 12:00"))
        before = timer.due_at

        timer.retarget(POLICY, target=hours(1), at=on("thu 12:30"), successor=POLICY)

        assert timer.due_at == before

    def test_lowered_again_it_counts_from_the_opening_and_is_due_no_earlier(self) -> None:
        timer = started(on("thu 9:00"), target=hours(6))
        timer.retarget(POLICY, target=hours(1), at=on("thu 12:00"))

        timer.retarget(POLICY, target=hours(2), at=on("thu 12:10"))
        assert timer.due_at == on("thu 13:00")
        timer.retarget(POLICY, target=hours(6), at=on("thu 12:20"))

        assert (timer.due_at, timer.counts_from) == (on("thu 15:00"), timedelta())

    def test_another_policy_leaves_out_what_was_spent_before_the_raise_too(self) -> None:
        timer = started(on("thu 9:00"), target=hours(8))
        timer.retarget(POLICY, target=hours(1), at=on("thu 12:00"))

        timer.retarget(POLICY, target=hours(2), at=on("thu 12:30"), successor=policy(stages=STAGES[1:]))

        assert timer.due_at == on("thu 14:00")

    def test_a_broken_promise_stays_broken_and_its_own(self) -> None:
        timer = started(on("thu 9:00"))

        timer.retarget(POLICY, target=hours(1), at=on("thu 14:00"))

        assert (timer.due_at, timer.counts_from) == (on("thu 13:00"), timedelta())


def test_a_copy_of_a_policy_from_before_priorities_could_count_from_their_raise_counts_from_the_opening() -> (
    None
):
    body = {name: value for name, value in POLICY.to_json().items() if name != "raised"}
    assert SlaPolicy.from_json(body).raised is TargetStart.FROM_OPENING
    assert SlaPolicy.from_json(POLICY.to_json()).raised is TargetStart.FROM_RAISE
