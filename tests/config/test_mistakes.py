"""A mistake in `desk.yaml` is answered with its line, what is wrong, and what would be right."""

from pathlib import Path

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import DeskFileError, load_desk
from bot.text.error_text import in_english
from tests.config.desk_files import SMALL, complaints, write
from tests.said import said

NEXT = len(SMALL.splitlines()) + 1


def test_a_good_file_has_nothing_wrong(tmp_path: Path) -> None:
    assert complaints(tmp_path, SMALL) == []


def test_every_mistake_is_told_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    text = SMALL.replace("name: Help", "nam: Help").replace("default_team: it", "default_team: netwrok")
    text = text.replace("[web:cleo]", "[cleo]")
    assert complaints(tmp_path, text) == [
        (1, "missing(option=name, path=desk)"),
        (2, "not_a_key(option=nam, hint=did_you_mean(word=name))"),
        (12, "not_a_person(text=cleo)"),
        (14, "unknown_team(name=netwrok, hint=did_you_mean(word=network))"),
    ]


def test_the_whole_message_names_file_and_line_for_each(tmp_path: Path) -> None:
    path = write(tmp_path, SMALL.replace("default_team: it", "default_team: netwrok"))
    with pytest.raises(DeskFileError) as caught:
        load_desk(path, KNOWN_PLATFORMS)
    hint = said("configuration.did_you_mean", word="`network`")
    problem = said("configuration.unknown_team", name="`netwrok`", hint=hint)
    assert in_english(caught.value) == said("operations.at_line", file=str(path), line="14", problem=problem)


