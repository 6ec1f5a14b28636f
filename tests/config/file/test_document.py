"""Broken files are refused with a sentence, and nothing in a good one means something else than it says."""

from pathlib import Path

import pytest

from bot.config import DeskFileError
from bot.config.file.document import MAX_BYTES, read_document
from tests.config.desk_files import complaints, load, write


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("", 0, "the file is empty; it needs at least `desk`, `teams` and `routing`"),
        ("# only a comment\n", 0, "the file is empty"),
        ("- desk\n", 1, "the file must hold keys at its top, such as `desk:` and `teams:`"),
        ("desk:\n\tname: x\n", 2, "a tab stands at the start of this line; YAML is indented with spaces"),
        (
            "desk:\n  name: a: b\n",
            2,
            "this is not valid YAML: mapping values are not allowed in this context; put",
        ),
        (
            "desk:\n  name: @me\n",
            2,
            "this is not valid YAML: found character that cannot start any token; put",
        ),
        (
            "desk:\n  name: x\n teams: y\n",
            3,
            "this is not valid YAML: did not find expected key; check the ind",
        ),
        ("desk: {name: x\n", 2, "this is not valid YAML: did not find expected ',' or '}'"),
        ("desk: 'x\n", 2, "this is not valid YAML: found unexpected end of stream"),
        ("desk: x\n---\nteams: y\n", 2, "this is not valid YAML: but found another document; a desk has one"),
        ("desk: *nowhere\n", 1, "this is not valid YAML: found undefined alias"),
        ("desk: x\nname: \x07\n", 2, "a control character stands here; delete it"),
        (
            "desk: x\nteams: y\ndesk: z\n",
            3,
            "`desk` stands here twice; line 1 has it already: keep one of them",
        ),
        ("desk:\n  - {a: 1, a: 2}\n", 2, "`a` stands here twice; line 2 has it already"),
        (
            "desk: !!python/object/apply:os.system [ls]\n",
            1,
            "the tag `tag:yaml.org,2002:python/object/apply:os.",
        ),
        ("desk: !secret x\n", 1, "the tag `!secret` is not understood here; leave it out"),
        ("desk: &a [*a]\n", 1, "an alias stands inside what it repeats; write the values out"),
        ("? [a, b]\n: x\n", 1, "a key must be a single word or text, not a list or mapping"),
        ("desk: " + "[" * 100_000, 1, "values are nested more than 40 deep"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(tmp_path: Path, text: str, line: int, sentence: str) -> None:
    found_line, found = complaints(tmp_path, text)[0]
    assert (found_line, found[: len(sentence)]) == (line, sentence)


def test_aliases_that_multiply_are_refused_at_once(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    assert [sentence for _, sentence in complaints(tmp_path, "\n".join(lines))] == [
        "aliases repeat far too many values; write fewer of them"
    ]


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DeskFileError, match=r"desk\.yaml: there is no such file; begin with"):
        read_document(tmp_path / "desk.yaml")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(DeskFileError, match="the file cannot be read: is a directory"):
        read_document(tmp_path)


def test_text_in_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "desk.yaml"
    path.write_bytes(b"desk:\n  name: M\xfcller\n")
    with pytest.raises(DeskFileError, match=r"line 2: this is not UTF-8 text; save the file as UTF-8"):
        read_document(path)


def test_a_file_beyond_all_measure_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(DeskFileError, match="bytes; 4,000,000 are accepted"):
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
