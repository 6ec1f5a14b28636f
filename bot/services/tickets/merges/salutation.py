"""Whom a reply speaks to: in a duplicate's thread its own requester, where it begins with the original's name.

A macro's `Hi {requester.first_name}!` and what an agent types are alike. A name anywhere else stays as it is.
"""

import re

from bot.domain.macros.placeholders import first_name
from bot.domain.tickets.ticket import Ticket
from bot.ports.unit_of_work import UnitOfWork

_WORDS = r"\A\W*(?:\w+[^\S\n]+){0,3}?"
_END = r"(?=[^\S\n]*(?:[,!:;—–]|$))"
"""A salutation is the first line, or its beginning up to such a sign: `Good morning Ana,`."""


def as_said_to(uow: UnitOfWork, text: str, *, original: Ticket, duplicate: Ticket) -> str:
    """The reply on `original` as the requester of `duplicate` reads it."""
    people = uow.people.find_many({original.requester, duplicate.requester})
    if len(people) < 2:
        return text
    named, reader = people[original.requester].name, people[duplicate.requester].name
    for name, instead in ((named, reader), (first_name(named), first_name(reader))):
        if name and instead and (found := _salutation(name).match(text)):
            return f"{text[: found.start(1)]}{instead}{text[found.end(1) :]}"
    return text


def _salutation(name: str) -> re.Pattern[str]:
    return re.compile(f"{_WORDS}({re.escape(name)}){_END}", re.IGNORECASE | re.MULTILINE)
