"""Requests from a file, through the same intake as any other; a second run adds nothing.

A row's key is the file's name with its id column, or with its text and which occurrence of that text it
is, so an import that was cut off is simply run again. A bad row is reported with its line and the rest
go in.
"""

import codecs
import csv
import hashlib
import io
import itertools
import json
import re
import shlex
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from bot.domain.directory import Inbox, Person
from bot.domain.errors import ConfigurationError
from bot.domain.people.identity import IMPORTED
from bot.domain.sentence import OneOf, Sentence, sentence
from bot.domain.suggestions import did_you_mean, nearest
from bot.intake.request_columns import FIELDS, SUBJECT, BadValue, Columns, LeaveOut
from bot.intake.tables.quotes import require_rows_apart
from bot.messages.inbound import Location, RequestImported
from bot.text.catalogue import FALLBACK
from bot.text.sentences import words

LONGEST_TEXT = 100_000
"""Characters of one request; more is surely not one request."""
MORE = "more"
"""The column of the rejects that holds what has none in the file."""
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
"""What separates the columns of a CSV file: a comma where it could be any."""
LINES_TRIED = 20
"""Lines at the start that must be UTF-8; a bad byte further on costs its own row only."""
_PEOPLE = re.compile(
    "who|user|username|name|fullname|from|requester|requested|requestor|reporter|author|sender|customer"
    "|client|caller|contact|employee|person"
)
_ODD = re.compile(r"[\ud800-\udfff]")

csv.field_size_limit(2**24)


@dataclass(frozen=True, slots=True)
class GoodRow:
    """`raw` is the row as it was read."""

    line: int
    event: RequestImported
    raw: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RepeatedRow:
    """The same id with the same text as an earlier line of this file: nothing new."""

    line: int
    earlier: int


@dataclass(frozen=True, slots=True)
class BadRow:
    """`raw` is the row as it was read, for the rejects file; `more` are its other faults besides the first."""

    line: int
    reason: Sentence
    raw: Mapping[str, Any]
    more: tuple[Sentence, ...] = ()

    @property
    def reasons(self) -> tuple[Sentence, ...]:
        return (self.reason, *self.more)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """`at` is now. Unless `is_announced`, nobody is told of what comes in, and no clock starts."""

    path: Path
    inbox: Inbox
    at: datetime
    columns: Columns
    listed: Mapping[str, Person] = field(default_factory=dict)
    """The people whom desk.yaml lists, by their references such as `web:ana`."""
    listed_on: str = ""
    """The platform they are on: no other references to it name anybody. Empty for none."""
    is_announced: bool = False
    language: str = FALLBACK
    """What requesters without a name are called in."""


def read_mapping(pairs: tuple[str, ...]) -> dict[str, str]:
    """`text=body` pairs; `id=` takes it from no column. Raises ConfigurationError for no pair or an unknown field."""
    columns = {}
    for pair in pairs:
        name, equals, column = pair.partition("=")
        if not equals or (not column and name == "text"):
            raise ConfigurationError(sentence("terminal.import_no_pair", pair=pair))
        if name not in FIELDS:
            meant = nearest(name, FIELDS)
            unknown = sentence("terminal.import_no_field", pair=pair, field=name, fields=FIELDS)
            raise ConfigurationError(unknown, *did_you_mean(meant))
        columns[name] = column
    return columns


def read_rows(plan: ImportPlan) -> Iterator[GoodRow | RepeatedRow | BadRow]:
    """The file's rows in order. Raises ConfigurationError when the file as a whole cannot be read."""
    occurrences: Counter[str] = Counter()
    first_seen: dict[str, tuple[int, str]] = {}
    for row in _raw_rows(plan):
        if isinstance(row, BadRow):
            yield row
            continue
        line, raw = row
        if faults := _faults(plan, line, raw):
            yield BadRow(line, faults[0], raw, tuple(faults[1:]))
        else:
            event = _event(plan, line, raw, occurrences)
            yield _compared(GoodRow(line, event, raw), raw, first_seen)


