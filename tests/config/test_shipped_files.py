"""The configurations we ship are good ones, and their schema is the one of this code."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import application
from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.cli.actions.demo_history import first_steps
from bot.config import check_desk, export_schema, load_configuration, load_desk
from bot.config.file.document import STARTER
from bot.config.json_schema import schema_text
from bot.config.reference import reference_text
from bot.demo import ARTICLES, DESK_FILE, copy_to, file_in
from bot.domain.directory import Person
from bot.domain.errors import ConfigurationError
from bot.domain.sentence import sentence
from bot.domain.tickets.ticket import Priority
from bot.text.catalogue import languages
from tests.config.desk_files import request

PROJECT = Path(__file__).parents[2]
BENCHED = PROJECT / "tests" / "bench" / "it_desk.yaml"
SCHEMA = PROJECT / "deploy" / "desk.schema.json"
REFERENCE = PROJECT / "docs" / "running" / "reference.md"


def test_the_schema_in_deploy_is_current() -> None:
    current = SCHEMA.read_text(encoding="utf-8") == schema_text()
    assert current, "run `make docs`"


def test_the_reference_of_the_file_is_current() -> None:
    current = REFERENCE.read_text(encoding="utf-8") == reference_text()
    assert current, "run `make docs`"


def test_the_reference_has_every_key_that_the_schema_has() -> None:
    schema = export_schema()
    objects = [schema, *(each for each in schema["$defs"].values() if "properties" in each)]
    rows = re.findall(r"^\| `(\S+)` \| (.+?) \|", reference_text(), re.MULTILINE)
    assert sorted(key for key, _ in rows) == sorted(key for each in objects for key in each["properties"])
    assert [key for key, value in rows if "anything" in value] == []


def test_the_schema_says_what_a_key_is_for_and_refuses_unknown_ones() -> None:
    team = export_schema()["$defs"]["TeamSection"]
    assert team["additionalProperties"] is False
    assert team["properties"]["assignment"]["description"].startswith("Who gets a new ticket. Several")
    assert "not" in export_schema()["$defs"]["When"]["properties"]


def test_employees_read_what_the_demo_calls_things_in_every_language() -> None:
    desk = load_desk(DESK_FILE, KNOWN_PLATFORMS)
    others = {each for each in languages() if each != "en"}
    category = desk.custom_fields.category
    assert category is not None
    labelled = {each: set(names) for each, names in category.choice_labels.items()}
    assert labelled == dict.fromkeys(desk.categories, others)
    for inbox in desk.inboxes.values():
        assert set(inbox.descriptions) == (others if inbox.description else set()), inbox.name
    assert all(set(each.labels) == others for each in desk.custom_fields.defined.values())
    channels = load_configuration(DESK_FILE, KNOWN_PLATFORMS).workspace.channels
    assert [each.id for each in channels if each.topic and set(each.topics) != others] == []


@pytest.mark.parametrize("path", [DESK_FILE, BENCHED], ids=lambda path: path.name)
def test_an_editor_finds_the_schema_from_the_first_line(path: Path) -> None:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert named
    assert (path.parent / named[1]).resolve() == SCHEMA.resolve()


def test_an_editor_finds_the_schema_beside_a_copy_of_the_starter_wherever_it_is_copied_to(
    tmp_path: Path,
) -> None:
    head = STARTER.read_text(encoding="utf-8").split("\n\n")[0]
    (command,) = re.findall(r"^#   (deskbell schema > \S+)", head, re.MULTILINE)
    assert command in (PROJECT / "docs" / "running" / "install.md").read_text(encoding="utf-8")
    printed = CliRunner().invoke(application(only="schema"), ["schema"]).stdout
    (tmp_path / command.rpartition(" ")[2]).write_text(printed, encoding="utf-8")
    copy = tmp_path / "desk.yaml"
    copy.write_text(STARTER.read_text(encoding="utf-8"), encoding="utf-8")
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", copy.read_text(encoding="utf-8"))
    assert named
    assert (copy.parent / named[1]).read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("path", [DESK_FILE, STARTER, BENCHED], ids=lambda path: path.name)
def test_there_is_nothing_to_remark(path: Path) -> None:
    assert check_desk(load_configuration(path, KNOWN_PLATFORMS)) == []


def test_the_demo_has_macros_to_try() -> None:
    macros = load_desk(DESK_FILE, KNOWN_PLATFORMS).macros
    assert list(macros) == ["details", "restart", "outage"]
    assert all(each.priority is None for each in macros.values()), "it would lower that of an urgent ticket"


@pytest.mark.parametrize(
    ("text", "team"),
    [
        ("The VPN drops every few minutes", "network"),
        ("I cannot find my payslip", "people"),
        ("My laptop is on fire", "it"),
        ("forgot my password", "it"),
        ("good morning", "it"),
    ],
)
def test_the_demo_sends_requests_where_a_visitor_expects_them(text: str, team: str) -> None:
    assert load_desk(DESK_FILE, KNOWN_PLATFORMS).router.route(request(text)).team == team


def test_the_demo_sends_what_is_told_in_private_of_people_to_their_team() -> None:
    router = load_desk(DESK_FILE, KNOWN_PLATFORMS).router
    for text in ("My boss reads my mails", "Ich werde gemobbt", "Mein Gehalt ist falsch"):
        assert router.route(replace(request(text), is_private=True)).team == "people"
    assert router.route(request("My manager needs a mouse")).team == "it"


@pytest.mark.parametrize(
    "text",
    [
        "Question about my salary",
        "Bo was rude to me",
        "Bo war unhöflich zu mir",
        "I ask for a pay rise",
        "Frage zu meinem Gehalt",
        "Mein Lohn ist nicht da",
        "Ich hätte gern eine Gehaltserhöhung",
        "Wo ist meine Lohnabrechnung?",
        "Mon salaire n'est pas arrivé",
        "Ma fiche de paie est fausse",
        "No ha llegado mi sueldo",
        "¿Dónde está mi nómina?",
        "O meu salário está errado",
    ],
)
def test_the_demo_sends_pay_to_people_in_each_language_also_where_the_board_asks(text: str) -> None:
    asked = request(text)
    router = load_desk(DESK_FILE, KNOWN_PLATFORMS).router
    for each in (asked, replace(asked, person=Person(key="web:dora", name="Dora Diaz"))):
        verdict = router.route(each)
        assert (verdict.team, verdict.is_private) == ("people", True)


@pytest.mark.parametrize(
    "text",
    [
        "My team lead humiliates me",
        "He yells at me",
        "She shouts at me every day",
        "I was insulted",
        "Mein Teamleiter schreit mich an",
        "Er schreit mich an",
        "Ich werde belästigt",
        "Sie beleidigt mich",
        "Il me crie dessus",
        "Je suis harcelée",
        "Sufro acoso en la oficina",
        "Me humilla delante de todos",
        "Ele grita comigo",
        "Sofro assédio",
    ],
)
def test_the_demo_sends_what_somebody_suffers_to_people_where_nobody_else_reads_it(text: str) -> None:
    router = load_desk(DESK_FILE, KNOWN_PLATFORMS).router
    assert router.route(replace(request(text), is_private=True)).team == "people"


def test_the_demo_treats_an_outage_as_urgent() -> None:
    verdict = load_desk(DESK_FILE, KNOWN_PLATFORMS).router.route(request("The whole wifi is down!"))
    assert (verdict.team, verdict.priority) == ("network", Priority.URGENT)


def test_what_is_asked_at_the_demos_hr_place_stays_private() -> None:
    desk = load_desk(DESK_FILE, KNOWN_PLATFORMS)
    assert desk.inboxes["help-hr"].is_private
    assert desk.router.route(request("hello", inbox="help-hr")).is_private


def test_a_desk_without_a_file_is_told_of_one_to_begin_with(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_desk(tmp_path / "desk.yaml", KNOWN_PLATFORMS)
    problem = sentence("configuration.file_missing", file=str(STARTER))
    assert caught.value.lines[0] == sentence(
        "configuration.in_file", file=str(tmp_path / "desk.yaml"), problem=problem
    )
    assert STARTER.is_relative_to(PROJECT / "bot"), "it is installed with the package"


def test_the_file_to_begin_with_is_short_and_guesses_nothing_about_the_reader() -> None:
    assert len(STARTER.read_text(encoding="utf-8").splitlines()) < 70
    desk = load_desk(STARTER, KNOWN_PLATFORMS)
    verdict = desk.router.route(request("my laptop is dead", inbox="help"))
    assert (verdict.team, verdict.rule) == ("support", None)


def test_the_terminal_and_the_readme_name_the_same_people_who_can_do_it() -> None:
    configuration = load_configuration(DESK_FILE, KNOWN_PLATFORMS)
    asker, agent = first_steps(configuration)
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    asks = re.search(r"1\. Be \*\*(\w+)\*\*.*?: \"([^\"]+)\"", readme, re.DOTALL)
    answers = re.search(r"2\. Be \*\*(\w+)\*\*, an agent", readme)
    assert asks
    assert answers
    assert (asks[1], answers[1]) == (asker, agent)
    desk = configuration.desk
    team = desk.teams[desk.router.route(request(asks[2])).team]
    (able,) = (each for each in configuration.workspace.people if each.name.startswith(agent))
    assert team.has_agent(able.as_person()), "the agent named must be able to claim the request named"


def test_the_demo_has_somebody_for_every_role() -> None:
    roles = {person.role for person in load_configuration(DESK_FILE, KNOWN_PLATFORMS).workspace.people}
    assert roles == {"employee", "agent", "lead"}


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Purchase order for two headsets", "purchase"),
        ("New starter on Monday", "hr-support"),
        ("Windows upgrade fails", "administrative-rights"),
        ("password reset please", "access"),
        ("the shared folder is gone", "storage"),
        ("a new project code please", "internal-project"),
        ("my laptop does not start", "hardware"),
        ("please add me to the mailing list", "miscellaneous"),
    ],
)
def test_the_benched_desk_knows_the_topics_of_an_it_department(text: str, tag: str) -> None:
    assert load_desk(BENCHED, KNOWN_PLATFORMS).router.route(request(text)).tags == (tag,)


def test_lengths_of_time_are_shown_as_one_writes_them() -> None:
    reference = (PROJECT / "docs/running/reference.md").read_text(encoding="utf-8")
    assert '| `keep` | text such as `5d`, `12h` | `"1h"` |' in reference
    assert not re.search(r'"PT?\d', reference + schema_text())


def test_the_demo_changes_a_file_of_its_own_and_keeps_what_was_changed(tmp_path: Path) -> None:
    shipped = DESK_FILE.read_text(encoding="utf-8")
    assert file_in(tmp_path) == DESK_FILE
    copy = copy_to(tmp_path)
    assert file_in(tmp_path) == copy == tmp_path / "desk.yaml"
    assert load_desk(copy, KNOWN_PLATFORMS).teams == load_desk(DESK_FILE, KNOWN_PLATFORMS).teams
    assert {each.name for each in (tmp_path / "articles").iterdir()} >= {
        each.name for each in ARTICLES.iterdir()
    }
    for each in (copy, tmp_path / "shipped.yaml"):
        each.write_text("desk: {name: As it was shipped before}\n", encoding="utf-8")
    assert copy_to(tmp_path).read_text(encoding="utf-8") == shipped
    copy.write_text(shipped.replace("name: Help desk", "name: Ours"), encoding="utf-8")
    assert "name: Ours" in copy_to(tmp_path).read_text(encoding="utf-8")
