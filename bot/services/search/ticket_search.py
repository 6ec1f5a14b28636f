"""The one way to tickets by words and filters: for searches, saved views and whatever acts on many tickets at once.

A `Query` is read from text for one person and a scope; it never finds more than that person may see there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.caches.known_staff import staff_met
from bot.domain.desk import Desk
from bot.domain.directory import Person
from bot.domain.errors import Refused
from bot.domain.normalised_text import normalised
from bot.domain.search.parsing import read_query
from bot.domain.search.query import Criterion, FilterName, Query, SearchOrder, Term
from bot.domain.search.stems import variants
from bot.domain.search.visibility import Visibility, own_visibility, visibility_of
from bot.domain.search.vocabulary import MINE, Vocabulary, agents_vocabulary, requesters_vocabulary
from bot.domain.sentence import OneOf, sentence
from bot.domain.tickets.conversation import Side
from bot.domain.tickets.queue_order import queue_place
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.search import FoundTickets, ListPlace, SoughtTerm, TicketCount, TicketSearch
from bot.services.context.reader import ListReader
from bot.text.catalogue import languages
from bot.text.terms import language_name

ME = "me"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
MOST_PEOPLE = 50
"""People whom one name may mean."""


class SearchScope(StrEnum):
    """Where is looked: among one's own requests as their requester, or in all that an agent may see."""

    OWN = "own"
    SEEN = "seen"


def visibility_in(context: ListReader, scope: SearchScope) -> Visibility:
    """What the actor may see there."""
    accounts = context.uow.identities.accounts_of(context.actor.key)
    following = context.uow.followers.tickets_of(context.actor.key)
    shared = following.get(Side.REQUESTER, frozenset())
    if scope is SearchScope.OWN:
        return own_visibility(context.actor, accounts=accounts, shared=shared)
    followed = following.get(Side.TEAM, frozenset())
    return visibility_of(context.desk, context.actor, accounts=accounts, shared=shared, followed=followed)


def vocabulary_in(context: ListReader, scope: SearchScope) -> Vocabulary:
    """Read from the configuration alone: what one follows adds no values."""
    if scope is SearchScope.OWN:
        return requesters_vocabulary(context.desk)
    return agents_vocabulary(context.desk, visibility_of(context.desk, context.actor))


def read_search(context: ListReader, text: str, *, scope: SearchScope, zone: ZoneInfo) -> Query:
    """`zone` is the actor's, for days. Raises Refused for what cannot be understood."""
    return read_query(text, vocabulary_in(context, scope), now=context.now, zone=zone)


def find_tickets(
    context: ListReader,
    query: Query,
    *,
    visibility: Visibility,
    limit: int,
    offset: int = 0,
    among: frozenset[int] | None = None,
    behind: ListPlace | None = None,
) -> FoundTickets:
    """A page in the query's order, of these ids where `among` is given. Raises Refused for an unknown person.

    `behind` is the place of the last ticket of the page before, in a list that has places.
    """
    return context.uow.search.find(
        replace(sought(context, query, visibility=visibility), among=among, behind=behind),
        visibility=visibility,
        order=query.sorted_by,
        limit=limit,
        offset=offset,
    )


