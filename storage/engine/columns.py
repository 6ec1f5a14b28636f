"""How values are written in columns, and read back: instants, durations, JSON and text.

`storable` is the one place where text is made safe: PostgreSQL refuses NUL, and neither database takes a
lone surrogate; both become U+FFFD before they are stored or looked for, on both databases alike.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from bot.domain.sentence import Sentence

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
LONGEST_KEY = 300
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
LIKE_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\%_"})
"""Makes words mean themselves in a LIKE pattern whose escape is a backslash."""

Row = dict[str, Any]
"""A row as read: values by column name."""
Json: TypeAlias = Any
"""What JSON text holds."""


def storable(value: object) -> object:
    """A parameter both databases accept: clean text, plain strings for enums, other values as they are."""
    kind = type(value)
    if kind is int or value is None:
        return value
    if kind is str and value.isascii() and "\0" not in value:  # type: ignore[attr-defined,operator]
        return value
    if isinstance(value, str):
        return clean(str(value))
    return value


def clean(words: str) -> str:
    """The text with NUL bytes and lone surrogates replaced by U+FFFD."""
    if "\0" in words:
        words = words.replace("\0", REPLACEMENT)
    if words.isascii():
        return words
    try:
        words.encode()
    except UnicodeEncodeError:
        return "".join(REPLACEMENT if "\ud800" <= letter <= "\udfff" else letter for letter in words)
    return words


def index_key(words: str) -> str:
    """Words that fit an index entry; PostgreSQL's holds 2,704 bytes."""
    if len(words) <= LONGEST_KEY:
        return words
    return f"{words[:LONGEST_KEY]}…{hashlib.sha256(words.encode(errors='replace')).hexdigest()}"


def micros(at: datetime) -> int:
    """Microseconds since 1970; raises TypeError for an instant without time zone."""
    return (at - EPOCH) // MICROSECOND


def micros_or_none(at: datetime | None) -> int | None:
    return None if at is None else (at - EPOCH) // MICROSECOND


def instant(value: int) -> datetime:
    return EPOCH + timedelta(microseconds=value)


def instant_or_none(value: int | None) -> datetime | None:
    return None if value is None else EPOCH + timedelta(microseconds=value)


def span(duration: timedelta) -> int:
    """A duration in microseconds."""
    return duration // MICROSECOND


def to_json(value: object, *, is_sorted: bool = False) -> str:
    """JSON text; instants become ISO 8601, sets sorted lists, and unsafe text is cleaned inside it."""
    encoder = _SORTED if is_sorted else _AS_GIVEN
    written = encoder.encode(value)
    if "\\u0000" in written:  # JSON escapes NUL, which `storable` could then not see
        written = encoder.encode(_cleaned(value))
    return written


def from_json(written: str) -> Json:
    if written == "[]":  # tags that a ticket has not, what was never edited: most of what is read
        return []
    return {} if written == "{}" else _READ(written)


_READ = json.JSONDecoder().decode


def _json_value(value: object) -> object:
    match value:
        case datetime():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case frozenset() | set():
            return sorted(value)
        case Sentence():
            return value.to_json()
        case _:
            raise TypeError(f"{type(value).__name__} cannot be written as JSON")


_AS_GIVEN = json.JSONEncoder(ensure_ascii=False, default=_json_value)
_SORTED = json.JSONEncoder(ensure_ascii=False, default=_json_value, sort_keys=True)
"""Made once: `json.dumps` would make one for each value."""


def _cleaned(value: object) -> object:
    match value:
        case str():
            return clean(value)
        case Mapping():
            return {_cleaned(key): _cleaned(inner) for key, inner in value.items()}
        case Sequence():
            return [_cleaned(inner) for inner in value]
        case _:
            return value
