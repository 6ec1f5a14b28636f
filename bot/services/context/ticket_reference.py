"""The ticket that an address of a page names."""

from typing import Final

from bot.domain.tickets.ticket import Ticket
from bot.ports.unit_of_work import UnitOfWork

LONGEST_NUMBER: Final = 9


def ticket_named(uow: UnitOfWork, reference: str) -> Ticket | None:
    """By its whole reference, such as `IT-7`, whoever may know of it; None for what is none."""
    prefix, _, digits = reference.rpartition("-")
    is_number = digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST_NUMBER
    return uow.tickets.find(prefix, int(digits)) if is_number else None
