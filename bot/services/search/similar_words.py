"""Words that found nothing, as tickets spell what is most like them: `prnter` is offered as `printer`.

Looked for only where a search found nothing, in the subjects of the newest tickets that it could have found.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.errors import Refused
from bot.domain.search.query import Query, SearchOrder
from bot.domain.search.words import index_words
from bot.domain.suggestions import FEWEST_LETTERS, nearest, slipped_from
from bot.services.context.reader import ListReader
from bot.services.search.ticket_search import (
    SearchScope,
    count_tickets,
    find_tickets,
    read_search,
    visibility_in,
)

LOOKED_AT: Final = 300
"""Tickets whose subjects are read."""
LIKENESS: Final = 0.8
_TOKEN: Final = re.compile(r"\S+")


def spelled_as_found(context: ListReader, query: Query, *, scope: SearchScope, zone: ZoneInfo) -> str | None:
    """The search with other spellings, where that finds something; None where nothing is like it."""
    typed = {term.words[0] for term in query.terms if len(term.words) == 1 and not term.is_literal}
    typed = {word for word in typed if len(word) >= FEWEST_LETTERS}
    if not typed:
        return None
    visibility = visibility_in(context, scope)
    wider = replace(query, terms=(), excluded=(), order=SearchOrder.NEWEST)
    found = find_tickets(context, wider, visibility=visibility, limit=LOOKED_AT)
    known = dict.fromkeys(word for each in found.tickets for word in index_words(each.subject))
    better = {word: like for word in typed if (like := _like(word, known)) is not None}
    text = _TOKEN.sub(lambda token: better.get(" ".join(index_words(token[0])), token[0]), query.text)
    if text == query.text:
        return None
    try:
        again = read_search(context, text, scope=scope, zone=zone)
    except Refused:  # a word that nearly every ticket contains
        return None
    return text if count_tickets(context, again, visibility=visibility, at_most=1).count else None


def _like(word: str, known: Iterable[str]) -> str | None:
    """None for what a ticket begins a word with."""
    if any(each.startswith(word) for each in known):
        return None
    return slipped_from(word, known) or nearest(word, known, likeness=LIKENESS)
