"""Which requests somebody reads as their requester's side does, by number, in lists and by words.

An agent of the team has no more rights here than anybody: what the team sees is elsewhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.desk import Desk
from bot.domain.directory import Person, Team
from bot.domain.errors import Refused
from bot.domain.knowledge.offer import OfferState
from bot.domain.search.query import Criterion, FilterName, Query, SearchOrder, TicketState
from bot.domain.tickets.conversation import Side
from bot.domain.tickets.ticket import Status, Ticket
from bot.messages.outbound import Notice, PrivateReply, RichText
from bot.ports.storage.search import FoundTickets
from bot.services.context.context import Context
from bot.services.context.reader import zone_of
from bot.services.context.ticket_reference import ticket_named
from bot.services.context.view import View
from bot.services.search.ticket_search import SearchScope, find_tickets, read_search, visibility_in
from bot.services.tickets.offers.held_requests import shown_on_the_spot
from bot.text.error_text import explain
from bot.text.instants import known_zone, stamp

UTC: Final = ZoneInfo("UTC")
LISTED: Final = 15
"""Requests on a page of a list."""
LAST_PAGE: Final = 1_000_000

Standing = Callable[[View, Ticket], Notice]
"""How a request stands, in the words of the chat."""


def own_request(context: Context, reference: str) -> Ticket | None:
    """None for one that there is not, and for one that is nobody's business here: both are answered alike."""
    ticket = ticket_named(context.uow, reference)
    if ticket is None or not (context.is_requester_of(ticket) or _is_shared(context, ticket)):
        return None
    return ticket


def shown_again(context: Context, offer: str) -> PrivateReply | None:
    """What they were shown of articles while their request is held back; None for anything else."""
    number = int(offer) if offer.isascii() and offer.isdecimal() and len(offer) < 20 else 0
    held = context.uow.offers.get(number)
    if held is None or held.state is not OfferState.HELD or held.person != context.actor.key:
        return None
    return shown_on_the_spot(context, held)


def _is_shared(context: Context, ticket: Ticket) -> bool:
    return Side.REQUESTER in context.uow.followers.sides(ticket.id, context.actor.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine:
    """One request in a list. `asked_by` is empty for one's own; `said_by` where nothing was said in public."""

    reference: str
    subject: str
    state: str
    tone: str
    outlook: RichText
    is_private: bool
    asked_by: str
    said_by: str
    said_at: str
    closed_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestList:
    """A page of a list; `count` is of all pages. `problem`: why what was sought cannot be.

    `zone` is the one of its times; None where it has no lines.
    """

    lines: tuple[RequestLine, ...] = ()
    count: int = 0
    page: int = 1
    pages: int = 1
    problem: RichText = ()
    zone: ZoneInfo | None = None


def view_of(context: Context) -> View:
    return View(uow=context.uow, desk=context.desk, now=context.now, language=context.language)


def state_key(ticket: Ticket) -> str:
    """The sentence that says its state in its requester's words."""
    return f"portal.state_{ticket.status if ticket.merged_into is None else 'merged'}"


def list_of(
    context: Context, state: TicketState, *, page: int, outlook: Standing, zone: ZoneInfo | None = None
) -> RequestList:
    """Those that are open, what waits for its requester first, or finished, the last first; `zone` is the page's."""
    order = SearchOrder.YOURS if state is TicketState.OPEN else SearchOrder.LAST_WORD
    query = Query(text="", order=order)
    return _page(
        context,
        query.with_criterion(Criterion(name=FilterName.IS, values=(state,))),
        page=page,
        outlook=outlook,
        zone=zone,
    )


def found_by_words(context: Context, sought: str, *, page: int, outlook: Standing) -> RequestList:
    try:
        query = read_search(context, sought, scope=SearchScope.OWN, zone=zone_of(context))
        return _page(context, query, page=page, outlook=outlook)
    except Refused as refusal:
        return RequestList(problem=explain(context.language, refusal))


def newest_request(context: Context) -> str | None:
    found = _find(context, Query(text="", order=SearchOrder.NEWEST), limit=LISTED, offset=0)
    return next((each.reference for each in found.tickets if context.is_requester_of(each)), None)


def _find(context: Context, query: Query, *, limit: int, offset: int) -> FoundTickets:
    visibility = visibility_in(context, SearchScope.OWN)
    return find_tickets(context, query, visibility=visibility, limit=limit, offset=offset)


def _page(
    context: Context, query: Query, *, page: int, outlook: Standing, zone: ZoneInfo | None = None
) -> RequestList:
    """The last one where there are fewer."""
    page = max(1, min(page, LAST_PAGE))
    found = _find(context, query, limit=LISTED, offset=(page - 1) * LISTED)
    pages = max(1, -(-found.count // LISTED))
    if page > pages:
        page, found = pages, _find(context, query, limit=LISTED, offset=(pages - 1) * LISTED)
    context.uow.read_ahead(tickets=[each.id for each in found.tickets])
    if not found.tickets:
        return RequestList(count=found.count, page=page, pages=pages)
    zone = zone or zone_of_page(context.actor, context.desk, context.team_of(found.tickets[0]))
    lines = tuple(_line(context, each, outlook, zone) for each in found.tickets)
    return RequestList(lines=lines, count=found.count, page=page, pages=pages, zone=zone)


def _line(context: Context, ticket: Ticket, outlook: Standing, zone: ZoneInfo) -> RequestLine:
    view = view_of(context)
    shown = outlook(view, ticket)
    stamped = partial(stamp, zone=zone, language=context.language)
    said = [each for each in context.uow.messages.said_in_public(ticket.id) if not each.is_deleted]
    return RequestLine(
        reference=ticket.reference,
        subject=ticket.subject,
        state=state_key(ticket),
        tone=shown.tone,
        outlook=shown.text,
        is_private=ticket.is_private,
        asked_by="" if context.is_requester_of(ticket) else view.person(ticket.requester).name,
        said_by=said[-1].author if said else "",
        said_at=stamped(said[-1].said_at) if said else "",
        closed_at=stamped(ticket.closed_at) if ticket.status is Status.CLOSED and ticket.closed_at else "",
    )


def zone_of_page(person: Person, desk: Desk, team: Team | None = None) -> ZoneInfo:
    """All times of a page are in it: the reader's own, else that of `team`, whose promises it shows.

    Without requests it is that of the reader's first team, else of the desk's.
    """
    own = known_zone(person.time_zone)
    teams = (*desk.teams_of(person), *desk.teams.values()) if team is None else (team,)
    return own or next((each.calendar.zone for each in teams), UTC)
