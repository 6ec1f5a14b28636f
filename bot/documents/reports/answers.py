"""The report of what the knowledge base answers: what was shown and solved, by article, and what has no article."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.documents.report_kind import ReportAnswer, ReportKind, ReportTables
from bot.documents.report_table import grid, period_of
from bot.domain.desk import Desk
from bot.domain.search.query import EventDetail, FilterName
from bot.messages.outbound import Bold, RichText
from bot.messages.plain import plain
from bot.ports.storage.reports import ReportQuery
from bot.ports.unit_of_work import UnitOfWork
from bot.services.demand.answer_figures import AnswerFigures, ArticleFigures, answer_figures, as_counter
from bot.services.reports.report_searches import shown_article, what_happened
from bot.services.reports.reports import titles_of
from bot.text.amounts import listed
from bot.text.sentences import joined, say, words

LISTED = 15
"""Articles, and questions, in a chat; a table has all of them."""
_COLUMNS: Final[Mapping[str, Sequence[EventDetail]]] = {
    "shown": (),
    "solved": (EventDetail.SOLVED,),
    "failed": (EventDetail.NO_HELP,),
}
"""And what a search calls it."""


def _read(uow: UnitOfWork, desk: Desk, asked: ReportQuery, language: str) -> ReportAnswer:
    teams, when = titles_of(desk, asked.teams, language=language), period_of(asked, language)
    found = _figures(uow, asked)
    if not found.looked_up:
        return ReportAnswer(nothing=say(language, "reports.no_answers", teams=teams, period=when))
    title = words(language, "reports.heading_answers", teams=teams)
    searches = [_searches(desk, asked, each) for each in found.articles[:LISTED]]
    charts = {"articles": _chart(title, when, found, searches, language)} if found.articles else {}
    quotes = joined(*_alone(found, language), by="\n")
    nothing = what_happened(desk, asked, FilterName.SHOWN, EventDetail.NOTHING)
    return ReportAnswer(
        text=_text(desk, asked, found, title, when, language),
        quotes=quotes,
        charts=charts,
        searches={plain(_missing(found, language)): nothing},
    )


def _searches(desk: Desk, asked: ReportQuery, line: ArticleFigures) -> Sequence[str]:
    """What finds the tickets of each column; what was solved before there was a ticket has none."""
    if line.name:
        return [shown_article(desk, asked, line.name, *each) for each in _COLUMNS.values()]
    which = (EventDetail.EARLIER,) if line.is_earlier else ()
    return [what_happened(desk, asked, FilterName.SHOWN, *each, *which) for each in _COLUMNS.values()]


def _figures(uow: UnitOfWork, asked: ReportQuery) -> AnswerFigures:
    return answer_figures(uow, since=asked.since, until=asked.until, teams=asked.teams)


def _text(
    desk: Desk, asked: ReportQuery, found: AnswerFigures, title: str, when: str, language: str
) -> RichText:
    total = say(language, "reports.answers_total", **as_counter(found))
    text: RichText = (Bold(title), f"\n{when}\n", *total)
    lines = [*found.articles[:LISTED], *_earlier(found, language)]
    if [each.shown for each in lines] != [found.all_shown.shown]:  # else one line says it all
        lines += _together(found, language)
    if lines:
        heads = [words(language, f"reports.column_{each}") for each in _COLUMNS]
        rows = [(each.title, str(each.shown), str(each.solved), str(each.failed)) for each in lines]
        searches = [("", *_searches(desk, asked, each)) for each in lines]
        text = (*text, "\n", grid(heads, rows, least=(6, 6, 6), searches=searches))
    if found.unanswered:
        text = joined(text, *missing_lines(found, language), by="\n")
    return text


def _earlier(found: AnswerFigures, language: str) -> Iterator[ArticleFigures]:
    """A line for all earlier answers, where any was shown."""
    if found.earlier.shown:
        yield replace(found.earlier, title=words(language, "reports.earlier_answers"))


def _together(found: AnswerFigures, language: str) -> Iterator[ArticleFigures]:
    """A line for all that was shown, where that was anything."""
    if found.all_shown.shown:
        yield replace(found.all_shown, title=words(language, "reports.all_answers"))


def _alone(found: AnswerFigures, language: str) -> Iterator[RichText]:
    """What nobody else asked, and why not all that was counted is listed."""
    room = max(LISTED - len(found.missing), 0)
    for each in found.alone[:room]:
        yield say(language, "reports.answers_missing_one", reference=each.reference, subject=each.subject)
    told = sum(len(each.requests) for each in found.missing[:LISTED]) + len(found.alone[:room])
    if found.unanswered > told:
        yield say(language, "reports.answers_missing_more", count=found.unanswered - told)


def missing_lines(found: AnswerFigures, language: str, *, most: int = LISTED) -> Iterator[RichText]:
    """What was asked without an article to answer it, the most frequent first."""
    yield _missing(found, language)
    for each in found.missing[:most]:
        yield say(
            language,
            "reports.answers_missing_line",
            count=len(each.requests),
            words=listed(each.words, language),
            reference=each.requests[-1],
        )


def _missing(found: AnswerFigures, language: str) -> RichText:
    return say(language, "reports.answers_missing", count=found.unanswered)


def _chart(
    title: str, when: str, found: AnswerFigures, searches: Sequence[Sequence[str]], language: str
) -> dict[str, object]:
    shown = found.articles[:LISTED]
    return {
        "kind": "bars",
        "direction": "across",
        "title": title,
        "subtitle": when,
        "labels": [each.title for each in shown],
        "searches": [of_shown for of_shown, *_ in searches],
        "notes": [f"{each.solved}/{each.shown}" for each in shown],
        "unit": words(language, "reports.column_shown"),
        "series": [
            {
                "label": words(language, "reports.column_shown"),
                "values": [each.shown for each in shown],
                "colour": "ours",
            }
        ],
    }


def _tables(uow: UnitOfWork, _: Desk, asked: ReportQuery, language: str) -> ReportTables:
    found = _figures(uow, asked)
    totals = as_counter(found)
    return ReportTables(
        rows={
            "totals": [("measure", "requests"), *totals.items()],
            "articles": [
                ("article", "shown", "solved", "did_not_help"),
                *(
                    (each.title, each.shown, each.solved, each.failed)
                    for each in (*found.articles, *_earlier(found, language))
                ),
            ],
            "without_article": [
                ("words", "requests", "tickets"),
                *(
                    (" ".join(each.words), len(each.requests), " ".join(each.requests))
                    for each in found.missing
                ),
                *((each.subject, 1, each.reference) for each in found.alone),
            ],
        }
    )


ANSWERS = ReportKind(
    name="answers", heading="reports.heading_answers", read=_read, tables=_tables, is_for_leads=True
)
