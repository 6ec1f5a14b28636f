"""How many requests came in, were answered, resolved and reopened."""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.documents.figure_kind import FigureAnswer, FigureKind, FigureLine, FigureValue
from bot.domain.desk import Desk
from bot.domain.search.query import EventDetail, FilterName
from bot.messages.outbound import RichText
from bot.ports.unit_of_work import UnitOfWork
from bot.services.figures.figures import FigureSet
from bot.services.reports.report_searches import now_and_before
from bot.text.amounts import number
from bot.text.sentences import say, words

ALWAYS = ("opened", "answered", "resolved", "reopened")
"""Told also where there are none."""
SEARCHED: Final[Mapping[str, tuple[FilterName, *tuple[EventDetail, ...]]]] = {
    "opened": (FilterName.OPENED,),
    "arrived": (FilterName.TRANSFERRED, EventDetail.IN),
    "answered": (FilterName.ANSWERED,),
    "resolved": (FilterName.RESOLVED,),
    "withdrawn": (FilterName.WITHDRAWN,),
    "reopened": (FilterName.REOPENED,),
    "left": (FilterName.TRANSFERRED, EventDetail.OUT),
}
"""What is counted, and what a search calls it."""


def _read(_uow: UnitOfWork, desk: Desk, found: FigureSet, language: str) -> FigureAnswer:
    return FigureAnswer(
        lines=tuple(_lines(desk, found, language)),
        sentences=(_compared(found, language),),
        values=[FigureValue(name=name, now=now, before=before) for name, now, before in _counted(found)],
    )


def _counted(found: FigureSet) -> Iterator[tuple[str, int, int]]:
    for name in SEARCHED:
        yield name, getattr(found.now.counts, name), getattr(found.before.counts, name)


def _lines(desk: Desk, found: FigureSet, language: str) -> Iterator[FigureLine]:
    for name, now, before in _counted(found):
        if now or before or name in ALWAYS:
            label = words(language, f"figures.line_{name}")
            yield FigureLine(
                label=label,
                now=number(now, language),
                before=number(before, language),
                searches=now_and_before(desk, found.asked, *SEARCHED[name]),
            )


def _compared(found: FigureSet, language: str) -> RichText:
    more = found.now.counts.opened - found.before.counts.opened
    if not more:
        return say(language, "figures.requests_alike")
    if found.before.counts.is_empty:
        return say(language, "figures.requests_first")
    return say(language, "figures.requests_more" if more > 0 else "figures.requests_fewer", count=abs(more))


REQUESTS = FigureKind(name="requests", place=10, read=_read)