def _faults(plan: ImportPlan, line: int, raw: Mapping[str, Any]) -> list[Sentence]:
    """All that is wrong with a row, so that it is mended in one go."""
    checks: tuple[Callable[[], object], ...] = (
        lambda: _check_text(plan, raw),
        lambda: plan.columns.category(raw),
        lambda: _requester(plan, raw, line),
        lambda: plan.columns.created_at(raw),
    )
    faults = []
    for check in checks:
        try:
            check()
        except BadValue as refused:
            faults.append(refused.reason)
    return faults


def _compared(
    row: GoodRow, raw: Mapping[str, Any], first_seen: dict[str, tuple[int, str]]
) -> GoodRow | RepeatedRow | BadRow:
    """The row, unless its id stood in an earlier line: `first_seen` has each key's line and text."""
    digest = _digest(row.event.text)
    earlier, earlier_digest = first_seen.setdefault(row.event.key, (row.line, digest))
    if earlier == row.line:
        return row
    if earlier_digest == digest:
        return RepeatedRow(row.line, earlier)
    return BadRow(row.line, sentence("terminal.import_other_text", line=str(earlier)), raw)


def requester_hint(plan: ImportPlan, leave_out: LeaveOut) -> Sentence | None:
    """What to map when no column names the requester, though the file has columns left; else nothing."""
    columns = _columns(plan)
    if plan.columns.named("requester") in columns or plan.columns.named("email") in columns:
        return None
    unused = ignored_columns(plan, leave_out)
    if not unused:
        return None
    likely = [f"--map {_pair(field, name)}" for name in unused if (field := _field_of(name))]
    options = OneOf(
        tuple(sentence("terminal.typed", option=each) for each in likely or ["--map requester=COLUMN"])
    )
    return sentence("terminal.import_no_requester", columns=tuple(unused), options=options)


def with_known_columns(plan: ImportPlan) -> tuple[ImportPlan, Mapping[str, str]]:
    """The plan with the columns that other help desks' exports have, and what was taken for which field.

    Raises ConfigurationError for a CSV file without a column for the text, or whose rows cannot be told apart.
    """
    header = _columns(plan)
    found = plan.columns.recognised(header)
    columns = replace(plan.columns, mapped={**plan.columns.mapped, **found})
    plan = replace(plan, columns=columns)
    if plan.path.suffix.lower() == ".csv":
        with _opened(plan) as file:
            require_rows_apart(file, plan.path, columns, delimiter=_delimiter(plan))
        _require_columns(plan, header)
    return plan, found


def ignored_columns(plan: ImportPlan, leave_out: LeaveOut) -> list[str]:
    """The columns that are mapped to no field and leave no row out, in the file's order."""
    columns = _columns(plan)
    used = {
        plan.columns.named(name, columns) for name in FIELDS if name != SUBJECT or name in plan.columns.mapped
    }
    used.add(plan.columns.status_column(columns) if leave_out.finished else "")
    return [name for name in columns if name and name not in used]


def _columns(plan: ImportPlan) -> list[str]:
    """The header of a CSV file, or the names in the first lines of a JSON one."""
    _require_text(plan.path)
    if plan.path.suffix.lower() == ".csv":
        with _opened(plan) as file:
            return list(csv.DictReader(file, delimiter=_delimiter(plan)).fieldnames or ())
    first = itertools.islice(_raw_rows(plan), LINES_TRIED)
    return list(dict.fromkeys(name for row in first if not isinstance(row, BadRow) for name in row[1]))


def _field_of(column: str) -> str:
    """The field that a column with this name seems to be meant for; empty for none."""
    words = set(re.findall(r"[a-z]+", column.lower()))
    if any(word.endswith("mail") for word in words):
        return "email"
    return "requester" if any(_PEOPLE.fullmatch(word) for word in words) else ""


