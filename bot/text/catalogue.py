"""The catalogue of sentences: gettext files, one for each language and audience, read when first needed.

`locales/de/LC_MESSAGES/requester.po` holds what requesters read in German. An entry's id is its key, not its English;
in code the audience goes before it: `requester.resolved`. A new language is a folder of such files.
"""

import gettext
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from bot.text.template import Template

LOCALES = Path(__file__).parent / "locales"
FALLBACK = "en"
"""The language in which everything is said."""
ENGLISH_ONLY = frozenset({"configuration", "operations", "terminal"})
"""Audiences of operators, who read English: no other language says their sentences, and none lacks them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A sentence in one language: one form, or where it counts something one for each of the language's plurals."""

    forms: tuple[Template, ...]
    form_for: Callable[[int], int]

    def form(self, count: int | None) -> Template:
        return self.forms[0] if count is None or len(self.forms) == 1 else self.forms[self.form_for(count)]

    @property
    def counts(self) -> bool:
        return len(self.forms) > 1


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages that have a folder, English first."""
    found = sorted(each.name for each in LOCALES.iterdir() if each.is_dir())
    return (FALLBACK, *(each for each in found if each != FALLBACK))


@cache
def audiences() -> tuple[str, ...]:
    return tuple(sorted(each.stem for each in (LOCALES / FALLBACK / "LC_MESSAGES").glob("*.po")))


@cache
def entries(language: str, audience: str) -> Mapping[str, Entry]:
    """By id, what is translated; empty for a language or audience without a file."""
    path = LOCALES / language / "LC_MESSAGES" / f"{audience}.po"
    if language not in languages() or not path.exists():
        return {}
    with path.open("rb") as file:
        read = read_po(file, locale=language, abort_invalid=True)
    form_for: Callable[[int], int] = gettext.c2py(read.plural_expr)
    return {
        str(each.id[0] if each.pluralizable else each.id): Entry(
            tuple(
                Template(form) for form in ([each.string] if isinstance(each.string, str) else each.string)
            ),
            form_for,
        )
        for each in read
        if each.id and each.string and not each.fuzzy and all(each.string)
    }


def entry(language: str, key: str) -> Entry:
    """The sentence of this key, `audience.id`; in English where this language lacks it. Raises KeyError for none."""
    audience, _, name = key.partition(".")
    return entries(language, audience).get(name) or entries(FALLBACK, audience)[name]


def has(language: str, key: str) -> bool:
    """Whether this very language says it."""
    audience, _, name = key.partition(".")
    return name in entries(language, audience)


def missing(language: str) -> tuple[str, ...]:
    """Keys that this language lacks, so that they are said in English."""
    return tuple(
        f"{audience}.{name}"
        for audience in audiences()
        if audience not in ENGLISH_ONLY
        for name in entries(FALLBACK, audience)
        if name not in entries(language, audience)
    )


def best(wanted: str, otherwise: str = FALLBACK) -> str:
    """The language that somebody reads, where it has a catalogue; else the other."""
    return wanted if wanted in languages() else otherwise
