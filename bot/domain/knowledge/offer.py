"""An offer: passages that may answer a request, shown to whoever asked, and what they said of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Final

from bot.domain.events import Event
from bot.domain.knowledge.answer_time import AnswerTime
from bot.domain.knowledge.earlier_answer import EARLIER_ANSWERS, ticket_of
from bot.domain.knowledge.picture import MOST_PICTURES
from bot.domain.tickets.conversation import StoredFile

MOST_SHOWN: Final = 3


class OfferState(StrEnum):
    """Where an offer is: to be looked up, without a sure answer, shown, held back, or over."""

    DUE = "due"
    SILENT = "silent"
    SHOWN = "shown"
    HELD = "held"
    """No ticket yet: it waits for a button, or for its time."""
    SOLVED = "solved"
    ASKED = "asked"
    """The team was asked all the same."""
    OPENED = "opened"
    """No button was pressed, so the ticket was opened when its time came."""
    DROPPED = "dropped"
    """The message that asked was deleted before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPassage:
    """What was shown of an article, as it read then. `article` is its name; empty for a fixed answer of `faq`.

    For an earlier answer it is the name of that. Then `title` is empty, `reference` is that of the answered ticket,
    for the team alone, and `said_at` is when that was, in ISO 8601.
    """

    article: str
    title: str
    text: str
    """Markdown."""
    is_for_everybody: bool = True
    pictures: tuple[StoredFile, ...] = ()
    """Those that the text shows."""
    address: str = ""
    """Where anybody can open the whole article; empty where nobody can."""
    reference: str = ""
    said_at: str = ""

    @property
    def is_earlier_answer(self) -> bool:
        return ticket_of(self.article) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersShown(Event):
    """Passages were shown to the requester. `titles` are those of articles that everybody may read."""

    stored_as: ClassVar[str] = "AnswersShown"
    titles: tuple[str, ...]
    has_earlier: bool = False
    """Whether something that was answered before was shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One request that was looked up. `request` is what is held back until it is decided, as JSON; else empty."""

    id: int
    person: str
    """Key of who asked."""
    mode: AnswerTime
    state: OfferState
    at: datetime
    due_at: datetime | None = None
    """When it is looked up, or a held request opens as a ticket; None when nothing is to come."""
    ticket: int | None = None
    team: str = ""
    source: str = ""
    """Key of the message that asked, for one that is held back; else empty."""
    shown: tuple[ShownPassage, ...] = ()
    request: Mapping[str, Any] = field(default_factory=dict)

    @property
    def pictures(self) -> tuple[StoredFile, ...]:
        """Of all that is shown, as many as go with one message."""
        return tuple(dict.fromkeys(file for each in self.shown for file in each.pictures))[:MOST_PICTURES]

    @property
    def public_titles(self) -> tuple[str, ...]:
        """Of articles for everybody: others are named to nobody but who was shown them."""
        return tuple(dict.fromkeys(each.title for each in self.shown if each.is_for_everybody))

    @property
    def public_names(self) -> Mapping[str, str]:
        """The titles of the same articles by their names, of fixed answers by the titles themselves."""
        return {each.article or each.title: each.title for each in self.shown if each.is_for_everybody}

    @property
    def counted_names(self) -> frozenset[str]:
        """What figures tell apart of what was shown: these, and all earlier answers together."""
        earlier = {EARLIER_ANSWERS} if self.references else set[str]()
        return frozenset({*self.public_names, *earlier})

    @property
    def references(self) -> tuple[str, ...]:
        """Of the tickets whose answers were shown, for those of their team."""
        return tuple(each.reference for each in self.shown if each.is_earlier_answer)

    def event(self, *, actor: str, at: datetime) -> AnswersShown:
        """That it was shown, for the ticket's log: other articles than those for everybody are not named."""
        return AnswersShown(actor=actor, at=at, titles=self.public_titles, has_earlier=bool(self.references))


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersJudged(Event):
    """The requester said whether what was shown solved it."""

    stored_as: ClassVar[str] = "AnswersJudged"
    is_solved: bool


_URGENT: Final = re.compile(
    r"\b(urgent(e|es|ly|s)?|emergency|asap|immediately|outage|breach(ed)?|hacked|ransomware|phishing|"
    r"(everything|all|everyone|production|site|server|network) (is|are) down|"
    r"dringend(e|er|es)?|eilig|eilt|notfall|sofort|ausfall|gehackt|"
    r"urgencia|emergencia|inmediatamente|hackead[oa]|"
    r"urgence|immédiatement|panne générale|piraté|"
    r"urgência|emergência|imediatamente|hackead[oa])\b",
    re.IGNORECASE,
)


def sounds_urgent(text: str) -> bool:
    """Whether somebody says so in their words: nothing is put in the way of that."""
    return _URGENT.search(text) is not None
