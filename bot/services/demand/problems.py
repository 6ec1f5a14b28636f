"""Recurring problems: requests of a time that say the same, how often, from how many people, and whether it grows.

Only what the reader may see is compared. At most `MOST_REQUESTS` are, the newest: more would take seconds in the
process that answers everybody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.domain.demand.clusters import Cluster, clusters_of
from bot.domain.demand.likeness import Likenesses, RequestText, stems_of
from bot.domain.search.words import index_words
from bot.ports.storage.demand import AskedRequest
from bot.services.context.reader import ListReader
from bot.services.demand.request_texts import request_text, spellings
from bot.services.search.ticket_search import SearchScope, visibility_in

MOST_REQUESTS: Final = 2_000
LEAST_CHANGE: Final = 2
"""Requests by which the halves of a time must differ before more or fewer means anything."""
CLEAR_CHANGE: Final = 1.5


class Trend(StrEnum):
    """How the second half of the time is to the first."""

    NEW = "new"
    """None came in the first half."""
    RISING = "rising"
    STEADY = "steady"
    FALLING = "falling"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurringProblem:
    """`requests` are ids, the newest first; `earlier` and `later` of them came in each half of the time."""

    name: str
    """A draft, in the words of those who asked."""
    words: tuple[str, ...]
    """What they share, as most of them spell it."""
    like: str
    """Number of the ticket that the others are most like."""
    like_id: int
    requests: tuple[int, ...]
    people: int
    first_at: datetime
    last_at: datetime
    earlier: int
    later: int

    @property
    def trend(self) -> Trend:
        if abs(self.later - self.earlier) < LEAST_CHANGE:
            return Trend.STEADY
        if not self.earlier:
            return Trend.NEW
        if self.later >= CLEAR_CHANGE * self.earlier:
            return Trend.RISING
        return Trend.FALLING if self.earlier >= CLEAR_CHANGE * self.later else Trend.STEADY


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurringProblems:
    """The most frequent first. `compared` requests were; where `is_cut`, the time had more."""

    problems: tuple[RecurringProblem, ...]
    compared: int
    is_cut: bool


def recurring_problems(
    reader: ListReader, *, since: datetime, until: datetime, teams: frozenset[str] | None
) -> RecurringProblems:
    """Of the teams' requests in this time that the reader may see."""
    found = reader.uow.demand.requests(
        since=since,
        until=until,
        teams=teams,
        visibility=visibility_in(reader, SearchScope.SEEN),
        limit=MOST_REQUESTS + 1,
    )
    compared = found[:MOST_REQUESTS]
    asked = {each.id: each for each in compared}
    texts = {each.id: request_text(each) for each in compared}
    clusters = clusters_of(Likenesses(texts.values()), list(texts))
    middle_of_time = since + (until - since) / 2
    problems = [_problem(each, asked, texts, halved_at=middle_of_time) for each in clusters]
    return RecurringProblems(
        problems=tuple(problems), compared=len(compared), is_cut=len(found) > MOST_REQUESTS
    )


def _problem(
    cluster: Cluster,
    asked: Mapping[int, AskedRequest],
    texts: Mapping[int, RequestText],
    *,
    halved_at: datetime,
) -> RecurringProblem:
    requests = sorted((asked[each] for each in cluster.requests), key=lambda each: (each.opened_at, each.id))
    middle = asked[cluster.middle]
    later = sum(each.opened_at >= halved_at for each in requests)
    spelled = spellings([texts[each] for each in cluster.requests], cluster.words)
    return RecurringProblem(
        name=_name(middle, cluster.words),
        words=tuple(spelled[stem] for stem in cluster.words),
        like=middle.reference,
        like_id=middle.id,
        requests=tuple(each.id for each in reversed(requests)),
        people=len({each.requester for each in requests}),
        first_at=requests[0].opened_at,
        last_at=requests[-1].opened_at,
        earlier=len(requests) - later,
        later=later,
    )


def _name(middle: AskedRequest, stems: Sequence[str]) -> str:
    """The shared words of the middle one's subject, as written there; the whole subject for fewer than two."""
    shared = []
    for written in middle.subject.split():
        telling = {stem for _, stem in stems_of(index_words(written), middle.language)}
        if telling & set(stems) and written not in shared:
            shared.append(written.strip(".,;:!?()\"'"))
    name = " ".join(filter(None, shared)) if len(shared) > 1 else middle.subject
    return name[:1].upper() + name[1:]
