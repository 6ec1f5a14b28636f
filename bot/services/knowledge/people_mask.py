"""What a reply or a request says of people, taken out of it: a word in brackets stands where it was."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final
from urllib.parse import urlsplit

from bot.domain.assistant.masks import CARD, IBAN, PRIVATE_KEY, SECRET, masked
from bot.domain.credentials import hide_credentials
from bot.domain.directory import Person
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context
from bot.services.context.status_words import status_words
from bot.text.sentences import words

Change = Callable[[re.Match[str]], str]
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
_LINK: Final = re.compile(r"<?\b(?:https?://|www\.)[^\s<>\"|]+(?:\|[^<>]*)?>?", re.IGNORECASE)
_PLAIN_WORD: Final = re.compile(r"[a-z]{0,24}\d{0,4}[a-z]?", re.IGNORECASE)
"""Of an address: what is none is probably a key, or somebody's number."""
_SERIAL: Final = re.compile(r"(?<![\w/.])[A-Za-z0-9]+(?:[-:_][A-Za-z0-9]+)*(?![\w/])")
_SERIAL_DIGITS: Final = 3
_SERIAL_LENGTH: Final = 7
_TITLED: Final = re.compile(
    r"\b(Mr|Mrs|Ms|Mx|Dr|Prof|Herrn?|Frau|Señora?|Sra?|Dra?|Monsieur|Madame|Mme|Mlle|Senhora?)\b(\.?)\s+"
    r"[^\W\d_a-z][\w'’-]+(?:\s+[^\W\d_a-z][\w'’-]+)?"
)
_CAPITALISED: Final = re.compile(r"\b[^\W\d_a-z][^\W\d_]+(?:['’-][^\W\d_]+)*")
SHORTEST_NAME: Final = 3
"""Letters of a part of a name that is looked for in any letter case; a shorter one only as it is written."""


def people_of(context: Context, ticket: Ticket) -> set[str]:
    """Keys of everybody who wrote on it, also where requesters read their team's name instead."""
    keys = {ticket.requester, *(each.author for each in context.uow.messages.of_ticket(ticket.id))}
    keys |= {each.actor for each in status_words(context.uow, ticket)}
    return keys | ({ticket.assignee} if ticket.assignee else set())


class PeopleMask:
    """Puts a word in brackets where something of a person stood."""

    def __init__(self, context: Context, people: Iterable[Person], *, language: str = "") -> None:
        self._context = context
        self._names = _pattern_of(name for each in people for name in _names_of(each))
        self._word = {
            each: f"[{words(language or context.language, f'knowledge.taken_{each}')}]"
            for each in ("name", "address", "phone", "number", "secret", "link")
        }

    def over(self, text: str) -> str:
        text = _MAIL.sub(self._word["address"], hide_credentials(text))
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

    def strictly_over(self, text: str) -> str:
        """For what nobody looks at before others read it: secrets, links, serial numbers, any known name go too."""
        text = masked(text)
        for mark, word in ((CARD, "number"), (IBAN, "number"), (SECRET, "secret"), (PRIVATE_KEY, "secret")):
            text = text.replace(mark, self._word[word])
        links: list[str] = []
        text = _LINK.sub(self._kept_links(links), text)
        text = _IP.sub(self._word["number"], text)
        text = self._without_references(self._without_names(self.over(text)))
        text = _SERIAL.sub(self._serial, text)
        for number, link in enumerate(links):
            text = text.replace(_mark_of(number), link)
        return text

    def _kept_links(self, links: list[str]) -> Change:
        """Those that lead to a page for anybody are put aside; others may name somebody, or let somebody in."""

        def change(found: re.Match[str]) -> str:
            link = found[0].strip("<>").partition("|")[0].rstrip(".,;:!?)")
            after = found[0][len(link) :] if found[0].startswith(link) else ""
            if not self._is_plain(link):
                return self._word["link"] + after
            links.append(link)
            return _mark_of(len(links) - 1) + after

        return change

    def _is_plain(self, link: str) -> bool:
        try:
            address = urlsplit(link if "//" in link else f"//{link}")
        except ValueError:
            return False
        if address.query or address.fragment or "@" in address.netloc or "%" in address.path:
            return False
        parts = [each for each in re.split(r"[^a-zA-Z0-9]+", f"{address.netloc}/{address.path}") if each]
        if self._names is not None and self._names.search(" ".join(parts)):
            return False
        is_known = self._context.uow.people.names_among([each.capitalize() for each in parts])
        return not is_known and all(map(_PLAIN_WORD.fullmatch, parts))

    def _without_names(self, text: str) -> str:
        """Of anybody whom the desk has met, and what follows `Mr` and the like."""
        text = _TITLED.sub(lambda found: f"{found[1]}{found[2]} {self._word['name']}", text)
        written = list(dict.fromkeys(_CAPITALISED.findall(text)))
        known = self._context.uow.people.names_among(written)
        return _CAPITALISED.sub(lambda found: self._word["name"] if found[0] in known else found[0], text)

    def _without_references(self, text: str) -> str:
        prefix = re.escape(self._context.desk.prefix)
        return re.sub(rf"(?i)(?<!\w){prefix}-\d+(?!\w)", self._word["number"], text)

    def _serial(self, found: re.Match[str]) -> str:
        """Letters and digits together, as serial and inventory numbers have them."""
        letters = sum(each.isalpha() for each in found[0])
        digits = sum(each.isdigit() for each in found[0])
        is_one = letters and digits >= _SERIAL_DIGITS and letters + digits >= _SERIAL_LENGTH
        return self._word["number"] if is_one else found[0]

    def _without_known_people(self, text: str) -> str:
        """Others whom the desk has met, where two words that begin with capitals name them."""
        for found in set(re.findall(r"\b[^\W\d_a-z][\w'-]+\s+[^\W\d_a-z][\w'-]+", text)):
            people = self._context.uow.people.search(found)
            if any(each.name.casefold() == " ".join(found.split()).casefold() for each in people):
                text = text.replace(found, self._word["name"])
        return text


def _mark_of(link: int) -> str:
    """Stands for a link while numbers and names are looked for."""
    return f"\0L{link}\0"


def _names_of(person: Person) -> Iterator[str]:
    """The whole name first, so that no part of it is left over."""
    yield person.name
    yield from person.name.replace(",", " ").split()
    yield from (each for each in person.handles if len(each) >= SHORTEST_NAME)


def _pattern_of(names: Iterator[str]) -> re.Pattern[str] | None:
    found = sorted({each for each in names if len(each.strip()) > 1}, key=len, reverse=True)
    if not found:
        return None
    either = "|".join(map(_alternative, found))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


def _alternative(name: str) -> str:
    escaped = re.escape(name)
    return escaped if len(name) >= SHORTEST_NAME else rf"(?-i:{escaped})"
