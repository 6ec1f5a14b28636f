"""Articles written in chat by the agents of a team, for the team that they work for.

What is written becomes visible once somebody publishes it who may: any agent of the team, or a lead where the team
wants that. Each change is a version of its own, and the audit log says who made it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.directory import Team
from bot.domain.errors import AlreadySo, FieldsRefused, NotAllowed, Refused
from bot.domain.knowledge.article import (
    EVERYBODY,
    LONGEST_TITLE,
    Article,
    ArticleAudience,
    ArticleOrigin,
    ArticleState,
)
from bot.domain.knowledge.events import ArticleChanged
from bot.domain.knowledge.picture import ArticlePicture
from bot.domain.normalised_text import words_of
from bot.domain.sentence import Sentence, sentence
from bot.domain.tickets.conversation import StoredFile
from bot.domain.tickets.ticket import LONGEST_TAG, MOST_TAGS
from bot.services.context.context import Context
from bot.services.knowledge.chat_pictures import illustrated, problem_with
from bot.services.knowledge.known_articles import may_change, may_publish, team_of
from bot.services.knowledge.search import index_article

TITLE, BODY, TAGS, AUDIENCE, TEAM = "title", "body", "tags", "audience", "team"
"""Fields of the form."""
LONGEST_WRITTEN = 3_000
"""Characters; as much as Slack's text inputs take: https://docs.slack.dev/reference/block-kit/block-elements"""
LONGEST_NAME = 60
_TRIES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleText:
    """What a writer gives."""

    title: str
    body: str
    tags: tuple[str, ...] = ()
    audience: ArticleAudience
    team: str
    files: tuple[StoredFile, ...] = ()
    """Pictures that came along."""


def add_article(context: Context, text: ArticleText, *, is_reviewed: bool) -> Article:
    """Published where the writer looked at it as one who may publish, else a draft. Raises FieldsRefused.

    What not everybody may read is named with its team in front, with a dot that no title leaves in a name: another
    team's article of the same title would else be called `vpn-2`, and say that there is one.
    """
    body, pictures = illustrated(text.body, known=(), added=text.files)
    team = _checked(context, replace(text, body=body), pictures)
    state = ArticleState.PUBLISHED if is_reviewed and may_publish(context, team) else ArticleState.DRAFT
    name = _name_of(text.title)
    if state is ArticleState.DRAFT or text.audience != EVERYBODY:
        name = f"{team.name}.{name}"
    for number in range(1, _TRIES):
        article = _signed(
            context,
            Article(
                name=name if number == 1 else f"{name}-{number}",
                title=text.title,
                body=body,
                version=1,
                changed_at=context.now,
                audience=text.audience,
                tags=text.tags,
                team=team.name,
                language=context.language_of(text.body) or context.desk.language,
                origin=ArticleOrigin.DESK,
                state=state,
                pictures=pictures,
            ),
        )
        if context.uow.articles.add(article):
            return _kept(context, article, "made")
    raise FieldsRefused({TITLE: sentence("knowledge.title_used", title=text.title)})


def change_article(context: Context, seen: Article, text: ArticleText) -> Article:
    """`seen` is the version that its writer saw. Raises Refused where somebody changed it since."""
    check_change(context, seen)
    body, pictures = illustrated(text.body, known=seen.pictures, added=text.files)
    team = _checked(context, replace(text, body=body), pictures)
    if seen.state is ArticleState.PUBLISHED and not may_publish(context, team):
        raise _leads_only(team)
    changed = _signed(
        context,
        replace(
            seen,
            title=text.title,
            body=body,
            tags=text.tags,
            audience=text.audience,
            team=team.name,
            pictures=pictures,
        ),
    )
    if changed.says_the_same(seen):
        raise AlreadySo("knowledge.nothing_changed", title=seen.title)
    return _next(context, changed, "changed")


