"""Who else reads what the team says on a ticket: requesters of tickets merged into it, colleagues who were added."""

from typing import Final

from bot.domain.tickets.conversation import Conversation, Side
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import RichText
from bot.ports.unit_of_work import UnitOfWork
from bot.services.tickets.copy_rules import is_read_by_requester
from bot.text.amounts import listed
from bot.text.sentences import say

ALSO: Final = "also"
"""The option of a button whose form says who else reads it: a form waits for no transaction."""
_FITS: Final = 40
"""Characters of that option: what a button does fits into 100 at Discord."""


def stays_apart(uow: UnitOfWork, original: Ticket, duplicate: Ticket) -> bool:
    """Whether what is said on a private original is kept from where its own requester asked in public.

    They read it where the original goes on; others read along there.
    """
    return original.is_private and not duplicate.is_private and is_of_one_requester(uow, original, duplicate)


def is_of_one_requester(uow: UnitOfWork, ticket: Ticket, other: Ticket) -> bool:
    """Whether one person asked both, with whichever account."""
    return other.requester == ticket.requester or other.requester in uow.identities.accounts_of(
        ticket.requester
    )


def is_read_by_anybody(uow: UnitOfWork, ticket: Ticket, *, said_in: Conversation | None = None) -> bool:
    """Whether its requester, or that of a ticket merged into it, reads what is said, such as in `said_in`."""
    return is_read_by_requester(uow, ticket, said_in=said_in) or bool(other_requesters(uow, ticket))


def other_requesters(uow: UnitOfWork, ticket: Ticket) -> list[tuple[str, str]]:
    """Names, and their own tickets' references; nobody who asked both, with whichever account."""
    if not ticket.has_duplicates:
        return []
    own = {ticket.requester, *uow.identities.accounts_of(ticket.requester)}
    found = [
        each
        for each in uow.tickets.duplicates_of(ticket.id)
        if each.requester not in own and is_read_by_requester(uow, each)
    ]
    people = uow.people.find_many({each.requester for each in found})
    return [
        (people[each.requester].name if each.requester in people else each.requester, each.reference)
        for each in found
    ]


def added_colleagues(uow: UnitOfWork, ticket: Ticket) -> list[str]:
    """Names of those who were added to the requester's side."""
    keys = [
        each.person
        for each in uow.followers.of_ticket(ticket.id)
        if each.side is Side.REQUESTER and not each.is_removed
    ]
    people = uow.people.find_many(set(keys)) if keys else {}
    return sorted(people[each].name for each in keys if each in people)


def says_who_else(uow: UnitOfWork, ticket: Ticket, *, language: str) -> RichText:
    """`Also sent to Dan Dietz and Dora Diaz (IT-12).`; nothing where nobody else reads it."""
    others = [*added_colleagues(uow, ticket)]
    others += [f"{name} ({reference})" for name, reference in other_requesters(uow, ticket)]
    return say(language, "answers.also_sent", people=listed(others, language)) if others else ()


def who_else_briefly(uow: UnitOfWork, ticket: Ticket) -> dict[str, str]:
    """The same as an option of a button: with names as far as they fit, at least the first ticket."""
    others = other_requesters(uow, ticket)
    if not others:
        return {}
    named = ", ".join(f"{name} ({reference})" for name, reference in others)
    numbers = ", ".join(reference for _, reference in others)
    first = f"{others[0][1]} +{len(others) - 1}"
    return {ALSO: next((each for each in (named, numbers) if len(each) <= _FITS and "|" not in each), first)}
