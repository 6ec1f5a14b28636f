"""What stands in the columns of an imported row: people's addresses, categories and dates, and what is wrong there.

A reason names the column, and is put behind the row's line.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.errors import ConfigurationError, TechnicalError
from bot.domain.sentence import Fact, OneOf, Sentence, sentence
from bot.domain.suggestions import did_you_mean, nearest

SUBJECT = "subject"
FIELDS = ("text", SUBJECT, "id", "requester", "email", "category", "created")
"""What a column can be mapped to."""
ALSO_CALLED = {"created": "opened"}
"""A second name for a field's column, where none is mapped."""
KNOWN: Mapping[str, Sequence[str]] = {
    "id": (
        "id",
        "ticket id",
        "ticket number",
        "issue key",
        "key",
        "request id",
        "case number",
        "number",
        "ticket",
    ),
    "text": (
        "text",
        "description",
        "ticket description",
        "issue description",
        "body",
        "message",
        "details",
        "question",
    ),
    SUBJECT: ("subject", "ticket subject", "summary", "title", "short description"),
    "requester": (
        (
            "requester",
            "requester name",
            "reporter",
            "reporter name",
            "caller",
            "customer",
            "customer name",
            "requested by",
            "submitted by",
            "created by",
            "opened by",
            "full name",
            "contact name",
            "from",
        )
    ),
    "email": (
        (
            "email",
            "e mail",
            "requester email",
            "requester e mail",
            "reporter email",
            "email address",
            "customer email",
            "contact email",
            "from email",
        )
    ),
    "category": ("category", "ticket category"),
    "created": (
        (
            "created",
            "opened",
            "created at",
            "created time",
            "created date",
            "created on",
            "date created",
            "creation date",
            "opened at",
            "opened on",
            "date opened",
            "submitted at",
            "submission date",
        )
    ),
}
"""How exports of other help desks (Zendesk, Freshdesk, Jira Service Management, ServiceNow) head a field's column."""
_STATUS = re.compile(r"((ticket|issue|request) )?(status|state)")
"""How they head the column that says how far a request has come."""
_FINISHED = frozenset(
    {
        "solved",
        "closed",
        "resolved",
        "done",
        "completed",
        "complete",
        "cancelled",
        "canceled",
        "declined",
        "rejected",
        "won't do",
        "closed complete",
        "closed incomplete",
        "closed skipped",
        "archived",
    }
)
"""What they call a request that nobody works on any more."""
DATES_IN_WORDS = (
    "%d/%b/%y %I:%M %p",
    "%d/%b/%Y %I:%M %p",
    "%d/%b/%y %H:%M",
    "%d/%b/%Y %H:%M",
    "%d %b %Y %H:%M",
)
"""As Jira writes them: with the month's name, so that no day can be taken for a month."""
_NUMBERED = re.compile(r"\S*\d\S*")
"""What an id looks like, and hardly ever the start of a line of text."""
_ADDRESS = re.compile(r"[^\s@<>(),;:\"]+@[^\s@<>(),;:\"]+\.[^\s@<>(),;:\".]+")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class BadValue(TechnicalError):
    """What a row holds cannot be taken; whoever imports the file is told why."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """`mapped` gives the column of a field where that has another name, empty for none. `zone` is meant by dates that
    name none. `renamed` gives a category of the desk, or none, for one of the file, whose letters are small.
    """

    mapped: Mapping[str, str] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    categories: Sequence[str] = ()
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    now: datetime

    def named(self, name: str, among: Sequence[str] | Mapping[str, Any] = ()) -> str:
        """The field's column, of those that there are."""
        column = self.mapped.get(name, name)
        other = ALSO_CALLED.get(name, column)
        return other if name not in self.mapped and column not in among and other in among else column

    def recognised(self, header: Sequence[str]) -> Mapping[str, str]:
        """Columns that are called otherwise than the fields they surely hold, where none is mapped or called so.

        A subject goes before the text, and is the text where there is none.
        """
        called = {_plainly(name): name for name in reversed(header)}
        found: dict[str, str] = {}
        for name, names in KNOWN.items():
            is_called_so = name != SUBJECT and self.named(name, header) in header
            has_own = name in self.mapped or is_called_so
            column = next((called[each] for each in names if each in called), None)
            if not has_own and column is not None and column not in (*self.mapped.values(), *found.values()):
                found[name] = column
        has_text = "text" in self.mapped or "text" in header or "text" in found
        if not has_text and SUBJECT in found:
            found["text"] = found.pop(SUBJECT)
        return found

    def text(self, raw: Mapping[str, Any]) -> Any:  # noqa: ANN401  a row is whatever the file held
        """What is asked, below its subject where that has a column of its own."""
        text = raw.get(self.named("text"))
        subject = self.subject(raw)
        if not subject or not isinstance(text, str | None):
            return text
        said = (text or "").strip()
        if said.startswith(subject):
            return text
        return f"{subject}\n\n{said}".strip()

    def are_rows(self, header: Sequence[str], lines: Sequence[Sequence[str]]) -> bool:
        """Whether the lines of one value are surely rows of their own: each has all columns, with what these hold."""
        if any(len(each) != len(header) for each in lines):
            return False
        raws = [dict(zip(header, each, strict=True)) for each in lines]
        telling = {name for name in ("email", "created") if self.named(name, header) in header}
        if telling:
            return sum(self._holds(raw, telling) for raw in raws) * 2 > len(raws)
        if self.named("id", header) in header:
            return all(_NUMBERED.fullmatch(self.words(raw, "id")) for raw in raws)
        return min(len(header), len(raws)) > 2

    def _holds(self, raw: Mapping[str, Any], telling: Iterable[str]) -> bool:
        """Whether one of these columns holds what it is for, and none holds anything else."""
        try:
            found = [self.email(raw) if each == "email" else self.created_at(raw) for each in telling]
        except BadValue:
            return False
        return any(found)

    def subject(self, raw: Mapping[str, Any]) -> str:
        """What it was called; empty where no column of its own says so."""
        return self.words(raw, SUBJECT) if SUBJECT in self.mapped else ""

    def words(self, raw: Mapping[str, Any], name: str) -> str:
        column = self.named(name, raw)
        value = raw.get(column) if column else None
        return "" if value is None else str(value).strip()

    def status_column(self, header: Iterable[str]) -> str:
        """Empty where none is called so, or the one that is holds something else."""
        free = (name for name in header if name not in self.mapped.values())
        return next((name for name in free if _STATUS.fullmatch(_plainly(name))), "")

    def is_finished(self, raw: Mapping[str, Any]) -> bool:
        """Whether its status says that nobody works on it any more."""
        return str(raw.get(self.status_column(raw)) or "").strip().casefold() in _FINISHED

    def email(self, raw: Mapping[str, Any]) -> str | None:
        """In lower case. Raises BadValue for what is no address."""
        address = self.words(raw, "email").lower()
        if address and not _ADDRESS.fullmatch(address):
            raise self._bad(raw, "email", address, "terminal.import_no_address")
        return address or None

    def category(self, raw: Mapping[str, Any]) -> str:
        """As desk.yaml writes it. Raises BadValue for one that desk.yaml has not, where it has any."""
        word = self.words(raw, "category")
        word = self.renamed.get(word.casefold(), word)
        known = {each.casefold(): each for each in self.categories}
        if not word or not known:
            return word
        if word.casefold() not in known:
            meant = nearest(word, self.categories)
            if meant:
                raise self._bad(raw, "category", word, "terminal.import_misspelt_category", meant=meant)
            choices = OneOf(tuple(self.categories))
            raise self._bad(raw, "category", word, "terminal.import_no_category", choices=choices)
        return known[word.casefold()]

    def created_at(self, raw: Mapping[str, Any]) -> datetime | None:
        """When it was made, UTC; None where the row does not say. Raises BadValue for no date, and for the future."""
        word = self.words(raw, "created")
        if not word:
            return None
        try:
            said = _date(word)
            at = (said if said.tzinfo is not None else said.replace(tzinfo=self.zone)).astimezone(UTC)
        except (ValueError, OverflowError):
            raise self._bad(raw, "created", word, "terminal.import_no_date") from None
        if at > self.now:
            raise self._bad(raw, "created", word, "terminal.import_in_the_future")
        if at < _EPOCH:
            raise self._bad(raw, "created", word, "terminal.import_before_1970")
        return at

    def _bad(self, raw: Mapping[str, Any], name: str, word: str, key: str, **facts: Fact) -> BadValue:
        return BadValue(sentence(key, column=self.named(name, raw), value=word, **facts))


