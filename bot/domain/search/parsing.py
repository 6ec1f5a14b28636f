"""From what somebody typed to a query; what cannot be understood is refused in a sentence that says what can be.

`vpn "cannot connect" -printer status:open,new tag:vpn opened:>2w` – words, a phrase, an excluded word and filters.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.directory import is_group
from bot.domain.errors import Refused
from bot.domain.search.aliases import by_sense
from bot.domain.search.past_events import check_then, read_event, read_hours, read_zone
from bot.domain.search.periods import read_due_period, read_period
from bot.domain.search.query import Criterion, FilterName, Query, SearchOrder, Term, TicketState
from bot.domain.search.stop_words import STOP_WORDS
from bot.domain.search.vocabulary import EVENTS, FREE, LENGTHS, TIMES, Vocabulary
from bot.domain.search.words import index_words
from bot.domain.sentence import Fact, OneOf, Sentence, sentence
from bot.domain.suggestions import did_you_mean, nearest
from bot.domain.worked_time.typed_time import read_worked_length

LONGEST_QUERY: Final = 500
"""Characters."""
MOST_TERMS: Final = 12
"""Words and filters of each kind; every one is a question to the database."""
SHORTEST_UNFINISHED: Final = 3
"""Letters from which on the last word may be the beginning of one."""
_LISTED: Final = 12
"""Values that a sentence names."""
_SEVERAL: Final = {FilterName.TAG, FilterName.IS, FilterName.HAS, FilterName.GROUP, FilterName.FIELD}
_MERGED: Final = frozenset(set(FilterName) - _SEVERAL)
"""A ticket has one of each, so that a filter given twice means either value."""
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„«»", '"'))
_TOKEN = re.compile(
    r'(?P<minus>-)?(?:(?P<name>[A-Za-z][A-Za-z-]*):(?!//))?(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]*))'
)


@dataclass(frozen=True, slots=True)
class _Token:
    """`name` is what stands before a colon; empty for a word."""

    name: str
    text: str
    is_quoted: bool
    is_excluded: bool
    is_last: bool


def read_query(text: str, vocabulary: Vocabulary, *, now: datetime, zone: ZoneInfo) -> Query:
    """What is looked for. Raises Refused with what is wrong and what is possible instead."""
    if len(text) > LONGEST_QUERY:
        raise Refused("search.too_long", number=len(text), most=LONGEST_QUERY)
    query, common = Query(text=text), list[str]()
    tokens = list(_tokens(text))
    zone = read_zone((each.text for each in tokens if _is_zone(each, vocabulary)), zone)
    for token in tokens:
        if token.name:
            query = _with_filter(query, token, vocabulary, now=now, zone=zone)
            continue
        term = _term(token, vocabulary.prefix)
        if term is None:
            continue
        if _is_common(token, term):
            common.append(token.text)
        elif token.is_excluded:
            query = replace(query, excluded=(*query.excluded, term))
        else:
            query = replace(query, terms=(*query.terms, term))
    _check(query, common)
    return query


def _is_zone(token: _Token, vocabulary: Vocabulary) -> bool:
    return token.name.casefold() == FilterName.ZONE and FilterName.ZONE in vocabulary.choices


def _tokens(text: str) -> Iterator[_Token]:
    """Raises Refused where a quotation mark is not closed."""
    plain = text.translate(_QUOTES).strip()
    if plain.count('"') % 2:
        rest = plain[plain.rindex('"') + 1 :].strip()
        raise Refused("search.unclosed_quote" if rest else "search.lone_quote", text=rest)
    for found in _TOKEN.finditer(plain):
        quoted = found["quoted"]
        words = quoted if quoted is not None else found["bare"]
        name = found["name"] or ""
        if name and not words and quoted is None and name.casefold() not in list(FilterName):
            name, words = "", name  # a word before a colon, as in "Error: disk full"
        if words or name:
            yield _Token(
                name=name,
                text=words,
                is_quoted=quoted is not None,
                is_excluded=found["minus"] is not None,
                is_last=found.end() == len(plain),
            )


def _term(token: _Token, prefix: str) -> Term | None:
    """Words that a sign joins (`vpn-client`, `10.0.0.1`) stand side by side; None for signs alone."""
    words = tuple(index_words(token.text))
    if not words:
        return None
    is_open = token.is_last and not token.is_excluded and len(words[-1]) >= SHORTEST_UNFINISHED
    return Term(
        words=words,
        is_prefix=not token.is_quoted and (token.text.endswith("*") or is_open),
        is_literal=token.is_quoted,
        number=None if token.is_quoted else _number(token.text, prefix),
    )


def _number(text: str, prefix: str) -> int | None:
    found = re.fullmatch(rf"#?(?:{re.escape(prefix)}-?)?(\d{{1,12}})", text, re.IGNORECASE | re.ASCII)
    return int(found[1]) if found is not None else None


def _is_common(token: _Token, term: Term) -> bool:
    return not token.is_quoted and not token.text.endswith("*") and STOP_WORDS.issuperset(term.words)


def _check(query: Query, common: list[str]) -> None:
    many = max(len(query.terms) + len(query.excluded), len(query.criteria))
    if many > MOST_TERMS:
        raise Refused("search.too_many", number=many, most=MOST_TERMS)
    check_then(query)
    if query.terms or query.excluded or query.criteria:
        return
    if common:
        raise Refused("search.only_common_words", text=" ".join(common))
    raise Refused("search.nothing_asked", sentence("search.examples"))


def _with_filter(
    query: Query, token: _Token, vocabulary: Vocabulary, *, now: datetime, zone: ZoneInfo
) -> Query:
    name = _filter_name(token, vocabulary)
    if name is FilterName.ZONE:
        return query
    if name is FilterName.SORT:
        return replace(query, order=SearchOrder(_value(name, token.text, vocabulary)))
    if name in TIMES:
        read = read_due_period if name is FilterName.DUE else read_period
        window = read(token.text, now=now, zone=zone)
        if window is None:
            raise _not_a_period(name, token.text)
        return query.with_criterion(Criterion(name=name, window=window, is_excluded=token.is_excluded))
    if name in EVENTS:
        event = read_event(name, token.text, vocabulary, now=now, zone=zone)
        return query.with_criterion(replace(event, is_excluded=token.is_excluded))
    if name is FilterName.HOUR:
        hours = read_hours(token.text, zone)
        return query.with_criterion(Criterion(name=name, values=hours, is_excluded=token.is_excluded))
    if name in LENGTHS:
        length = _read_length(name, token.text)
        return query.with_criterion(Criterion(name=name, values=length, is_excluded=token.is_excluded))
    parts = [token.text] if token.is_quoted else [each for each in token.text.split(",") if each]
    meant = [by_sense(name, each, vocabulary) for each in parts or [""]]
    names = dict.fromkeys(each for each, _ in meant)
    if len(names) == 1:  # values of several filters cannot be one or the other
        name, parts = next(iter(names)), [value for _, value in meant]
    values = tuple(_value(name, each, vocabulary) for each in parts or [""])
    return _merged(query, Criterion(name=name, values=values, is_excluded=token.is_excluded))


def _read_length(name: FilterName, typed: str) -> tuple[str, str]:
    """`>2h`, `<30m` or `2h`, which means that long at least, as a sign and minutes."""
    sign, rest = (typed[0], typed[1:]) if typed[:1] in (">", "<") else (">=", typed)
    if rest[:1] == "=":
        sign, rest = f"{sign[0]}=", rest[1:]
    try:
        length, left = read_worked_length(rest)
    except Refused:
        length, left = timedelta(), typed
    if left or length < timedelta() or not rest:
        raise Refused("search.not_a_length", text=typed, filter=f"{name}:")
    return sign, str(length // timedelta(minutes=1))


def _merged(query: Query, criterion: Criterion) -> Query:
    """`status:new status:open` is one or the other; `tag:vpn tag:office` is both."""
    for known in query.criteria:
        is_same = (known.name, known.is_excluded) == (criterion.name, criterion.is_excluded)
        if is_same and criterion.name in _MERGED:
            both = replace(known, values=tuple(dict.fromkeys((*known.values, *criterion.values))))
            return replace(query, criteria=tuple(both if each is known else each for each in query.criteria))
    return query.with_criterion(criterion)


def _filter_name(token: _Token, vocabulary: Vocabulary) -> FilterName:
    word = token.name.casefold()
    for name in vocabulary.choices:
        if word == name:
            return name
    if word == FilterName.RATING and _is_agents(vocabulary):
        raise Refused("search.no_ratings", filter=f"{word}:")
    meant = nearest(word, map(str, vocabulary.choices))
    raise Refused(
        "search.unknown_filter",
        *did_you_mean(meant and f"{meant}:{token.text}"),
        sentence("search.filters", filters=tuple(f"{each}:" for each in vocabulary.choices)),
        sentence("search.quote_it", text=f'"{token.name}:{token.text}"'),
        text=token.name,
    )


def _value(name: FilterName, typed: str, vocabulary: Vocabulary) -> str:
    """Raises Refused for none, and for one that the filter does not know."""
    if not typed.strip():
        raise Refused("search.value_missing", *_possible(name, vocabulary), filter=f"{name}:")
    if name in FREE or (name is FilterName.GROUP and is_group(typed)):
        return typed.strip()
    if name is FilterName.FIELD and "=" in typed:
        field, _, value = typed.partition("=")
        if not value.strip():
            raise Refused("search.value_missing", filter=f"{name}:{field}=")
        return f"{_value(name, field, vocabulary)}={value.strip()}"
    known = vocabulary.value(name, typed)
    if known is not None:
        return known
    if name is FilterName.IS and typed.casefold() == TicketState.RATED and _is_agents(vocabulary):
        raise Refused("search.no_ratings", filter=f"{name}:{typed.casefold()}")
    meant = nearest(typed, vocabulary.choices[name])
    hint = did_you_mean(meant and f"{name}:{meant}")
    raise Refused("search.unknown_value", *hint, *_possible(name, vocabulary), text=typed, filter=f"{name}:")


def _is_agents(vocabulary: Vocabulary) -> bool:
    """Whether it is an agent's, who would have ratings in it where the desk asks for any."""
    return FilterName.TEAM in vocabulary.choices


def _possible(name: FilterName, vocabulary: Vocabulary) -> tuple[Sentence, ...]:
    choices = tuple(sorted(vocabulary.choices[name]))
    if name in FREE or not choices:
        return ()
    listed: Fact = OneOf(choices) if len(choices) <= _LISTED else (*choices[:_LISTED], "…")
    return (sentence("search.values", values=listed),)


def _not_a_period(name: FilterName, typed: str) -> Refused:
    if not typed.strip():
        return Refused("search.value_missing", _periods(name), filter=f"{name}:")
    return Refused("search.not_a_period", _periods(name), text=typed, filter=f"{name}:")


def _periods(name: FilterName) -> Sentence:
    return sentence("search.due_periods" if name is FilterName.DUE else "search.periods")
