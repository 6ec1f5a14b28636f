"""Which articles the console lists for somebody: all they may read, what a search finds, what waits for review.

For leads besides: what was asked and answered by no article, and answers of before that are shown to others.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode

from bot.domain.errors import Refused
from bot.domain.knowledge.article import Article, ArticleState, AudienceKind
from bot.domain.knowledge.readership import readership_of
from bot.services.context.context import Context
from bot.services.context.reader import zone_of
from bot.services.demand.answer_figures import answer_figures
from bot.services.knowledge.known_articles import (
    is_draft,
    may_change,
    may_publish,
    readable_articles,
    team_of,
)
from bot.services.knowledge.search import find_passages
from bot.text.amounts import listed
from bot.text.instants import day_in_words, stamp
from bot.text.markdown import markdown_words
from bot.text.sentences import words

FOUND: Final = 20
EXCERPT: Final = 240
"""Characters of a passage, and of an answer."""
LOOKED_BACK: Final = timedelta(weeks=4)
_INSTANT: Final = timedelta(microseconds=1)
"""What happens at this very instant has happened."""
LISTED_GAPS: Final = 15
LISTED_ANSWERS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLine:
    """`only_for` is empty for what everybody reads; `state` of a published one; `excerpt` of what was not sought."""

    address: str
    title: str
    name: str
    team: str
    only_for: str
    state: str
    changed_at: str
    excerpt: str = ""
    is_published_by_reader: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GapLine:
    """What was asked; `search` finds the tickets where several say the same, else `reference` is the one."""

    words: str
    count: int
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLine:
    """What was answered before, and is shown to others unless it is left out."""

    reference: str
    said_at: str
    excerpt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLists:
    """`found` is None where nothing is sought."""

    found: tuple[ArticleLine, ...] | None
    every: tuple[ArticleLine, ...]
    drafts: tuple[ArticleLine, ...]
    due: tuple[ArticleLine, ...]
    may_write: bool
    is_lead: bool
    has_gaps: bool = False
    """Whether it was looked for what no article answers."""
    gaps: tuple[GapLine, ...] = ()
    unanswered: int = 0
    answers: tuple[AnswerLine, ...] = ()


def article_address(name: str, **more: str) -> str:
    return f"/console/knowledge/article?{urlencode({'name': name, **more})}"


def lists_of(context: Context, sought: str, *, with_gaps: bool) -> ArticleLists:
    """`with_gaps`: requests of weeks are compared with one another, which is done when somebody wants to see it."""
    desk, actor = context.desk, context.actor
    readable = readable_articles(context, readership_of(desk, actor))
    teams = desk.teams_of(actor)
    today = context.now.astimezone(zone_of(context)).date()
    due = context.uow.articles.due_for_review([each.name for each in teams], by=today) if teams else ()
    led = [each.name for each in desk.teams.values() if each.has_lead(actor) or desk.is_admin(actor)]
    gaps, unanswered = _gaps(context, led) if led and with_gaps else ((), 0)
    return ArticleLists(
        found=tuple(_found(context, sought, readable)) if sought else None,
        every=tuple(line_of(context, each) for each in readable if not is_draft(each)),
        drafts=tuple(line_of(context, each) for each in readable if is_draft(each)),
        due=tuple(line_of(context, each) for each in due),
        may_write=bool(teams),
        is_lead=bool(led),
        has_gaps=bool(led) and with_gaps,
        gaps=gaps,
        unanswered=unanswered,
        answers=tuple(_answers(context, led)),
    )


def line_of(context: Context, article: Article, *, excerpt: str = "") -> ArticleLine:
    team, language = team_of(context, article), context.language
    return ArticleLine(
        address=article_address(article.name),
        title=article.title,
        name=article.name,
        team=team.title if team is not None else "",
        only_for=readers_in_words(context, article),
        state=""
        if article.state is ArticleState.PUBLISHED
        else words(language, f"knowledge.{article.state}"),
        changed_at=day_in_words(article.changed_at.astimezone(zone_of(context)).date(), language=language),
        excerpt=excerpt,
        is_published_by_reader=is_draft(article)
        and may_change(context, article)
        and team is not None
        and may_publish(context, team),
    )


def readers_in_words(context: Context, article: Article) -> str:
    """The title of the team or the server that it is for; empty for everybody."""
    audience = article.audience
    match audience.kind:
        case AudienceKind.TEAM:
            return context.desk.title_of(audience.name or "")
        case AudienceKind.COMMUNITY:
            known = context.desk.communities.get(audience.name or "")
            return known.title if known is not None else audience.name or ""
        case _:
            return ""


def _found(context: Context, sought: str, readable: Sequence[Article]) -> Iterable[ArticleLine]:
    """The best first."""
    readership = readership_of(context.desk, context.actor)
    try:
        passages = find_passages(context, sought, readership, language=context.language, limit=FOUND).passages
    except Refused:
        return
    known = {each.name: each for each in readable}
    for each in passages:
        article = known.get(each.passage.article)
        if article is not None and each.may_help:
            yield line_of(context, article, excerpt=_excerpt(markdown_words(each.passage.text)))


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT]}…"


def _gaps(context: Context, teams: Collection[str]) -> tuple[tuple[GapLine, ...], int]:
    """What comes again first; each names a request that asks it."""
    until = context.now + _INSTANT
    found = answer_figures(context.uow, since=until - LOOKED_BACK, until=until, teams=frozenset(teams))
    together = [
        GapLine(
            words=listed(each.words, context.language), count=len(each.requests), reference=each.requests[-1]
        )
        for each in found.missing
    ]
    alone = [GapLine(words=each.subject, count=1, reference=each.reference) for each in found.alone]
    return tuple([*together, *alone][:LISTED_GAPS]), found.unanswered


def _answers(context: Context, led: Collection[str]) -> Iterable[AnswerLine]:
    """The newest of the teams whose replies are shown to others."""
    teams = [each for each in led if each in context.desk.knowledge.from_replies]
    if not teams:
        return
    shown = context.uow.earlier_answers.of_teams(teams, skip=0, limit=LISTED_ANSWERS)
    tickets = context.uow.tickets.get_many(each.ticket for each in shown)
    for each in shown:
        yield AnswerLine(
            reference=tickets[each.ticket].reference,
            said_at=stamp(each.said_at, zone=zone_of(context), language=context.language),
            excerpt=_excerpt(each.text),
        )
