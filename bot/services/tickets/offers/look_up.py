"""What answers a request, for whoever made it: never what they may not read, and nothing where that is not sure."""

from datetime import timedelta
from typing import Final

from bot.domain.directory import Assignment as Way
from bot.domain.directory import NewPing, Person
from bot.domain.knowledge.article import EVERYBODY
from bot.domain.knowledge.offer import MOST_SHOWN, ShownPassage, sounds_urgent
from bot.domain.knowledge.readership import readership_of
from bot.domain.routing.router import Verdict
from bot.domain.tickets.ticket import Priority
from bot.services.context.context import Context
from bot.services.knowledge.search import find_passages
from bot.text.catalogue import best

NOT_AGAIN: Final = timedelta(days=1)
"""How long nobody is shown the same article unasked once more."""
NEAR: Final = 0.75
"""How much of the best passage's score another one has at least, to be shown beside it."""
_PRESSING: Final = (Priority.HIGH, Priority.URGENT)


def answers_for(
    context: Context, question: str, person: Person, *, community: str | None
) -> tuple[ShownPassage, ...]:
    """At most three passages, the best first; `community` is the name of the one that they ask in."""
    readership = readership_of(context.desk, person, communities=() if community is None else (community,))
    language = best(person.language, context.desk.language)
    found = find_passages(context, question, readership, language=language, limit=MOST_SHOWN)
    if not found.is_sure:
        return ()
    least = found.passages[0].score * NEAR
    seen = context.uow.offers.articles_shown_to(person.key, since=context.now - NOT_AGAIN)
    if found.passages[0].passage.article in seen:
        return ()
    shown = []
    for each in found.passages:
        article = context.uow.articles.find(each.passage.article)
        if article is None or not readership.finds(article) or article.name in seen or each.score < least:
            continue
        shown.append(
            ShownPassage(
                article=article.name,
                title=article.title,
                text=each.passage.text,
                is_for_everybody=article.audience == EVERYBODY,
            )
        )
    return tuple(shown)


def is_pressing(priority: Priority | None, text: str) -> bool:
    """Whether people should not be offered reading: rules or their own words say that it is urgent."""
    return priority in _PRESSING or sounds_urgent(text)


def calls_somebody(context: Context, verdict: Verdict) -> bool:
    """Whether its team's person on call hears of it at once: nothing may come before that."""
    team = context.desk.teams.get(verdict.team)
    ways = verdict.assignment or (team.assignment if team is not None else ())
    return Way.ON_CALL in ways or (team is not None and team.ping_new is NewPing.ON_CALL)
