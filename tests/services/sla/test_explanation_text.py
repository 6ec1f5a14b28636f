"""An account in words: lengths that add up as they are shown, and who is told what chose the policy."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.sla.ledger import LedgerLine, Reason
from bot.domain.tickets.ticket import Priority
from bot.messages.plain import plain
from bot.services.sla.explanation import TimerExplanation
from bot.services.sla.explanation_text import Reader, clock_in_words, shown_seconds
from bot.text.amounts import exact_length
from tests.domain.sla.random_lives import Life
from tests.domain.sla.sample_policies import POLICY, hours, on
from tests.domain.sla.test_ledger import resolution
from tests.said import said

SECOND = timedelta(seconds=1)


def account(life: Life, *, sees_policy: bool = True) -> str:
    replayed = resolution(life)
    elapsed = replayed.timer.elapsed(life.now, policy=replayed.policy)
    clock = TimerExplanation(timer=replayed.timer, elapsed=elapsed, replayed=replayed)
    return plain(
        clock_in_words(clock, life.ticket, Reader(language="en", zone=None, sees_policy=sees_policy))
    )


def headed(verdict: str, **facts: str) -> str:
    """How the account of a resolution with this verdict begins."""
    return said("sla.clock", measure="Resolution", verdict=said(verdict, **facts)) + "\n"


def promised(key: str, length: str) -> str:
    """What a line says of the target, between when and why."""
    target = said("sla.of_business_hours", length=length)
    return said(key, at="", target=target, why="").removeprefix(": ").removesuffix(" ().")


def test_lengths_are_told_in_hours_minutes_and_seconds() -> None:
    assert [exact_length(seconds, "en") for seconds in (0, 40, 3_600, 93_905)] == [
        "0 s",
        "40 s",
        "1 h",
        "26 h 5 min 5 s",
    ]


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.sampled_from([Reason.COUNTED, Reason.BREAK]), st.timedeltas(timedelta(), hours(9))))
)
def test_shown_lengths_add_up_to_the_shown_sum(parts: list[tuple[Reason, timedelta]]) -> None:
    lines = [
        LedgerLine(since=on("fri 9:00"), until=on("fri 9:00"), reason=why, length=each) for why, each in parts
    ]
    shown = list(shown_seconds(lines))
    whole = sum((each for why, each in parts if why is Reason.COUNTED), timedelta())
    counted = [each for each, (why, _) in zip(shown, parts, strict=True) if why is Reason.COUNTED]
    assert sum(counted) == whole // SECOND


def test_the_policy_and_what_chose_it_are_told_to_the_team_alone() -> None:
    life = Life.begun(POLICY, at=on("fri 10:00"))
    life.passes(hours(1))
    assert f"{said('sla.policy', policy='standard')}; {said('sla.why_default')}" in account(life)
    assert "policy" not in account(life, sees_policy=False)


def test_a_variant_is_told_by_its_name() -> None:
    life = Life.begun(replace(POLICY, variant="vip"), at=on("fri 10:00"))
    life.passes(hours(1))
    assert said("sla.policy_variant", policy="standard", variant="vip") in account(life)


def test_a_promise_that_the_new_priority_does_not_have_is_said_to_be_over() -> None:
    life = Life.begun(POLICY, at=on("fri 10:00"))
    life.passes(hours(1))
    life.does(life.ticket.set_priority(Priority.LOW, actor="web:ben", at=life.now))
    life.passes(hours(1))
    assert account(life).startswith(headed("sla.no_target", priority="low"))


def test_a_paused_clock_says_what_is_left_and_a_late_one_how_late() -> None:
    life = Life.begun(POLICY, at=on("fri 10:00"), to="web:ben")
    life.passes(hours(1))
    life.does(life.ticket.wait(actor="web:ben", at=life.now))
    life.passes(hours(1))
    assert account(life).startswith(headed("sla.paused", left=said("sla.of_business_hours", length="15 h")))
    life.asks()
    life.passes(timedelta(days=6))
    assert account(life).startswith(
        headed(
            "sla.overdue",
            at=f"{on('tue 11:00'):%Y-%m-%d %H:%M} UTC",
            late=said("sla.of_business_hours", length="17 h"),
        )
    )


def test_of_many_changes_the_first_promise_and_the_last_changes_are_told() -> None:
    life = Life.begun(POLICY, at=on("fri 10:00"))
    for _ in range(6):
        for priority in (Priority.URGENT, Priority.NORMAL):
            life.passes(timedelta(minutes=1))
            life.does(life.ticket.set_priority(priority, actor="web:ben", at=life.now))
    told = account(life).splitlines()
    assert [line.partition(": ")[2].partition(" (")[0] for line in told if "business hours (" in line] == [
        promised("sla.target", "16 h"),
        *[promised("sla.target_changed", length) for length in ("16 h", "4 h", "16 h", "4 h", "16 h")],
    ]
    assert said("sla.more_changes", count=7, number=5) in told


def test_a_stretch_over_days_names_both_days_and_one_within_a_day_neither() -> None:
    reader = Reader(language="en", zone="Europe/Lisbon", sees_policy=False)
    assert [each.words for each in reader.span(on("fri 9:00"), on("fri 17:00"))] == ["", ""]
    assert all(each.words for each in reader.span(on("fri 18:00"), on("mon 9:00")))
