"""What stands in the columns of an imported row: people's addresses, categories and dates, and what is wrong there.

A reason names the column, and is put behind the row's line.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.errors import TechnicalError
from bot.domain.sentence import Fact, OneOf, Sentence, sentence
from bot.domain.suggestions import nearest

FIELDS = ("text", "id", "requester", "email", "category", "created")
"""What a column can be mapped to."""
ALSO_CALLED = {"created": "opened"}
"""A second name for a field's column, where none is mapped."""
_ADDRESS = re.compile(r"[^\s@<>(),;:\"]+@[^\s@<>(),;:\"]+\.[^\s@<>(),;:\".]+")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class BadValue(TechnicalError):
    """What a row holds cannot be taken; whoever imports the file is told why."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """`mapped` gives the column of a field where that has another name. `zone` is meant by dates that name none."""

    mapped: Mapping[str, str] = field(default_factory=dict)
    categories: Sequence[str] = ()
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    now: datetime

    def named(self, name: str, among: Sequence[str] | Mapping[str, Any] = ()) -> str:
        """The field's column, of those that there are."""
        column = self.mapped.get(name, name)
        other = ALSO_CALLED.get(name, column)
        return other if name not in self.mapped and column not in among and other in among else column

    def words(self, raw: Mapping[str, Any], name: str) -> str:
        value = raw.get(self.named(name, raw))
        return "" if value is None else str(value).strip()

    def email(self, raw: Mapping[str, Any]) -> str | None:
        """In lower case. Raises BadValue for what is no address."""
        address = self.words(raw, "email").lower()
        if address and not _ADDRESS.fullmatch(address):
            raise self._bad(raw, "email", address, "terminal.import_no_address")
        return address or None

    def category(self, raw: Mapping[str, Any]) -> str:
        """As desk.yaml writes it. Raises BadValue for one that desk.yaml has not, where it has any."""
        word = self.words(raw, "category")
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
            said = datetime.fromisoformat(word)
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
