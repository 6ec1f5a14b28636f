"""A draft of an article from a ticket that was resolved: what was asked and answered in public, without who.

Names, addresses and numbers of people are taken out before anybody looks at the draft; whoever edits it sees where.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from bot.domain.directory import Person
from bot.domain.knowledge.article import LONGEST_TITLE
from bot.domain.tickets.ticket import Status, Ticket
from bot.services.context.context import Context
from bot.services.context.status_words import status_words
from bot.services.knowledge.written_articles import LONGEST_WRITTEN
from bot.text.sentences import words

_MAIL: Final = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_MENTION: Final = re.compile(r"<[@!#&][^>\s]+>|(?<![\w@])@[\w.-]+")
_STREET: Final = re.compile(
    r"\b\w[\w.-]*(?:straße|strasse|str\.|gasse|weg|platz|allee)\s+\d+\s?[a-z]?\b"
    r"|\b\d{1,5}\s+(?:[A-Z][\w'-]*\s+){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Boulevard|Blvd)\b"
    r"|\b(?:rue|avenue|boulevard|calle|avenida|rua)\s+(?:[\w'-]+\s+){1,4}\d+\b",
    re.IGNORECASE,
)
_PHONE: Final = re.compile(r"(?<![\w.])(?:\+|00)?\(?\d[\d\s()/.-]{6,}\d(?![\w.])")
_NUMBER: Final = re.compile(r"\b(?=\w*\d{4})(?:[A-Za-z]{1,4}[-_]?)?\d{5,}\b")
"""Of five digits or more, as personnel and customer numbers have; with a letter or two before them."""
_NUMBERED: Final = re.compile(
    r"(?i)\b(personnel|employee|staff|badge|customer|member|personal|mitarbeiter|kunden|matrícula|matricule|"
    r"empleado|funcionário)(\s?-?\s?(?:number|no\.?|nr\.?|id|nummer|nº|número|n°)?\s?[:#]?\s?)\w*\d[\w-]*"
)
_IP: Final = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")
SHORTEST_NAME: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleDraft:
    title: str
    body: str


def draft_of(context: Context, ticket: Ticket) -> ArticleDraft:
    """Its subject, the request, and every public answer, resolutions included, in order; never a note."""
    said = [each for each in context.uow.messages.said_in_public(ticket.id) if each.text.strip()]
    people = context.uow.people.find_many(_people_of(context, ticket)).values()
    mask = _Mask(context, people)
    asked = [mask.over(each.text) for each in said if not each.is_reply]
    resolved = [each for each in status_words(context.uow, ticket) if each.status is Status.RESOLVED]
    answers = [*((each.said_at, each.text) for each in said if each.is_reply)]
    answers += [(each.at, each.text) for each in resolved]
    answered = [mask.over(text) for _, text in sorted(answers, key=itemgetter(0))]
    heading_asked, heading_answered = (
        words(context.language, f"knowledge.draft_{each}") for each in ("question", "answer")
    )
    body = "\n\n".join([f"## {heading_asked}", *asked, f"## {heading_answered}", *answered])
    if len(body) > LONGEST_WRITTEN:
        body = f"{body[: LONGEST_WRITTEN - 1]}…"
    title = mask.over(ticket.subject)
    return ArticleDraft(title=title[:LONGEST_TITLE], body=body)


def _people_of(context: Context, ticket: Ticket) -> set[str]:
    """Keys of everybody who wrote on it, also where requesters read their team's name instead."""
    keys = {ticket.requester, *(each.author for each in context.uow.messages.of_ticket(ticket.id))}
    keys |= {each.actor for each in status_words(context.uow, ticket)}
    return keys | ({ticket.assignee} if ticket.assignee else set())


class _Mask:
    """Puts a word in brackets where something of a person stood."""

    def __init__(self, context: Context, people: Iterable[Person]) -> None:
        self._context = context
        self._names = _pattern_of(name for each in people for name in _names_of(each))
        self._word = {
            each: f"[{words(context.language, f'knowledge.taken_{each}')}]"
            for each in ("name", "address", "phone", "number")
        }

    def over(self, text: str) -> str:
        text = _MAIL.sub(self._word["address"], text)
        text = _MENTION.sub(self._word["name"], text)
        text = self._without_known_people(text)
        if self._names is not None:
            text = self._names.sub(self._word["name"], text)
        text = _STREET.sub(self._word["address"], text)
        kept = {f"\0{at}\0": found for at, found in enumerate(_IP.findall(text))}
        for mark, found in kept.items():
            text = text.replace(found, mark, 1)
        text = _NUMBERED.sub(lambda found: f"{found[1]}{found[2]}{self._word['number']}", text)
        text = _PHONE.sub(self._word["phone"], text)
        text = _NUMBER.sub(self._word["number"], text)
        for mark, found in kept.items():
            text = text.replace(mark, found)
        return text

    def _without_known_people(self, text: str) -> str:
        """Others whom the desk has met, where two words that begin with capitals name them."""
        for found in set(re.findall(r"\b[^\W\d_a-z][\w'-]+\s+[^\W\d_a-z][\w'-]+", text)):
            people = self._context.uow.people.search(found)
            if any(each.name.casefold() == " ".join(found.split()).casefold() for each in people):
                text = text.replace(found, self._word["name"])
        return text


def _names_of(person: Person) -> Iterator[str]:
    """The whole name first, so that no part of it is left over."""
    yield person.name
    yield from (part for part in person.name.replace(",", " ").split() if len(part) >= SHORTEST_NAME)
    yield from (each for each in person.handles if len(each) >= SHORTEST_NAME)


def _pattern_of(names: Iterator[str]) -> re.Pattern[str] | None:
    found = sorted({each for each in names if each.strip()}, key=len, reverse=True)
    if not found:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, found))})(?!\w)", re.IGNORECASE)
