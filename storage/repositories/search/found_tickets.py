"""Tickets found by words and filters: the index gives the texts that hold each rare term, common ones are read for.

A ticket is scored by where its terms stand (subject and tags before people, people before messages) and whether they
stand there as they were typed, the same on both databases; among equals the newer one comes first.
"""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Subquery, func, literal_column, select, union_all

from bot.domain.directory import Person
from bot.domain.search.query import SearchOrder
from bot.domain.search.stems import Variant
from bot.domain.search.visibility import Visibility
from bot.domain.search.words import index_words
from bot.ports.storage.search import (
    MOST_COUNTED,
    MOST_LOOKED_AT,
    FoundTickets,
    SoughtTerm,
    TicketCount,
    TicketSearch,
)
from storage.engine.columns import Row, micros, to_json
from storage.engine.ids import IdMaker
from storage.engine.session import Session
from storage.engine.word_match import TextMatch
from storage.repositories.people.people import person_from
from storage.repositories.search.candidates import CommonTerms, found_by_reading
from storage.repositories.search.common_words import common_among
from storage.repositories.search.conditions import conditions_of
from storage.repositories.search.index_progress import begin_anew, index_more, is_complete
from storage.repositories.search.list_parts import (
    is_of_own_teams,
    is_what_people_hold,
    order_column,
    page_of_parts,
    parts_in,
    places_in,
)
from storage.repositories.search.orders import ordered
from storage.repositories.search.visibility import is_seen
from storage.repositories.search.word_hits import Hits, hits_of, readable_hits
from storage.repositories.tickets import GET_MANY, ticket_from
from storage.tables.desk import tickets
from storage.tables.people import people
from storage.tables.search import search_documents

Common = frozenset[SoughtTerm]
"""Terms that are looked for by reading tickets instead of in the index."""
NONE_COMMON: Final[Common] = frozenset()
NOT_LOOKED_AT: Final[ColumnElement[int]] = literal_column("0")


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
        common = self._common(wanted)
        question = page_of(wanted, visibility, order=order, limit=limit, offset=offset, common=common)
        rows = self._session.fetch_made(question)
        if wanted.terms or common:
            counted = (
                _counted(rows[0]) if rows else self._count(wanted, visibility, order=order, common=common)
            )
        elif rows or offset or wanted.behind is not None:
            counted = self._count(wanted, visibility, common=common, at_most=MOST_COUNTED)
        else:
            counted = TicketCount(count=0)
        ids = [row["id"] for row in rows]
        found = self._session.fetch(GET_MANY, listed=to_json(ids)) if ids else []
        by_id = {row["id"]: ticket_from(row) for row in found}
        return FoundTickets(
            tickets=[by_id[each] for each in ids],
            count=counted.count,
            is_more=counted.is_more,
            looked_at=counted.looked_at,
        )

    def count(
        self, wanted: TicketSearch, *, visibility: Visibility, at_most: int | None = None
    ) -> TicketCount:
        return self._count(wanted, visibility, common=self._common(wanted), at_most=at_most)

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
                TextMatch(search_documents.c.words, [Variant(words, is_prefix=True)]),
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

    def _common(self, wanted: TicketSearch) -> Common:
        return common_among(self._session, (*wanted.terms, *wanted.excluded))

    def _count(
        self,
        wanted: TicketSearch,
        visibility: Visibility,
        *,
        common: Common,
        order: SearchOrder = SearchOrder.BEST,
        at_most: int | None = None,
    ) -> TicketCount:
        question = count_of(wanted, visibility, order=order, at_most=at_most, common=common)
        return _counted(self._session.fetch_made(question)[0], at_most=at_most)


def _counted(row: Row, *, at_most: int | None = None) -> TicketCount:
    many, looked_at = int(row["many"]), int(row["looked_at"])
    if looked_at > MOST_LOOKED_AT:
        return TicketCount(count=many, is_more=True, looked_at=MOST_LOOKED_AT)
    if at_most is not None and many > at_most:
        return TicketCount(count=at_most, is_more=True)
    return TicketCount(count=many)


def page_of(
    wanted: TicketSearch,
    visibility: Visibility,
    *,
    order: SearchOrder,
    limit: int,
    offset: int,
    common: Common = NONE_COMMON,
) -> Select[Any]:
    """Ids of a page; with words also how `many` there are, and how many tickets were looked at for common ones."""
    if not wanted.terms and not common:
        return _list_of(wanted, visibility, order=order, limit=limit, offset=offset, common=common)
    found, looked_at = _found(wanted, visibility, order=order, common=common)
    scored = [found.c.score.desc()] if order is SearchOrder.BEST else []
    return (
        select(tickets.c.id, func.count().over().label("many"), looked_at.label("looked_at"))
        .join(found, found.c.ticket_id == tickets.c.id)
        .order_by(*scored, *ordered(order, now=micros(wanted.now)))
        .limit(limit)
        .offset(offset)
    )