@pytest.mark.parametrize(
    ("written", "instead", "line", "sentence"),
    [
        ("desk:\n", "desk:\n  ticket_prefix: it-\n", 2, "not_a_prefix(text=it-)"),
        ("desk:\n", "desk:\n  language: english\n", 2, "not_a_language(text=english)"),
        ("desk:\n", "desk:\n  admins: web:lee\n", 2, "must_be_list(option=admins)"),
        ("desk:\n", "desk:\n  sla_policy: fast\n", 2, "unknown_sla_policy(name=fast, hint=none_defined)"),
        ("desk:\n", "desk:\n  commands: {desk: my desk}\n", 2, "not_a_command(text=my desk)"),
        ("inboxes:\n", "places:\n", 3, "key_renamed(option=places, name=inboxes)"),
        ("web:help-it", "'#help-it'", 5, "not_a_channel(text=#help-it, name=help-it)"),
        ("web:help-it", "[web:help-it]", 5, "not_text"),
        ("web:help-it", "web:help-it\n    takes: commands", 6, "not_a_choice(option=takes, value=commands,"),
        ("web:help-it", "web:help-it\n    private: maybe", 6, "must_be_boolean(option=private)"),
        ("web:help-it", "web:help-it\n    reaction: eyes", 6, "reaction_unused"),
        ("web:help-it", "web:help-it\n    takes: on_reaction\n    reaction: ''", 7, "not_a_reaction(text=)"),
        ("web:help-it", "web:help-it\n    takes: on_request\n    bots: true", 7, "bots_unused"),
        ("web:help-it", "web:team-it", 8, "repeated_channel(name=web:team-it, line=5)"),
        ("  help-it:\n    channel: web:help-it", "  help-it:", 4, "empty(option=help-it)"),
        (
            "    channel: web:help-it",
            "    channel: #help-it",
            5,
            "empty_comment(option=channel, text=#help-it)",
        ),
        ("web:team-it", "web:team-it\n    calender: 24x7", 9, "not_a_key(option=calender, hint=did_you_mean("),
        ("web:team-it", "web:team-it\n    calendar: 24x5", 9, "unknown_calendar(name=24x5, hint=did_you_mean("),
        ("web:team-it", "web:team-it\n    closes_after: 5 apples", 9, "not_a_length(text=5 apples,"),
        ("web:team-it", "web:team-it\n    nudges: {}", 9, "nudges_empty"),
        (
            "web:team-it",
            "web:team-it\n    nudges:\n      pending: {nudge_after: 2 hours}",
            10,
            "not_working_days(text=2 hours)",
        ),
        (
            "web:team-it",
            "web:team-it\n    nudges:\n      pending: {nudge_after: [3 days, 1 day]}",
            10,
            "nudges_not_rising",
        ),
        (
            "web:team-it",
            "web:team-it\n    nudges:\n      pending:\n        nudge_after: 5 days\n        resolve_after: 5 days",
            12,
            "resolved_before_nudge(last=5, first=5)",
        ),
        (
            "web:team-it",
            "web:team-it\n    nudges:\n      claims:\n        lapse_after: 1h\n        warn_before: 2h",
            12,
            "warned_before_claim(",
        ),
        ("web:team-it", "web:team-it\n    assignment: random", 9, "not_a_choice(option=assignment,"),
    ],
)  # fmt: skip
def test_desk_places_and_teams(tmp_path: Path, written: str, instead: str, line: int, sentence: str) -> None:
    ((found_line, found),) = complaints(tmp_path, SMALL.replace(written, instead, 1))
    assert found_line == line
    assert found.startswith(sentence)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("{name: a, tema: it}", "not_a_key(option=tema, hint=did_you_mean(word=team))"),
        ("{name: a, team: netwrk}", "unknown_team(name=netwrk, hint=did_you_mean(word=network))"),
        ("{name: a, priority: hihg}", "not_a_choice(option=priority, value=hihg, hint=did_you_mean(word=high))"),
        (f"{{name: a, tags: {[f't{at}' for at in range(21)]}}}", "too_many(option=tags, number=20)"),
        ("{team: it}", "missing(option=name, path=arrow(path=arrow(path=routing, step=rules), step=entry("),
        ("{name: a, when: }", "nothing_here"),
        ("{name: a, when: {}}", "condition_empty"),
        ("{name: a, when: {word: vpn}}", "not_a_key(option=word, hint=did_you_mean(word=words))"),
        ("{name: a, when: {words: []}}", "empty(option=words)"),
        ("{name: a, when: {words: '!?'}}", "word_of_signs(text=!?)"),
        ("{name: a, when: {inbox: help-ti}}", "unknown_inbox(name=help-ti, hint=did_you_mean(word=help-it))"),
        ("{name: a, when: {place: help-it}}", "key_renamed(option=place, name=inbox)"),
        ("{name: a, when: {group: board}}", "unknown_group(name=board, hint=none_defined)"),
        ("{name: a, when: {tier: gold}}", "unknown_tier(name=gold, hint=none_defined)"),
        ("{name: a, when: {category: IT}}", "unknown_category(name=IT, hint=none_defined)"),
        ("{name: a, when: {inside_hours_of: itt}}", "unknown_team(name=itt, hint=did_you_mean(word=it))"),
        ("{name: a, when: {not: {inbx: x}}}", "not_a_key(option=inbx, hint=did_you_mean(word=inbox))"),
        ("{name: a, when: {any: [{all: [{wrods: x}]}]}}", "not_a_key(option=wrods, hint=did_you_mean(word=words))"),
        ("{name: a, when: {pattern: 'a(b'}}", "not_a_pattern_at(pattern=a(b, reason=missing ): a(b, number=2)"),
        ("{name: a, when: {pattern: 'ab)c'}}", "not_a_pattern_at(pattern=ab)c, reason=unexpected ): ab)c, number=3)"),
        (r"{name: a, when: {pattern: 'x\yz'}}", "not_a_pattern_at(pattern=x\\yz, reason=invalid escape sequence:"),
        ("{name: a, when: {pattern: '(?=x)y'}}", "not_a_pattern_at(pattern=(?=x)y, reason=invalid perl operator: ("),
        ("{name: a, when: {pattern: '[a'}}", "not_a_pattern(pattern=[a, reason=missing ]: [a)"),
    ],
)  # fmt: skip
def test_routing_rules(tmp_path: Path, rule: str, sentence: str) -> None:
    ((line, found),) = complaints(tmp_path, f"{SMALL}  rules:\n    - {rule}\n")
    assert line == NEXT + 1
    assert found.startswith(sentence)


def test_two_rules_of_one_name_are_told_apart_by_their_lines(tmp_path: Path) -> None:
    rules = (
        "  rules:\n    - name: vpn\n      when: {words: vpn}\n    - name: vpn\n      when: {words: wifi}\n"
    )
    assert complaints(tmp_path, SMALL + rules) == [(NEXT + 3, f"repeated_rule(name=vpn, line={NEXT + 1})")]


