"""Files as people have them: each row is filed, said to be a repeat, or handed back with its reason."""

import csv
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.cli.actions.import_requests import ImportTally, write_rejects
from bot.config import load_desk
from bot.domain.directory import Person
from bot.domain.errors import ConfigurationError
from bot.domain.sentence import Fact, OneOf, sentence
from bot.intake.request_columns import Columns, LeaveOut
from bot.intake.request_file import (
    BadRow,
    GoodRow,
    ImportPlan,
    RepeatedRow,
    ignored_columns,
    read_rows,
    requester_hint,
    with_known_columns,
)
from bot.text.error_text import english
from tests.said import said
from tests.stories.desk_files import DESK

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def plan_of(tmp_path: Path, content: bytes, *, name: str = "old.csv", **columns: str) -> ImportPlan:
    path = tmp_path / name
    path.write_bytes(content)
    inbox = load_desk(DESK, KNOWN_PLATFORMS).inboxes["help-it"]
    read_as = Columns(
        mapped=columns, categories=("Hardware", "Access"), zone=ZoneInfo("Europe/Berlin"), now=NOW
    )
    return ImportPlan(path=path, inbox=inbox, at=NOW, columns=read_as)


@pytest.mark.parametrize(
    "content",
    [
        "id;text;requester\n1;No wifi, no VPN;Ana\n",
        "id\ttext\trequester\n1\tNo wifi, no VPN\tAna\n",
        'id,text,requester\n1,"No wifi, no VPN",Ana\n',
        '\ufeff"id";"text";"requester, or who asked"\n1;No wifi, no VPN;Ana\n',
    ],
)
def test_columns_may_be_separated_by_commas_semicolons_or_tabs(tmp_path: Path, content: str) -> None:
    (row,) = rows_of(tmp_path, content)
    assert isinstance(row, GoodRow)
    assert row.event.text == "No wifi, no VPN"
    assert row.event.key.endswith(":id:1")


def test_a_row_with_too_many_values_names_what_separates_them(tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path, "id;text\n1;No wifi;no VPN\n")
    assert isinstance(row, BadRow)
    assert row.reason == sentence("terminal.import_too_long", count=1, delimiter="semicolon")


def test_a_mapped_column_is_found_in_a_file_of_semicolons_too(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, b"who;problem, in words\nAna;No wifi\n", text="problem, in words")
    assert [row.event.text for row in read_rows(plan) if isinstance(row, GoodRow)] == ["No wifi"]


@pytest.mark.parametrize("content", ["", "\n \n", "\ufeff"])
@pytest.mark.parametrize("name", ["old.csv", "old.jsonl"])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, content: str, name: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"^terminal\.import_empty\(file=.*{name}\)"):
        rows_of(tmp_path, content, name=name)


@pytest.mark.parametrize("value", ["5", "true", '["No wifi"]'])
def test_a_text_that_is_another_kind_of_value_is_rejected_as_what_it_is(tmp_path: Path, value: str) -> None:
    (row,) = rows_of(tmp_path, f'{{"text": {value}}}\n', name="old.jsonl")
    assert isinstance(row, BadRow)
    assert row.reason == sentence("terminal.import_no_text", column="text", value=value)


def test_a_requester_whom_the_workspace_lists_is_that_person_and_another_of_it_is_nobody(
    tmp_path: Path,
) -> None:
    ana = Person(key="web:ana", name="Ana Almeida")
    plan = replace(
        plan_of(tmp_path, b"text,requester\nNo wifi,web:ana\nNo VPN,web:anna\nNo mouse,slack:U1\n"),
        listed={ana.key: ana},
        listed_on="web",
    )
    known, unknown, elsewhere = read_rows(plan)
    assert isinstance(known, GoodRow)
    assert known.event.actor == ana
    assert isinstance(unknown, BadRow)
    assert unknown.reason == sentence(
        "terminal.import_misspelt_person", column="requester", value="web:anna", meant="web:ana"
    )
    assert isinstance(elsewhere, GoodRow)


def rows_of(tmp_path: Path, content: str, *, name: str = "old.csv") -> list[GoodRow | RepeatedRow | BadRow]:
    return list(read_rows(plan_of(tmp_path, content.encode(), name=name)))


