"""Tickets found by words and filters: the index gives the texts that hold each term, their tickets are put together.

A ticket is scored by where its terms stand (subject and tags before people, people before messages) and whether they
stand there as they were typed, the same on both databases; among equals the newer one comes first.
"""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Select,
    Subquery,
    false,
    func,
    literal_column,
    or_,
    select,
    true,
    union_all,
)

from bot.domain.directory import Person
from bot.domain.search.query import SearchOrder
from bot.domain.search.stems import Variant
from bot.domain.search.visibility import Visibility
from bot.domain.search.words import index_words
from bot.ports.storage.search import MOST_COUNTED, FoundTickets, SoughtTerm, TicketSearch
from storage.engine.columns import micros, to_json
from storage.engine.ids import IdMaker
from storage.engine.session import Session
from storage.engine.word_match import WordMatch
from storage.repositories.people.people import person_from
from storage.repositories.search.conditions import conditions_of
from storage.repositories.search.documents import PERSONS_WEIGHT
from storage.repositories.search.index_progress import begin_anew, index_more, is_complete
from storage.repositories.search.list_parts import (
    is_of_finished_requests,
    is_of_own_teams,
    order_column,
    page_of_parts,
    parts_in,
    places_in,
)
from storage.repositories.search.orders import ordered
from storage.repositories.search.visibility import has_readable_notes, is_seen
from storage.repositories.tickets import GET_MANY, ticket_from
from storage.tables.desk import tickets
from storage.tables.people import people
from storage.tables.search import search_documents

NUMBERS_SCORE: Final = 1_000
"""Somebody who types a ticket's number means that ticket."""

_Hits = Select[Any] | CompoundSelect[Any]
"""Rows of ticket, term, score, and whether the team alone may know of it."""


class SqlSearch:
    def __init__(self, session: Session, *, new_id: IdMaker) -> None:
        self._session = session
        self._new_id = new_id

    def find(
        self,
        wanted: TicketSearch,
        *,
        visibility: Visibility,
        order: SearchOrder,
        limit: int = 20,
        offset: int = 0,
    ) -> FoundTickets:
        question = page_of(wanted, visibility, order=order, limit=limit, offset=offset)
        rows = self._session.fetch_made(question)
        if wanted.terms and rows:
            count = most = int(rows[0]["many"])
        else:
            most = MOST_COUNTED
            count = self.count(wanted, visibility=visibility, at_most=most) if rows or offset else 0
        ids = [row["id"] for row in rows]
        found = self._session.fetch(GET_MANY, listed=to_json(ids)) if ids else []
        by_id = {row["id"]: ticket_from(row) for row in found}
        return FoundTickets(
            tickets=[by_id[each] for each in ids], count=min(count, most), is_more=count > most
        )

    def count(self, wanted: TicketSearch, *, visibility: Visibility, at_most: int | None = None) -> int:
        return int(self._session.fetch_made(count_of(wanted, visibility, at_most=at_most))[0]["many"])

    def lock_first(
        self, wanted: TicketSearch, *, visibility: Visibility, order: SearchOrder, waits: bool = False
    ) -> int | None:
        rows = self._session.fetch_made(first_of(wanted, visibility, order=order, waits=waits))
        return rows[0]["id"] if rows else None

    def requesters(self, beginning: str, *, visibility: Visibility, limit: int) -> Sequence[Person]:
        words = tuple(index_words(beginning))
        question = select(people).where(
            select(tickets.c.id).where(tickets.c.requester == people.c.key, is_seen(visibility)).exists()
        )
        if words:
            named = select(search_documents.c.person).where(
                search_documents.c.person.is_not(None),
                WordMatch(search_documents, [Variant(words, is_prefix=True)]),
            )
            question = question.where(people.c.key.in_(named))
        rows = self._session.fetch_made(question.order_by(people.c.name, people.c.key).limit(limit))
        return [person_from(row) for row in rows]

    def is_complete(self) -> bool:
        return is_complete(self._session)

    def begin_anew(self) -> None:
        begin_anew(self._session)

    def index_more(self, *, limit: int) -> bool:
        return index_more(self._session, limit=limit, new_id=self._new_id)


def page_of(
    wanted: TicketSearch, visibility: Visibility, *, order: SearchOrder, limit: int, offset: int
) -> Select[Any]:
    """Ids of a page; with terms also how `many` there are, since all of them are put together anyway."""
    if not wanted.terms:
        return _list_of(wanted, visibility, order=order, limit=limit, offset=offset)
    found = _found(wanted, visibility)
    scored = [found.c.score.desc()] if order is SearchOrder.BEST else []
    return (
        select(tickets.c.id, func.count().over().label("many"))
        .join(found, found.c.ticket_id == tickets.c.id)
        .order_by(*scored, *ordered(order, now=micros(wanted.now)))
        .limit(limit)
        .offset(offset)
    )


def _list_of(
    wanted: TicketSearch, visibility: Visibility, *, order: SearchOrder, limit: int, offset: int
) -> Select[Any]:
    """Without terms: by filters alone."""
    parts = parts_in(wanted, order)
    columns = ordered(order, now=micros(wanted.now))
    if is_of_finished_requests(wanted, order):
        columns = tickets.c.queue_place, tickets.c.id.desc()
    if len(parts) > 1:
        of_each = [
            select(tickets.c.id, order_column(order))
            .where(*_allowed(each.wanted, visibility), *each.held)
            .order_by(*columns)
            .limit(limit + offset)
            for each in parts
        ]
        return page_of_parts(of_each, order, limit=limit, offset=offset)
    question = select(tickets.c.id).where(*_allowed(wanted, visibility), *parts[0].held)
    return question.order_by(*columns).limit(limit).offset(offset)


