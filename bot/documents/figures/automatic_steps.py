"""What Deskbell did itself where nobody gave a sign: requests resolved without a reply, claims that lapsed."""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.documents.figure_kind import FigureAnswer, FigureKind, FigureLine, FigureValue
from bot.domain.desk import Desk
from bot.domain.search.query import EventDetail, FilterName
from bot.messages.outbound import RichText
from bot.ports.unit_of_work import UnitOfWork
from bot.services.figures.figures import Counts, FigureSet
from bot.services.reports.report_searches import now_and_before
from bot.text.amounts import number
from bot.text.sentences import say, words

_SEARCHED: Final[Mapping[str, tuple[FilterName, *tuple[EventDetail, ...]]]] = {
    "no_reply": (FilterName.RESOLVED, EventDetail.NO_REPLY),
    "lapsed": (FilterName.LAPSED,),
}
"""What a search calls it."""


def _read(_uow: UnitOfWork, desk: Desk, found: FigureSet, language: str) -> FigureAnswer:
    now, before = found.now.counts, found.before.counts
    names = [each for each in _SEARCHED if getattr(now, each) or getattr(before, each)]
    return FigureAnswer(
        lines=[
            FigureLine(
                label=words(language, f"figures.line_{name}"),
                now=number(getattr(now, name), language),
                before=number(getattr(before, name), language),
                searches=now_and_before(desk, found.asked, *_SEARCHED[name]),
            )
            for name in names
        ],
        sentences=tuple(_sentences(now, language)),
        values=[
            FigureValue(name=name, now=getattr(now, name), before=getattr(before, name)) for name in _SEARCHED
        ],
    )


def _sentences(now: Counts, language: str) -> Iterator[RichText]:
    if now.no_reply:
        yield say(language, "figures.no_reply", count=now.no_reply)
    if now.lapsed:
        yield say(language, "figures.lapsed", count=now.lapsed)


AUTOMATIC_STEPS = FigureKind(name="automatic_steps", place=60, read=_read)
