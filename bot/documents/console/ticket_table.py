"""A table of the tickets that somebody may see: found as chat finds them, read for all of its rows at once."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from bot.documents.console.table_columns import (
    ColumnChoice,
    ShownWith,
    TableCell,
    cells_of,
    columns_of,
)
from bot.domain.errors import Refused
from bot.domain.search.query import OFFERED_ORDERS, FilterName, Query, SearchOrder, TicketState
from bot.domain.search.visibility import Visibility
from bot.domain.search.vocabulary import MINE
from bot.domain.tickets.ticket import Ticket
from bot.domain.views.saved_view import SavedView
from bot.messages.outbound import Bold, RichText, Span
from bot.ports.console.tickets import TableChoice
from bot.ports.storage.search import FoundTickets, ListPlace
from bot.services.context.context import Context
from bot.services.context.reader import zone_of
from bot.services.search.excerpts import FoundWords, found_words
from bot.services.search.ticket_search import (
    SearchScope,
    find_tickets,
    place_of,
    read_search,
    sought_terms,
    visibility_in,
)
from bot.services.views.ticket_views import count_view, find_view, name_to_ask, read_view, views_seen
from bot.text import terms
from bot.text.amounts import number
from bot.text.error_text import explain
from bot.text.sentences import say, words

LISTED: Final = 100
"""Tickets on a page."""
LAST_PAGE: Final = 10_000
QUEUE: Final = " ".join(
    (
        f"{FilterName.IS}:{TicketState.OPEN}",
        f"-{FilterName.IS}:{TicketState.SNOOZED}",
        f"{FilterName.TEAM}:{MINE}",
    )
)
"""What is shown where nothing else was asked for: what `/desk queue` lists."""
TICKETS: Final = "/console/tickets"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """`excerpt` is where the words that were looked for stand. `is_waiting`: somebody else's turn."""

    reference: str
    subject: str
    is_private: bool
    is_waiting: bool
    cells: tuple[TableCell, ...]
    excerpt: RichText = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TableTab:
    """A view. `count` is what chat says beside its name."""

    title: str
    address: str
    count: str
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketTable:
    """`problem`: why what was asked for cannot be found. `before` and `after` lead to the pages beside this one."""

    text: str
    choice: TableChoice
    order: SearchOrder
    orders: tuple[tuple[str, str], ...]
    tabs: tuple[TableTab, ...]
    columns: tuple[ColumnChoice, ...]
    rows: tuple[TableRow, ...] = ()
    range: str = ""
    count: int = 0
    before: str = ""
    after: str = ""
    problem: RichText = ()


def address_of(choice: TableChoice, **changed: str | int) -> str:
    """Where the same list is, with something changed."""
    asked = {"q": choice.sought, "view": choice.view, "order": choice.order, "page": choice.page}
    asked |= {"behind": choice.behind, **changed}
    if asked["page"] == 1:
        asked["page"] = ""
    given = urlencode({name: value for name, value in asked.items() if value})
    return f"{TICKETS}?{given}" if given else TICKETS


def ticket_table(context: Context, choice: TableChoice, *, chosen: Sequence[str] = ()) -> TicketTable:
    """`chosen` are the columns that its reader has chosen."""
    visibility = visibility_in(context, SearchScope.SEEN)
    table = _empty_table(context, choice, visibility, chosen=chosen)
    if table.problem:
        return table
    try:
        query = query_of(context, choice)
        found = _page(context, query, choice, visibility)
    except Refused as refusal:
        return replace(table, problem=explain(context.language, refusal))
    rows = rows_of(context, query, found.tickets, table.columns, visibility)
    return _with_rows(table, query, found, rows, language=context.language)


def table_head(context: Context, choice: TableChoice) -> TicketTable:
    """What stands above the rows, as it is now: the views and how many tickets they and the list have."""
    visibility = visibility_in(context, SearchScope.SEEN)
    table = _empty_table(context, choice, visibility)
    try:
        found = find_tickets(context, query_of(context, choice), visibility=visibility, limit=1)
    except Refused:
        return table
    left = max(found.count - (choice.page - 1) * LISTED, 0)
    shown = LISTED if found.is_more else min(left, LISTED)
    return replace(table, range=_range(choice, found, shown, language=context.language))


def _empty_table(
    context: Context, choice: TableChoice, visibility: Visibility, *, chosen: Sequence[str] = ()
) -> TicketTable:
    views = views_seen(context)
    view, problem = _view(context, choice)
    text = choice.sought or (view.query if view is not None else "" if choice.view else QUEUE)
    return TicketTable(
        text=text,
        choice=choice,
        order=SearchOrder.DUE,
        orders=tuple((str(each), _order_title(each, context.language)) for each in OFFERED_ORDERS),
        tabs=tuple(_tabs(context, choice, views, text, visibility)),
        columns=columns_of(context.desk, chosen, language=context.language),
        problem=problem,
    )


def query_of(context: Context, choice: TableChoice) -> Query:
    """Due first where neither the words nor the reader say otherwise. Raises Refused."""
    if choice.view and not choice.sought:
        query = read_view(context, find_view(context, choice.view))
    else:
        query = read_search(context, choice.sought or QUEUE, scope=SearchScope.SEEN, zone=zone_of(context))
    order = next((each for each in OFFERED_ORDERS if each == choice.order), None)
    default = None if query.terms else SearchOrder.DUE
    return replace(query, order=order or query.order or default)


