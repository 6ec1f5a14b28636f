"""Placeholders in a macro's text: what may stand there, and the text with values in their places.

`{requester.name}` is one, `{{requester.name}}` says the same words without meaning anything, and braces around
anything that is no name stay as they are. A value is text: what looks like a placeholder in it is none.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

OF_A_PERSON = ("first_name", "name")
FACTS = {
    "requester": OF_A_PERSON,
    "ticket": ("number", "subject", "link"),
    "agent": OF_A_PERSON,
    "team": ("name",),
}
"""What a placeholder may be about, and what of it."""
PLACEHOLDERS = tuple(f"{about}.{fact}" for about, facts in FACTS.items() for fact in facts)
FIELD = "field."
"""Goes before the name of a custom field: `{field.asset_tag}`."""
_NAME = r"\s*([^\W\d][\w.\-]*)\s*"
_OPEN = re.compile(rf"\{{\s*(?:{'|'.join((*FACTS, 'field'))})\.[\w.\-]*(?!\s*\}})(?![\w.\-])")
_WRITTEN = re.compile(rf"\{{\{{{_NAME}\}}\}}|\{{{_NAME}\}}")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """`written` is all of it as it stands in the text, with its braces; `name` is in lower case."""

    name: str
    written: str

    @property
    def about(self) -> tuple[str, str]:
        """`requester` and `name`."""
        what, _, fact = self.name.partition(".")
        return what, fact

    @property
    def field(self) -> str | None:
        """The custom field that it names, if any."""
        return self.name.removeprefix(FIELD) if self.name.startswith(FIELD) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledText:
    """`missing` are the placeholders without a value, once each; in the text they stand as they were written."""

    text: str
    missing: tuple[Placeholder, ...] = ()


def placeholders_in(text: str) -> tuple[Placeholder, ...]:
    """In the order of the text, each name once."""
    found = {each.name: each for each in _pieces(text) if isinstance(each, Placeholder)}
    return tuple(found.values())


def unclosed_in(text: str) -> str | None:
    """What begins like a placeholder and lacks its closing brace, as it is written; None where all have theirs."""
    found = _OPEN.search(text)
    return found[0] if found is not None else None


def fill(text: str, value_of: Callable[[Placeholder], str], *, keeps_braces: bool = False) -> FilledText:
    """`value_of` gives nothing, or blanks, for a placeholder without a value.

    `keeps_braces`: doubled braces stay as they are, for a text that was filled before.
    """
    written: list[str] = []
    values: dict[str, str] = {}
    missing: dict[str, Placeholder] = {}
    for piece in _pieces(text):
        if not isinstance(piece, Placeholder):
            written.append(piece.written if keeps_braces else piece.text)
            continue
        if piece.name not in values:
            values[piece.name] = value_of(piece).strip()
        if not values[piece.name]:
            missing.setdefault(piece.name, piece)
        written.append(values[piece.name] or piece.written)
    return FilledText(text="".join(written), missing=tuple(missing.values()))


def first_name(name: str) -> str:
    """`Ana` of `Ana Lima` and of `Lima, Ana`."""
    _, comma, after = name.partition(",")
    words = (after if comma and after.strip() else name).split()
    return words[0] if words else ""


@dataclass(frozen=True, slots=True)
class _Words:
    text: str
    written: str


def _pieces(text: str) -> Iterator[_Words | Placeholder]:
    end = 0
    for found in _WRITTEN.finditer(text):
        yield _Words(text[end : found.start()], text[end : found.start()])
        end = found.end()
        doubled, name = found.groups()
        yield _Words(found[0][1:-1], found[0]) if doubled is not None else Placeholder(name.lower(), found[0])
    yield _Words(text[end:], text[end:])