def _raw_rows(plan: ImportPlan) -> Iterator[tuple[int, Mapping[str, Any]] | BadRow]:
    """(line, row), or why it is no row. Lines are counted from 1, as editors do."""
    _require_text(plan.path)
    match plan.path.suffix.lower():
        case ".csv":
            yield from _csv_rows(plan)
        case ".jsonl" | ".ndjson":
            yield from _json_rows(plan)
        case other:
            raise ConfigurationError(
                sentence("terminal.import_other_kind", file=str(plan.path), ending=other)
            )


def _require_text(path: Path) -> None:
    """Raises ConfigurationError for an empty file, and when its first lines show that it is in another encoding."""
    with path.open("rb") as file:
        start = b"".join(itertools.islice(file, LINES_TRIED))
    if not start.removeprefix(codecs.BOM_UTF8).strip():
        raise ConfigurationError(sentence("terminal.import_empty", file=str(path)))
    try:
        start.decode("utf-8")
    except UnicodeDecodeError as error:
        line = start.count(b"\n", 0, error.start) + 1
        other = "UTF-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "WINDOWS-1252"
        raise ConfigurationError(
            sentence(
                "terminal.import_encoding", file=str(path), line=str(line), encoding=other, name=path.name
            )
        ) from None


def _csv_rows(plan: ImportPlan) -> Iterator[tuple[int, Mapping[str, Any]] | BadRow]:
    delimiter = _delimiter(plan)
    with _opened(plan) as file:
        reader = csv.DictReader(file, delimiter=delimiter)
        _require_columns(plan, reader.fieldnames or ())
        line = reader.line_num + 1
        try:
            for row in reader:
                extra: Any = row.pop(None, None)
                yield _too_long(line, row, extra, delimiter=delimiter) if extra else (line, row)
                line = reader.line_num + 1
        except csv.Error as error:
            yield BadRow(line, sentence("terminal.import_no_csv", reason=str(error)), {})


def _opened(plan: ImportPlan) -> IO[str]:
    return plan.path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")


def _delimiter(plan: ImportPlan) -> str:
    """What separates the header's columns: that by which it has one for the text, else that which makes the most."""
    with _opened(plan) as file:
        first = file.readline()
    headers = {each: next(csv.reader([first], delimiter=each), []) for each in DELIMITERS}
    text = plan.columns.named("text")
    return max(DELIMITERS, key=lambda each: (text in headers[each], len(headers[each])))


def _too_long(line: int, row: Mapping[str, Any], extra: Sequence[str], *, delimiter: str) -> BadRow:
    """What is over is kept as it stood in the file, to be put where it belongs."""
    kept = io.StringIO()
    csv.writer(kept, lineterminator="", delimiter=delimiter).writerow(extra)
    name = MORE if MORE not in row else f"{MORE} values"
    reason = sentence("terminal.import_too_long", count=len(extra), delimiter=DELIMITERS[delimiter])
    return BadRow(line, reason, {**row, name: kept.getvalue()})


def _json_rows(plan: ImportPlan) -> Iterator[tuple[int, Mapping[str, Any]] | BadRow]:
    with plan.path.open(encoding="utf-8-sig", errors="surrogateescape") as file:
        for line, text in enumerate(file, start=1):
            if not text.strip():
                continue
            try:
                row = json.loads(text)
            except ValueError as error:
                yield BadRow(
                    line, sentence("terminal.import_no_json", reason=str(error)), {MORE: text.rstrip("\n")}
                )
                continue
            if isinstance(row, dict):
                yield line, row
            else:
                yield BadRow(line, sentence("terminal.import_no_object"), {MORE: text.rstrip("\n")})


def _require_columns(plan: ImportPlan, header: Sequence[str]) -> None:
    for name in ("text", *plan.columns.mapped):
        column = plan.columns.named(name)
        if column and column not in header:
            meant = nearest(column, header)
            key = "terminal.import_no_column" if header else "terminal.import_no_columns"
            facts = {"columns": tuple(header)} if header else {}
            unknown = sentence(key, file=str(plan.path), column=column, field=name, **facts)
            if meant is None and name == "text" and header:
                raise ConfigurationError(unknown, _text_hint(plan, header))
            raise ConfigurationError(unknown, *did_you_mean(meant and f"--map {_pair(name, meant)}"))


