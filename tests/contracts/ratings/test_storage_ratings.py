"""Surveys and the figures of ratings, on both databases."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.domain.ratings.satisfaction import RatingScale
from bot.domain.ratings.survey import Survey
from bot.ports.storage.ratings.ratings import RatingQuery
from bot.ports.unit_of_work import UnitOfWork
from storage.store import DeskStorage
from tests.storage.sample_rows import NOW, a_numbered_ticket

HOUR = timedelta(hours=1)


def survey(
    uow: UnitOfWork,
    *,
    score: int | None = None,
    team: str = "it",
    agent: str | None = "web:bo",
    requester: str = "web:ana",
    anonymous: bool = False,
    comment: str = "",
    hours: int = 0,
    private: bool = False,
) -> Survey:
    """One of a ticket of its own, rated so many hours after `NOW` where there is a score."""
    ticket = a_numbered_ticket(uow, is_private=private)
    made = Survey(
        id=uow.new_id(),
        ticket=ticket.id,
        team=team,
        requester=requester,
        agent=agent,
        resolved_at=NOW,
        scale=RatingScale.FIVE,
        is_anonymous=anonymous,
        due_at=NOW + HOUR if score is None else None,
        asked_at=NOW + HOUR if score is not None else None,
        score=score,
        comment=comment,
        rated_at=NOW + hours * HOUR if score is not None else None,
    )
    uow.surveys.add(made)
    return made


async def test_a_survey_is_read_as_it_was_written(storage: DeskStorage) -> None:
    made = await storage.run(survey)
    assert await storage.read(lambda uow: uow.surveys.get(made.id)) == made
    asked = replace(
        made, due_at=None, asked_at=NOW, score=2, comment="Slow", rated_at=NOW + HOUR, is_told=True
    )
    await storage.run(lambda uow: uow.surveys.save(asked))
    assert await storage.read(lambda uow: uow.surveys.of_ticket(made.ticket)) == [asked]
    assert await storage.read(lambda uow: uow.surveys.get(made.id + 1)) is None


async def test_what_is_due_is_found_oldest_first_and_not_before(storage: DeskStorage) -> None:
    first = await storage.run(survey)
    other = await storage.run(survey)
    await storage.run(lambda uow: uow.surveys.save(replace(other, due_at=NOW)))

    async def due(hours: int) -> list[int]:
        at = NOW + hours * HOUR
        return [each.id for each in await storage.read(lambda uow: uow.surveys.due(at, limit=9))]

    assert await due(0) == [other.id]
    assert await due(1) == [other.id, first.id]
    await storage.run(lambda uow: uow.surveys.remove_unasked(first.ticket))
    assert await due(1) == [other.id]


async def test_what_somebody_was_asked_is_found_newest_first(storage: DeskStorage) -> None:
    first = await storage.run(lambda uow: survey(uow, score=5))
    await storage.run(survey)
    await storage.run(lambda uow: survey(uow, score=5, requester="web:cleo"))
    last = await storage.run(lambda uow: survey(uow, score=1, requester="slack:ana"))

    async def asked(limit: int) -> list[Survey]:
        ana = ("web:ana", "slack:ana")
        return list(await storage.read(lambda uow: uow.surveys.asked_of(ana, limit=limit)))

    assert await asked(9) == [last, first]
    assert await asked(1) == [last]


async def test_a_survey_that_was_asked_is_not_removed(storage: DeskStorage) -> None:
    made = await storage.run(lambda uow: survey(uow, score=5))
    await storage.run(lambda uow: uow.surveys.remove_unasked(made.ticket))
    assert await storage.read(lambda uow: uow.surveys.get(made.id)) == made


async def test_when_somebody_was_asked_last_with_any_account(storage: DeskStorage) -> None:
    await storage.run(lambda uow: survey(uow, score=5))
    of_ana = await storage.read(lambda uow: uow.surveys.last_asked_at(["web:ana", "slack:a"]))
    of_dan = await storage.read(lambda uow: uow.surveys.last_asked_at(["web:dan"]))
    assert (of_ana, of_dan) == (NOW + HOUR, None)


async def test_figures_are_by_team_and_agent_and_period(storage: DeskStorage) -> None:
    def rated(uow: UnitOfWork) -> None:
        for score, agent, team in (
            (5, "web:bo", "it"),
            (1, "web:bo", "it"),
            (3, None, "it"),
            (4, "web:cleo", "hr"),
        ):
            survey(uow, score=score, agent=agent, team=team, comment=f"{score}")
        survey(uow, score=5, hours=5)
        survey(uow)

    await storage.run(rated)
    wanted = RatingQuery(since=NOW, until=NOW + HOUR)
    tallies = await storage.read(lambda uow: uow.ratings.tallies(wanted))
    found = [(each.team, each.agent, each.count, each.good, each.low) for each in tallies]
    assert found == [("hr", "web:cleo", 1, 1, 0), ("it", None, 1, 0, 0), ("it", "web:bo", 2, 1, 1)]
    assert sum(each.good for each in tallies) / sum(each.count for each in tallies) == 0.5
    of_bo = replace(wanted, agents=frozenset({"web:bo"}), since=None, until=None)
    (tally,) = await storage.read(lambda uow: uow.ratings.tallies(of_bo))
    assert (tally.count, tally.good) == (3, 2)
    comments = await storage.read(
        lambda uow: uow.ratings.comments(replace(wanted, teams=frozenset({"it"})), limit=9)
    )
    assert [each.text for each in comments] == ["3", "1", "5"]


async def test_a_tickets_newest_rating_alone_counts(storage: DeskStorage) -> None:
    def rated_twice(uow: UnitOfWork) -> None:
        first = survey(uow, score=1)
        again = replace(first, id=uow.new_id(), score=5, rated_at=NOW + HOUR)
        uow.surveys.add(again)
        uow.surveys.supersede(first.ticket, by=again.id)

    await storage.run(rated_twice)
    (tally,) = await storage.read(lambda uow: uow.ratings.tallies(RatingQuery()))
    assert (tally.count, tally.good, tally.low) == (1, 1, 0)


async def test_anonymous_ratings_are_told_from_three_on_and_name_nobody(storage: DeskStorage) -> None:
    everything, of_bo = RatingQuery(), RatingQuery(agents=frozenset({"web:bo"}))
    for score, agent in ((1, "web:bo"), (5, "web:cleo")):
        rated = partial(survey, score=score, agent=agent, anonymous=True, comment="Hm")
        await storage.run(rated)
    assert await storage.read(lambda uow: uow.ratings.tallies(everything)) == []
    assert await storage.read(lambda uow: uow.ratings.comments(everything, limit=9)) == []
    await storage.run(lambda uow: survey(uow, score=5, anonymous=True))
    (tally,) = await storage.read(lambda uow: uow.ratings.tallies(everything))
    assert (tally.count, tally.good, tally.agent, tally.is_anonymous) == (3, 2, None, True)
    comments = await storage.read(lambda uow: uow.ratings.comments(everything, limit=9))
    assert {(each.ticket, each.agent, each.requester) for each in comments} == {(None, None, None)}
    assert await storage.read(lambda uow: uow.ratings.tallies(of_bo)) == []
    assert await storage.read(lambda uow: uow.surveys.anonymous_ratings("it")) == 3
    (untold,) = await storage.read(lambda uow: uow.surveys.untold_low("it"))
    assert untold.score == 1


async def test_comments_on_private_tickets_are_left_out_where_others_read(storage: DeskStorage) -> None:
    def rated(uow: UnitOfWork) -> None:
        survey(uow, score=5, comment="Quick", hours=1)
        survey(uow, score=1, comment="Rude", hours=2, private=True)
        for hours in (3, 4, 5):
            survey(uow, score=2, team="hr", comment="Slow", hours=hours, anonymous=True, private=hours == 5)

    await storage.run(rated)
    wanted = RatingQuery()
    every = await storage.read(lambda uow: uow.ratings.comments(wanted, limit=9))
    assert [each.text for each in every] == ["Slow", "Slow", "Slow", "Rude", "Quick"]
    some = await storage.read(lambda uow: uow.ratings.comments(wanted, limit=9, of_private=False))
    assert [each.text for each in some] == ["Slow", "Slow", "Quick"]
    newest = await storage.read(lambda uow: uow.ratings.comments(wanted, limit=1, of_private=False))
    assert [each.text for each in newest] == ["Slow"], "the limit is of those that are told"
