"""Which accounts are one human's: links between two accounts each, with what they rest on. A name is never enough."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.domain.directory import Person

IMPORTED: Final = "import"
"""Stands for a platform in the keys of requesters whom nobody has met: an imported file gave their address."""


class LinkWay(StrEnum):
    """What a link rests on: one e-mail address, a code taken from one account to the other, an administrator."""

    ADDRESS = "address"
    CODE = "code"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two accounts of one person, by their keys. `at` is desk time, UTC.

    One that was removed is kept, so that an address alone does not link the two once more: `is_removed`.
    """

    account: str
    other: str
    way: LinkWay
    by: str
    at: datetime
    is_removed: bool = False


def of_one_address(person: Person, others: Iterable[Person]) -> list[Person]:
    """Those of the others who are active people with this person's address, in any letter case."""
    if not person.email or person.is_bot or not person.is_active:
        return []
    address = person.email.casefold()
    return [
        each
        for each in others
        if each.key != person.key
        and each.email
        and each.email.casefold() == address
        and each.is_active
        and not each.is_bot
    ]
