"""What stands in `desk.yaml` is what the desk does."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.config.file.hours import spans_of
from bot.domain.calendars.calendar import Calendar
from bot.domain.desk import Desk
from bot.domain.directory import Assignment, ChannelRef, Person, Takes, TeamThread
from bot.domain.routing.quotes import one_quoted
from bot.domain.sentence import sentence
from bot.domain.sla.timer import Measure, Notify, Stage
from bot.domain.tickets.ticket import Priority, Status
from tests.config.desk_files import SMALL, load, request, write

FULL = """\
desk:
  name: Help desk
  ticket_prefix: HD
  language: de
  admins: [web:lee, Boss@Example.com]
  operator_channel: web:operators
  sla_policy: standard
  categories: [Hardware, No]
  commands: {ticket: hilfe, desk-admin: /chef}
inboxes:
  help-it: {channel: web:help-it}
  help-hr: {channel: "slack:C0123", takes: on_request, private: yes, public_by_platform: accepted}
calendars:
  office:
    zone: Europe/Berlin
    week:
      mon-thu: 9:00-12:30, 13:30-17:00
      Friday: 9 – 15.30
      sat, sun: closed
    holidays:
      country: DE
      region: BY
      dates: {2026-12-24: closed, 2026-12-25: 10:00-12:00}
  shifts: {zone: UTC, week: 24x7}
teams:
  it:
    title: Service Desk
    channel: web:team-it
    escalation_channel: web:escalations
    agents: [web:bo, Cleo@Example.com]
    leads: [web:lee]
    calendar: office
    assignment: least_busy
    team_thread: shared
    sla_policy: swift
    closes_after: 2d 12h
  network: {channel: web:team-network}
people:
  groups: {board: [web:dora]}
  tiers: {gold: [dora@example.com]}
routing:
  default_team: network
  rules:
    - name: vip
      when: {group: board, tier: [gold], not: {words: lunch}}
      team: it
      priority: urgent
      tags: vip
      sla_policy: swift
      private: true
      assignment: round_robin
      assign_to: web:bo
    - name: by inbox or category
      when: {any: [{inbox: help-hr}, {category: [No]}, {field: {floor: "3"}}, {pattern: 'pc-\\d+'}]}
      team: it
    - name: night
      when: {outside_hours_of: it, language: de}
sla_policies:
  standard:
    first_response: {urgent: 15m, normal: 1h 30m}
    resolution: 8h
    pauses: {first_response: [pending]}
  swift: {calendar: shifts, first_response: 10m, escalation: tell}
escalation_policies:
  tell:
    - {at: 100%, notify: [escalation_channel, leads]}
    - {at: 50 %}
    - {at: 80%, notify: assignee}
courtesies:
  de: [Servus!]
