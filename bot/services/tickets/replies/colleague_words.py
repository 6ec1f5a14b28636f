"""What others have told a ticket's requester since somebody began to write: replies, and how its status changed.

The words of a resolution or of what a ticket waits for are an answer too, and so is a change without words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain import events as happened
from bot.domain.credentials import hide_credentials
from bot.domain.directory import DESK
from bot.domain.tickets.conversation import MessageKind, TicketMessage
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.storage.audit_log import AuditEntry
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import Context

_TOLD: Final = frozenset({Status.PENDING, Status.ON_HOLD, Status.RESOLVED, Status.CLOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ColleagueWords:
    """`name` is who said it; `status` what they changed the status to, if they did. `text` may be empty then."""

    name: str
    text: str
    at: datetime
    status: Status | None = None


def said_meanwhile(context: Context, ticket: Ticket, *, with_held: bool) -> Sequence[ColleagueWords]:
    """What others have said since the actor opened the form, oldest first. Nothing for whoever opened none.

    `with_held`: what is held back counts, for it is about to leave.
    """
    writers = context.uow.writers.of_ticket(ticket.id)
    own = next((each for each in writers if each.person == context.actor.key), None)
    if own is None:
        return []
    said = said_since(context, ticket, after=own.since)
    return [*said, *(_held(context, ticket) if with_held else ())]


def said_since(context: Context, ticket: Ticket, *, after: datetime) -> Sequence[ColleagueWords]:
    """What others have said after that instant, oldest first."""
    own = context.actor.key
    replies = [each for each in _replies(context.uow, ticket) if each.author != own and each.said_at > after]
    changes = [
        each for each in _changes(context.uow, ticket) if each.actor not in (own, DESK) and each.at > after
    ]
    people = context.uow.people.find_many({each.actor for each in changes})
    said = [
        ColleagueWords(name=each.author_name, text=hide_credentials(each.text), at=each.said_at)
        for each in replies
    ]
    said += [
        ColleagueWords(
            name=people[each.actor].name,
            text=hide_credentials(str(each.details.get("reason") or "")),
            at=each.at,
            status=Status(each.details["after"]),
        )
        for each in changes
        if each.actor in people
    ]
    return sorted(said, key=lambda each: each.at)


def told_at(uow: UnitOfWork, ticket: Ticket) -> datetime | None:
    """When the requester was told something last, by whomever."""
    replied = (each.said_at for each in _replies(uow, ticket))
    changed = (each.at for each in _changes(uow, ticket))
    return max((*replied, *changed), default=None)


def _replies(uow: UnitOfWork, ticket: Ticket) -> Iterator[TicketMessage]:
    for each in uow.messages.of_ticket(ticket.id):
        if each.kind is MessageKind.REPLY and not each.is_deleted:
            yield each


def _changes(uow: UnitOfWork, ticket: Ticket) -> Iterator[AuditEntry]:
    for each in uow.audit_log.of_ticket(ticket.id):
        if each.event == happened.StatusChanged.stored_as and each.details["after"] in _TOLD:
            yield each


def _held(context: Context, ticket: Ticket) -> Iterator[ColleagueWords]:
    waiting = context.uow.held_replies.waiting_on(ticket.id)
    held = [each for each in waiting if each.author != context.actor.key and each.words]
    people = context.uow.people.find_many({each.author for each in held})
    for each in held:
        if each.author in people:
            words = hide_credentials(each.words)
            yield ColleagueWords(name=people[each.author].name, text=words, at=each.held_at)
