"""Common words are not looked up: the first tickets in the list's order are read for them, and so many at the most.

Rare terms say by the index which tickets these may be, and the filters hold of all of them. So a page costs the same
however many tickets there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    literal_column,
    or_,
    select,
    union,
)

from bot.domain.search.stems import Variant
from bot.domain.search.visibility import Visibility
from bot.ports.storage.search import MOST_LOOKED_AT, SoughtTerm
from storage.engine.word_match import TextMatch
from storage.repositories.search.documents import PERSONS_WEIGHT
from storage.repositories.search.visibility import has_readable_notes
from storage.repositories.search.word_hits import NUMBERS_SCORE
from storage.tables.desk import tickets
from storage.tables.search import search_documents

Order = Sequence[ColumnElement[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonTerms:
    """Those that must be there, and those that must not."""

    sought: tuple[SoughtTerm, ...] = ()
    excluded: tuple[SoughtTerm, ...] = ()

    @property
    def all(self) -> tuple[SoughtTerm, ...]:
        return (*self.sought, *self.excluded)


BY_TICKET: Final = "INDEXED BY ix_search_documents_ticket_id"
"""SQLite's planner does not know how few the candidates are, and reads all texts where it takes these for few."""
_NOWHERE: Final[ColumnElement[int]] = literal_column("0")


def found_by_reading(
    common: CommonTerms,
    held: Sequence[ColumnElement[bool]],
    visibility: Visibility,
    *,
    rare: Subquery | None,
    order: Order,
) -> tuple[Subquery, ColumnElement[int]]:
    """Tickets with their scores, as `word_hits` counts them, and how many were looked at, at most one above the most.

    `held` is what holds of every one of them, `rare` those that the rare terms leave, with what these score.
    """
    first = _first(held, visibility, rare=rare, order=order)
    candidates = _with_numbers(first, common.sought, held, visibility, rare=rare)
    scored = _scored(candidates, common)
    scores = [scored.c[f"score_{place}"] for place in range(len(common.all))]
    sought, excluded = scores[: len(common.sought)], scores[len(common.sought) :]
    found = (
        select(scored.c.ticket_id, sum(sought, start=scored.c.score).label("score"))
        .where(*(each > 0 for each in sought), *(each == 0 for each in excluded))
        .subquery("found")
    )
    looked_at = select(func.count()).select_from(first).scalar_subquery()
    return found, looked_at


def _first(
    held: Sequence[ColumnElement[bool]], visibility: Visibility, *, rare: Subquery | None, order: Order
) -> CTE:
    question = _tickets(held, visibility, rare=rare).order_by(*order).limit(MOST_LOOKED_AT + 1)
    return question.cte("first").prefix_with("MATERIALIZED")


def _tickets(
    held: Sequence[ColumnElement[bool]], visibility: Visibility, *, rare: Subquery | None
) -> Select[Any]:
    score: ColumnElement[int] = rare.c.score if rare is not None else _NOWHERE
    question = select(
        tickets.c.id.label("ticket_id"),
        tickets.c.number,
        tickets.c.requester,
        tickets.c.assignee,
        has_readable_notes(visibility).label("reads_notes"),
        score.label("score"),
    ).where(*held)
    return question if rare is None else question.join(rare, rare.c.ticket_id == tickets.c.id)


def _with_numbers(
    first: CTE,
    common: Sequence[SoughtTerm],
    held: Sequence[ColumnElement[bool]],
    visibility: Visibility,
    *,
    rare: Subquery | None,
) -> CTE:
    """Those that are looked at: no more than the most, and the ticket whose number was typed, wherever it stands."""
    looked_at: Select[Any] | CompoundSelect[Any] = select(first).limit(MOST_LOOKED_AT)
    if numbers := sorted({each.number for each in common if each.number is not None}):
        numbered = _tickets([*held, tickets.c.number.in_(numbers)], visibility, rare=rare)
        looked_at = union(select(looked_at.subquery("looked_at")), numbered)
    return looked_at.cte("candidates").prefix_with("MATERIALIZED")


def _texts(candidates: CTE, common: CommonTerms) -> Subquery:
    """Of each candidate what its best readable text scores for each term: all of them by one reading.

    Each condition names a candidate's column: for one of the texts alone SQLite makes a filter of them all first.
    """
    scores = [func.max(_text_score(term)).label(f"score_{place}") for place, term in enumerate(common.all)]
    question = (
        select(candidates.c.ticket_id, *scores)
        .join(search_documents, search_documents.c.ticket_id == candidates.c.ticket_id)
        .where(or_(search_documents.c.is_internal.is_(False), candidates.c.reads_notes))
        .with_hint(search_documents, BY_TICKET, "sqlite")
    )
    if len(common.all) == 1:
        is_hit = TextMatch(search_documents.c.words, common.all[0].variants)
        question = question.where(or_(is_hit, candidates.c.ticket_id.is_(None)))
    return question.group_by(candidates.c.ticket_id).subquery("texts")


def _text_score(term: SoughtTerm) -> ColumnElement[int]:
    weight, words = search_documents.c.weight, search_documents.c.words
    whens = [(TextMatch(words, term.variants[:1]), weight * 2 + 1)]
    if term.variants[1:]:
        whens.append((TextMatch(words, term.variants[1:]), weight * 2))
    return case(*whens, else_=0)


def _scored(candidates: CTE, common: CommonTerms) -> Subquery:
    """For each term the best of a candidate's texts, of its people and of its number: a column each."""
    texts = _texts(candidates, common)
    parts = (
        select(candidates.c.ticket_id, candidates.c.number, candidates.c.score)
        .outerjoin(texts, texts.c.ticket_id == candidates.c.ticket_id)
        .add_columns(
            *(
                func.coalesce(texts.c[f"score_{place}"], 0).label(f"text_{place}")
                for place in range(len(common.all))
            ),
            *(
                _persons_score(candidates, term, place).label(f"person_{place}")
                for place, term in enumerate(common.all)
            ),
        )
        .subquery("parts")
    )
    scores = (_best(parts, term, place).label(f"score_{place}") for place, term in enumerate(common.all))
    return select(parts.c.ticket_id, parts.c.score, *scores).subquery("scored")


def _best(parts: Subquery, term: SoughtTerm, place: int) -> ColumnElement[int]:
    in_text, of_people = parts.c[f"text_{place}"], parts.c[f"person_{place}"]
    whens = [(in_text > of_people, in_text)]
    if term.number is not None:
        whens.insert(0, (parts.c.number == term.number, literal(NUMBERS_SCORE)))
    return case(*whens, else_=of_people)


def _persons_score(candidates: CTE, term: SoughtTerm, place: int) -> ColumnElement[int]:
    whens = []
    for spelling, variants, more in (("exact", term.variants[:1], 1), ("alike", term.variants[1:], 0)):
        if variants:
            named = select(_people(variants).cte(f"people_{place}_{spelling}").prefix_with("MATERIALIZED"))
            is_theirs = or_(
                candidates.c.requester.in_(named),
                and_(candidates.c.reads_notes, candidates.c.assignee.in_(named)),
            )
            whens.append((is_theirs, literal(PERSONS_WEIGHT * 2 + more)))
    return case(*whens, else_=0)


def _people(variants: Sequence[Variant]) -> Select[Any]:
    """Read one by one: there are far fewer of them than texts."""
    documents = search_documents.alias("names")
    return select(documents.c.person).where(
        documents.c.person.is_not(None), TextMatch(documents.c.words, variants)
    )