def first_of(wanted: TicketSearch, visibility: Visibility, *, order: SearchOrder, waits: bool) -> Select[Any]:
    """The first one by filters alone, locked. FOR NO KEY UPDATE: rows that merely refer to it need not wait."""
    return (
        select(tickets.c.id)
        .where(*_allowed(wanted, visibility))
        .order_by(*ordered(order, now=micros(wanted.now)))
        .limit(1)
        .with_for_update(of=tickets, skip_locked=not waits, key_share=True)
    )


def count_of(wanted: TicketSearch, visibility: Visibility, *, at_most: int | None = None) -> Select[Any]:
    if wanted.terms:
        return select(func.count().label("many")).select_from(_found(wanted, visibility))
    places = [
        select(tickets.c.id).where(*_allowed(each.wanted, visibility), *each.held)
        for each in places_in(wanted)
    ]
    found: _Hits = union_all(*places) if len(places) > 1 else places[0]
    if at_most is not None:
        found = found.limit(at_most + 1)
    return select(func.count().label("many")).select_from(found.subquery("found"))


def _allowed(wanted: TicketSearch, visibility: Visibility) -> list[ColumnElement[bool]]:
    """What holds of every ticket that is found, besides its terms."""
    held = list(conditions_of(wanted, visibility))
    if not is_of_own_teams(wanted, visibility):
        held.append(is_seen(visibility))
    if wanted.among is not None:
        held.append(tickets.c.id.in_(sorted(wanted.among)))
    if wanted.excluded:
        hits = _hits(wanted.excluded, name="without").subquery("excluded")
        held.append(tickets.c.id.not_in(_with_hits(hits, visibility).with_only_columns(hits.c.ticket_id)))
    return held


def _found(wanted: TicketSearch, visibility: Visibility) -> Subquery:
    """The tickets that hold every term, with their scores."""
    hits = _hits(wanted.terms, name="term").subquery("hits")
    best = (
        _with_hits(hits, visibility)
        .where(*_allowed(wanted, visibility))
        .group_by(hits.c.ticket_id, hits.c.term)
        .subquery("best")
    )
    return (
        select(best.c.ticket_id, func.sum(best.c.score).label("score"))
        .group_by(best.c.ticket_id)
        .having(func.count() == len(wanted.terms))
        .subquery("found")
    )


def _with_hits(hits: Subquery, visibility: Visibility) -> Select[Any]:
    """Without those that only the team may know of, where this person is not of the team."""
    return (
        select(hits.c.ticket_id, hits.c.term, func.max(hits.c.score).label("score"))
        .join(tickets, tickets.c.id == hits.c.ticket_id)
        .where(or_(hits.c.is_internal.is_(False), has_readable_notes(visibility)))
    )


def _hits(terms: Sequence[SoughtTerm], *, name: str) -> _Hits:
    return union_all(*(hit for place, term in enumerate(terms) for hit in _hits_of(term, place, name)))


def _hits_of(term: SoughtTerm, place: int, name: str) -> list[Select[Any]]:
    """By the ticket's texts, its requester's name, its assignee's, which only the team may know, or its number."""
    number: ColumnElement[int] = literal_column(str(place)).label("term")
    hits: list[Select[Any]] = []
    for spelling, variants, more in (("exact", term.variants[:1], 1), ("alike", term.variants[1:], 0)):
        if variants:
            hits += _hits_of_texts(variants, number, more, name=f"{name}_{place}_{spelling}")
    if term.number is not None:
        named = select(
            tickets.c.id.label("ticket_id"),
            number,
            literal_column(str(NUMBERS_SCORE)).label("score"),
            false().label("is_internal"),
        ).where(tickets.c.number == term.number)
        hits.append(named)
    return hits


def _hits_of_texts(
    variants: Sequence[Variant], number: ColumnElement[int], more: int, *, name: str
) -> list[Select[Any]]:
    """The people of that name are asked for apart: they are few, and the planner then knows it."""
    documents = search_documents.c
    texts = _holding(variants, documents.ticket_id, documents.weight, documents.is_internal, name=name)
    people_meant = _holding(variants, documents.person, name=f"{name}_people")
    persons_score: ColumnElement[int] = literal_column(str(PERSONS_WEIGHT * 2 + more)).label("score")
    return [
        select(texts.c.ticket_id, number, (texts.c.weight * 2 + more).label("score"), texts.c.is_internal),
        *(
            select(
                tickets.c.id.label("ticket_id"), number, persons_score, is_internal.label("is_internal")
            ).where(theirs.in_(select(people_meant.c.person)))
            for theirs, is_internal in ((tickets.c.requester, false()), (tickets.c.assignee, true()))
        ),
    ]


def _holding(
    variants: Sequence[Variant], of: ColumnElement[Any], *more: ColumnElement[Any], name: str
) -> CTE:
    """The documents of tickets, or those of people, that hold any of the variants."""
    return (
        select(of, *more)
        .where(WordMatch(search_documents, variants), of.is_not(None))
        .cte(name)
        .prefix_with("MATERIALIZED")
    )
