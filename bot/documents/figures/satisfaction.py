"""How content requesters were: ratings, the good ones among them, and what was written with the newest.

Ratings of private requests count; what was written with them is quoted nowhere here, since the reader of a report, of
a file or of a post may be of another team.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.documents.figure_kind import FigureAnswer, FigureColumn, FigureKind, FigureLine, FigureValue
from bot.documents.report_files import instant
from bot.domain.desk import Desk
from bot.domain.figures.comparison import LEAST
from bot.domain.search.query import FilterName, RatingState
from bot.messages.outbound import RichText
from bot.ports.storage.figures.figures import Span
from bot.ports.storage.ratings.ratings import RatingComment, RatingQuery, RatingTally
from bot.ports.storage.reports import ReportQuery
from bot.ports.unit_of_work import UnitOfWork
from bot.services.figures.figures import FigureSet, previous
from bot.services.reports.report_searches import done_in, now_and_before
from bot.text.amounts import number, share
from bot.text.sentences import joined, say, words

QUOTED = 3
"""Comments in text; a file has more."""
LONGEST_QUOTE = 200
"""Letters of a comment in text; the whole of it is in the file, and on its ticket."""
MOST_COMMENTS = 5_000
_ALIKE = 5
"""Percentage points up to which two shares are called alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sum:
    count: int
    good: int


def _read(uow: UnitOfWork, desk: Desk, found: FigureSet, language: str) -> FigureAnswer:
    asked = found.asked
    now, before = (_sum(uow.ratings.tallies(_query(each))) for each in (asked, previous(asked)))
    if not (now.count or before.count):
        return FigureAnswer()
    comments = uow.ratings.comments(_query(asked), limit=QUOTED, of_private=False)
    return FigureAnswer(
        lines=(
            FigureLine(
                label=words(language, "figures.line_ratings"),
                now=number(now.count, language),
                before=number(before.count, language),
                searches=_now_and_before(desk, asked),
            ),
            FigureLine(
                label=words(language, "figures.line_good"),
                now=_share(now, language),
                before=_share(before, language),
                searches=_now_and_before(desk, asked, RatingState.GOOD),
            ),
        ),
        sentences=(_compared(now, before, language),),
        quotes=tuple(_quotes(uow, desk, comments, language)),
        values=(
            FigureValue(name="ratings", now=now.count, before=before.count),
            FigureValue(name="ratings_good", now=now.good, before=before.good),
        ),
    )


def _now_and_before(desk: Desk, asked: ReportQuery, *states: RatingState) -> tuple[str, str]:
    """What is not anonymous of them; a desk that asks for ratings no more has no such filter."""
    return now_and_before(desk, asked, FilterName.RATED, *states) if desk.asks_for_ratings else ("", "")


def _query(asked: ReportQuery) -> RatingQuery:
    return RatingQuery(since=asked.since, until=asked.until, teams=asked.teams)


def _sum(tallies: Iterable[RatingTally]) -> _Sum:
    found = list(tallies)
    return _Sum(count=sum(each.count for each in found), good=sum(each.good for each in found))


def _share(some: _Sum, language: str) -> str:
    return share(some.good, some.count, language) if some.count else "–"


def _compared(now: _Sum, before: _Sum, language: str) -> RichText:
    if min(now.count, before.count) < LEAST:
        return say(language, "figures.ratings_too_few", number=now.count, previous=before.count)
    points = round(100 * now.good / now.count) - round(100 * before.good / before.count)
    if abs(points) <= _ALIKE:
        return say(language, "figures.ratings_alike")
    return say(
        language, "figures.ratings_better" if points > 0 else "figures.ratings_worse", count=abs(points)
    )


def _quotes(
    uow: UnitOfWork, desk: Desk, comments: Sequence[RatingComment], language: str
) -> Iterator[RichText]:
    if not comments:
        return
    references = _references(uow, comments)
    lines = [_quote(desk, each, references, language) for each in comments]
    yield joined(say(language, "figures.comments"), *lines, by="\n")


def _quote(desk: Desk, comment: RatingComment, references: Mapping[int, str], language: str) -> RichText:
    rating, text = comment.scale.sign(comment.score), " ".join(comment.text.split())
    if len(text) > LONGEST_QUOTE:
        text = f"{text[: LONGEST_QUOTE - 1]}…"
    if comment.ticket is None:
        team = desk.title_of(comment.team)
        return say(language, "figures.comment_anonymous", rating=rating, text=text, team=team)
    reference = references[comment.ticket]
    return say(language, "figures.comment", rating=rating, text=text, reference=reference)


def _references(uow: UnitOfWork, comments: Iterable[RatingComment]) -> Mapping[int, str]:
    found = uow.tickets.get_many({each.ticket for each in comments if each.ticket is not None})
    return {key: ticket.reference for key, ticket in found.items()}


def _columns(
    uow: UnitOfWork, desk: Desk, asked: ReportQuery, by: Span, language: str
) -> Sequence[FigureColumn]:
    """An agent's are those that are not anonymous."""
    counts: Counter[str] = Counter()
    good: Counter[str] = Counter()
    for each in uow.ratings.tallies(_query(asked)):
        value = each.team if by is Span.TEAM else each.agent
        if value is not None:
            counts[value] += each.count
            good[value] += each.good
    searched = counts if desk.asks_for_ratings else ()
    return (
        FigureColumn(
            name="ratings",
            values=counts,
            head=words(language, "figures.column_ratings"),
            told={value: number(many, language) for value, many in counts.items()},
            searches=done_in(desk, asked, by, searched, FilterName.RATED),
        ),
        FigureColumn(
            name="ratings_good",
            values={value: good[value] for value in counts},
            head=words(language, "figures.column_good"),
            told={value: share(good[value], many, language) for value, many in counts.items()},
            searches=done_in(desk, asked, by, searched, FilterName.RATED, RatingState.GOOD),
        ),
    )


def _table(uow: UnitOfWork, _desk: Desk, asked: ReportQuery) -> Iterator[Sequence[object]]:
    """What is anonymous has a day and no ticket."""
    comments = uow.ratings.comments(_query(asked), limit=MOST_COMMENTS, of_private=False)
    references = _references(uow, comments)
    yield ("rated_at", "team", "ticket", "agent", "rating", "comment")
    for each in comments:
        reference = "" if each.ticket is None else references.get(each.ticket, "")
        at = instant(each.rated_at) if each.ticket is not None else f"{each.rated_at:%Y-%m-%d}"
        yield (at, each.team, reference, each.agent or "", each.scale.sign(each.score), each.text)


SATISFACTION = FigureKind(name="ratings", place=70, read=_read, columns=_columns, table=_table)