def test_an_id_that_comes_again_with_another_text_is_handed_back_with_the_earlier_line(
    tmp_path: Path,
) -> None:
    first, second = rows_of(tmp_path, "id,text\n7,My mouse is dead\n7,No wifi\n")
    assert isinstance(first, GoodRow)
    assert second == BadRow(
        3, sentence("terminal.import_other_text", line="2"), {"id": "7", "text": "No wifi"}
    )


def test_a_row_that_repeats_an_earlier_one_is_counted_and_said(tmp_path: Path) -> None:
    _, second = rows_of(tmp_path, "id,text\n7,My mouse is dead\n7,My mouse is dead\n")
    assert second == RepeatedRow(3, 2)
    tally = ImportTally(new=1, repeated=1)
    tickets = sentence("terminal.new_tickets", count=1)
    assert tally.sentence == sentence(
        "terminal.imported_repeats", tickets=tickets, known=0, repeated=1, rejected=0
    )


def test_without_ids_the_same_words_twice_are_two_requests(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, "text\nNo wifi\nNo wifi\n")
    assert len({row.event.key for row in rows if isinstance(row, GoodRow)}) == 2


def test_a_row_with_too_many_values_keeps_them_all_in_the_rejects(tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path, 'id,text\n7,My mouse is dead, and so is my cat,"Room 1, left"\n')
    assert isinstance(row, BadRow)
    with write_rejects(tmp_path / "old.csv", [row]).open(newline="", encoding="utf-8") as file:
        (kept,) = csv.DictReader(file)
    assert kept.pop("reason") == said("terminal.import_too_long", count=2, delimiter="comma")
    assert kept == {
        "line": "2",
        "id": "7",
        "text": "My mouse is dead",
        "more": ' and so is my cat,"Room 1, left"',
    }


def test_a_line_that_is_no_json_is_kept_in_the_rejects(tmp_path: Path) -> None:
    broken, number, good = rows_of(tmp_path, '{"text": "No wifi\n12\n{"text": "No wifi"}\n', name="old.jsonl")
    assert isinstance(broken, BadRow)
    assert broken.raw == {"more": '{"text": "No wifi'}
    assert number == BadRow(2, sentence("terminal.import_no_object"), {"more": "12"})
    assert isinstance(good, GoodRow)


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_a_file_in_another_encoding_is_refused_with_the_way_to_convert_it(
    tmp_path: Path, encoding: str
) -> None:
    plan = plan_of(tmp_path, "text\nMein Drücker ist kaputt\n".encode(encoding))
    with pytest.raises(
        ConfigurationError, match=r"^terminal\.import_encoding\(.*encoding=[UW].*name=old\.csv"
    ):
        list(read_rows(plan))


@pytest.mark.parametrize("name", ["old.csv", "old.jsonl"])
def test_an_odd_byte_far_down_costs_its_own_row_only(tmp_path: Path, name: str) -> None:
    is_csv = name.endswith("csv")
    line = b"caf\xe9 %d" if is_csv else b'{"text": "caf\xe9 %d"}'
    rows = [(line % number).replace(b"\xe9", b"\xe9" if number == 40 else b"e") for number in range(50)]
    plan = plan_of(tmp_path, b"\n".join([b"text", *rows] if is_csv else rows), name=name)
    read = list(read_rows(plan))
    (bad,) = [row for row in read if isinstance(row, BadRow)]
    assert len(read) == 50
    assert (bad.line, bad.reason) == (
        42 if is_csv else 41,
        sentence("terminal.import_odd_text"),
    )
    assert "caf\\udce9 40" in write_rejects(plan.path, [bad]).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "content", "columns", "option"),
    [
        ("old.csv", "text,who,room\nNo wifi,Ana,12\n", ("who", "room"), "--map requester=who"),
        ("old.csv", "text,Full name\nNo wifi,Ana\n", ("Full name",), "--map 'requester=Full name'"),
        ("old.csv", "text,E-Mail,room\nNo wifi,a@x.org,12\n", ("E-Mail", "room"), "--map email=E-Mail"),
        ("old.csv", "text,room\nNo wifi,12\n", ("room",), "--map requester=COLUMN"),
        (
            "old.jsonl",
            '{"text": "No wifi", "from_user": "Ana"}\n',
            ("from_user",),
            "--map requester=from_user",
        ),
    ],
)
def test_columns_that_may_name_the_requester_are_pointed_out(
    tmp_path: Path, name: str, content: str, columns: tuple[str, ...], option: str
) -> None:
    options = OneOf((sentence("terminal.typed", option=option),))
    assert requester_hint(plan_of(tmp_path, content.encode(), name=name), LeaveOut()) == sentence(
        "terminal.import_no_requester", columns=columns, options=options
    )


