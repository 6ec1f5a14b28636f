"""A mistake in `desk.yaml` is answered with its line, what is wrong, and what would be right."""

from pathlib import Path

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import DeskFileError, load_desk
from tests.config.desk_files import SMALL, complaints, write

NEXT = len(SMALL.splitlines()) + 1


def test_a_good_file_has_nothing_wrong(tmp_path: Path) -> None:
    assert complaints(tmp_path, SMALL) == []


def test_every_mistake_is_told_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    text = SMALL.replace("name: Help", "nam: Help").replace("default_team: it", "default_team: netwrok")
    text = text.replace("[web:cleo]", "[cleo]")
    assert complaints(tmp_path, text) == [
        (1, "`name` is missing in `desk`"),
        (2, "`nam` is not a key here; did you mean `name`?"),
        (12, "`cleo` is not a person; write `platform:id`, for example `web:ana`, or an e-mail address"),
        (14, "team `netwrok` is not defined; did you mean `network`?"),
    ]


def test_the_whole_message_names_file_and_line_for_each(tmp_path: Path) -> None:
    path = write(tmp_path, SMALL.replace("default_team: it", "default_team: netwrok"))
    with pytest.raises(DeskFileError) as caught:
        load_desk(path, KNOWN_PLATFORMS)
    assert caught.value.sentence == f"{path}, line 14: team `netwrok` is not defined; did you mean `network`?"


@pytest.mark.parametrize(
    ("written", "instead", "line", "sentence"),
    [
        ("desk:\n", "desk:\n  ticket_prefix: it-\n", 2, "`it-` is not a ticket prefix; write 1 to 10 capital"),
        ("desk:\n", "desk:\n  language: english\n", 2, "`english` is not a language; write its two-letter code"),
        ("desk:\n", "desk:\n  admins: web:lee\n", 2, "`admins` must be a list: one entry a line"),
        ("desk:\n", "desk:\n  sla_policy: fast\n", 2, "SLA policy `fast` is not defined; the file defines none"),
        ("desk:\n", "desk:\n  commands: {desk: my desk}\n", 2, "`my desk` is not a command name"),
        ("inboxes:\n", "places:\n", 3, "`places` is called `inboxes` now; rename the key"),
        ("web:help-it", "'#help-it'", 5, "`#help-it` is not a channel; write `platform:channel`, for example `web:"),
        ("web:help-it", "[web:help-it]", 5, "a single text belongs here"),
        ("web:help-it", "web:help-it\n    takes: commands", 6, "`commands` is no choice for `takes`; did you mean"),
        ("web:help-it", "web:help-it\n    private: maybe", 6, "`private` must be `true` or `false`"),
        ("web:help-it", "web:help-it\n    reaction: eyes", 6, "`reaction` is only for `takes: on_reaction`"),
        ("web:help-it", "web:help-it\n    takes: on_reaction\n    reaction: ''", 7, "`` is not a reaction; write"),
        ("web:help-it", "web:help-it\n    takes: on_request\n    bots: true", 7, "`bots` is only for `takes: every_"),
        ("web:help-it", "web:team-it", 8, "channel `web:team-it` is taken by line 5 already"),
        ("  help-it:\n    channel: web:help-it", "  help-it:", 4, "`help-it` is empty; fill it in or leave it out"),
        ("web:team-it", "web:team-it\n    calender: 24x7", 9, "`calender` is not a key here; did you mean `cal"),
        ("web:team-it", "web:team-it\n    calendar: 24x5", 9, "calendar `24x5` is not defined; did you mean `24x7`?"),
        ("web:team-it", "web:team-it\n    closes_after: 5 apples", 9, "`5 apples` is not a length of time"),
        ("web:team-it", "web:team-it\n    assignment: random", 9, "`random` is no choice for `assignment`; write"),
    ],
)  # fmt: skip
def test_desk_places_and_teams(tmp_path: Path, written: str, instead: str, line: int, sentence: str) -> None:
    ((found_line, found),) = complaints(tmp_path, SMALL.replace(written, instead, 1))
    assert found_line == line
    assert found.startswith(sentence)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("{name: a, tema: it}", "`tema` is not a key here; did you mean `team`?"),
        ("{name: a, team: netwrk}", "team `netwrk` is not defined; did you mean `network`?"),
        ("{name: a, priority: hihg}", "`hihg` is no choice for `priority`; did you mean `high`?"),
        (f"{{name: a, tags: {[f't{at}' for at in range(21)]}}}", "`tags`: list should have at most 20 items"),
        ("{team: it}", "`name` is missing in `routing` → `rules` → entry 1"),
        ("{name: a, when: }", "nothing stands here; leave the key out, or check the indentation"),
        ("{name: a, when: {}}", "this condition asks nothing; leave `when` out for a rule that takes everything"),
        ("{name: a, when: {word: vpn}}", "`word` is not a key here; did you mean `words`?"),
        ("{name: a, when: {words: []}}", "`words` is empty; fill it in or leave it out"),
        ("{name: a, when: {words: '!?'}}", "`!?` has no letter or digit, so it never matches"),
        ("{name: a, when: {inbox: help-ti}}", "inbox `help-ti` is not defined; did you mean `help-it`?"),
        ("{name: a, when: {place: help-it}}", "`place` is called `inbox` now; rename the key"),
        ("{name: a, when: {group: board}}", "group `board` is not defined; the file defines none"),
        ("{name: a, when: {tier: gold}}", "tier `gold` is not defined; the file defines none"),
        ("{name: a, when: {category: IT}}", "category `IT` is not defined; the file defines none"),
        ("{name: a, when: {inside_hours_of: itt}}", "team `itt` is not defined; did you mean `it`?"),
        ("{name: a, when: {not: {inbx: x}}}", "`inbx` is not a key here; did you mean `inbox`?"),
        ("{name: a, when: {any: [{all: [{wrods: x}]}]}}", "`wrods` is not a key here; did you mean `words`?"),
        ("{name: a, when: {pattern: 'a(b'}}", "`a(b` is not an RE2 pattern: missing ): a(b (at character 2)"),
        ("{name: a, when: {pattern: 'ab)c'}}", "`ab)c` is not an RE2 pattern: unexpected ): ab)c (at character 3)"),
        (r"{name: a, when: {pattern: 'x\yz'}}", r"`x\yz` is not an RE2 pattern: invalid escape sequence: \y (at c"),
        ("{name: a, when: {pattern: '(?=x)y'}}", "`(?=x)y` is not an RE2 pattern: invalid perl operator: (?= (at"),
        ("{name: a, when: {pattern: '[a'}}", "`[a` is not an RE2 pattern: missing ]: [a"),
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
    assert complaints(tmp_path, SMALL + rules) == [
        (NEXT + 3, f"rule `vpn` is taken by line {NEXT + 1} already; each needs its own")
    ]


