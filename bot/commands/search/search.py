"""`/desk search` and `/ticket search`: tickets by words and filters, the best match first, page by page."""

from dataclasses import replace

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.ticket_lists import TicketList, read_order, read_page, ticket_page
from bot.commands.framework.when import zone_of
from bot.domain.search.query import Query
from bot.messages import verbs
from bot.messages.outbound import Button, PrivateReply
from bot.services.search.similar_words import spelled_as_found
from bot.services.search.ticket_search import SearchScope, read_search
from bot.text.sentences import joined, words

LISTED = 10
"""Tickets on a page, which is one message: each takes two lines."""
SHOWN_QUERY = 100
"""Characters of what was typed that the answer repeats."""


def search_seen(call: Call) -> PrivateReply:
    """All that an agent may see, notes of their teams included."""
    return _search(call, SearchScope.SEEN)


def search_own(call: Call) -> PrivateReply:
    """The actor's own requests, as their requester reads them."""
    return _search(call, SearchScope.OWN)


def _search(call: Call, scope: SearchScope) -> PrivateReply:
    query = read_search(call.context, call.option("query"), scope=scope, zone=zone_of(call.context))
    found = TicketList(
        query=query,
        scope=scope,
        title=words(call.context.language, "search.found", text=_shown(query)),
        nothing=call.say("search.nothing_found", text=_shown(query)),
        options={"query": query.text},
        buttons=(_save_button(call, query),) if scope is SearchScope.SEEN else (),
        several=query.text if scope is SearchScope.SEEN else "",
        listed=LISTED,
    )
    order = read_order(call.option("order"))
    reply = ticket_page(call, found, page=read_page(call.option("page")), order=order)
    return reply if reply.is_page else _with_spelling(call, reply, query, scope)


def _with_spelling(call: Call, reply: PrivateReply, query: Query, scope: SearchScope) -> PrivateReply:
    """Of a search that found nothing: the search that was probably meant, to be pressed."""
    text = spelled_as_found(call.context, query, scope=scope, zone=zone_of(call.context))
    if text is None:
        return reply
    meant = call.say("refusals.did_you_mean", word=text)
    label = words(call.context.language, "search.button_meant", text=text)
    button = Button(label=label, verb=call.command.name, options={"query": text})
    return replace(reply, text=joined(reply.text, meant, by="\n"), buttons=(button, *reply.buttons))


def _save_button(call: Call, query: Query) -> Button:
    label = words(call.context.language, "lists.save_button")
    return Button(label=label, verb=verbs.SAVE_VIEW, options={"query": query.text}, opens_form=True)


def _shown(query: Query) -> str:
    line = " ".join(query.text.split())
    return line if len(line) <= SHOWN_QUERY else f"{line[:SHOWN_QUERY]}…"


_ALIASES = ("suchen", "chercher", "rechercher", "buscar", "procurar", "pesquisar")
_OPTIONS = (
    Option(name="query", kind=OptionKind.SEARCH),
    Option(name="page", kind=OptionKind.WORD, is_required=False, is_typed_only=True),
)

COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.SEARCH,
        aliases=_ALIASES,
        place=25,
        who=Role.AGENT,
        handler=search_seen,
        reads=True,
        has_form=True,
        options=_OPTIONS,
        example='search vpn "cannot connect" is:open opened:<2w',
    ),
    Command(
        name="ticket search",
        aliases=_ALIASES,
        place=25,
        handler=search_own,
        reads=True,
        has_form=True,
        options=_OPTIONS,
        example="search invoice opened:2026",
    ),
)
