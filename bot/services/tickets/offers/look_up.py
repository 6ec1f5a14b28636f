"""What answers a request, for whoever made it: never what they may not read, and nothing where that is not sure."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.domain.directory import Assignment as Way
from bot.domain.directory import NewPing
from bot.domain.knowledge.article import EVERYBODY, Article
from bot.domain.knowledge.earlier_answer import EarlierAnswer, ticket_of
from bot.domain.knowledge.offer import MOST_SHOWN, ShownPassage, sounds_urgent
from bot.domain.knowledge.passage import Passage, passages_of
from bot.domain.knowledge.picture import pictures_of
from bot.domain.knowledge.readership import Readership, readership_of
from bot.domain.routing.request import Facts, Request
from bot.domain.routing.router import Verdict
from bot.domain.tickets.ticket import Priority, Ticket
from bot.services.context.context import Context
from bot.services.knowledge.answer_search import find_answers, ranked, readers_at, used_answers
from bot.services.knowledge.article_links import article_address
from bot.services.knowledge.search import find_passages
from bot.text.catalogue import best

NOT_AGAIN: Final = timedelta(days=1)
"""How long nobody is shown the same article unasked once more."""
NEAR: Final = 0.75
"""How much of the best passage's score another one has at least, to be shown beside it."""
MOST_EARLIER: Final = 2
"""Earlier answers that are shown for one request."""
_PRESSING: Final = (Priority.HIGH, Priority.URGENT)


def answers_for(
    context: Context, request: Request, *, team: str, besides: int | None = None
) -> tuple[ShownPassage, ...]:
    """At most three passages, the best first; what the operator has fixed for such a question wins.

    `team` is the one that it is for: what that answered before counts too. `besides` is the id of the request's
    ticket.
    """
    person, community = request.person, request.community
    readership = readership_of(context.desk, person, communities=() if community is None else (community,))
    seen = context.uow.offers.articles_shown_to(person.key, since=context.now - NOT_AGAIN)
    if fixed := _fixed_answer(context, request, readership):
        return () if (fixed.article or fixed.title) in seen else (fixed,)
    articles = _sure_passages(context, request, readership, seen=seen)
    answers = _sure_answers(context, request, team=team, besides=besides, seen=seen)
    return tuple(ranked(articles, answers)[:MOST_SHOWN])


def _sure_passages(
    context: Context, request: Request, readership: Readership, *, seen: frozenset[str]
) -> Sequence[tuple[float, ShownPassage]]:
    """Of articles, with their scores."""
    language = best(request.person.language, context.desk.language)
    found = find_passages(context, request.text, readership, language=language, limit=MOST_SHOWN)
    if not found.is_sure or found.passages[0].passage.article in seen:
        return ()
    least = found.passages[0].score * NEAR
    shown = []
    for each in found.passages:
        article = context.uow.articles.find(each.passage.article)
        if article is None or not readership.finds(article) or article.name in seen or each.score < least:
            continue
        shown.append((each.score, _shown(context, article, each.passage)))
    return shown


def _sure_answers(
    context: Context, request: Request, *, team: str, besides: int | None, seen: frozenset[str]
) -> Sequence[tuple[float, ShownPassage]]:
    """What the team answered before to the same, where it is asked in an inbox."""
    readers = readers_at(context, team=team, inbox=request.inbox, community=request.community)
    language = best(request.person.language, context.desk.language)
    found = find_answers(
        context, request.text, readers, language=language, limit=MOST_EARLIER, besides=besides
    )
    if not found.is_sure or found.answers[0].answer.name in seen:
        return ()
    least = found.answers[0].score * NEAR
    near = (each for each in found.answers if each.score >= least and each.answer.name not in seen)
    return [(each.score, shown_answer(each.answer, each.ticket)) for each in near]


def still_right(context: Context, ticket: Ticket, found: Sequence[ShownPassage]) -> Sequence[ShownPassage]:
    """Without what was answered before by another team than the ticket has by now, or is used no more."""
    earlier = [number for each in found if (number := ticket_of(each.article)) is not None]
    used = {each.name for each, _ in used_answers(context, earlier) if each.team == ticket.team}
    return [each for each in found if not each.is_earlier_answer or each.article in used]


def shown_answer(answer: EarlierAnswer, ticket: Ticket) -> ShownPassage:
    return ShownPassage(
        article=answer.name,
        title="",
        text=answer.text,
        is_for_everybody=False,
        reference=ticket.reference,
        said_at=answer.said_at.isoformat(),
    )


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
    """What they were shown of articles for everybody, and of what the ticket's team answered before.

    Other articles are named to nobody, the team included.
    """
    offer = context.uow.offers.of_ticket(ticket.id) if context.desk.looks_up_requests else None
    if offer is None:
        return ()
    is_theirs = offer.team == ticket.team
    shown = {
        (each.article, each.title): each
        for each in offer.shown
        if each.is_for_everybody or (each.is_earlier_answer and is_theirs)
    }
    return tuple(shown.values())