@pytest.mark.parametrize(
    ("lines", "at", "sentence"),
    [
        ("zone: Berlin\nweek: 24x7", 1, "`Berlin` is not a time zone; did you mean `Europe/Berlin`?"),
        (
            "zone: Europe/Berln\nweek: 24x7",
            1,
            "`Europe/Berln` is not a time zone; did you mean `Europe/Berlin`?",
        ),
        ("zone: UTC\nweek: 24x8", 2, "a week belongs here: `24x7`, or a line for each group of days"),
        ("zone: UTC\nweek:\n  mondy: 9-17", 3, "`mondy` is not a weekday; did you mean `mon`?"),
        (
            "zone: UTC\nweek:\n  mon: 9:00-13:00, 12:00-17:00",
            3,
            "the hours 9:00-13:00 and 12:00-17:00 overlap",
        ),
        (
            "zone: UTC\nweek:\n  mon: 13:00-17:00, 9:00-12:00",
            3,
            "the hours 13:00-17:00 and 9:00-12:00 overlap or",
        ),
        (
            "zone: UTC\nweek:\n  mon: 9:00-9:00",
            3,
            "`9:00-9:00` is no time at all; for a whole day write `0:00-24:00`",
        ),
        ("zone: UTC\nweek:\n  mon: 9:00-25:00", 3, "`25:00` is not a time of day; write 0:00 to 24:00"),
        ("zone: UTC\nweek:\n  mon: 9:00", 3, "`9:00` is not a span of hours; write it like `9:00-17:00`"),
        ("zone: UTC\nweek:\n  mon: all day", 3, "`all day` is not a span of hours"),
        ("zone: UTC\nweek:\n  mon-wed: 9-17\n  tue: 9-12", 4, "Tuesday has its hours in `mon-wed` already"),
        ("zone: UTC\nweek:\n  mon: closed", 2, "this week has no open minute"),
        (
            "zone: UTC\nweek: {mon: 9:00-12:00, 13:00-17:00}",
            2,
            "`13:00` is not a weekday; inside braces, put",
        ),
        ("zone: UTC\nweek: 24x7\nholidays: {country: XX}", 3, "no holidays are known for the country `XX`"),
        (
            "zone: UTC\nweek: 24x7\nholidays: {country: DE, region: XX}",
            3,
            "`XX` is not a region of DE; it has `BB`",
        ),
        ("zone: UTC\nweek: 24x7\nholidays: {region: BY}", 3, "`region` needs a `country`"),
        (
            "zone: UTC\nweek: 24x7\nholidays: {dates: {24.12.2026: closed}}",
            3,
            "`24.12.2026` is not a date; write",
        ),
        ("week: 24x7", 0, "`zone` is missing in `calendars` → `office`"),
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
        ("{first_response: 1d}", "`1d` is not clear: targets count open time, and days differ in length"),
        ("{first_response: 30}", "`30` is not a length of time; write hours and minutes of open time"),
        ("{first_response: 0m}", "`0m` is not a length of time"),
        ("{first_response: {nromal: 1h}}", "`nromal` is no choice; did you mean `normal`?"),
        ("{}", "this policy has no target; give `first_response` or `resolution`"),
        (
            "{next_response: 2h, variants: [{name: a, when: {inbox: help-it}, frist_response: 1h}]}",
            "`frist_response` is not a key here; did y",
        ),
        (
            "{resolution: 8h, elapsed: [reslution]}",
            "`reslution` is no choice for `elapsed`; did you mean `resolution`?",
        ),
        (
            "{resolution: 8h, elapsed: first_response}",
            "`first_response` has no target here, so its time cannot count",
        ),
        (
            "{resolution: 8h, variants: [{name: vip, first_response: 1h}]}",
            "`when` is missing in `sla_policies` → `fast`",
        ),
        (
            "{resolution: 8h, variants: [{when: {inbox: help-it}}]}",
            "`name` is missing in `sla_policies` → `fast` → `va",
        ),
        (
            "{resolution: 8h, variants: [{name: a, when: {inbox: help-ti}}]}",
            "inbox `help-ti` is not defined; did you me",
        ),
        ("{resolution: 8h, escalation: tel}", "escalation policy `tel` is not defined; did you mean `tell`?"),
        ("{resolution: 8h, pauses: {resolution: pending}}", "`resolution` must be a list"),
        (
            "{resolution: 8h, pauses: {resolution: [pendng]}}",
            "`pendng` is no choice for `resolution`; did you mean",
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
        ("[{at: 0.8}]", "`0.8` is not a share of the target; write per cent, for example `80%`"),
        ("[{at: 80%, notify: boss}]", "`boss` is no choice for `notify`; write `assignee`"),
        ("[{at: 80%}, {at: 80%}]", "there is a stage at 80% already"),
        ("[{left: 30}]", "`30` is not a length of time; write hours and minutes of open time"),
        ("[{left: 30m}, {left: 0h 30m}]", "there is a stage at that time already"),
        (
            "[{at: 80%, left: 30m}]",
            "a stage has either `at`, a share of the target, or `left`, some time that is left",
        ),
        (
            "[{notify: leads}]",
            "a stage has either `at`, a share of the target, or `left`, some time that is left",
        ),
        ("[{at: 80%, page: sometimes}]", "`sometimes` is no choice for `page`; write `always` or `staffed`"),
        ("[]", "`tell` is empty"),
    ],
)
def test_escalation_policies(tmp_path: Path, stages: str, sentence: str) -> None:
    ((line, found),) = complaints(tmp_path, f"{SMALL}escalation_policies:\n  tell: {stages}\n")
    assert line == NEXT + 1
    assert found.startswith(sentence)


def test_people_of_the_workspace_have_names_of_their_own(tmp_path: Path) -> None:
    people = "    - {id: ana, name: Ana}\n    - {id: ana, name: Anna}\n    - {id: Ü, name: U}\n"
    assert complaints(tmp_path, f"{SMALL}workspace:\n  people:\n{people}") == [
        (NEXT + 3, f"person `ana` is taken by line {NEXT + 2} already; each needs its own"),
        (NEXT + 4, "`Ü` does not fit: `id` takes small letters, digits, `-` and `_`"),
    ]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            "{name: Asset tag, label: Asset}",
            "`Asset tag` is not a field name; write small letters, digits and `_`",
        ),
        ("{name: text, label: Words}", "every form has a field `text` already; choose another name"),
        ("{name: a, label: A, kind: choice}", "a field of kind `choice` needs `choices`"),
        ("{name: a, label: A, choices: [x]}", "`choices` are only for `kind: choice`"),
        ("{name: a, label: A, kind: dat}", "`dat` is no choice for `kind`; did you mean `date`?"),
        ("{name: a}", "`label` is missing"),
    ],
)
def test_forms(tmp_path: Path, fields: str, sentence: str) -> None:
    text = SMALL.replace("desk:\n", "desk:\n  categories: [Hardware]\n", 1)
    ((_, found),) = complaints(tmp_path, f"{text}\nforms:\n  Hardware:\n    - {fields}\n")
    assert found.startswith(sentence)


def test_a_form_is_for_a_category_that_there_is_and_asks_each_question_once(tmp_path: Path) -> None:
    text = SMALL.replace("desk:\n", "desk:\n  categories: [Hardware]\n", 1)
    ((_, unknown),) = complaints(tmp_path, f"{text}\nforms:\n  Hardwear:\n    - {{name: a, label: A}}\n")
    assert unknown == "category `Hardwear` is not defined; did you mean `Hardware`?"
    twice = "    - {name: a, label: A}\n    - {name: a, label: B}\n"
    ((_, repeated),) = complaints(tmp_path, f"{text}\nforms:\n  Hardware:\n{twice}")
    assert repeated.startswith("field `a` is")
