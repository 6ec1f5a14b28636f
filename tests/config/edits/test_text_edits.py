"""A change of desk.yaml touches the lines that it means, and what cannot be changed so is refused."""

import difflib
from pathlib import Path

import pytest

from bot.config.edits.text_edits import edited
from bot.config.file.document import STARTER, read_document
from bot.demo import DESK_FILE
from bot.domain.errors import Refused
from bot.domain.settings.file_change import AddEntry, FileChange, FileValue, RemoveValue, SetValue, path_in
from tests.stories.desk_files import DESK

FILE = Path("desk.yaml")


def at(path: str) -> tuple[str, ...]:
    found = path_in(path)
    assert found is not None
    return found


def put(path: str, value: FileValue) -> SetValue:
    return SetValue(path=at(path), value=value)


def add(path: str, value: FileValue, place: int | None = None) -> AddEntry:
    return AddEntry(path=at(path), value=value, place=place)


def remove(path: str) -> RemoveValue:
    return RemoveValue(path=at(path))


def changed(text: str, *changes: FileChange) -> list[str]:
    """Lines that came and went."""
    after = edited(text, changes, path=FILE)
    lines = difflib.unified_diff(text.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


ADMINS = "  admins: [web:lee]   # who may"
ROUTING = "routing: {default_team: it, rules: [{name: vpn, team: it}]}"
TEXT = f"""\
# The head
desk:
  name: Pine # what people read
{ADMINS}

teams:
  # The first team
  it:
    title: >
      Service
      desk
    agents:
    - web:bo  # the first
    # Cleo works on Fridays
    - web:cleo
  # Behind it
  empty:

{ROUTING}
# The end"""


def came(line: str, old: str, new: str) -> list[str]:
    return [f"-{line}", f"+{line.replace(old, new)}"]


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        (put("desk.name", "No"), ["-  name: Pine # what people read", '+  name: "No" # what people read']),
        (put("desk.prefix", "P"), ["+  prefix: P"]),
        (add("desk.admins", "web:bo"), came(ADMINS, "web:lee", "web:lee, web:bo")),
        (add("desk.admins", "web:bo", 0), came(ADMINS, "web:lee", "web:bo, web:lee")),
        (remove("desk.admins"), ["-  admins: [web:lee]   # who may"]),
        (put("teams.it.title", "A: b"), ["-    title: >", "-      Service", "-      desk", '+    title: "A: b"']),
        (add("teams.it.agents", "web:ana"), ["+    - web:ana"]),
        (add("teams.it.agents", "web:ana", 0), ["+    - web:ana"]),
        (remove("teams.it.agents[web:bo]"), ["-    - web:bo  # the first"]),
        (remove("teams.it.agents.1"), ["-    - web:cleo"]),
        (put("teams.empty", {"title": "New"}), ["-  empty:", "+  empty: {title: New}"]),
        (put("teams.hr.levels.next", "it"), ["+  hr:", "+    levels:", "+      next: it"]),
        (put("routing.rules[vpn].team", "empty"), came(ROUTING, "vpn, team: it", "vpn, team: empty")),
        (remove("routing.rules[vpn]"), came(ROUTING, "{name: vpn, team: it}", "")),
        (put("similar.mode", "off"), ["-# The end", "+# The end", "+similar:", '+  mode: "off"']),
    ],
    ids=str,
)  # fmt: skip
def test_only_what_is_meant_changes(change: FileChange, lines: list[str]) -> None:
    # The last line has no end; where one is added behind it, it gets one.
    assert [each for each in changed(TEXT, change) if each not in ("-# The end", "+# The end")] == [
        each for each in lines if each not in ("-# The end", "+# The end")
    ]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (remove("teams.nobody"), "settings.nothing_there"),
        (remove("teams.it.agents[web:ana]"), "settings.nothing_there"),
        (put("desk.name.first", "x"), "settings.no_keys"),
        (add("desk.name", "x"), "settings.no_list"),
    ],
    ids=str,
)
def test_what_is_not_there_is_refused(change: FileChange, key: str) -> None:
    with pytest.raises(Refused) as refusal:
        edited(TEXT, [change], path=FILE)
    assert refusal.value.sentences[0].key == key


def test_what_stands_elsewhere_by_an_alias_is_not_changed_there() -> None:
    text = "a: &them [web:bo]\nb: *them\nc: {d: *them}\n"
    for path in ("b", "c.d"):
        with pytest.raises(Refused) as refusal:
            edited(text, [add(path, "web:ana")], path=FILE)
        assert refusal.value.sentences[0].key == "settings.not_editable"


@pytest.mark.parametrize("path", [STARTER, DESK_FILE, DESK], ids=lambda each: each.parent.name)
def test_every_value_of_a_real_file_can_be_set_and_removed_alone(path: Path) -> None:
    """Read back each time, so that a text is never given out that says something else."""
    text = path.read_text(encoding="utf-8")
    for location in read_document(path).lines:
        steps = tuple(map(str, location))
        if len(steps) in (2, 3, 5):
            edited(text, [SetValue(path=steps, value="new: #1")], path=path)
            edited(text, [RemoveValue(path=steps)], path=path)


def test_paths_are_read_as_they_are_written() -> None:
    assert path_in('macros."at.once".text') == ("macros", "at.once", "text")
    assert path_in("routing.rules[out of office].team") == ("routing", "rules", "out of office", "team")
    assert [path_in(text) for text in ("", ".", "a..b", "a.", "a[")] == [None, None, None, None, None]