@pytest.mark.parametrize("header", ["text,requester,room", "text,id", "text,email"])
def test_nothing_is_pointed_out_when_the_requester_is_known_or_nothing_is_left(
    tmp_path: Path, header: str
) -> None:
    assert requester_hint(plan_of(tmp_path, f"{header}\n".encode()), LeaveOut()) is None


@pytest.mark.parametrize("header", ["created", "opened"])
@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024-07-05", datetime(2024, 7, 4, 22, tzinfo=UTC)),
        ("2024-07-05 10:30", datetime(2024, 7, 5, 8, 30, tzinfo=UTC)),
        ("2024-07-05T10:30:15Z", datetime(2024, 7, 5, 10, 30, 15, tzinfo=UTC)),
        ("2024-07-05T10:30-05:00", datetime(2024, 7, 5, 15, 30, tzinfo=UTC)),
        ("", None),
    ],
)
def test_a_request_keeps_its_date_by_the_clock_of_the_default_team(
    tmp_path: Path, header: str, written: str, meant: datetime | None
) -> None:
    (row,) = rows_of(tmp_path, f"text,{header}\nNo wifi,{written}\n")
    assert isinstance(row, GoodRow)
    assert row.event.opened_at == meant


@pytest.mark.parametrize(
    ("column", "word", "key", "facts"),
    [
        ("created", "05.07.2024", "terminal.import_no_date", {}),
        ("created", "9999-12-31", "terminal.import_in_the_future", {}),
        ("opened", "2026-03-02T01:00+00:00", "terminal.import_in_the_future", {}),
        ("created", "1969-12-31", "terminal.import_before_1970", {}),
        ("email", "ana.example.com", "terminal.import_no_address", {}),
        ("email", "ana <ana@example.com>", "terminal.import_no_address", {}),
        ("category", "Hardwear", "terminal.import_misspelt_category", {"meant": "Hardware"}),
        ("category", "Zebra", "terminal.import_no_category", {"choices": OneOf(("Hardware", "Access"))}),
    ],
)
def test_what_is_wrong_in_a_column_costs_its_own_row_only(
    tmp_path: Path, column: str, word: str, key: str, facts: dict[str, Fact]
) -> None:
    bad, good = rows_of(tmp_path, f"text,{column}\nNo wifi,{word}\nNo light,\n")
    assert isinstance(bad, BadRow)
    assert (bad.line, bad.reason) == (2, sentence(key, column=column, value=word, **facts))
    assert isinstance(good, GoodRow)


def test_a_category_is_kept_as_the_desk_writes_it(tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path, "text,category\nNo wifi,hardware\n")
    assert isinstance(row, GoodRow)
    assert row.event.fields == {"category": "Hardware"}