"""


def full(folder: Path) -> Desk:
    return load_desk(write(folder, FULL), KNOWN_PLATFORMS)


def test_the_desk_has_its_name_prefix_channels_and_commands(tmp_path: Path) -> None:
    desk = full(tmp_path)
    assert (desk.name, desk.prefix, desk.language) == ("Help desk", "HD", "de")
    assert desk.operator_channel == ChannelRef("web", "operators")
    assert desk.command_names == {"ticket": "hilfe", "desk": "desk", "kb": "kb", "desk-admin": "chef"}
    assert desk.categories == ("Hardware", "No")


def test_admins_are_known_by_key_or_by_mail_in_any_letter_case(tmp_path: Path) -> None:
    desk = full(tmp_path)
    assert desk.is_admin(Person(key="web:lee", name="Lee"))
    assert desk.is_admin(Person(key="slack:U1", name="Boss", email="BOSS@example.com"))
    assert not desk.is_admin(Person(key="web:bo", name="Bo"))


def test_a_place_takes_messages_as_it_says(tmp_path: Path) -> None:
    inboxes = full(tmp_path).inboxes
    assert (inboxes["help-it"].takes, inboxes["help-it"].is_private) == (Takes.EVERY_MESSAGE, False)
    assert (inboxes["help-hr"].takes, inboxes["help-hr"].is_private) == (Takes.ON_REQUEST, True)
    assert inboxes["help-hr"].channel == ChannelRef("slack", "C0123")


def test_a_team_is_as_it_says(tmp_path: Path) -> None:
    team = full(tmp_path).teams["it"]
    assert (team.title, team.assignment, team.team_thread) == (
        "Service Desk",
        (Assignment.LEAST_BUSY,),
        TeamThread.SHARED,
    )
    assert team.agents == {"web:bo", "cleo@example.com"}
    assert team.leads == {"web:lee"}
    assert team.escalation_channel == ChannelRef("web", "escalations")
    assert team.closes_after == timedelta(days=2, hours=12)


def test_a_team_that_says_little_works_around_the_clock_and_is_called_by_its_name(tmp_path: Path) -> None:
    team = full(tmp_path).teams["network"]
    assert (team.title, team.assignment, team.team_thread) == (
        "network",
        (Assignment.NONE,),
        TeamThread.INTERNAL,
    )
    assert team.calendar.is_open(datetime(2026, 12, 25, 3, tzinfo=UTC))


def test_the_hours_are_those_of_the_week_with_its_breaks(tmp_path: Path) -> None:
    calendar = full(tmp_path).teams["it"].calendar
    assert calendar.week[0] == ((540, 750), (810, 1020))
    assert calendar.week[4] == ((540, 930),)
    assert not calendar.week.get(5)


def test_public_holidays_are_closed_unless_a_date_says_otherwise(tmp_path: Path) -> None:
    special = full(tmp_path).teams["it"].calendar.special
    this_year = datetime.now(UTC).year
    assert special[date(this_year, 1, 1)] == ()
    assert special[date(this_year, 1, 6)] == ()  # Epiphany: a holiday in Bavaria, not in all of Germany
    assert special[date(2026, 12, 24)] == ()
    assert special[date(2026, 12, 25)] == ((600, 720),)


def test_promises_are_open_time_by_priority(tmp_path: Path) -> None:
    policy = full(tmp_path).sla_policies["standard"]
    assert policy.targets[Measure.FIRST_RESPONSE] == {
        Priority.URGENT: timedelta(minutes=15),
        Priority.NORMAL: timedelta(minutes=90),
    }
    assert policy.targets[Measure.RESOLUTION] == dict.fromkeys(Priority, timedelta(hours=8))
    assert policy.calendar is None


def test_clocks_pause_as_told_or_as_is_usual(tmp_path: Path) -> None:
    policies = full(tmp_path).sla_policies
    assert policies["standard"].pauses == {
        Measure.FIRST_RESPONSE: {Status.PENDING},
        Measure.NEXT_RESPONSE: set(),
        Measure.RESOLUTION: {Status.PENDING, Status.ON_HOLD},
        Measure.PERIODIC_UPDATE: {Status.PENDING},
    }
    assert policies["swift"].pauses[Measure.FIRST_RESPONSE] == {Status.PENDING, Status.ON_HOLD}


def test_escalation_stages_rise_whatever_their_order_in_the_file(tmp_path: Path) -> None:
    assert full(tmp_path).sla_policies["swift"].stages == (
        Stage(share=0.5),
        Stage(share=0.8, notify=(Notify.ASSIGNEE,)),
        Stage(share=1.0, notify=(Notify.ESCALATION_CHANNEL, Notify.LEADS)),
    )


def test_a_policy_without_escalation_only_changes_colours(tmp_path: Path) -> None:
    assert all(not stage.notify for stage in full(tmp_path).sla_policies["standard"].stages)


def test_policies_are_found_by_team_and_by_desk(tmp_path: Path) -> None:
    desk = full(tmp_path)
    assert (desk.team_policies, desk.default_policy) == ({"it": "swift"}, "standard")


def test_a_rule_decides_all_that_it_says(tmp_path: Path) -> None:
    dora = Person(key="web:dora", name="Dora", email="Dora@Example.com")
    asked = request("hello")
    verdict = full(tmp_path).router.route(
        type(asked)(text="hi", platform="web", inbox=None, person=dora, at=asked.at)
    )
    assert (verdict.team, verdict.rule, verdict.priority, verdict.tags) == (
        "it",
        "vip",
        Priority.URGENT,
        ("vip",),
    )
    assert (verdict.sla_policy, verdict.is_private) == ("swift", True)
    assert (verdict.assignment, verdict.assignee) == ((Assignment.ROUND_ROBIN,), "web:bo")
    findings = (
        sentence("routing.group", name="Dora", group="board"),
        sentence("routing.tier", name="Dora", tier="gold"),
        sentence("routing.no_words", words=one_quoted(["lunch"])),
    )
    found = sentence("routing.all", findings=findings)
    assert verdict.why == sentence("team.why_rule", rule="vip", finding=found)


def test_conditions_mean_what_they_say(tmp_path: Path) -> None:
    router = full(tmp_path).router
    assert router.route(request("x", inbox="help-hr")).team == "it"
    assert router.route(request("x", fields={"category": "no"})).team == "it"
    assert router.route(request("x", fields={"floor": "3"})).team == "it"
    assert router.route(request("my PC-17")).team == "it"
    assert router.route(request("lunch")).why == sentence("team.why_no_rule")


def test_courtesies_are_those_built_in_and_those_added(tmp_path: Path) -> None:
    courtesies = full(tmp_path).courtesies
    assert {"servus", "vielen dank", "danke schön", "danke schon"} <= courtesies["de"]
    assert "thanks a lot" in courtesies["en"]
    assert {"en", "de", "fr", "es", "it", "pt", "nl", "pl"} <= set(courtesies)


def test_a_small_desk_needs_little(tmp_path: Path) -> None:
    desk = load(tmp_path, SMALL).desk
    assert (desk.prefix, desk.language, desk.default_policy, desk.sla_policies) == ("IT", "en", None, {})


def test_a_night_shift_is_written_as_it_is_said() -> None:
    night = Calendar(name="night", zone=ZoneInfo("UTC"), week={4: spans_of("22:00-6:00")})
    friday_evening = datetime(2026, 3, 6, 23, 0, tzinfo=UTC)
    assert night.is_open(friday_evening)
    assert night.is_open(friday_evening + timedelta(hours=6))
    assert not night.is_open(friday_evening + timedelta(hours=7))