def read_categories(pairs: Iterable[str], categories: Sequence[str]) -> dict[str, str]:
    """`Hardwear=Hardware` pairs; `Misc=` is none. Raises ConfigurationError for no pair or no such category."""
    known = {each.casefold(): each for each in categories}
    renamed = {}
    for pair in pairs:
        name, equals, category = (each.strip() for each in pair.rpartition("="))
        if not equals or not name:
            raise ConfigurationError(sentence("terminal.import_no_category_pair", pair=pair))
        if category and known and category.casefold() not in known:
            unknown = sentence(
                "terminal.import_no_such_category", pair=pair, value=category, choices=tuple(categories)
            )
            raise ConfigurationError(unknown, *did_you_mean(nearest(category, categories)))
        renamed[name.casefold()] = known.get(category.casefold(), category)
    return renamed


UNKNOWN_CATEGORY = frozenset({"terminal.import_no_category", "terminal.import_misspelt_category"})
"""The reasons of rows whose category the desk doesn't have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveOut:
    """Rows that stay out: those finished elsewhere, and those made before `since`; neither unless asked for."""

    finished: bool = False
    since: datetime | None = None

    def why(self, columns: Columns, raw: Mapping[str, Any]) -> str:
        """`finished` or `old`; empty for a row that comes in. One that does not say when it was made is not old."""
        if self.finished and columns.is_finished(raw):
            return "finished"
        if self.since is None:
            return ""
        with suppress(BadValue):
            made = columns.created_at(raw)
            return "old" if made is not None and made < self.since else ""
        return ""


def read_leave_out(wanted: Iterable[str], *, zone: ZoneInfo, now: datetime) -> LeaveOut:
    """From `solved`; from `2025-01-31`, a day; from an age, `90d`, `12w` or `2y`. Raises ConfigurationError."""
    finished, since = False, None
    for each in wanted:
        if each.casefold() in _FINISHED:
            finished = True
        elif (found := _AGE.fullmatch(each.casefold())) is not None:
            since = now - timedelta(days=min(int(found[1]), _OLDEST) * _DAYS[found[2]])
        else:
            try:
                since = datetime.combine(date.fromisoformat(each), time(), tzinfo=zone)
            except ValueError:
                raise ConfigurationError(sentence("terminal.import_no_leave_out", text=each)) from None
    return LeaveOut(finished=finished, since=since)


_AGE = re.compile(r"(\d{1,5}) ?([dwy])")
_DAYS = {"d": 1, "w": 7, "y": 365}
_OLDEST = 1_000
"""More of days, weeks or years than any desk has kept requests."""


def _plainly(name: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", name.lower()))


def _date(word: str) -> datetime:
    """Raises ValueError."""
    try:
        return datetime.fromisoformat(word)
    except ValueError:
        for written in DATES_IN_WORDS:
            with suppress(ValueError):
                return datetime.strptime(word, written)  # noqa: DTZ007  the columns' zone is meant
        raise
