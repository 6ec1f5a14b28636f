"""SLA policies of `desk.yaml`: every measure, variants, passing time, and stages of both kinds."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.caches.policy_snapshots import policy_for
from bot.config import check_desk
from bot.domain.directory import Person
from bot.domain.routing.request import Request
from bot.domain.sentence import sentence
from bot.domain.sla.policy_choice import PolicyChoice
from bot.domain.sla.timer import Measure, Notify, Stage
from bot.domain.tickets.ticket import Priority, Status
from bot.text.error_text import english
from tests.config.desk_files import SMALL, complaints, load

POLICIES = """\
calendars:
  office: {zone: Europe/Berlin, week: {mon-fri: 9:00-17:00}}
people:
  tiers: {gold: [web:dora]}
sla_policies:
  standard:
    first_response: {urgent: 15m, normal: 4h}
    next_response: 2h
    resolution: 72h
    periodic_update: {urgent: 30m}
    elapsed: [resolution, periodic_update]
    escalation: tell
    variants:
      - name: gold
        when: {tier: gold}
        first_response: {urgent: 5m}
        calendar: 24x7
        escalation: shout
      - name: helpers
        when: {inbox: help-it}
        resolution: {normal: 8h}
        elapsed: []
escalation_policies:
  tell:
    - {at: 120%, notify: leads}
    - {at: 100%, notify: escalation_channel, page: always}
    - {left: 30m, notify: escalation_channel}
    - {left: 2h, notify: assignee}
    - {at: 50%}
  shout: [{at: 10%, notify: leads}]
"""
FULL = SMALL.replace("  name: Help desk", "  name: Help desk\n  sla_policy: standard") + POLICIES


def chosen(folder: Path, *, who: str, inbox: str | None) -> PolicyChoice:
    desk = load(folder, FULL).desk
    request = Request(
        text="help",
        platform="web",
        inbox=inbox,
        person=Person(key=who, name="Dora" if who == "web:dora" else "Ana"),
        at=datetime(2026, 3, 2, 12, tzinfo=UTC),
    )
    choice = policy_for(desk, desk.teams["it"], request=lambda: request)
    assert choice is not None
    return choice


def test_every_measure_may_be_promised(tmp_path: Path) -> None:
    policy = load(tmp_path, FULL).desk.sla_policies["standard"]

    assert policy.targets[Measure.NEXT_RESPONSE] == dict.fromkeys(Priority, timedelta(hours=2))
    assert policy.targets[Measure.PERIODIC_UPDATE] == {Priority.URGENT: timedelta(minutes=30)}
    assert policy.elapsed == {Measure.RESOLUTION, Measure.PERIODIC_UPDATE}
    assert policy.is_paused(Measure.PERIODIC_UPDATE, Status.PENDING)
    assert not policy.is_paused(Measure.NEXT_RESPONSE, Status.PENDING)


def test_stages_stand_in_order_whatever_their_order_in_the_file(tmp_path: Path) -> None:
    assert load(tmp_path, FULL).desk.sla_policies["standard"].stages == (
        Stage(share=0.5),
        Stage(left=timedelta(hours=2), notify=(Notify.ASSIGNEE,)),
        Stage(left=timedelta(minutes=30), notify=(Notify.ESCALATION_CHANNEL,)),
        Stage(share=1.0, notify=(Notify.ESCALATION_CHANNEL,), pages_always=True),
        Stage(share=1.2, notify=(Notify.LEADS,)),
    )


def test_without_a_variant_that_fits_the_policy_itself_is_taken(tmp_path: Path) -> None:
    choice = chosen(tmp_path, who="web:ana", inbox=None)

    assert (choice.policy.variant, choice.why) == (None, sentence("sla.why_default"))


def test_a_tier_is_promised_more_and_what_the_variant_leaves_out_is_as_in_the_policy(tmp_path: Path) -> None:
    choice = chosen(tmp_path, who="web:dora", inbox="help-it")

    policy = choice.policy
    assert (policy.name, policy.variant) == ("standard", "gold")
    assert choice.why == sentence(
        "sla.why_variant",
        why=sentence("sla.why_default"),
        variant="gold",
        finding="Dora has the tier gold",
    )
    assert policy.targets[Measure.FIRST_RESPONSE] == {
        Priority.URGENT: timedelta(minutes=5),
        Priority.NORMAL: timedelta(hours=4),
    }
    assert policy.targets[Measure.RESOLUTION][Priority.LOW] == timedelta(hours=72)
    assert policy.elapsed == {Measure.RESOLUTION, Measure.PERIODIC_UPDATE}
    assert policy.hours.name == "24x7"
    assert policy.stages == (Stage(share=0.1, notify=(Notify.LEADS,)),)


def test_a_place_is_promised_something_else_and_its_time_is_business_time(tmp_path: Path) -> None:
    policy = chosen(tmp_path, who="web:ana", inbox="help-it").policy

    assert (policy.variant, policy.elapsed) == ("helpers", frozenset())
    assert policy.target(Measure.RESOLUTION, Priority.NORMAL) == timedelta(hours=8)
    assert policy.target(Measure.RESOLUTION, Priority.URGENT) == timedelta(hours=72)


def test_two_variants_of_one_name_are_told_apart_by_their_lines(tmp_path: Path) -> None:
    text = FULL.replace("- name: helpers", "- name: gold")
    first = FULL.splitlines().index("      - name: gold") + 1

    ((line, sentence),) = complaints(tmp_path, text)

    assert line > first
    assert sentence == f"variant `gold` is taken by line {first} already; each needs its own"


def test_what_only_a_variant_uses_is_used(tmp_path: Path) -> None:
    remarks = [english(finding.sentence) for finding in check_desk(load(tmp_path, FULL))]

    assert not any("`shout`" in each for each in remarks)
    assert "nothing uses `office` of `calendars`" in remarks
