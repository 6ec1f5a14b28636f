"""Who may ask for how much: the block list, a place's limits, and one ticket for several clicks on one thing.

An agent who opens a ticket for somebody is not limited. What depends on the tickets that somebody has is decided
for one person at a time, so that two requests at once cannot both be the last one allowed.
"""

from datetime import datetime, timedelta

from bot.domain.directory import ChannelRef, Person, Place
from bot.domain.errors import AlreadySo, LimitReached
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.storage.tickets import TicketFilter
from bot.services.context.context import Work
from bot.text.sentences import duration

SAME_WITHIN = timedelta(minutes=1)
"""The same words in a command or form within this time are one request: a second press, not a second wish."""


def admit(
    work: Work, requester: Person, channel: ChannelRef, *, text: str | None = None, is_new: bool = True
) -> None:
    """Let a request in, or raise LimitReached with what to do instead.

    `text` is given where the same words are the same request, so in commands and forms; raises AlreadySo for
    them. What goes on with a closed ticket is not `is_new`, so no cool-down holds it up.
    """
    is_for_another = work.actor.key != requester.key
    is_free = requester.is_bot or (is_for_another and bool(work.desk.teams_of(work.actor)))
    if not is_free and requester.answers_to(work.desk.blocked):
        raise _blocked(is_for_another=is_for_another)
    place = None if is_free else work.desk.place_at(channel)
    is_limited = place is not None and (place.most_open is not None or place.cool_down is not None)
    if text is None and not is_limited:
        return
    work.uow.people.hold(requester.key)
    if text is not None:
        _check_repeated(work, requester, channel, text)
    if place is not None and place.most_open is not None:
        _check_open(work, requester, place, most=place.most_open)
    if place is not None and place.cool_down is not None and is_new:
        _check_pace(work, requester, place, pause=place.cool_down)


def _blocked(*, is_for_another: bool) -> LimitReached:
    if is_for_another:
        return LimitReached("This desk takes no requests from that person.")
    return LimitReached(
        "This desk takes no requests from you. If that is a mistake, please ask somebody who looks after it."
    )


def _check_repeated(work: Work, requester: Person, channel: ChannelRef, text: str) -> None:
    recent = _tickets(work, requester, channel, since=work.now - SAME_WITHIN)
    for ticket in recent:
        opening = work.uow.messages.of_ticket(ticket.id)[0]
        if ticket.status.is_live and not opening.is_deleted and opening.text == text:
            raise AlreadySo(f"That is {ticket.reference} already.")


def _check_open(work: Work, requester: Person, place: Place, *, most: int) -> None:
    wanted = TicketFilter(requester=requester.key, origin=place.channel)
    tickets = sorted(work.uow.tickets.search(wanted, limit=most), key=_opened_at)
    if len(tickets) < most:
        return
    if work.actor.key != requester.key:
        raise LimitReached("That person has as many open requests here as one may have.")
    close = f"/{work.desk.command_names['ticket']} close"
    references = ", ".join(each.reference for each in tickets)
    if most == 1:
        raise LimitReached(
            f"You have an open request here already: {references}. "
            f"Write on it, or close it with `{close} {references}`."
        )
    raise LimitReached(
        f"You have {most} open requests here, as many as one person may have: {references}. "
        f"Write on one of them, or close what is done with `{close}`."
    )


def _check_pace(work: Work, requester: Person, place: Place, *, pause: timedelta) -> None:
    recent = _tickets(work, requester, place.channel, since=work.now - pause)
    if not recent:
        return
    newest = max(recent, key=_opened_at)
    left = (newest.opened_at + pause - work.now).total_seconds()
    if left <= 0:
        return
    if work.actor.key != requester.key:
        raise LimitReached("That person asked a moment ago; their next request is taken a little later.")
    raise LimitReached(
        f"You asked a moment ago: {newest.reference}. To add something, write on it; "
        f"a new request is taken in {duration(left)}."
    )


def _tickets(work: Work, requester: Person, channel: ChannelRef, *, since: datetime) -> list[Ticket]:
    """What this person opened here since then, whatever became of it."""
    wanted = TicketFilter(
        requester=requester.key, origin=channel, opened_since=since, statuses=frozenset(Status)
    )
    return list(work.uow.tickets.search(wanted))


def _opened_at(ticket: Ticket) -> datetime:
    return ticket.opened_at
