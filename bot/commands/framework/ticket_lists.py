"""Lists of tickets, page by page: every list is a search, whether somebody typed it, saved it or asked for a queue.

A list says how many there are, how it is filtered and in which order, and leads to each ticket: a number leads to the
ticket's card, or for its requester to its thread, where the actor's platform has it; otherwise a button shows it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.commands.framework.command import Call
from bot.domain.errors import Refused
from bot.domain.search.query import OFFERED_ORDERS, Criterion, FilterName, Query, SearchOrder
from bot.domain.search.visibility import Visibility
from bot.domain.sentence import OneOf
from bot.domain.tickets.conversation import Side
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, MessageLink, PrivateReply, RichText
from bot.ports.storage.search import MOST_COUNTED, FoundTickets, SoughtTerm
from bot.services.context.context import Context
from bot.services.search.excerpts import found_words
from bot.services.search.ticket_search import (
    SearchScope,
    count_tickets,
    find_tickets,
    sought_terms,
    visibility_in,
)
from bot.text import terms
from bot.text.amounts import number
from bot.text.sentences import joined, say, words
from bot.views.bulk_changes.offer import change_several
from bot.views.lists.looked_through import looked_through
from bot.views.lists.ticket_line import ListedTickets

LISTED: Final = 20
"""Tickets on a page."""
MOST_BUTTONS: Final = 25
"""Under a message, as many as Discord shows: https://discord.com/developers/docs/components/reference"""
LAST_PAGE: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketList:
    """`query` is read for the actor. `nothing` is said where there is none; `options` ask for the same list again."""

    query: Query
    title: str
    nothing: RichText
    scope: SearchScope = SearchScope.SEEN
    how: str = ""
    """How it is filtered, where the title does not say so."""
    among: frozenset[int] | None = None
    """Ids of the tickets of which alone it is made, where no filter can say which."""
    options: Mapping[str, str] = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()
    """What else can be done with the list."""
    several: str = ""
    """What finds the same tickets in a search, so that many can be changed at once; empty where nothing does."""
    listed: int = LISTED


def read_page(text: str) -> int:
    """A page's number, from 1; without words the first. Raises Refused."""
    if not text:
        return 1
    if not text.isdecimal() or int(text) < 1:
        raise Refused("commands.not_a_page", text=text)
    return min(int(text), LAST_PAGE)


def order_called(text: str) -> SearchOrder | None:
    """One that lists offer, as people type it."""
    wanted = text.casefold().replace("_", "-")
    return next((each for each in OFFERED_ORDERS if each == wanted), None)


def read_order(text: str) -> SearchOrder | None:
    """None without words. Raises Refused."""
    if not text:
        return None
    order = order_called(text)
    if order is None:
        raise Refused("lists.not_an_order", text=text, orders=OneOf(tuple(map(str, OFFERED_ORDERS))))
    return order