@pytest.mark.parametrize(
    ("lines", "at", "sentence"),
    [
        ("zone: Berlin\nweek: 24x7", 1, "not_a_zone(text=Berlin, hint=did_you_mean(word=Europe/Berlin))"),
        ("zone: GMT+1\nweek: 24x7", 1, "not_a_zone(text=GMT+1, hint=zone_of_offset(zone=Etc/GMT-1))"),
        ("zone: UTC-05:00\nweek: 24x7", 1, "not_a_zone(text=UTC-05:00, hint=zone_of_offset(zone=Etc/GMT+5))"),
        ("zone: UTC+5:30\nweek: 24x7", 1, "not_a_zone(text=UTC+5:30, hint=write_zone"),
        ("zone: MEZ\nweek: 24x7", 1, "not_a_zone(text=MEZ, hint=write_zone"),
        (
            "zone: Europe/Berln\nweek: 24x7",
            1,
            "not_a_zone(text=Europe/Berln, hint=did_you_mean(word=Europe/Berlin))",
        ),
        ("zone: UTC\nweek: 24x8", 2, "no_week"),
        ("zone: UTC\nweek:\n  mondy: 9-17", 3, "not_a_weekday(text=mondy, hint=did_you_mean(word=mon))"),
        (
            "zone: UTC\nweek:\n  mon: 9:00-13:00, 12:00-17:00",
            3,
            "hours_overlap(first=9:00-13:00, last=12:00-17:00)",
        ),
        (
            "zone: UTC\nweek:\n  mon: 13:00-17:00, 9:00-12:00",
            3,
            "hours_overlap(first=13:00-17:00, last=9:00-12:00)",
        ),
        (
            "zone: UTC\nweek:\n  mon: 9:00-9:00",
            3,
            "span_empty(text=9:00-9:00)",
        ),
        ("zone: UTC\nweek:\n  mon: 9:00-25:00", 3, "not_a_time_of_day(text=25:00)"),
        ("zone: UTC\nweek:\n  mon: 9:00", 3, "not_a_span(text=9:00)"),
        ("zone: UTC\nweek:\n  mon: all day", 3, "not_a_span(text=all day)"),
        ("zone: UTC\nweek:\n  mon-wed: 9-17\n  tue: 9-12", 4, "day_twice(day=Tuesday, days=mon-wed)"),
        ("zone: UTC\nweek:\n  mon: closed", 2, "never_open"),
        (
            "zone: UTC\nweek: {mon: 9:00-12:00, 13:00-17:00}",
            2,
            "not_a_weekday(text=13:00, hint=hint_day_quotes)",
        ),
        ("zone: UTC\nweek: 24x7\nholidays: {country: XX}", 3, "no_country(country=XX, hint=write_country)"),
        (
            "zone: UTC\nweek: 24x7\nholidays: {country: DE, region: XX}",
            3,
            "no_region(region=XX, country=DE, choices=BB or BE or",
        ),
        ("zone: UTC\nweek: 24x7\nholidays: {region: BY}", 3, "region_alone"),
        (
            "zone: UTC\nweek: 24x7\nholidays: {dates: {24.12.2026: closed}}",
            3,
            "not_a_date(value=24.12.2026)",
        ),
        ("week: 24x7", 0, "missing(option=zone, path=arrow(path=calendars, step=office))"),
    ],
)
def test_calendars(tmp_path: Path, lines: str, at: int, sentence: str) -> None:
    text = f"{SMALL}calendars:\n  office:\n" + "".join(f"    {line}\n" for line in lines.splitlines())
    found_line, found = complaints(tmp_path, text)[0]
    assert found_line == NEXT + 1 + at
    assert found.startswith(sentence)


@pytest.mark.parametrize(
    ("policy", "sentence"),
    [
        ("{first_response: 1d}", "length_in_days(text=1d, hint=write_open_time)"),
        ("{first_response: 30}", "not_a_length(text=30, hint=write_open_time)"),
        ("{first_response: 0m}", "not_a_length(text=0m, hint=write_open_time)"),
        ("{first_response: {nromal: 1h}}", "key_not_a_choice(value=nromal, hint=did_you_mean(word=normal))"),
        ("{}", "policy_empty"),
        (
            "{next_response: 2h, variants: [{name: a, when: {inbox: help-it}, frist_response: 1h}]}",
            "not_a_key(option=frist_response, hint=did_you_mean(word=first_response))",
        ),
        (
            "{resolution: 8h, elapsed: [reslution]}",
            "not_a_choice(option=elapsed, value=reslution, hint=did_you_mean(word=resolution))",
        ),
        (
            "{resolution: 8h, elapsed: first_response}",
            "elapsed_idle(measure=first_response)",
        ),
        (
            "{resolution: 8h, variants: [{name: vip, first_response: 1h}]}",
            "missing(option=when, path=arrow(path=arrow(path=arrow(",
        ),
        (
            "{resolution: 8h, variants: [{when: {inbox: help-it}}]}",
            "missing(option=name, path=arrow(path=arrow(path=arrow(",
        ),
        (
            "{resolution: 8h, variants: [{name: a, when: {inbox: help-ti}}]}",
            "unknown_inbox(name=help-ti, hint=did_you_mean(word=help-it))",
        ),
        (
            "{resolution: 8h, escalation: tel}",
            "unknown_escalation_policy(name=tel, hint=did_you_mean(word=tell))",
        ),
        ("{resolution: 8h, pauses: {resolution: pending}}", "must_be_list(option=resolution)"),
        (
            "{resolution: 8h, pauses: {resolution: [pendng]}}",
            "not_a_choice(option=resolution, value=pendng, hint=did_you_mean(word=pending))",
        ),
    ],
)
def test_sla_policies(tmp_path: Path, policy: str, sentence: str) -> None:
    escalation = "escalation_policies:\n  tell:\n    - at: 100%\n"
    ((line, found),) = complaints(tmp_path, f"{SMALL}{escalation}sla_policies:\n  fast: {policy}\n")
    assert line == NEXT + 4
    assert found.startswith(sentence)