def publish_article(context: Context, article: Article) -> Article:
    """Raises AlreadySo for one that is published."""
    team = check_change(context, article)
    if not may_publish(context, team):
        raise _leads_only(team)
    if article.state is ArticleState.PUBLISHED:
        raise AlreadySo("knowledge.is_published", title=article.title)
    return _next(context, _signed(context, replace(article, state=ArticleState.PUBLISHED)), "published")


def retire_article(context: Context, article: Article) -> Article:
    """Nobody finds it any more; its versions stay. Raises AlreadySo for one that is retired."""
    team = check_change(context, article)
    if article.state is ArticleState.PUBLISHED and not may_publish(context, team):
        raise _leads_only(team)
    if article.state is ArticleState.RETIRED:
        raise AlreadySo("knowledge.is_retired", title=article.title)
    return _next(context, _signed(context, replace(article, state=ArticleState.RETIRED)), "retired")


def check_change(context: Context, article: Article) -> Team:
    """The team that looks after it. Raises Refused for a file's, and NotAllowed for another team's."""
    if article.origin is ArticleOrigin.FILE:
        raise Refused("knowledge.in_a_file", title=article.title, file=file_of(context, article))
    team = team_of(context, article)
    if team is None or not may_change(context, article):
        raise NotAllowed("knowledge.not_yours", title=article.title)
    return team


def file_of(context: Context, article: Article) -> str:
    """Where an article is changed that is kept in a file: `knowledge/network/vpn.md`."""
    folder = context.desk.knowledge.folder
    return f"{folder.name}/{article.name}.md" if folder is not None else f"{article.name}.md"


def _signed(context: Context, article: Article) -> Article:
    return replace(article, changed_by=context.actor.key, changed_at=context.now)


def _next(context: Context, article: Article, what: str) -> Article:
    following = replace(article, version=article.version + 1)
    if not context.uow.articles.replace(following):
        raise Refused("knowledge.changed_by_another", title=article.title)
    return _kept(context, following, what)


def _kept(context: Context, article: Article, what: str) -> Article:
    """Written down, and found as it is now."""
    record_article(context, article, what)
    return article


def record_article(context: Context, article: Article, what: str) -> None:
    """Have it found as it is now, and the audit log say what was done: `made`, `changed`, `published`, `retired`."""
    index_article(context.uow, article)
    changed = ArticleChanged(
        actor=article.changed_by,
        at=context.now,
        article=article.name,
        version=article.version,
        team=article.team or "",
        what=what,
    )
    context.uow.audit_log.append(None, [changed])


def _leads_only(team: Team) -> NotAllowed:
    return NotAllowed("knowledge.leads_publish", team=team.title)


def _checked(context: Context, text: ArticleText, pictures: Sequence[ArticlePicture]) -> Team:
    problems: dict[str, Sentence] = {}
    team = context.desk.teams.get(text.team)
    if team is None or not team.has_agent(context.actor):
        problems[TEAM] = sentence("knowledge.not_your_team")
    if not text.title.strip():
        problems[TITLE] = sentence("knowledge.no_title")
    elif len(text.title) > LONGEST_TITLE:
        problems[TITLE] = sentence("knowledge.title_too_long", number=LONGEST_TITLE)
    if not text.body.strip():
        problems[BODY] = sentence("knowledge.no_body")
    elif len(text.body) > LONGEST_WRITTEN:
        problems[BODY] = sentence("knowledge.body_too_long", number=LONGEST_WRITTEN)
    elif (problem := problem_with(text.files, pictures)) is not None:
        problems[BODY] = problem
    if len(text.tags) > MOST_TAGS or any(len(each) > LONGEST_TAG for each in text.tags):
        problems[TAGS] = sentence("knowledge.tags_too_long", number=LONGEST_TAG, most=MOST_TAGS)
    if problems or team is None:
        raise FieldsRefused(problems)
    return team


def _name_of(title: str) -> str:
    """`reset-your-password`: short, one word, and readable."""
    name = re.sub(r"[^\w]+", "-", "-".join(words_of(title))).strip("-_")
    return name[:LONGEST_NAME].strip("-_") or "article"