def place_of(query: Query, ticket: Ticket) -> ListPlace | None:
    """Where the ticket stands in the list; None where words or urgency order it, which have no places."""
    if query.terms or query.excluded:
        return None
    match query.sorted_by:
        case SearchOrder.DUE:
            return ListPlace(at=queue_place(ticket), ticket=ticket.id)
        case SearchOrder.NEWEST | SearchOrder.OLDEST:
            return ListPlace(at=(ticket.opened_at - _EPOCH) // _MICROSECOND, ticket=ticket.id)
        case SearchOrder.LAST_WORD:
            return ListPlace(at=(ticket.updated_at - _EPOCH) // _MICROSECOND, ticket=ticket.id)
        case _:
            return None


def count_tickets(context: ListReader, query: Query, *, visibility: Visibility, at_most: int) -> TicketCount:
    """No more are counted than `at_most`. Raises Refused for an unknown person."""
    wanted = sought(context, query, visibility=visibility)
    return context.uow.search.count(wanted, visibility=visibility, at_most=at_most)


def sought(context: ListReader, query: Query, *, visibility: Visibility) -> TicketSearch:
    """What storage is asked: people by their keys, words with their other endings."""
    return TicketSearch(
        now=context.now,
        terms=sought_terms(context, query.terms),
        excluded=sought_terms(context, query.excluded),
        criteria=tuple(_as_stored(context, each, visibility) for each in query.criteria),
        groups=context.desk.groups,
    )


def sought_terms(context: ListReader, terms: Iterable[Term]) -> tuple[SoughtTerm, ...]:
    """In the actor's language and the desk's: those that its tickets are written in."""
    languages = tuple(dict.fromkeys((context.language, context.desk.language)))
    return tuple(SoughtTerm(variants=variants(each, languages), number=each.number) for each in terms)


def _as_stored(context: ListReader, criterion: Criterion, visibility: Visibility) -> Criterion:
    """People by their keys, the actor's teams by their names, and languages by their codes."""
    if criterion.name in (FilterName.TEAM, FilterName.TEAM_THEN):
        return replace(criterion, values=tuple(_kept(context.desk, criterion.values, visibility)))
    if criterion.name is FilterName.LANGUAGE:
        return replace(criterion, values=tuple(_language(context, each) for each in criterion.values))
    if criterion.name is FilterName.ARTICLE:
        return replace(criterion, values=tuple(_article(context, each) for each in criterion.values))
    if criterion.name is FilterName.FIELD:
        values = dict.fromkeys(each for typed in criterion.values for each in _held(context, typed))
        return replace(criterion, values=tuple(values))
    if criterion.name not in (FilterName.FROM, FilterName.ASSIGNED, FilterName.BY):
        return criterion
    keys = dict.fromkeys(
        key for typed in criterion.values for key in _keys(context, criterion.name, typed, visibility)
    )
    return replace(criterion, values=tuple(keys))


def _kept(desk: Desk, values: Iterable[str], visibility: Visibility) -> dict[str, None]:
    """The names under which these teams' tickets are kept."""
    names: dict[str, None] = {}
    for each in values:
        if each == MINE and each not in desk.teams:
            names |= dict.fromkeys(sorted(visibility.teams))
        else:
            names |= dict.fromkeys(sorted(desk.teams[each].names) if each in desk.teams else [each])
    return names


def _language(context: ListReader, typed: str) -> str:
    """By its code, or its name as the actor, English or the language itself has it. Raises Refused."""
    wanted = typed.casefold()
    for code in languages():
        if wanted in (
            code,
            *(language_name(code, each).casefold() for each in (context.language, code, "en")),
        ):
            return code
    known = sentence("search.values", values=OneOf(languages()))
    raise Refused("search.unknown_value", known, text=typed, filter=f"{FilterName.LANGUAGE}:")


def _article(context: ListReader, typed: str) -> str:
    """As it is spelled, where there is one of that name; a fixed answer has none."""
    found = context.uow.articles.find(typed)
    return typed if found is None else found.name


def _held(context: ListReader, typed: str) -> list[str]:
    """What a field holds, people as their keys: all that a name may mean, or the name itself."""
    name, equals, value = typed.partition("=")
    field = context.desk.custom_fields.definition(name)
    if not equals or field is None or not field.kind.is_somebody:
        return [typed]
    if value.casefold() == ME:
        return [f"{name}={context.actor.key}"]
    found = context.uow.people.search(value.removeprefix("@"))
    return [f"{name}={each.key}" for each in found] or [typed]


def _keys(context: ListReader, name: FilterName, typed: str, visibility: Visibility) -> list[str]:
    """Everybody who is called so; else whose name begins so. Raises Refused for nobody."""
    words = typed.removeprefix("@")
    if words.casefold() == ME:
        return _meant(context, name, [context.actor])
    found = list(context.uow.people.search(words)) or list(_beginning(context, name, words, visibility))
    if not found:
        raise Refused("search.unknown_person", text=words, filter=f"{name}:")
    return _meant(context, name, found)


def _meant(context: ListReader, name: FilterName, people: Iterable[Person]) -> list[str]:
    """Who asked is asked with any of their accounts; whose a ticket is, is one account's alone."""
    keys = [each.key for each in people]
    if name is not FilterName.FROM:
        return keys
    return [account for key in keys for account in sorted(context.uow.identities.accounts_of(key))]


def _beginning(context: ListReader, name: FilterName, words: str, visibility: Visibility) -> Iterator[Person]:
    if name is FilterName.FROM:
        yield from context.uow.search.requesters(words, visibility=visibility, limit=MOST_PEOPLE)
        return
    wanted = normalised(words)
    for person in staff_met(context.uow, context.desk.teams_of(context.actor)).values():
        if wanted and f" {wanted}" in f" {normalised(person.name)}":
            yield person
