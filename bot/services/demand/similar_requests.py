"""What says the same as a ticket, and who may know of it.

A ticket is compared once, after it was opened, with the newest requests; what was found is kept beside it. Whether it
is shown is asked each time, for tickets move, end, and are kept from people.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.domain.demand.likeness import RequestText
from bot.domain.demand.request_index import Likeness, RequestIndex
from bot.domain.demand.similar import (
    FRESH,
    LEAST_SHARED,
    LOOKED_BACK,
    MOST_FINISHED,
    MOST_KEPT,
    SURER,
    ComparedTicket,
    SimilarPolicy,
    SimilarRequest,
)
from bot.domain.desk import Desk
from bot.domain.directory import DESK
from bot.domain.events import NO_REPLY, StatusChanged
from bot.domain.search.visibility import Visibility
from bot.domain.search.words import index_words
from bot.domain.tickets.conversation import MessageKind
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.storage.audit_log import AuditEntry
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import Context
from bot.services.demand.request_texts import request_text, spellings, text_of

MOST_WORDS: Final = 4
"""Words that are told of those that two requests share."""
MOST_COMPARED: Final = 2_000
"""Requests that an agent's question compares: the newest that they may see."""
_LIKE: Final = 60
"""The most alike that are looked at; some of them are nobody's business any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarTicket:
    """A ticket that says the same, with the words that both say."""

    ticket: Ticket
    degree: float
    words: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        return self.ticket.status.is_live


@dataclass(frozen=True, slots=True, kw_only=True)
class LastResolution:
    """The key of who ended a ticket, None where nobody did, and words, empty where there are none.

    `is_silent`: its requester was asked something and never replied; what they were asked is no answer.
    """

    by: str | None
    words: str
    is_silent: bool = False


def compare(
    context: Context,
    index: RequestIndex,
    ticket: Ticket,
    *,
    policy: SimilarPolicy,
    is_with_later: bool = False,
) -> ComparedTicket:
    """What the index has that says the same, whoever may see it; the ticket itself is put in where it is not.

    Of two that are new, the later one finds the earlier: else each would be offered to the other's requester.
    """
    asked = _text_of(context.uow, ticket)
    index.add(asked)
    likes = [
        each
        for each in index.like(asked.id, least=policy.least, limit=_LIKE)
        if len(each.shared) >= LEAST_SHARED
    ]
    tickets = {
        each.id: each
        for each in context.uow.tickets.get_many(each.id for each in likes).values()
        if is_with_later or (each.opened_at, each.id) < (ticket.opened_at, ticket.id)
    }
    alive = [each for each in likes if each.id in tickets and tickets[each.id].status.is_live]
    finished = [each for each in likes if each.id in tickets and _has_ended(context, tickets[each.id])]
    kept = sorted([*alive[:MOST_KEPT], *finished[:MOST_KEPT]], key=lambda each: (-each.degree, -each.id))
    return ComparedTicket(
        ticket=asked.id,
        found=tuple(_found(each, asked) for each in kept),
        is_routine=len(finished) > MOST_FINISHED,
    )


def similar_for_team(
    uow: UnitOfWork, desk: Desk, ticket: Ticket, *, policy: SimilarPolicy
) -> Sequence[SimilarTicket]:
    """What the ticket's card may show: nothing of what its team may not see, and of routine only its requester's."""
    comparison = uow.similar_requests.of_ticket(ticket.id) if policy.shows_team else None
    if comparison is None or not comparison.found:
        return ()
    found = [
        each
        for each in _with_tickets(uow, comparison)
        if _is_known_to_team(desk, ticket, each.ticket) and _is_shown(each.ticket, policy)
    ]
    if not comparison.is_routine:
        return found
    return [each for each in found if each.is_open and each.ticket.requester == ticket.requester]


def similar_for_reader(
    context: Context, ticket: Ticket, *, visibility: Visibility, policy: SimilarPolicy
) -> Sequence[SimilarTicket]:
    """The same for one agent who asks now, among what they may see: later requests count as well."""
    asked = context.uow.demand.requests(
        since=context.now - LOOKED_BACK,
        until=context.now + timedelta(seconds=1),
        teams=None,
        visibility=visibility,
        limit=MOST_COMPARED,
    )
    index = RequestIndex(most=MOST_COMPARED + 1)
    for each in asked:
        index.add(request_text(each))
    comparison = compare(context, index, ticket, policy=policy, is_with_later=True)
    return [each for each in _with_tickets(context.uow, comparison) if visibility.covers(each.ticket)]


def request_to_offer(
    context: Context, ticket: Ticket, comparison: ComparedTicket, *, policy: SimilarPolicy
) -> Ticket | None:
    """The one open ticket that its requester may be asked about; None where that is not certain."""
    surely = [
        each
        for each in _with_tickets(context.uow, comparison)
        if each.is_open and each.degree >= min(policy.least + SURER, 1)
    ]
    accounts = context.uow.identities.accounts_of(ticket.requester) | {ticket.requester}
    own = [each.ticket for each in surely if each.ticket.requester in accounts]
    if own:
        return own[0] if len(own) == 1 else None
    others = [each.ticket for each in surely if may_be_offered(context.desk, ticket, each.ticket)]
    if comparison.is_routine or not others:
        return None
    return next((each for each in others if each.has_duplicates), others[0])


def may_be_offered(desk: Desk, ticket: Ticket, other: Ticket) -> bool:
    """Whether this ticket's requester surely sees somebody else's: it was asked for all to read where they asked."""
    inbox = desk.inbox_at(other.origin)
    is_read_by_all = inbox is not None and not inbox.is_private and not other.origin.is_direct
    is_theirs_to_see = other.origin == ticket.origin and not other.is_private and is_read_by_all
    is_fresh = ticket.opened_at - other.opened_at <= FRESH
    return is_theirs_to_see and is_fresh and desk.community_of(other) == desk.community_of(ticket)


def last_resolution(uow: UnitOfWork, ticket: Ticket) -> LastResolution:
    """Who resolved it last, or closed it at once, and what was said with that, else the last public reply."""
    log = reversed(uow.audit_log.of_ticket(ticket.id))
    end = next((each for each in log if _is_ending(each)), None)
    by = end.actor if end is not None and end.actor != DESK else None
    if end is not None and end.details.get("cause") == NO_REPLY:
        return LastResolution(by=None, words="", is_silent=True)
    if end is not None and end.details.get("reason"):
        return LastResolution(by=by, words=str(end.details["reason"]))
    replies = [
        each.text
        for each in uow.messages.of_ticket(ticket.id)
        if each.kind is MessageKind.REPLY and not each.is_deleted
    ]
    return LastResolution(by=by, words=replies[-1] if replies else "")


def _is_ending(entry: AuditEntry) -> bool:
    """Not that what was resolved is closed after some days."""
    if entry.event != StatusChanged.stored_as:
        return False
    return Status(entry.details["before"]).is_live and not Status(entry.details["after"]).is_live


def _with_tickets(uow: UnitOfWork, comparison: ComparedTicket) -> list[SimilarTicket]:
    """Those that were not merged meanwhile: their originals say the same."""
    tickets = uow.tickets.get_many(each.ticket for each in comparison.found)
    return [
        SimilarTicket(ticket=tickets[each.ticket], degree=each.degree, words=each.words)
        for each in comparison.found
        if each.ticket in tickets and tickets[each.ticket].merged_into is None
    ]


def _is_known_to_team(desk: Desk, ticket: Ticket, other: Ticket) -> bool:
    """Everybody who reads the ticket's card may know of the other one: it is the team's own, or private nowhere."""
    if desk.team_of(other).name == desk.team_of(ticket).name:
        return True
    return not other.is_private and desk.serves(desk.team_of(ticket), other)


def _is_shown(other: Ticket, policy: SimilarPolicy) -> bool:
    return policy.open if other.status.is_live else policy.resolved


def _has_ended(context: Context, ticket: Ticket) -> bool:
    """With an answer, and not long ago."""
    if ticket.status.is_live or ticket.merged_into is not None or ticket.is_excluded:
        return False
    return ticket.resolved_at is not None and context.now - ticket.resolved_at <= LOOKED_BACK


def _found(like: Likeness, asked: RequestText) -> SimilarRequest:
    """Its subject may have changed since it was put into the index: a stem that is not in it any more stays one."""
    shared = like.shared[:MOST_WORDS]
    spelled = spellings([asked], shared)
    words = tuple(spelled.get(stem, stem) for stem in shared)
    return SimilarRequest(ticket=like.id, degree=like.degree, words=words)


def _text_of(uow: UnitOfWork, ticket: Ticket) -> RequestText:
    opening = uow.messages.opening_of(ticket)
    return text_of(ticket.id, ticket.subject, index_words(opening.text), language=ticket.language)
