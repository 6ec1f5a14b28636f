"""Surveys; one is asked by losing its due time, in the transaction that sends the question."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, func, select, true, update

from bot.domain.ratings.satisfaction import RatingScale, is_low
from bot.domain.ratings.survey import Survey
from storage.engine.columns import Row, index_key, instant, instant_or_none, micros, micros_or_none
from storage.engine.session import Session
from storage.engine.statements import Insertion
from storage.tables.tickets.ratings import surveys

SURVEYED: Final = Insertion(surveys, tuple(surveys.columns.keys()))
_is_the_one = surveys.c.id == bindparam("the_id")
_is_of_ticket = surveys.c.ticket_id == bindparam("the_ticket")
_counts_anonymously = (
    (surveys.c.team == bindparam("the_team"))
    & surveys.c.rated_at.is_not(None)
    & surveys.c.is_anonymous.is_(True)
    & surveys.c.is_superseded.is_(False)
)

GET = select(surveys).where(_is_the_one)
OF_TICKET = select(surveys).where(_is_of_ticket).order_by(surveys.c.id)
DUE = (
    select(surveys)
    .where(surveys.c.due_at.is_not(None), surveys.c.due_at <= bindparam("now"))
    .order_by(surveys.c.due_at, surveys.c.id)
    .limit(bindparam("at_most"))
)
_CHANGED: Final = ("due_at", "asked_at", "score", "comment", "rated_at", "is_told")
"""What becomes of a survey; the rest it has from the beginning."""
SAVE = update(surveys).where(_is_the_one).values({name: bindparam(f"its_{name}") for name in _CHANGED})
REMOVE_UNASKED = delete(surveys).where(_is_of_ticket, surveys.c.asked_at.is_(None))
SUPERSEDE = (
    update(surveys)
    .where(_is_of_ticket, surveys.c.id != bindparam("the_id"), surveys.c.rated_at.is_not(None))
    .values(is_superseded=true())
)
UNTOLD = select(surveys).where(_counts_anonymously, surveys.c.is_told.is_(False)).order_by(surveys.c.rated_at)
COUNT = select(func.count().label("number")).select_from(surveys).where(_counts_anonymously)


class SqlSurveys:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, survey: Survey) -> None:
        self._session.insert(
            SURVEYED,
            {
                "id": survey.id,
                "ticket_id": survey.ticket,
                "team": survey.team,
                "requester": index_key(survey.requester),
                "agent": survey.agent,
                "resolved_at": micros(survey.resolved_at),
                "scale": survey.scale,
                "is_anonymous": survey.is_anonymous,
                "is_superseded": False,
                **_state_of(survey),
            },
        )

    def get(self, survey_id: int) -> Survey | None:
        row = self._session.fetch_one(GET, the_id=survey_id)
        return None if row is None else _survey_from(row)

    def of_ticket(self, ticket: int) -> Sequence[Survey]:
        return [_survey_from(row) for row in self._session.fetch(OF_TICKET, the_ticket=ticket)]

    def due(self, now: datetime, *, limit: int) -> Sequence[Survey]:
        rows = self._session.fetch(DUE, now=micros(now), at_most=limit)
        return [_survey_from(row) for row in rows]

    def asked_of(self, accounts: Iterable[str], *, limit: int) -> Sequence[Survey]:
        keys = sorted(map(index_key, accounts))
        asked = select(surveys).where(surveys.c.requester.in_(keys), surveys.c.asked_at.is_not(None))
        rows = self._session.fetch_made(asked.order_by(surveys.c.id.desc()).limit(limit))
        return [_survey_from(row) for row in rows]

    def save(self, survey: Survey) -> None:
        state = {f"its_{name}": value for name, value in _state_of(survey).items()}
        self._session.write(SAVE, the_id=survey.id, **state)

    def remove_unasked(self, ticket: int) -> None:
        self._session.write(REMOVE_UNASKED, the_ticket=ticket)

    def last_asked_at(self, accounts: Iterable[str]) -> datetime | None:
        keys = sorted(map(index_key, accounts))
        asked = select(func.max(surveys.c.asked_at).label("at")).where(surveys.c.requester.in_(keys))
        (row,) = self._session.fetch_made(asked)
        return instant_or_none(row["at"])

    def supersede(self, ticket: int, *, by: int) -> None:
        self._session.write(SUPERSEDE, the_ticket=ticket, the_id=by)

    def untold_low(self, team: str) -> Sequence[Survey]:
        found = (_survey_from(row) for row in self._session.fetch(UNTOLD, the_team=team))
        return [each for each in found if each.score is not None and is_low(each.score)]

    def anonymous_ratings(self, team: str) -> int:
        row = self._session.fetch_one(COUNT, the_team=team)
        return 0 if row is None else int(row["number"])


def _state_of(survey: Survey) -> dict[str, Any]:
    return {
        "due_at": micros_or_none(survey.due_at),
        "asked_at": micros_or_none(survey.asked_at),
        "score": survey.score,
        "comment": survey.comment,
        "rated_at": micros_or_none(survey.rated_at),
        "is_told": survey.is_told,
    }


def _survey_from(row: Row) -> Survey:
    return Survey(
        id=row["id"],
        ticket=row["ticket_id"],
        team=row["team"],
        requester=row["requester"],
        agent=row["agent"],
        resolved_at=instant(row["resolved_at"]),
        scale=RatingScale(row["scale"]),
        is_anonymous=bool(row["is_anonymous"]),
        due_at=instant_or_none(row["due_at"]),
        asked_at=instant_or_none(row["asked_at"]),
        score=row["score"],
        comment=row["comment"],
        rated_at=instant_or_none(row["rated_at"]),
        is_told=bool(row["is_told"]),
    )
