"""Which terms of a search are common: in so many texts, or of people with so many tickets, that not all are read.

PostgreSQL's planner knows it from its statistics. SQLite's index counts, no further than it has to; the beginning of
a word is looked for in the newest texts first, for the index would put together all words that begin so.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, case, func, or_, select

from bot.ports.storage.search import MOST_TEXTS, SoughtTerm
from storage.engine.session import Session
from storage.engine.statements import QueryPlan
from storage.engine.word_match import TextMatch, WordMatch, indexed_on_sqlite
from storage.tables.desk import tickets
from storage.tables.search import search_documents

SAMPLED: Final = 2_000
"""The newest texts, in which a common beginning stands often."""
OFTEN: Final = 0.05
"""Of the sample. Of what is rarer the index puts all texts together in some hundredths of a second."""
MOST_PEOPLE: Final = 500
"""People of one name."""


def common_among(session: Session, terms: Iterable[SoughtTerm]) -> frozenset[SoughtTerm]:
    asked = tuple(dict.fromkeys(terms))
    if not asked:
        return frozenset()
    common = _expected(session, asked) if session.plans_rows else _counted(session, asked)
    rare = [each for each in asked if each not in common]
    return common | _much_occupied(session, rare)


def _expected(session: Session, terms: Sequence[SoughtTerm]) -> frozenset[SoughtTerm]:
    return frozenset(each for each in terms if _expected_texts(session, each) > MOST_TEXTS)


def _expected_texts(session: Session, term: SoughtTerm) -> int:
    texts = select(search_documents.c.id).where(WordMatch(search_documents, term.variants))
    (row,) = session.fetch_made(QueryPlan(texts))
    return int(row["QUERY PLAN"][0]["Plan"]["Plan Rows"])


def _counted(session: Session, terms: Sequence[SoughtTerm]) -> frozenset[SoughtTerm]:
    common = set(_often_in_sample(session, [each for each in terms if _is_open_ended(each)]))
    for each in terms:
        indexed = indexed_on_sqlite(search_documents, each.variants)
        if each not in common and _many(session, indexed) > MOST_TEXTS:
            common.add(each)
    return frozenset(common)


def _is_open_ended(term: SoughtTerm) -> bool:
    return any(each.is_prefix for each in term.variants)


def _often_in_sample(session: Session, terms: Sequence[SoughtTerm]) -> Iterable[SoughtTerm]:
    """Those that stand often in the newest texts, of which there are enough."""
    if not terms:
        return
    newest = (
        select(search_documents.c.words)
        .where(search_documents.c.id > 0)
        .order_by(search_documents.c.id.desc())
        .limit(SAMPLED)
        .subquery("newest")
    )
    hits = [
        func.sum(case((TextMatch(newest.c.words, term.variants), 1), else_=0)).label(f"hits_{place}")
        for place, term in enumerate(terms)
    ]
    (row,) = session.fetch_made(select(*hits).select_from(newest))
    for place, term in enumerate(terms):
        share = int(row[f"hits_{place}"] or 0) / SAMPLED
        if share >= OFTEN and _has_texts(session, more_than=int(MOST_TEXTS / share)):
            yield term


def _has_texts(session: Session, *, more_than: int) -> bool:
    return _many(session, select(search_documents.c.id), at_most=more_than) > more_than


def _many(session: Session, question: Select[Any], *, at_most: int = MOST_TEXTS) -> int:
    """How many rows there are, one more than `at_most` at the most."""
    some = question.limit(at_most + 1).subquery("some")
    return int(session.fetch_made(select(func.count().label("many")).select_from(some))[0]["many"])


def _much_occupied(session: Session, terms: Sequence[SoughtTerm]) -> frozenset[SoughtTerm]:
    """Those that are names of people with very many tickets, or of very many people."""
    people = {each: _people_of(session, each) for each in terms}
    return frozenset(
        each
        for each, keys in people.items()
        if len(keys) > MOST_PEOPLE or (keys and _many(session, _tickets_of(keys)) > MOST_TEXTS)
    )


def _people_of(session: Session, term: SoughtTerm) -> list[str]:
    question = select(search_documents.c.person).where(
        search_documents.c.person.is_not(None), WordMatch(search_documents, term.variants)
    )
    return [row["person"] for row in session.fetch_made(question.limit(MOST_PEOPLE + 1))]


def _tickets_of(keys: Sequence[str]) -> Select[Any]:
    is_theirs: list[ColumnElement[bool]] = [tickets.c.requester.in_(keys), tickets.c.assignee.in_(keys)]
    return select(tickets.c.id).where(or_(*is_theirs))
