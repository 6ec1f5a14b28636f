"""A line of the audit log while it is put into words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.sentence import Sentence
from bot.domain.tickets.custom_field import FieldKind
from bot.messages.outbound import Moment, RichText, Span
from bot.ports.storage.audit_log import AuditEntry
from bot.text.error_text import tell
from bot.text.field_values import value_in_words

Facts = dict[str, RichText | Span | int]
Told = tuple[str, Facts]
"""A sentence's key, and its facts besides who did it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry with what it takes to say it in a language."""

    language: str
    entry: AuditEntry
    names: Mapping[str, str]

    def __getitem__(self, detail: str) -> Any:  # noqa: ANN401
        return self.entry.details[detail]

    def name(self, key: str) -> str:
        return self.names.get(key, key)

    def kept(self, detail: str) -> RichText:
        """A sentence that was kept to be said later."""
        return tell(self.language, Sentence.from_json(self[detail]))

    def value(self, detail: str) -> str:
        """A custom field's value, as the line's other details say what it is of."""
        kind = FieldKind(self["kind"])
        return value_in_words(kind, self[detail], language=self.language, names=self.names)

    def at(self, detail: str) -> Moment:
        return Moment(datetime.fromisoformat(self[detail]))
