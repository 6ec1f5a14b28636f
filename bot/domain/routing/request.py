"""A request as routing sees it: what was asked, by whom and where, and the facts that follow from it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.directory import Person
from bot.domain.normalised_text import normalised, words_of
from bot.domain.tickets.custom_field import CATEGORY

Lead = tuple[str, str]
"""A kind of fact and its value: `("word", "vpn")`, `("inbox", "help-it")`, `("field category", "disk")`."""

IN_PRIVATE: Lead = ("private", "yes")
"""The fact that a request was asked in private."""


def category_fact(category: str) -> Lead:
    """The fact that a request is of this category."""
    return f"field {CATEGORY}", normalised(category)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a rule may look at. `inbox` is the inbox's name in `desk.yaml`; `at` is desk time, UTC.

    `language` is asked only by rules that need it: it returns an ISO 639-1 code, or "" when unsure.
    """

    text: str
    platform: str
    inbox: str | None
    person: Person
    at: datetime
    fields: Mapping[str, str] = field(default_factory=dict)
    looked_up: Mapping[str, str] = field(default_factory=dict)
    """What other systems said of the person, as far as it was known when this was asked."""
    community: str | None = None
    """The name of the community it is from; only its own teams and those of none may get it."""
    is_private: bool = False
    """Whether it was asked in private, whatever a rule makes of it."""
    language: Callable[[], str] = lambda: ""


class Facts:
    """A request as conditions see it: its words are found once, its language only when asked for."""

    __slots__ = ("_language", "fields", "looked_up", "request", "sentence", "text", "words")

    def __init__(self, request: Request) -> None:
        words = words_of(request.text)
        self.request = request
        self.text = _without_lone_surrogates(request.text)
        self.words = frozenset(words)
        self.sentence = f" {' '.join(words)} "
        self.fields = {name: _values_of(value) for name, value in request.fields.items()}
        self.looked_up = {name: _values_of(value) for name, value in request.looked_up.items()}
        self._language: str | None = None

    @property
    def language(self) -> str:
        if self._language is None:
            self._language = self.request.language()
        return self._language

    def other_leads(self) -> Iterator[Lead]:
        """The facts, besides words and patterns, that are known without work."""
        yield "platform", self.request.platform
        if self.request.is_private:
            yield IN_PRIVATE
        if self.request.inbox is not None:
            yield "inbox", self.request.inbox
        for name, values in self.fields.items():
            yield from ((f"field {name}", value) for value in values)
        for name, values in self.looked_up.items():
            yield from ((f"lookup {name}", value) for value in values)


def _values_of(value: str) -> frozenset[str]:
    """A field's value as words, whole and line by line: where a field has several, each has a line of its own."""
    return frozenset(map(normalised, (value, *value.splitlines())))


def _without_lone_surrogates(text: str) -> str:
    """RE2 reads UTF-8, which cannot carry them."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
