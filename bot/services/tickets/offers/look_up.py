"""What answers a request, for whoever made it: never what they may not read, and nothing where that is not sure."""

from datetime import timedelta
from typing import Final

from bot.domain.directory import Assignment as Way
from bot.domain.directory import NewPing
from bot.domain.knowledge.article import EVERYBODY, Article
from bot.domain.knowledge.offer import MOST_SHOWN, ShownPassage, sounds_urgent
from bot.domain.knowledge.passage import Passage, passages_of
from bot.domain.knowledge.picture import pictures_of
from bot.domain.knowledge.readership import Readership, readership_of
from bot.domain.routing.request import Facts, Request
from bot.domain.routing.router import Verdict
from bot.domain.tickets.ticket import Priority, Ticket
from bot.services.context.context import Context
from bot.services.knowledge.article_links import article_address
from bot.services.knowledge.search import find_passages
from bot.text.catalogue import best

NOT_AGAIN: Final = timedelta(days=1)
"""How long nobody is shown the same article unasked once more."""
NEAR: Final = 0.75
"""How much of the best passage's score another one has at least, to be shown beside it."""
_PRESSING: Final = (Priority.HIGH, Priority.URGENT)


def answers_for(context: Context, request: Request) -> tuple[ShownPassage, ...]:
    """At most three passages, the best first; what the operator has fixed for such a question wins."""
    person, community = request.person, request.community
    readership = readership_of(context.desk, person, communities=() if community is None else (community,))
    seen = context.uow.offers.articles_shown_to(person.key, since=context.now - NOT_AGAIN)
    if fixed := _fixed_answer(context, request, readership):
        return () if (fixed.article or fixed.title) in seen else (fixed,)
    language = best(person.language, context.desk.language)
    found = find_passages(context, request.text, readership, language=language, limit=MOST_SHOWN)
    if not found.is_sure or found.passages[0].passage.article in seen:
        return ()
    least = found.passages[0].score * NEAR
    shown = []
    for each in found.passages:
        article = context.uow.articles.find(each.passage.article)
        if article is None or not readership.finds(article) or article.name in seen or each.score < least:
            continue
        shown.append(_shown(context, article, each.passage))
    return tuple(shown)


def _fixed_answer(context: Context, request: Request, readership: Readership) -> ShownPassage | None:
    """Nothing where its article is gone, or not for whoever asks."""
    facts = Facts(request) if context.desk.knowledge.faq else None
    for entry in context.desk.knowledge.faq if facts is not None else ():
        if facts is None or not entry.condition.holds(facts):
            continue
        if entry.answer:
            return ShownPassage(article="", title=entry.heading, text=entry.answer)
        article = context.uow.articles.find(entry.article)
        if article is not None and readership.finds(article) and (passages := passages_of(article)):
            return _shown(context, article, passages[0])
    return None


def _shown(context: Context, article: Article, passage: Passage) -> ShownPassage:
    return ShownPassage(
        article=article.name,
        title=article.title,
        text=passage.text,
        is_for_everybody=article.audience == EVERYBODY,
        pictures=pictures_of(passage.text, article.pictures),
        address=article_address(context, article),
    )


def is_pressing(priority: Priority | None, text: str) -> bool:
    """Whether people should not be offered reading: rules or their own words say that it is urgent."""
    return priority in _PRESSING or sounds_urgent(text)


def calls_somebody(context: Context, verdict: Verdict) -> bool:
    """Whether its team's person on call hears of it at once: nothing may come before that."""
    team = context.desk.teams.get(verdict.team)
    ways = verdict.assignment or (team.assignment if team is not None else ())
    return Way.ON_CALL in ways or (team is not None and team.ping_new is NewPing.ON_CALL)


def seen_by_requester(context: Context, ticket: Ticket) -> tuple[ShownPassage, ...]:
    """What they were shown of articles for everybody: others are named to nobody, the team included."""
    offer = context.uow.offers.of_ticket(ticket.id) if context.desk.looks_up_requests else None
    shown = offer.shown if offer is not None else ()
    titled = {(each.article, each.title): each for each in shown if each.is_for_everybody}
    return tuple(titled.values())
