"""Answers as they are typed, and what `desk.yaml` makes of them."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from itertools import chain, count
from pathlib import Path
from typing import Any, Final
from zoneinfo import available_timezones

from pydantic import TypeAdapter, ValidationError

import adapters.discord.capabilities as discord
import adapters.slack.capabilities as slack
from bot.config.file.document import read_document, text_of
from bot.config.file.field_types import PersonReference, TicketPrefix, TimeZone, offset_in
from bot.config.file.hours import AROUND_THE_CLOCK, Week
from bot.config.file.yaml_text import inline
from bot.domain.errors import UsageError
from bot.domain.sentence import Sentence, sentence
from bot.domain.suggestions import did_you_mean, nearest

OPTIONS: Final = (
    *("platform", "server", "desk", "prefix", "inbox", "team-channel", "escalation-channel"),
    *("team", "members", "lead", "hours", "zone"),
)
PAGE: Final = "page"
"""The browser workspace alone."""
PLATFORMS: Final = (slack.PLATFORM, discord.PLATFORM, PAGE)
"""In the order in which they are offered."""
_WITHOUT_ACCENT: Final = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    }
)
"""Latin letters of which Unicode knows no plain letter with an accent."""
_LOCAL_TIME = Path("/etc/localtime")
_PREFIX, _WEEK = TypeAdapter[str](TicketPrefix), TypeAdapter[Any](Week)
_ZONE, _PERSON = TypeAdapter[Any](TimeZone), TypeAdapter[str](PersonReference)


def answers_in(path: Path) -> dict[str, str]:
    """Those of a YAML file; lists are joined by commas. Raises ConfigurationError or UsageError."""
    found = {}
    for name, value in read_document(path, text_of(path)).values.items():
        if name.replace("_", "-") not in OPTIONS:
            unknown = sentence("terminal.init_unknown_answer", file=str(path), name=name)
            raise UsageError(unknown, *did_you_mean(nearest(name, OPTIONS)))
        parts = value if isinstance(value, list) else [value]
        if not all(isinstance(each, str) for each in parts):
            raise UsageError(sentence("terminal.init_no_text", file=str(path), name=name))
        found[name.replace("_", "-")] = ", ".join(map(str, parts))
    return found


def platform(text: str) -> str:
    """By its name, or its number in the list."""
    if text.isdigit() and 0 < int(text) <= len(PLATFORMS):
        return PLATFORMS[int(text) - 1]
    found = next((each for each in PLATFORMS if text and each.startswith(text.lower())), None)
    if found is None:
        raise UsageError(sentence("terminal.init_no_platform", text=text))
    return found


def name(text: str) -> str:
    if not text or any(not each.isprintable() for each in text):
        raise UsageError(sentence("terminal.init_no_name"))
    return text


def prefix(text: str) -> str:
    return str(_checked(_PREFIX, text.upper()))


def zone(text: str) -> str:
    """Also by its city alone: `berlin`. An offset such as `GMT+1` is none: files of zones turn its sign around."""
    folded = text.casefold().replace(" ", "_")
    zones = sorted(available_timezones())
    by_city = [each for each in zones if folded in (each.casefold(), each.casefold().rpartition("/")[2])]
    found = next((each for each in by_city if "/" in each and offset_in(text) is None), text)
    return str(_checked(_ZONE, found))


def week(text: str) -> str:
    """As `desk.yaml` has it: of `mon-thu 9:00-17:00; fri 9:00-14:00`."""
    if text.casefold() == AROUND_THE_CLOCK:
        return AROUND_THE_CLOCK
    days = dict(_days(each.strip()) for each in text.split(";") if each.strip())
    _checked(_WEEK, days)
    return inline(days)


def person(text: str) -> str:
    return str(_checked(_PERSON, text))


def local_zone(environ: Mapping[str, str]) -> str:
    """That of this machine, by its name; UTC where it has none."""
    named = environ.get("TZ") or str(_LOCAL_TIME.resolve()).partition("zoneinfo/")[2]
    return named if named in available_timezones() else "UTC"


def key_of(text: str, *, otherwise: str, taken: Collection[str] = ()) -> str:
    """For `desk.yaml`: small letters without accents, digits and dashes; numbered where it is `taken`."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_WITHOUT_ACCENT))
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    key = re.sub(r"[^a-z0-9]+", "-", letters).strip("-") or otherwise
    numbered = (f"{key}-{number}" for number in count(2))
    return next(each for each in chain([key], numbered) if each not in taken)


def _days(text: str) -> tuple[str, str]:
    found = re.fullmatch(r"(\D*[^\W\d]):?\s+(\d.*|closed)", text)
    if found is None:
        raise UsageError(sentence("terminal.init_no_hours", text=text))
    return found[1], found[2]


def _checked(kind: TypeAdapter[Any], text: object) -> object:
    """Raises UsageError with what the check of `desk.yaml` says."""
    try:
        return kind.validate_python(text)
    except ValidationError as error:
        context = error.errors()[0].get("ctx") or {}
        told = context.get("sentence")
        problem = told if isinstance(told, Sentence) else sentence("terminal.init_no_name")
        raise UsageError(problem) from None
