"""A request from elsewhere becomes a ticket of the person who made it, as far as the desk knows them."""

from dataclasses import replace

from bot.domain.directory import Person
from bot.domain.people.identity import IMPORTED
from bot.messages.inbound import RequestImported
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import Context
from bot.services.tickets.opening import NewRequest, open_ticket


def open_imported(context: Context, event: RequestImported) -> None:
    """Open a ticket for the request, with the date that it came with."""
    requester = _known_by_address(context, event)
    open_ticket(
        replace(context, actor=requester),
        NewRequest(
            requester=requester,
            text=event.text,
            subject=event.subject,
            channel=event.location.channel,
            said_at=event.opened_at or context.now,
            opened_at=event.opened_at,
            is_announced=event.is_announced,
            is_by_nobody=requester.key == event.actor.key and requester.platform == IMPORTED,
            fields=event.fields,
        ),
    )


def _known_by_address(context: Context, event: RequestImported) -> Person:
    """The one person who has this e-mail address, first of all where the request is filed; else as in the file."""
    found = person_at(context.uow, event.actor.email or "", platform=event.location.channel.platform)
    return found or event.actor


def person_at(uow: UnitOfWork, address: str, *, platform: str) -> Person | None:
    """The one person with an account who has this e-mail address; None where there is none, or more than one."""
    wanted = address.casefold()
    found = uow.people.search(wanted) if wanted else ()
    known = [
        each
        for each in found
        if each.email and each.email.casefold() == wanted and each.is_active and not each.is_bot
    ]
    known = [each for each in known if each.platform != IMPORTED]
    here = [each for each in known if each.platform == platform]
    return next((people[0] for people in (here, known) if len(people) == 1), None)
