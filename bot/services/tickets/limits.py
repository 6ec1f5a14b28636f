"""Who may ask for how much: the block list, an inbox's limits, and one ticket for several clicks on one thing.

An agent who opens a ticket for somebody is not limited. What depends on the tickets that somebody has is decided
for one person at a time, so that two requests at once cannot both be the last one allowed.
"""

from datetime import datetime, timedelta

from bot.domain.directory import ChannelRef, Inbox, Person
from bot.domain.errors import AlreadySo, LimitReached
from bot.domain.tickets.ticket import Status, Ticket
from bot.messages import verbs
from bot.ports.storage.tickets import TicketFilter
from bot.services.context.context import Context

SAME_WITHIN = timedelta(minutes=1)
"""The same words in a command or form within this time are one request: a second press, not a second wish."""


def admit(
    context: Context, requester: Person, channel: ChannelRef, *, text: str | None = None, is_new: bool = True
) -> None:
    """Let a request in, or raise LimitReached with what to do instead.

    `text` is given where the same words are the same request, so in commands and forms; raises AlreadySo for
    them. What goes on with a closed ticket is not `is_new`, so no cool-down holds it up.
    """
    is_for_another = context.actor.key != requester.key
    is_free = requester.is_bot or (is_for_another and bool(context.desk.teams_of(context.actor)))
    if not is_free and requester.answers_to(context.desk.blocked):
        if is_for_another:
            raise LimitReached("refusals.person_blocked", name=requester.name)
        raise LimitReached("refusals.blocked")
    inbox = None if is_free else context.desk.inbox_at(channel)
    is_limited = inbox is not None and (inbox.most_open is not None or inbox.cool_down is not None)
    if text is None and not is_limited:
        return
    context.uow.people.hold(requester.key)
    if text is not None:
        _check_repeated(context, requester, channel, text)
    if inbox is not None and inbox.most_open is not None:
        _check_open(context, requester, inbox, most=inbox.most_open)
    if inbox is not None and inbox.cool_down is not None and is_new:
        _check_pace(context, requester, inbox, pause=inbox.cool_down)


def _check_repeated(context: Context, requester: Person, channel: ChannelRef, text: str) -> None:
    recent = _tickets(context, requester, channel, since=context.now - SAME_WITHIN)
    for ticket in recent:
        opening = context.uow.messages.opening_of(ticket)
        if ticket.status.is_live and not opening.is_deleted and opening.text == text:
            raise AlreadySo("refusals.asked_already", reference=ticket.reference)


def _check_open(context: Context, requester: Person, inbox: Inbox, *, most: int) -> None:
    wanted = TicketFilter(requester=requester.key, origin=inbox.channel)
    tickets = sorted(context.uow.tickets.search(wanted, limit=most), key=_opened_at)
    if len(tickets) < most:
        return
    if context.actor.key != requester.key:
        raise LimitReached("refusals.person_has_most_open", name=requester.name)
    close = verbs.typed(context.desk.command_names, verbs.CLOSE_OWN)
    raise LimitReached(
        "refusals.most_open",
        count=most,
        references=tuple(each.reference for each in tickets),
        command=f"{close} {tickets[0].reference}" if most == 1 else close,
    )


def _check_pace(context: Context, requester: Person, inbox: Inbox, *, pause: timedelta) -> None:
    recent = _tickets(context, requester, inbox.channel, since=context.now - pause)
    if not recent:
        return
    newest = max(recent, key=_opened_at)
    left = newest.opened_at + pause - context.now
    if left <= timedelta():
        return
    if context.actor.key != requester.key:
        raise LimitReached("refusals.person_asked_just_now", name=requester.name, left=left)
    raise LimitReached("refusals.asked_just_now", reference=newest.reference, left=left)


def _tickets(context: Context, requester: Person, channel: ChannelRef, *, since: datetime) -> list[Ticket]:
    """What this person opened here since then, whatever became of it."""
    wanted = TicketFilter(
        requester=requester.key, origin=channel, opened_since=since, statuses=frozenset(Status)
    )
    return list(context.uow.tickets.search(wanted))


def _opened_at(ticket: Ticket) -> datetime:
    return ticket.opened_at