def ticket_page(
    call: Call, listed: TicketList, *, page: int, order: SearchOrder | None = None
) -> PrivateReply:
    """A page of the list; the last one where there are fewer, since lists grow shorter between two presses."""
    context = call.context
    query = listed.query if order is None else replace(listed.query, order=order)
    visibility = visibility_in(context, listed.scope)
    shown = _ShownList(call=call, listed=replace(listed, query=query), visibility=visibility)
    found = shown.find(page)
    if not found.count:
        text = joined(
            listed.nothing,
            looked_through(found, query.sorted_by, language=context.language),
            _new_ones_left_out(context, query, visibility),
            _unindexed(call, query),
            by="\n",
        )
        return PrivateReply(text=text, is_turned=_is_turned(call))
    pages = shown.pages(found)
    missing = call.say("commands.no_such_page", number=page, total=pages) if page > pages else ()
    if page > pages:
        page, found = pages, shown.find(pages)
    return shown.reply(found, page=page, missing=missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class _ShownList:
    """One list for one person."""

    call: Call
    listed: TicketList
    visibility: Visibility

    def find(self, page: int) -> FoundTickets:
        return find_tickets(
            self.call.context,
            self.listed.query,
            visibility=self.visibility,
            limit=self.listed.listed,
            offset=(page - 1) * self.listed.listed,
            among=self.listed.among,
        )

    def pages(self, found: FoundTickets) -> int:
        return -(-found.count // self.listed.listed)

    def reply(self, found: FoundTickets, *, page: int, missing: RichText) -> PrivateReply:
        call, context, listed = self.call, self.call.context, self.listed
        references, shows = ways_to(context, found.tickets)
        lines = lines_of(
            context, found.tickets, sought=sought_terms(context, listed.query.terms), seen=self.visibility
        )
        texts = (lines.line(each, reference=references[each.id]) for each in found.tickets)
        looked = looked_through(found, listed.query.sorted_by, language=context.language)
        hint = _new_ones_left_out(context, listed.query, self.visibility)
        head = self._head(found, first=(page - 1) * listed.listed)
        turn = turn_buttons(call, self._again(), page=page, pages=self.pages(found))
        return PrivateReply(
            text=joined(head, *texts, missing, looked, hint, _unindexed(call, listed.query), by="\n"),
            buttons=_as_many_as_fit(
                shows, (*turn, *self._sort_buttons(found), *listed.buttons, *self._several(found))
            ),
            is_page=True,
            is_turned=_is_turned(call),
        )

    def _several(self, found: FoundTickets) -> tuple[Button, ...]:
        if not self.listed.several or found.count < 2:
            return ()
        return (change_several(self.listed.several, language=self.call.context.language),)

    def _head(self, found: FoundTickets, *, first: int) -> RichText:
        """The title, which tickets these are of how many, the order of several, and the filter."""
        language = self.call.context.language
        parts = [range_of(first, len(found.tickets), found, language)]
        if found.count > 1:
            parts.append(terms.order(self.listed.query.sorted_by, language))
        line: RichText = (Bold(self.listed.title), "".join(f" · {each}" for each in parts))
        return joined(line, (self.listed.how,) if self.listed.how else (), by="\n")

    def _again(self) -> Mapping[str, str]:
        """What asks for this list in this order."""
        order = self.listed.query.order
        return {**self.listed.options, **({"order": str(order)} if order in OFFERED_ORDERS else {})}

    def _sort_buttons(self, found: FoundTickets) -> tuple[Button, ...]:
        """The other orders; the list begins anew with them."""
        if found.count < 2:
            return ()
        others = [each for each in OFFERED_ORDERS if each is not self.listed.query.sorted_by]
        return tuple(
            Button(
                label=terms.capitalised(terms.order(each, self.call.context.language)),
                verb=self.call.command.name,
                options={**self.listed.options, "order": str(each), "page": "1"},
            )
            for each in others
        )


def _as_many_as_fit(shows: Sequence[Button], others: tuple[Button, ...]) -> tuple[Button, ...]:
    """A ticket without a button of its own can be named by its number."""
    return (*shows[: MOST_BUTTONS - len(others)], *others)


def lines_of(
    context: Context, tickets: Sequence[Ticket], *, sought: Sequence[SoughtTerm] = (), seen: Visibility
) -> ListedTickets:
    """What the tickets' lines need, read for all of them at once."""
    people = {key for each in tickets for key in (each.assignee, each.requester) if key}
    return ListedTickets(
        context=context,
        people=context.uow.people.find_many(people),
        excerpts=found_words(context, tickets, sought, visibility=seen),
        sought=[each.variants for each in sought],
    )


def _is_turned(call: Call) -> bool:
    return bool(call.option("page"))


def range_of(first: int, many: int, found: FoundTickets, language: str) -> str:
    """`21–40 of 63`, or `3` where one page holds all that were found."""
    if found.is_more and not (found.looked_at and found.count <= many):
        facts = {"first": first + 1, "last": first + many, "total": found.count}
        return words(language, "lists.range_of_more", **facts)
    return range_shown(first, many, found.count, language)


def range_shown(first: int, many: int, count: int, language: str) -> str:
    if count <= many:
        return number(count, language)
    return words(language, "commands.range", first=first + 1, last=first + many, total=count)


def turn_buttons(call: Call, again: Mapping[str, str], *, page: int, pages: int) -> tuple[Button, ...]:
    """To the pages beside this one; `again` are the options that the command needs for the same list."""
    ways = [("commands.previous_page", page - 1), ("commands.next_page", page + 1)]
    return tuple(
        Button(
            label=words(call.context.language, label),
            verb=call.command.name,
            options={**again, "page": str(to)},
        )
        for label, to in ways
        if 1 <= to <= pages
    )


def _new_ones_left_out(context: Context, query: Query, visibility: Visibility) -> RichText:
    """Whoever asks for `status:open` mostly means what is unfinished: told only where new tickets are left out."""
    if not query.leaves_out_new:
        return ()
    new = Criterion(name=FilterName.STATUS, values=("new",))
    others = tuple(each for each in query.criteria if each.name is not FilterName.STATUS or each.is_excluded)
    only_new = replace(query, criteria=(*others, new))
    many = count_tickets(context, only_new, visibility=visibility, at_most=MOST_COUNTED).count
    return say(context.language, "lists.new_ones_left_out", count=many) if many else ()


def _unindexed(call: Call, query: Query) -> RichText:
    """Said of words until what was there before the index is in it."""
    needs_index = bool(query.terms or query.excluded or any(_is_of_index(each) for each in query.criteria))
    if not needs_index or call.context.uow.search.is_complete():
        return ()
    return say(call.context.language, "search.still_indexing")


def _is_of_index(criterion: Criterion) -> bool:
    return criterion.name in (FilterName.TAG, FilterName.CATEGORY)


def ways_to(
    context: Context, tickets: Sequence[Ticket]
) -> tuple[Mapping[int, MessageLink | Bold], tuple[Button, ...]]:
    """By their ids the tickets' numbers, which lead to them; buttons for those whose numbers do not."""
    context.uow.conversations.read_ahead(each.id for each in tickets)
    links = {each.id: _link(context, each) for each in tickets}
    references = {each.id: links[each.id] or Bold(each.reference) for each in tickets}
    shows = (
        Button(label=each.reference, verb=verbs.SHOW, ticket=each.reference)
        for each in tickets
        if links[each.id] is None
    )
    return references, tuple(shows)


def _link(context: Context, ticket: Ticket) -> MessageLink | None:
    """Nothing on the requester's side leads to a team's channel."""
    side = Side.TEAM if context.is_agent_of(ticket) else Side.REQUESTER
    for conversation in context.uow.conversations.of_ticket(ticket.id):
        channel = conversation.channel
        is_here = channel.platform == context.actor.platform and not conversation.is_retired
        if conversation.side is side and conversation.root and is_here:
            return MessageLink(ticket.reference, channel, conversation.root)
    return None


def next_button(language: str, *, team: str = "") -> Button:
    """To the ticket after the one that an agent is done with."""
    label = words(language, "lists.next_button")
    return Button(label=label, verb=verbs.NEXT, options={"team": team} if team else {})
