"""Articles of a team that somebody has to look at again, for the digest of its week."""

from datetime import date

from bot.domain.directory import Team
from bot.domain.knowledge.article import Article
from bot.messages import verbs
from bot.messages.outbound import Code, RichText
from bot.services.context.membership import people_meant
from bot.services.context.view import View
from bot.text.amounts import listed
from bot.text.instants import day_in_words
from bot.text.sentences import joined, say

LISTED = 5


def reviews_due(view: View, team: Team, day: date) -> RichText:
    """Those whose day of review is near or over, the longest due first; nothing where there are none."""
    by = day + view.desk.knowledge.remind_before
    due = view.uow.articles.due_for_review([team.name], by=by)
    if not due:
        return ()
    text = say(view.language, "knowledge.reviews_due", count=len(due))
    for each in due[:LISTED]:
        text = joined(text, _line(view, each), by="\n")
    return text


def _line(view: View, article: Article) -> RichText:
    assert article.review_by is not None
    facts: dict[str, str | Code] = {
        "title": article.title,
        "day": day_in_words(article.review_by, language=view.language),
        "command": Code(f"{verbs.typed(view.desk.command_names, verbs.SHOW_ARTICLE)} {article.name}"),
    }
    if article.owner is None:
        return say(view.language, "knowledge.review", **facts)
    names = [each.name for each in people_meant(view.uow, [article.owner])] or [article.owner]
    return say(view.language, "knowledge.review_of", owner=listed(names, view.language), **facts)
