"""How many requests one agent resolved who was not needed again, and how many with one reply."""

from bot.documents.figure_kind import FigureAnswer, FigureKind, FigureLine, FigureValue
from bot.domain.desk import Desk
from bot.domain.search.query import EventDetail, FilterName
from bot.ports.unit_of_work import UnitOfWork
from bot.services.figures.figures import Counts, FigureSet
from bot.services.reports.report_searches import now_and_before
from bot.text.amounts import number, share
from bot.text.sentences import say, words

_NAMES = {"first_contact": EventDetail.FIRST_CONTACT, "one_touch": EventDetail.ONE_TOUCH}


def _read(_uow: UnitOfWork, desk: Desk, found: FigureSet, language: str) -> FigureAnswer:
    now, before = found.now.counts, found.before.counts
    if not (now.resolved or before.resolved):
        return FigureAnswer()
    return FigureAnswer(
        lines=[
            FigureLine(
                label=words(language, f"figures.line_{name}"),
                now=number(getattr(now, name), language),
                before=number(getattr(before, name), language),
                searches=now_and_before(desk, found.asked, FilterName.RESOLVED, detail),
            )
            for name, detail in _NAMES.items()
        ],
        sentences=[
            say(
                language,
                "figures.contacts",
                share=_share(now, "first_contact", language),
                one_touch=_share(now, "one_touch", language),
            )
        ]
        if now.resolved
        else [],
        values=[
            FigureValue(name=name, now=getattr(now, name), before=getattr(before, name)) for name in _NAMES
        ],
    )


def _share(counts: Counts, name: str, language: str) -> str:
    return share(getattr(counts, name), counts.resolved, language)


CONTACTS = FigureKind(name="contacts", place=50, read=_read)
