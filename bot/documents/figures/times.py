"""How long it took to answer first and to resolve: median and nine in ten, in business hours and on the clock."""

from collections.abc import Iterator, Sequence

from bot.documents.figure_kind import FigureAnswer, FigureKind, FigureLine, FigureValue, Read
from bot.documents.report_table import short_hours
from bot.domain.desk import Desk
from bot.domain.figures.comparison import LengthChange, compare
from bot.domain.search.query import FilterName
from bot.messages.outbound import RichText
from bot.ports.storage.figures.figures import Lengths
from bot.ports.unit_of_work import UnitOfWork
from bot.services.figures.figures import Counts, FigureSet, Times
from bot.services.reports.report_searches import now_and_before
from bot.text.amounts import share
from bot.text.sentences import say, words

_TIMED = {"response": FilterName.ANSWERED, "resolution": FilterName.RESOLVED}
_CLOCKS = ("worked", "took")
_RANKS = ("median", "ninetieth")


def _kind(name: str, place: int) -> FigureKind:
    """`name` is that of the times in `Counts`."""

    def read(_uow: UnitOfWork, desk: Desk, found: FigureSet, language: str) -> FigureAnswer:
        now, before = _times(found.now.counts, name), _times(found.before.counts, name)
        if now is None and before is None:
            return FigureAnswer()
        return FigureAnswer(
            lines=tuple(
                _lines(name, now, before, language, searches=now_and_before(desk, found.asked, _TIMED[name]))
            ),
            sentences=(_compared(name, now, before, language),),
            values=tuple(_values(name, now, before)),
        )

    typed: Read = read
    return FigureKind(name=name, place=place, read=typed)


def _times(counts: Counts, name: str) -> Times | None:
    found: Times | None = getattr(counts, name)
    return found


def _lines(
    name: str, now: Times | None, before: Times | None, language: str, *, searches: tuple[str, str]
) -> Iterator[FigureLine]:
    yield FigureLine(label=words(language, f"figures.line_{name}"))
    for clock in _CLOCKS:
        for rank in _RANKS:
            yield FigureLine(
                label=words(language, f"figures.line_{clock}_{rank}"),
                now=_told(now, clock, rank, language),
                before=_told(before, clock, rank, language),
                searches=searches,
            )


def _told(times: Times | None, clock: str, rank: str, language: str) -> str:
    return "–" if times is None else short_hours(getattr(_lengths(times, clock), rank), language)


def _lengths(times: Times, clock: str) -> Lengths:
    return times.worked if clock == "worked" else times.took


def _compared(name: str, now: Times | None, before: Times | None, language: str) -> RichText:
    """By the medians in business hours."""
    many: Sequence[int] = [0 if each is None else each.worked.many for each in (now, before)]
    if now is None or before is None:
        return say(language, f"figures.{name}_too_few", number=many[0], previous=many[1])
    found = compare(
        now=now.worked.median,
        many_now=now.worked.many,
        before=before.worked.median,
        many_before=before.worked.many,
    )
    if found.change is LengthChange.TOO_FEW:
        return say(language, f"figures.{name}_too_few", number=many[0], previous=many[1])
    if found.change is LengthChange.ALIKE:
        return say(language, f"figures.{name}_alike")
    return say(language, f"figures.{name}_{found.change}", share=share(found.per_cent, 100, language))


def _values(name: str, now: Times | None, before: Times | None) -> Iterator[FigureValue]:
    for clock in _CLOCKS:
        for rank in _RANKS:
            yield FigureValue(
                name=f"{name}_{'business' if clock == 'worked' else 'clock'}_"
                f"{'median' if rank == 'median' else '90_percent'}_s",
                now=None if now is None else getattr(_lengths(now, clock), rank),
                before=None if before is None else getattr(_lengths(before, clock), rank),
            )


RESPONSE = _kind("response", 30)
RESOLUTION = _kind("resolution", 40)
