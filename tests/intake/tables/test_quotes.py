"""A quote that is never closed stops an import before anything comes in; texts over several lines do not."""

import csv
from pathlib import Path

import pytest

from bot.domain.errors import ConfigurationError
from bot.intake.request_file import GoodRow, read_rows, with_known_columns
from tests.intake.test_request_file import plan_of

OPEN = '1,Lamp,"The lamp is broken,ana@example.org'
CHAIR = "2,Chair,The chair wobbles,bo@example.org"
DESK_LINE = '3,Desk,"The desk, too",cleo@example.org'
SCREEN = '4,Screen,Mine is 19",dan@example.org'


@pytest.mark.parametrize(
    ("lines", "line", "key"),
    [
        (["id,subject,text,email", OPEN, CHAIR, "4,Screen,Old,dan@example.org"], 2, "open"),
        (["id,subject,text,email", CHAIR, OPEN, CHAIR, DESK_LINE, SCREEN], 3, "open"),
        (["id,subject,text,email", OPEN, CHAIR, SCREEN], 2, "late"),
        (["id,subject,text,email", OPEN, CHAIR.replace("bo@", "bo at "), SCREEN], 2, "late"),
        (["id,text,asked", '1,"No wifi,x', "2,No VPN,y", '3,It is 19",z'], 2, "late"),
        (["topic,text,asked", 'a,"No wifi,x', "b,No VPN,y", 'c,It is 19",z'], 2, "late"),
        (['id,subject,text,"email', CHAIR], 1, "open"),
        (["id;text;email", '1;"It is broken;ana@example.org', '2;It is 19";bo@example.org'], 2, "late"),
        (["text", '"It', "", "", 'is" broken'], 2, "open"),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_quote_that_is_not_closed_is_named_by_its_line_and_nothing_comes_in(
    tmp_path: Path, lines: list[str], line: int, key: str, ending: str
) -> None:
    with pytest.raises(ConfigurationError) as refused:
        with_known_columns(plan_of(tmp_path, ending.join([*lines, ""]).encode()))
    (told,) = refused.value.lines
    assert (told.key, told.facts["line"]) == (f"terminal.import_{key}_quote", str(line))


@pytest.mark.parametrize(
    "text",
    [
        'Hello,\n\nthe "lamp" is broken, again\n',
        "Hello, Bo, I\nwrote, to ana@example.org, twice\nbye, bye, bye",
        '"19"\n"',
        "1,2,3,4\n5,6,7,8",
        "A quote\nat the end",
    ],
)
def test_a_text_over_several_lines_stays_one_whatever_it_holds(tmp_path: Path, text: str) -> None:
    path = tmp_path / "whole.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "subject", "text", "email"])
        writer.writerows([number, "Lamp", text, "ana@example.org"] for number in (1, 2))
    plan, _ = with_known_columns(plan_of(tmp_path, b"\xef\xbb\xbf" + path.read_bytes()))
    rows = [row.event.text for row in read_rows(plan) if isinstance(row, GoodRow)]
    assert [each.replace("\r\n", "\n") for each in rows] == [f"Lamp\n\n{text.strip()}"] * 2


def test_a_quote_in_the_midst_of_a_line_costs_no_other_row(tmp_path: Path) -> None:
    content = b'id,text\n1,"The "lamp" is broken"\n2,It is 19" wide\n3,"19"\n'
    plan, _ = with_known_columns(plan_of(tmp_path, content))
    assert [row.event.text for row in read_rows(plan) if isinstance(row, GoodRow)][1:] == [
        'It is 19" wide',
        "19",
    ]
