"""`/desk search` and `/ticket search`: tickets by words and filters, the best match first, page by page."""

from bot.commands.framework.command import AGENTS, Call, Command, Option, OptionKind, Role
from bot.commands.framework.ticket_lists import range_of, read_page, turn_buttons, ways_to
from bot.commands.framework.when import zone_of
from bot.domain.search.query import Query
from bot.domain.search.visibility import Visibility
from bot.messages import verbs
from bot.messages.outbound import Bold, PrivateReply, RichText
from bot.ports.storage.search import FoundTickets
from bot.services.search.excerpts import found_words
from bot.services.search.ticket_search import (
    SearchScope,
    find_tickets,
    read_search,
    sought_terms,
    visibility_in,
)
from bot.text.sentences import joined, say, words
from bot.views.bulk_changes.offer import change_several
from bot.views.search.found_ticket import found_ticket

LISTED = 10
"""Tickets on a page, which is one message: each takes two lines."""
LAST_PAGE = 1_000_000
SHOWN_QUERY = 100
"""Characters of what was typed that the answer repeats."""


def search_seen(call: Call) -> PrivateReply:
    """All that an agent may see, notes of their teams included."""
    return _search(call, SearchScope.SEEN)


def search_own(call: Call) -> PrivateReply:
    """The actor's own requests, as their requester reads them."""
    return _search(call, SearchScope.OWN)


def _search(call: Call, scope: SearchScope) -> PrivateReply:
    context = call.context
    query = read_search(context, call.option("query"), scope=scope, zone=zone_of(context))
    page = min(read_page(call.option("page")), LAST_PAGE)
    visibility = visibility_in(context, scope)
    found = find_tickets(context, query, visibility=visibility, limit=LISTED, offset=(page - 1) * LISTED)
    if found.count and page > _pages(found):
        page = _pages(found)
        found = find_tickets(context, query, visibility=visibility, limit=LISTED, offset=(page - 1) * LISTED)
    if not found.count:
        text = joined(call.say("search.nothing_found", text=_shown(query)), _unindexed(call), by="\n")
        return PrivateReply(text=text, is_turned=bool(call.option("page")))
    return _page(call, query, found, visibility, page=page)


def _page(
    call: Call, query: Query, found: FoundTickets, visibility: Visibility, *, page: int
) -> PrivateReply:
    context, language = call.context, call.context.language
    count = range_of((page - 1) * LISTED, len(found.tickets), found.count, language)
    title: RichText = (Bold(words(language, "search.found", text=_shown(query))), f" · {count}")
    terms = sought_terms(context, query.terms)
    excerpts = found_words(context, found.tickets, terms, visibility=visibility)
    references, shows = ways_to(context, found.tickets)
    lines = (
        found_ticket(
            ticket,
            reference=references[ticket.id],
            words=excerpts.get(ticket.id),
            sought=[each.variants for each in terms],
            now=context.now,
            language=language,
        )
        for ticket in found.tickets
    )
    turns = turn_buttons(call, {"query": query.text}, page=page, pages=_pages(found))
    is_for_agents = call.command.group == AGENTS and found.count > 1
    several = (change_several(query.text, language=language),) if is_for_agents else ()
    return PrivateReply(
        text=joined(title, *lines, _unindexed(call), by="\n"),
        buttons=(*shows, *turns, *several),
        is_page=True,
        is_turned=bool(call.option("page")),
    )


def _pages(found: FoundTickets) -> int:
    return -(-found.count // LISTED)


def _shown(query: Query) -> str:
    line = " ".join(query.text.split())
    return line if len(line) <= SHOWN_QUERY else f"{line[:SHOWN_QUERY]}…"


def _unindexed(call: Call) -> RichText:
    """Said until what was there before the index is in it."""
    is_complete = call.context.uow.search.is_complete()
    return () if is_complete else say(call.context.language, "search.still_indexing")


_OPTIONS = (
    Option(name="query", kind=OptionKind.SEARCH),
    Option(name="page", kind=OptionKind.WORD, is_required=False, is_typed_only=True),
)

COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.SEARCH,
        place=25,
        who=Role.AGENT,
        handler=search_seen,
        reads=True,
        has_form=True,
        options=_OPTIONS,
        example='search vpn "cannot connect" status:open opened:<2w',
    ),
    Command(
        name="ticket search",
        place=25,
        handler=search_own,
        reads=True,
        has_form=True,
        options=_OPTIONS,
        example="search invoice opened:2026",
    ),
)
