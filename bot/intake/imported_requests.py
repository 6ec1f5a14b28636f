"""A request from elsewhere becomes a ticket of the person who made it, as far as the desk knows them."""

from dataclasses import replace

from bot.domain.directory import Person
from bot.messages.inbound import RequestImported
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
            channel=event.location.channel,
            said_at=event.opened_at or context.now,
            opened_at=event.opened_at,
            is_announced=event.is_announced,
            is_by_nobody=requester.key == event.actor.key,
            fields=event.fields,
        ),
    )


def _known_by_address(context: Context, event: RequestImported) -> Person:
    """The one person who has this e-mail address, first of all where the request is filed; else as in the file."""
    address = (event.actor.email or "").casefold()
    found = context.uow.people.search(address) if address else ()
    known = [
        each
        for each in found
        if each.email and each.email.casefold() == address and each.is_active and not each.is_bot
    ]
    here = [each for each in known if each.platform == event.location.channel.platform]
    for people in (here, known):
        if len(people) == 1:
            return people[0]
    return event.actor
