"""The texts, people and numbers that a search's terms are found in, by the index of words."""

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

from bot.domain.search.stems import Variant
from bot.domain.search.visibility import Visibility
from bot.ports.storage.search import SoughtTerm
from storage.engine.word_match import WordMatch
from storage.repositories.search.documents import PERSONS_WEIGHT
from storage.repositories.search.visibility import has_readable_notes
from storage.tables.desk import tickets
from storage.tables.search import search_documents

NUMBERS_SCORE: Final = 1_000
"""Somebody who types a ticket's number means that ticket."""

Hits = Select[Any] | CompoundSelect[Any]
"""Rows of ticket, term, score, and whether the team alone may know of it."""


def hits_of(terms: Sequence[SoughtTerm], *, name: str) -> Hits:
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


def readable_hits(hits: Subquery, visibility: Visibility) -> Select[Any]:
    """Without those that only the team may know of, where this person is not of the team."""
    return (
        select(hits.c.ticket_id, hits.c.term, func.max(hits.c.score).label("score"))
        .join(tickets, tickets.c.id == hits.c.ticket_id)
        .where(or_(hits.c.is_internal.is_(False), has_readable_notes(visibility)))
    )