@pytest.mark.parametrize(
    ("stages", "sentence"),
    [
        ("[{at: 0.8}]", "not_a_share(text=0.8)"),
        (
            "[{at: 80%, notify: boss}]",
            "not_a_choice(option=notify, value=boss, hint=choose(choices=assignee or",
        ),
        ("[{at: 80%}, {at: 80%}]", "stage_twice(stage=80%)"),
        ("[{left: 30}]", "not_a_length(text=30, hint=write_open_time)"),
        ("[{left: 30m}, {left: 0h 30m}]", "stage_twice_left(left=0:30:00)"),
        (
            "[{at: 80%, left: 30m}]",
            "stage_time",
        ),
        (
            "[{notify: leads}]",
            "stage_time",
        ),
        (
            "[{at: 80%, page: sometimes}]",
            "not_a_choice(option=page, value=sometimes, hint=choose(choices=always or s",
        ),
        ("[]", "empty(option=tell)"),
    ],
)
def test_escalation_policies(tmp_path: Path, stages: str, sentence: str) -> None:
    ((line, found),) = complaints(tmp_path, f"{SMALL}escalation_policies:\n  tell: {stages}\n")
    assert line == NEXT + 1
    assert found.startswith(sentence)


def test_people_of_the_workspace_have_names_of_their_own(tmp_path: Path) -> None:
    people = "    - {id: ana, name: Ana}\n    - {id: ana, name: Anna}\n    - {id: Ü, name: U}\n"
    assert complaints(tmp_path, f"{SMALL}workspace:\n  people:\n{people}") == [
        (NEXT + 3, f"repeated_person(name=ana, line={NEXT + 2})"),
        (NEXT + 4, "must_fit(option=id, value=Ü)"),
    ]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            "{name: Asset tag, label: Asset}",
            "not_a_field_name(text=Asset tag)",
        ),
        ("{name: text, label: Words}", "field_reserved(text=text)"),
        ("{name: a, label: A, kind: choice}", "choices_missing(kind=choice)"),
        ("{name: a, label: A, choices: [x]}", "choices_unused"),
        (
            "{name: a, label: A, kind: choice, choices: [x], choice_labels: {y: {de: z}}}",
            "label_of_no_choice(text=y)",
        ),
        (
            "{name: a, label: A, kind: dat}",
            "not_a_choice(option=kind, value=dat, hint=did_you_mean(word=date))",
        ),
        (
            "{name: a}",
            "missing(option=label, path=arrow(path=arrow(path=forms, step=Hardware), step=entry(number=1)))",
        ),
    ],
)
def test_forms(tmp_path: Path, fields: str, sentence: str) -> None:
    text = SMALL.replace("desk:\n", "desk:\n  categories: [Hardware]\n", 1)
    ((_, found),) = complaints(tmp_path, f"{text}\nforms:\n  Hardware:\n    - {fields}\n")
    assert found.startswith(sentence)


def test_a_form_is_for_a_category_that_there_is_and_asks_each_question_once(tmp_path: Path) -> None:
    text = SMALL.replace("desk:\n", "desk:\n  categories: [Hardware]\n", 1)
    ((_, unknown),) = complaints(tmp_path, f"{text}\nforms:\n  Hardwear:\n    - {{name: a, label: A}}\n")
    assert unknown == "unknown_category(name=Hardwear, hint=did_you_mean(word=Hardware))"
    twice = "    - {name: a, label: A}\n    - {name: a, label: B}\n"
    ((_, repeated),) = complaints(tmp_path, f"{text}\nforms:\n  Hardware:\n{twice}")
    assert repeated.startswith("repeated_field(name=a, line=")
