"""How long routing one message takes, by number of rules.

The rules are a mix as a large desk would have them: word lists and phrases, patterns, inboxes and
categories, some of them negated; the texts have sixty words, of which a few are what the rules look for.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.config.conditions.form_field import FormField
from bot.config.conditions.group import Group
from bot.config.conditions.inbox import FromInbox
from bot.config.conditions.pattern import Pattern
from bot.config.conditions.words import Words
from bot.domain.directory import Person
from bot.domain.routing.conditions import AllOf, AnyOf, Condition, Not
from bot.domain.routing.router import Request, Router, Rule
from tests.bench.figures import Figure, Raw

SIZES = (10, 100, 1_000)
TEXTS = 2_000
GOAL_US = 200.0
WORDS_PER_TEXT = 60
_SYLLABLES = (
    "ba",
    "den",
    "fo",
    "gar",
    "hil",
    "ju",
    "kem",
    "lo",
    "mir",
    "nat",
    "pol",
    "qua",
    "ros",
    "ti",
    "vex",
    "zu",
)
_FILLERS = (
    *("please", "can", "you", "help", "me", "with", "this", "the", "and", "for", "my", "it", "is", "not"),
    *("working", "since", "yesterday", "hello", "thanks", "kind", "regards", "dear", "team", "we", "need"),
    *(
        "to",
        "have",
        "a",
        "new",
        "one",
        "in",
        "our",
        "office",
        "again",
        "when",
        "i",
        "try",
        "on",
        "of",
        "that",
    ),
)


def measure(_folder: Path) -> Iterator[Figure]:
    for size in SIZES:
        chance = random.Random(size)
        vocabulary = _vocabulary(chance, size)
        router = Router(_rules(chance, vocabulary, size), default_team="it")
        requests = [_request(chance, vocabulary) for _ in range(TEXTS)]
        raw = statistics.fmean(_timed(_split, requests))
        times = _timed(router.route, requests)
        unmatched = sum(router.route(each).rule is None for each in requests) / len(requests)
        yield Figure(
            what=f"routing a message by {size:,} rules, mean",
            value=statistics.fmean(times),
            unit="µs",
            goal=GOAL_US,
            raw=Raw(value=raw, what="lower-casing the text and splitting it into words"),
            settings=f"99 of 100 within {statistics.quantiles(times, n=100)[98]:.0f} µs; {TEXTS:,} texts of "
            f"{WORDS_PER_TEXT} words, none seen before; {unmatched:.0%} of them match no rule",
        )


def _split(request: Request) -> list[str]:
    return request.text.lower().split()


def _timed(route: Callable[[Request], object], requests: Sequence[Request]) -> list[float]:
    times = []
    for request in requests:
        start = time.perf_counter()
        route(request)
        times.append((time.perf_counter() - start) * 1e6)
    return times


def _vocabulary(chance: random.Random, size: int) -> list[str]:
    """Words that rules look for: four for each rule, many of them shared."""
    words = {"".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(4 * size)}
    return sorted(words)


def _rules(chance: random.Random, vocabulary: list[str], size: int) -> list[Rule]:
    return [
        Rule(name=f"rule {number}", condition=_condition(chance, vocabulary), team="it")
        for number in range(size)
    ]


def _condition(chance: random.Random, vocabulary: list[str]) -> Condition:
    shape = chance.random()
    if shape < 0.35:
        return _phrases(chance, vocabulary)
    if shape < 0.65:
        return _pattern(chance, vocabulary)
    if shape < 0.80:
        return AllOf((FromInbox(frozenset({"help-it"})), _phrases(chance, vocabulary)))
    if shape < 0.90:
        return AllOf((_phrases(chance, vocabulary), Not(Words.of(chance.choice(vocabulary)))))
    if shape < 0.95:
        return AnyOf((FormField.of("category", chance.choice(vocabulary)), _pattern(chance, vocabulary)))
    return AllOf((Group("vip"), _phrases(chance, vocabulary)))


def _phrases(chance: random.Random, vocabulary: list[str]) -> Words:
    """Two to eight entries, most of them phrases of two words."""
    entries = []
    for _ in range(chance.randint(2, 8)):
        word = chance.choice(vocabulary)
        entries.append(word if chance.random() < 0.3 else f"{word} {chance.choice(vocabulary)}")
    return Words.of(*entries)


def _pattern(chance: random.Random, vocabulary: list[str]) -> Pattern:
    one, other = chance.choice(vocabulary), chance.choice(vocabulary)
    shapes = (
        rf"\b{one}\s+{other}\b",
        rf"{one}[-_ ]?\d{{2,5}}",
        rf"(?:{one}|{other})\s+(?:error|failed|request)",
        rf"\b{one[:2].upper()}-\d{{4,}}\b",
        rf"(?:cannot|can't|can not)\s+\w+\s+{one}",
    )
    return Pattern.of(chance.choice(shapes))


def _request(chance: random.Random, vocabulary: list[str]) -> Request:
    words = chance.choices(_FILLERS, k=WORDS_PER_TEXT - 4) + chance.choices(vocabulary, k=4)
    chance.shuffle(words)
    return Request(
        text=" ".join(words).capitalize(),
        platform="web",
        inbox="help-it",
        person=Person(key="web:ana", name="Ana", email="ana@example.com"),
        at=datetime(2026, 3, 2, 9, tzinfo=UTC),
        fields={"category": "hardware"},
    )