def rows_of(
    context: Context,
    query: Query,
    tickets: Sequence[Ticket],
    columns: Sequence[ColumnChoice],
    visibility: Visibility,
) -> tuple[TableRow, ...]:
    """Whatever the number of tickets, with the same number of readings."""
    context.uow.read_ahead(tickets=[each.id for each in tickets])
    asked = set(_people_of(context, tickets))
    given = ShownWith(
        context=context,
        zone=zone_of(context),
        people=context.uow.people.find_many(asked),
        reads_notes=visibility.reads_notes,
    )
    terms_sought = sought_terms(context, query.terms)
    excerpts = found_words(context, tickets, terms_sought, visibility=visibility)
    return tuple(_row(each, columns, given, excerpts.get(each.id)) for each in tickets)


def _people_of(context: Context, tickets: Iterable[Ticket]) -> Iterable[str]:
    somebody = [each.name for each in context.desk.custom_fields.every() if each.kind.is_somebody]
    for ticket in tickets:
        yield ticket.requester
        if ticket.assignee is not None:
            yield ticket.assignee
        for name in somebody:
            yield from ticket.fields.get(name, "").splitlines()


def _row(
    ticket: Ticket, columns: Sequence[ColumnChoice], given: ShownWith, found: FoundWords | None
) -> TableRow:
    return TableRow(
        reference=ticket.reference,
        subject=ticket.subject,
        is_private=ticket.is_private,
        is_waiting=ticket.status.is_waiting or not ticket.status.is_live,
        cells=cells_of(ticket, columns, given),
        excerpt=_quotation(found, given.context.language) if found is not None else (),
    )


def _quotation(found: FoundWords, language: str) -> RichText:
    spans: list[Span] = []
    at = 0
    for since, until in found.excerpt.marks:
        spans += [found.excerpt.text[at:since], Bold(found.excerpt.text[since:until])]
        at = until
    marked: RichText = tuple(each for each in (*spans, found.excerpt.text[at:]) if each)
    if not found.author:
        return marked
    key = "search.in_note" if found.is_note else "search.in_message"
    return say(language, key, name=found.author, text=marked)


def _view(context: Context, choice: TableChoice) -> tuple[SavedView | None, RichText]:
    """The view that was asked for, and what is said where there is none."""
    if choice.sought or not choice.view:
        return None, ()
    try:
        return find_view(context, choice.view), ()
    except Refused as refusal:
        return None, explain(context.language, refusal)


def _tabs(
    context: Context, choice: TableChoice, views: Sequence[SavedView], text: str, visibility: Visibility
) -> Iterable[TableTab]:
    queue = SavedView(name="", query=QUEUE, title=words(context.language, "console.queue"))
    for each in (queue, *views):
        name = name_to_ask(context, each) if each.name else ""
        many = count_view(context, each, visibility=visibility)
        count = (
            "?" if many is None else f"{number(many.count, context.language)}{'+' if many.is_more else ''}"
        )
        yield TableTab(
            title=each.title,
            address=address_of(TableChoice(view=name)),
            count=count,
            is_here=text == each.query and choice.view in ("", name),
        )


def _order_title(order: SearchOrder, language: str) -> str:
    return terms.capitalised(terms.order(order, language))


def _page(context: Context, query: Query, choice: TableChoice, visibility: Visibility) -> FoundTickets:
    """Behind the page before, where the list has places: then it costs the same however far down it is."""
    at, _, ticket = choice.behind.partition(".")
    is_place = re.fullmatch(r"\d{1,19}\.-?\d{1,19}", choice.behind, re.ASCII) is not None
    if is_place and not query.terms and not query.excluded:
        place = ListPlace(at=int(at), ticket=int(ticket))
        return find_tickets(context, query, visibility=visibility, limit=LISTED, behind=place)
    first = (min(choice.page, LAST_PAGE) - 1) * LISTED
    return find_tickets(context, query, visibility=visibility, limit=LISTED, offset=first)


def _with_rows(
    table: TicketTable, query: Query, found: FoundTickets, rows: tuple[TableRow, ...], *, language: str
) -> TicketTable:
    first = (table.choice.page - 1) * LISTED
    has_more = found.count > first + len(rows) or (found.is_more and len(rows) == LISTED)
    last = place_of(query, found.tickets[-1]) if found.tickets else None
    behind = f"{last.at}.{last.ticket}" if last is not None else ""
    return replace(
        table,
        order=query.sorted_by,
        rows=rows,
        count=found.count,
        range=_range(table.choice, found, len(rows), language=language),
        before=address_of(table.choice, page=table.choice.page - 1, behind="")
        if table.choice.page > 1
        else "",
        after=address_of(table.choice, page=table.choice.page + 1, behind=behind)
        if has_more and rows
        else "",
    )


def _range(choice: TableChoice, found: FoundTickets, shown: int, *, language: str) -> str:
    if found.count <= shown and not found.is_more:
        return number(found.count, language)
    first = (choice.page - 1) * LISTED
    facts = {"first": first + 1, "last": first + shown, "total": found.count}
    return words(language, "lists.range_of_more" if found.is_more else "commands.range", **facts)