def _list_of(
    wanted: TicketSearch,
    visibility: Visibility,
    *,
    order: SearchOrder,
    limit: int,
    offset: int,
    common: Common,
) -> Select[Any]:
    """Without words: by filters alone."""
    parts = parts_in(wanted, order, visibility)
    if len(parts) > 1:
        of_each = [
            select(tickets.c.id, order_column(order))
            .where(*_allowed(each.wanted, visibility, common), *each.held)
            .order_by(*each.columns)
            .limit(limit + offset)
            for each in parts
        ]
        return page_of_parts(of_each, order, limit=limit, offset=offset)
    [only] = parts
    question = select(tickets.c.id).where(*_allowed(only.wanted, visibility, common), *only.held)
    return question.order_by(*only.columns).limit(limit).offset(offset)


def first_of(wanted: TicketSearch, visibility: Visibility, *, order: SearchOrder, waits: bool) -> Select[Any]:
    """The first one by filters alone, locked. FOR NO KEY UPDATE: rows that merely refer to it need not wait."""
    return (
        select(tickets.c.id)
        .where(*_allowed(wanted, visibility, NONE_COMMON))
        .order_by(*ordered(order, now=micros(wanted.now)))
        .limit(1)
        .with_for_update(of=tickets, skip_locked=not waits, key_share=True)
    )


def count_of(
    wanted: TicketSearch,
    visibility: Visibility,
    *,
    order: SearchOrder = SearchOrder.BEST,
    at_most: int | None = None,
    common: Common = NONE_COMMON,
) -> Select[Any]:
    if wanted.terms or common:
        found, looked_at = _found(wanted, visibility, order=order, common=common)
        return _many_in(found, looked_at)
    places = [
        select(tickets.c.id).where(*_allowed(each.wanted, visibility, common), *each.held)
        for each in places_in(wanted)
    ]
    all_of_them: Hits = union_all(*places) if len(places) > 1 else places[0]
    if at_most is not None and not is_what_people_hold(wanted):
        all_of_them = all_of_them.limit(at_most + 1)
    return _many_in(all_of_them.subquery("found"), NOT_LOOKED_AT)


def _many_in(found: Subquery, looked_at: ColumnElement[int]) -> Select[Any]:
    columns: list[ColumnElement[Any]] = [func.count().label("many"), looked_at.label("looked_at")]
    return select(*columns).select_from(found)


def _allowed(wanted: TicketSearch, visibility: Visibility, common: Common) -> list[ColumnElement[bool]]:
    """What holds of every ticket that is found, besides its terms."""
    held = list(conditions_of(wanted, visibility))
    if not is_of_own_teams(wanted, visibility):
        held.append(is_seen(visibility))
    if wanted.among is not None:
        held.append(tickets.c.id.in_(sorted(wanted.among)))
    if rare := [each for each in wanted.excluded if each not in common]:
        hits = hits_of(rare, name="without").subquery("excluded")
        held.append(tickets.c.id.not_in(readable_hits(hits, visibility).with_only_columns(hits.c.ticket_id)))
    return held


def _found(
    wanted: TicketSearch, visibility: Visibility, *, order: SearchOrder, common: Common
) -> tuple[Subquery, ColumnElement[int]]:
    """The tickets that hold every term, with their scores; how many were looked at for terms that are common."""
    allowed = _allowed(wanted, visibility, common)
    rare = [each for each in wanted.terms if each not in common]
    if not common:
        return _found_by_index(rare, allowed, visibility), NOT_LOOKED_AT
    return found_by_reading(
        CommonTerms(
            sought=tuple(each for each in wanted.terms if each in common),
            excluded=tuple(each for each in wanted.excluded if each in common),
        ),
        allowed,
        visibility,
        rare=_found_by_index(rare, allowed, visibility) if rare else None,
        order=ordered(order, now=micros(wanted.now)),
    )


def _found_by_index(
    terms: Sequence[SoughtTerm], allowed: Sequence[ColumnElement[bool]], visibility: Visibility
) -> Subquery:
    hits = hits_of(terms, name="term").subquery("hits")
    best = (
        readable_hits(hits, visibility)
        .where(*allowed)
        .group_by(hits.c.ticket_id, hits.c.term)
        .subquery("best")
    )
    return (
        select(best.c.ticket_id, func.sum(best.c.score).label("score"))
        .group_by(best.c.ticket_id)
        .having(func.count() == len(terms))
        .subquery("found_by_index")
    )
