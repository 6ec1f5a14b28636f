"""Broken files are refused with a sentence, and nothing in a good one means something else than it says."""

from pathlib import Path

import pytest

from bot.config import DeskFileError
from bot.config.file.document import MAX_BYTES, STARTER, read_document
from bot.domain.sentence import sentence
from tests.config.desk_files import complaints, load, write


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("", 0, "file_empty"),
        ("# only a comment\n", 0, "file_empty"),
        ("- desk\n", 1, "file_no_keys"),
        ("desk:\n\tname: x\n", 2, "tab"),
        ("teams:\n  -\tname: x\n    lead: y\n", 2, "tab"),
        (
            "desk:\n  name: a: b\n",
            2,
            "yaml_and(reason=mapping values are not allowed in this context, hint=hint_colon)",
        ),
        (
            "desk:\n  name: @me\n",
            2,
            "yaml_and(reason=found character that cannot start any token, hint=hint_quotes)",
        ),
        (
            "desk:\n  name: x\n teams: y\n",
            3,
            "yaml_and(reason=did not find expected key, hint=hint_indentation)",
        ),
        ("desk: {name: x\n", 2, "yaml(reason=did not find expected ',' or '}')"),
        ("desk: 'x\n", 1, "quote_not_closed(line=2)"),
        ('desk:\n  name: "x\n  zone: y\nteams: "z"\n', 2, "quote_not_closed(line=4)"),
        ('desk:\n  name: "x\n    and more"\n  a: b: c\n', 4, "yaml_and(reason=mapping values"),
        (
            "desk: x\n---\nteams: y\n",
            2,
            "yaml_and(reason=but found another document, hint=hint_one_document)",
        ),
        ("desk: *nowhere\n", 1, "yaml(reason=found undefined alias)"),
        ("desk: x\nname: \x07\n", 2, "control_character"),
        (
            "desk: x\nteams: y\ndesk: z\n",
            3,
            "key_twice(option=desk, line=1)",
        ),
        ("desk:\n  - {a: 1, a: 2}\n", 2, "key_twice(option=a, line=2)"),
        (
            "desk: !!python/object/apply:os.system [ls]\n",
            1,
            "tag(tag=tag:yaml.org,2002:python/object/apply:os.system)",
        ),
        ("desk: !secret x\n", 1, "tag(tag=!secret)"),
        ("desk: &a [*a]\n", 1, "alias_in_itself"),
        ("? [a, b]\n: x\n", 1, "key_not_text"),
        ("desk: " + "[" * 100_000, 1, "nested_too_deep(limit=40)"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(tmp_path: Path, text: str, line: int, sentence: str) -> None:
    assert (line, sentence) in [(at, found[: len(sentence)]) for at, found in complaints(tmp_path, text)]


def test_aliases_that_multiply_are_refused_at_once(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    assert [sentence for _, sentence in complaints(tmp_path, "\n".join(lines))] == ["aliases_too_many"]


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "desk.yaml"
    with pytest.raises(DeskFileError) as refused:
        read_document(path)
    problem = sentence("configuration.file_missing", file=str(STARTER))
    assert refused.value.lines == (sentence("configuration.in_file", file=str(path), problem=problem),)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(DeskFileError, match=r"file_unreadable\(reason=is a directory\)"):
        read_document(tmp_path)


def test_text_in_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "desk.yaml"
    path.write_bytes(b"desk:\n  name: M\xfcller\n")
    with pytest.raises(DeskFileError, match=r"line=2, problem=configuration\.not_utf8"):
        read_document(path)


def test_a_file_beyond_all_measure_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(DeskFileError, match=r"file_too_large\(number=4000001, limit=4000000\)"):
        read_document(write(tmp_path, "#" * (MAX_BYTES + 1)))


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    path = tmp_path / "desk.yaml"
    path.write_bytes("\ufeffdesk: x\n".encode())
    assert read_document(path).values == {"desk": "x"}


def test_words_that_older_yaml_takes_for_something_else_stay_words(tmp_path: Path) -> None:
    text = "a: [no, on, off, yes, y, 9:00, 3.10, 0x1F, 1_000, 2026-12-24, 010, .inf, =, 365]"
    assert read_document(write(tmp_path, text)).values["a"] == [
        "no", "on", "off", "yes", "y", "9:00", "3.10", "0x1F", "1_000", "2026-12-24", "010", ".inf", "=", "365",
    ]  # fmt: skip


def test_only_an_empty_value_a_tilde_and_null_are_nothing(tmp_path: Path) -> None:
    values = read_document(write(tmp_path, "a:\nb: ~\nc: null\nd: ''\ne: 'null'\n")).values
    assert values == {"a": None, "b": None, "c": None, "d": "", "e": "null"}


def test_an_alias_may_repeat_a_list(tmp_path: Path) -> None:
    text = """\
desk: {name: Help, admins: &people [web:bo]}
teams:
  it: {channel: web:team-it, agents: *people}
routing: {default_team: it}
"""
    assert load(tmp_path, text).desk.teams["it"].agents == {"web:bo"}


def test_a_line_is_known_for_every_value_and_for_what_is_not_there(tmp_path: Path) -> None:
    document = read_document(
        write(tmp_path, "teams:\n  it:\n    agents:\n      - web:bo\n      - web:cleo\n")
    )
    assert document.line_of(("teams", "it", "agents", 1)) == 5
    assert document.line_of(("teams", "it", "leads", 0)) == 2