def _text_hint(plan: ImportPlan, header: Sequence[str]) -> Sentence:
    """The mapping that is probably meant: of the column that says most."""
    with _opened(plan) as file:
        rows = list(itertools.islice(csv.DictReader(file, delimiter=_delimiter(plan)), LINES_TRIED))
    longest = max(header, key=lambda name: sum(len(str(row.get(name) or "")) for row in rows))
    return sentence("terminal.import_map_text", column=longest, option=f"--map {_pair('text', longest)}")


def _pair(name: str, column: str) -> str:
    """As it is typed in a shell."""
    return shlex.quote(f"{name}={column}")


def _check_text(plan: ImportPlan, raw: Mapping[str, Any]) -> None:
    """Raises BadValue for a row that holds no text, or none that one request can have."""
    if any(isinstance(value, str) and _ODD.search(value) for value in raw.values()):
        raise BadValue(sentence("terminal.import_odd_text"))
    column, text = plan.columns.named("text"), plan.columns.text(raw)
    if text is not None and not isinstance(text, str):
        shown = json.dumps(text, ensure_ascii=False)
        raise BadValue(sentence("terminal.import_no_text", column=column, value=shown))
    if text is None or not text.strip():
        raise BadValue(sentence("terminal.import_empty_text"))
    if len(text) > LONGEST_TEXT:
        raise BadValue(sentence("terminal.import_long_text", length=len(text), most=LONGEST_TEXT))


def _event(plan: ImportPlan, line: int, raw: Mapping[str, Any], occurrences: Counter[str]) -> RequestImported:
    text, category = str(plan.columns.text(raw)), plan.columns.category(raw)
    requester, opened_at = _requester(plan, raw, line), plan.columns.created_at(raw)
    return RequestImported(
        key=_key(plan, raw, text, occurrences),
        actor=requester,
        location=Location(channel=plan.inbox.channel),
        at=plan.at,
        text=text,
        subject=plan.columns.subject(raw),
        opened_at=opened_at,
        is_announced=plan.is_announced,
        fields={"category": category} if category else {},
    )


def _key(plan: ImportPlan, raw: Mapping[str, Any], text: str, occurrences: Counter[str]) -> str:
    identity = plan.columns.words(raw, "id")
    if identity:
        return f"import:{plan.path.name}:id:{identity}"
    digest = _digest(text)
    occurrences[digest] += 1
    return f"import:{plan.path.name}:text:{digest}:{occurrences[digest]}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def _requester(plan: ImportPlan, raw: Mapping[str, Any], line: int) -> Person:
    """The mapped column's person; without one, every row has a requester of its own. Raises BadValue."""
    for field_name in ("requester", "email"):
        reference = plan.columns.words(raw, field_name)
        if reference in plan.listed:
            return plan.listed[reference]
        if plan.listed_on and reference.startswith(f"{plan.listed_on}:"):
            raise BadValue(_nobody(plan, raw, field_name, reference))
    email, name = plan.columns.email(raw), plan.columns.words(raw, "requester")
    identity = email or name.casefold()
    if not identity:
        return Person(
            key=f"import:{plan.path.name}:{line}",
            name=words(plan.language, "team.imported_requester", line=str(line)),
        )
    return Person(key=f"{IMPORTED}:{identity}", name=name or identity, email=email)


def _nobody(plan: ImportPlan, raw: Mapping[str, Any], field_name: str, name: str) -> Sentence:
    column = plan.columns.named(field_name, raw)
    if meant := nearest(name, plan.listed):
        return sentence("terminal.import_misspelt_person", column=column, value=name, meant=meant)
    return sentence("terminal.import_no_person", column=column, value=name)
