"""What a team answered before, found for those who may be told: whoever asks in its inboxes, and its agents."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from bot.domain.directory import Team
from bot.domain.errors import Refused
from bot.domain.knowledge.article import ArticleAudience
from bot.domain.knowledge.earlier_answer import EarlierAnswer, readers_of, ticket_of
from bot.domain.knowledge.readership import Readership
from bot.domain.knowledge.sureness import OF_EARLIER_ANSWERS
from bot.domain.normalised_text import words_of
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context
from bot.services.knowledge.earlier_answers import is_source
from bot.services.knowledge.search import search_passages

EVEN: Final = 0.05
"""By how much less than an earlier answer an article may fit and still come first: somebody looks after it."""
LIKELY: Final = 0.3
"""Of the score: what fits less is not shown to somebody who searches, either."""
MORE: Final = 3
"""Times as many are looked at as are wanted: people are answered alike."""
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAnswer:
    """`score` is between 0 and 1, as an article's is."""

    answer: EarlierAnswer
    ticket: Ticket
    """The one that was answered so."""
    score: float
    is_likely: bool
    """Whether it may be what is looked for: to share a word with the question is not enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAnswers:
    """The best first; of those that say the same, one. `is_sure`: the first may be shown unasked."""

    answers: tuple[FoundAnswer, ...] = ()
    is_sure: bool = False


NO_ANSWERS: Final = FoundAnswers()


def readers_at(
    context: Context, *, team: str, inbox: str | None, community: str | None
) -> tuple[ArticleAudience, ...]:
    """Who is told what, where a request for this team comes in by this inbox; elsewhere nobody is told anything."""
    desk = context.desk
    if inbox is None or team not in desk.knowledge.from_replies or team not in desk.teams:
        return ()
    place = community if community in desk.communities else desk.teams[team].community
    return (readers_of(team, place),)


def readers_on(context: Context, ticket: Ticket) -> tuple[ArticleAudience, ...]:
    """An agent who answers the ticket is told what its own team answered, where it was asked."""
    team = context.team_of(ticket)
    if team.name not in context.desk.knowledge.from_replies:
        return ()
    is_theirs = team.has_agent(context.actor)
    return (readers_of(team.name, context.desk.community_of(ticket)),) if is_theirs else ()


def readers_among_agents(context: Context) -> tuple[ArticleAudience, ...]:
    """An agent is told what the teams that they work for answered, wherever it was asked."""
    if not context.desk.knowledge.from_replies:
        return ()
    teams = context.desk.teams_of(context.actor)
    return tuple(each for team in teams for each in _all_readers(context, team))


def _all_readers(context: Context, team: Team) -> Iterable[ArticleAudience]:
    if team.name not in context.desk.knowledge.from_replies:
        return ()
    places = (None, *context.desk.communities) if team.community is None else (team.community,)
    return (readers_of(team.name, each) for each in places)


def find_answers(
    context: Context,
    question: str,
    readers: Iterable[ArticleAudience],
    *,
    language: str,
    limit: int,
    besides: int | None = None,
) -> FoundAnswers:
    """What answers this question, for these readers alone; `besides` is the id of the ticket that asks.

    What may have changed since it was kept is left out until it was looked at again.
    """
    replies = tuple(dict.fromkeys(readers))
    if not replies:
        return NO_ANSWERS
    found = search_passages(
        context.uow,
        question,
        Readership(replies=replies),
        language=language,
        limit=limit * MORE,
        meanings=context.meanings,
        rules=OF_EARLIER_ANSWERS,
    )
    fits = {ticket_of(each.passage.article) or 0: each for each in found.passages}
    usable = {ticket.id: (answer, ticket) for answer, ticket in used_answers(context, list(fits))}
    said: dict[str, FoundAnswer] = {}
    for number, fit in fits.items():
        if number not in usable or number == besides:
            continue
        answer, ticket = usable[number]
        score = fit.score
        it = FoundAnswer(answer=answer, ticket=ticket, score=score, is_likely=score >= LIKELY)
        said.setdefault(" ".join(words_of(answer.text)), it)
    answers = tuple(said.values())[:limit]
    is_first_there = bool(answers) and answers[0].answer.ticket == next(iter(fits))
    return FoundAnswers(answers=answers, is_sure=found.is_sure and is_first_there)


def named_answer(context: Context, name: str, readers: Iterable[ArticleAudience]) -> EarlierAnswer:
    """The one of this name. Raises Refused where it is not used any more, or not for these readers."""
    ticket = ticket_of(name)
    found = used_answers(context, [ticket]) if ticket is not None else ()
    answer = found[0][0] if found else None
    if answer is None or readers_of(answer.team, answer.community) not in tuple(readers):
        raise Refused("knowledge.answer_gone")
    return answer


def ranked(articles: Sequence[tuple[float, Found]], answers: Sequence[tuple[float, Found]]) -> list[Found]:
    """Each with its score, the best first; of those that fit about as well, articles."""
    every = [*articles, *((score - EVEN, each) for score, each in answers)]
    return [each for _, each in sorted(every, key=lambda pair: -pair[0])]


def used_answers(context: Context, tickets: Sequence[int]) -> list[tuple[EarlierAnswer, Ticket]]:
    """Of these tickets, by ids, those to which nothing has happened that may make wrong what is told of them."""
    if not tickets:
        return []
    marked = context.uow.earlier_answers.marked_among(tickets)
    kept = [each for each in context.uow.earlier_answers.get_many(tickets) if each.ticket not in marked]
    known = context.uow.tickets.get_many(each.ticket for each in kept)
    pairs = [(each, known[each.ticket]) for each in kept if each.ticket in known]
    return [pair for pair in pairs if _is_current(context, *pair)]


def _is_current(context: Context, answer: EarlierAnswer, ticket: Ticket) -> bool:
    return context.team_of(ticket).name == context.desk.heir_of(answer.team) and is_source(
        context.desk, ticket
    )