@pytest.mark.parametrize(
    ("content", "text", "key", "asked_at"),
    [
        (
            (
                "Ticket ID,Subject,Requester email,Created at,Status,Priority\n"
                "1,My mouse is dead,ana@example.com,2025-03-05 10:30,Open,High\n"
            ),
            "My mouse is dead",
            "1",
            datetime(2025, 3, 5, 9, 30, tzinfo=UTC),
        ),
        (
            (
                "Summary,Issue key,Issue id,Reporter,Created,Description\n"
                "VPN drops,HD-1,100,Ana,05/Mar/25 1:30 PM,It drops every hour\n"
            ),
            "VPN drops\n\nIt drops every hour",
            "HD-1",
            datetime(2025, 3, 5, 12, 30, tzinfo=UTC),
        ),
        (
            "Number,Short description,Caller,Opened\nINC7,No wifi,Ana,2025-03-05 10:30:00\n",
            "No wifi",
            "INC7",
            datetime(2025, 3, 5, 9, 30, tzinfo=UTC),
        ),
    ],
)
def test_exports_of_other_help_desks_need_no_mapping(
    tmp_path: Path, content: str, text: str, key: str, asked_at: datetime
) -> None:
    plan, found = with_known_columns(plan_of(tmp_path, content.encode()))
    (row,) = read_rows(plan)
    assert isinstance(row, GoodRow), row
    assert (row.event.text, row.event.opened_at) == (text, asked_at)
    assert row.event.key.endswith(f":id:{key}")
    assert requester_hint(plan, LeaveOut()) is None
    assert {"text", "id", "created"} <= found.keys()


def test_a_column_that_is_called_as_its_field_or_mapped_goes_before_one_that_only_sounds_so(
    tmp_path: Path,
) -> None:
    content = b"text,description,who,reporter\nNo wifi,Long,Ana,Bo\n"
    plan, found = with_known_columns(plan_of(tmp_path, content, requester="who"))
    (row,) = read_rows(plan)
    assert isinstance(row, GoodRow)
    assert (row.event.text, row.event.actor.name, found) == ("No wifi", "Ana", {})


@pytest.mark.parametrize("heading", ["subject", "Subject", "Summary"])
@pytest.mark.parametrize("text", ["text", "Text", "description", "question"])
def test_a_subject_goes_before_the_text_whatever_both_are_called(
    tmp_path: Path, heading: str, text: str
) -> None:
    content = f"id,{heading},{text},email\n1,Lamp upstairs,It is broken,ana@example.org\n".encode()
    for plan in (plan_of(tmp_path, content), plan_of(tmp_path, content, subject=heading)):
        known, _ = with_known_columns(plan)
        (row,) = read_rows(known)
        assert isinstance(row, GoodRow)
        assert (row.event.subject, row.event.text) == ("Lamp upstairs", "Lamp upstairs\n\nIt is broken")
        assert ignored_columns(known, LeaveOut()) == []


def test_a_subject_stands_before_a_text_that_is_mapped(tmp_path: Path) -> None:
    content = b"subject,body,what\nLamp upstairs,Ignored,It is broken\n"
    plan, _ = with_known_columns(plan_of(tmp_path, content, text="what"))
    (row,) = read_rows(plan)
    assert isinstance(row, GoodRow)
    assert row.event.text == "Lamp upstairs\n\nIt is broken"
    assert ignored_columns(plan, LeaveOut()) == ["body"]


def test_a_status_that_leaves_rows_out_is_no_ignored_column(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, b"text,email,Status,Priority\nNo wifi,ana@example.org,Open,High\n")
    assert ignored_columns(plan, LeaveOut(finished=True)) == ["Priority"]
    assert ignored_columns(plan, LeaveOut(since=NOW)) == ["Status", "Priority"]


def test_without_a_column_for_the_text_the_mapping_to_type_is_proposed(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, b"nr,wer,was genau\n1,Ana,Die Maus ist tot\n")
    with pytest.raises(ConfigurationError) as refused:
        with_known_columns(plan)
    unknown, hint = refused.value.lines
    assert unknown.facts["columns"] == ("nr", "wer", "was genau")
    option = "--map 'text=was genau'"
    assert hint == sentence("terminal.import_map_text", column="was genau", option=option)


def test_a_rejected_row_names_all_that_is_wrong_with_it(tmp_path: Path) -> None:
    content = "text,email,created,category\n ,ana at example,yesterday,Hardwear\n"
    (row,) = rows_of(tmp_path, content)
    assert isinstance(row, BadRow)
    assert [each.key for each in row.reasons] == [
        "terminal.import_empty_text",
        "terminal.import_misspelt_category",
        "terminal.import_no_address",
        "terminal.import_no_date",
    ]
    kept = write_rejects(tmp_path / "old.csv", [row]).read_text(encoding="utf-8")
    assert all(english(each) in kept for each in row.reasons)
