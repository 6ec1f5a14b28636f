"""Figures of ratings. What is anonymous is told of a team alone, and only where there is enough of it."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Integer, cast, func, select

from bot.domain.ratings.satisfaction import FEWEST_ANONYMOUS, HIGHEST, LOWEST, RatingScale, is_good, is_low
from bot.ports.storage.ratings.ratings import RatingComment, RatingQuery, RatingTally
from storage.engine.columns import index_key, instant, micros
from storage.engine.session import Session
from storage.tables.desk import tickets
from storage.tables.tickets.ratings import surveys

_SCORES = range(LOWEST, HIGHEST + 1)
_good = cast(surveys.c.score.in_([each for each in _SCORES if is_good(each)]), Integer)
_low = cast(surveys.c.score.in_([each for each in _SCORES if is_low(each)]), Integer)


class SqlRatings:
    def __init__(self, session: Session) -> None:
        self._session = session

    def tallies(self, wanted: RatingQuery) -> Sequence[RatingTally]:
        """An anonymous team's agents are put together before anything is counted."""
        found = select(
            surveys.c.team,
            surveys.c.agent,
            surveys.c.is_anonymous,
            func.count().label("number"),
            func.sum(_good).label("good"),
            func.sum(_low).label("low"),
        )
        found = found.where(*_matches(wanted)).group_by(
            surveys.c.team, surveys.c.agent, surveys.c.is_anonymous
        )
        sums: dict[tuple[str, str | None, bool], Counter[str]] = {}
        for row in self._session.fetch_made(found):
            is_anonymous = bool(row["is_anonymous"])
            key = (row["team"], None if is_anonymous else row["agent"], is_anonymous)
            sums.setdefault(key, Counter()).update(
                {name: int(row[name]) for name in ("number", "good", "low")}
            )
        tallies = [
            RatingTally(
                team=team,
                agent=agent,
                is_anonymous=is_anonymous,
                count=sum_["number"],
                good=sum_["good"],
                low=sum_["low"],
            )
            for (team, agent, is_anonymous), sum_ in sums.items()
            if not is_anonymous or sum_["number"] >= FEWEST_ANONYMOUS
        ]
        return sorted(tallies, key=lambda each: (each.team, each.is_anonymous, each.agent or ""))

    def comments(
        self, wanted: RatingQuery, *, limit: int, of_private: bool = True
    ) -> Sequence[RatingComment]:
        enough = {each.team for each in self.tallies(wanted) if each.is_anonymous}
        is_told: ColumnElement[bool] = surveys.c.is_anonymous.is_(False)
        if enough:
            is_told = is_told | surveys.c.team.in_(sorted(enough))
        if not of_private:
            is_told = is_told & tickets.c.is_private.is_(False)
        found = (
            select(surveys, tickets.c.is_private)
            .join(tickets, tickets.c.id == surveys.c.ticket_id)
            .where(*_matches(wanted), surveys.c.comment != "", is_told)
            .order_by(surveys.c.rated_at.desc(), surveys.c.id.desc())
            .limit(limit)
        )
        return [
            RatingComment(
                team=row["team"],
                score=row["score"],
                scale=RatingScale(row["scale"]),
                text=row["comment"],
                rated_at=instant(row["rated_at"]),
                ticket=None if row["is_anonymous"] else row["ticket_id"],
                agent=None if row["is_anonymous"] else row["agent"],
                requester=None if row["is_anonymous"] else row["requester"],
                is_private=bool(row["is_private"]),
            )
            for row in self._session.fetch_made(found)
        ]


def _matches(wanted: RatingQuery) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        surveys.c.rated_at.is_not(None),
        surveys.c.is_superseded.is_(False),
    ]
    if wanted.since is not None:
        conditions.append(surveys.c.rated_at >= micros(wanted.since))
    if wanted.until is not None:
        conditions.append(surveys.c.rated_at < micros(wanted.until))
    if wanted.teams is not None:
        conditions.append(surveys.c.team.in_(sorted(wanted.teams)))
    for column, keys in ((surveys.c.agent, wanted.agents), (surveys.c.requester, wanted.requesters)):
        if keys is not None:
            conditions += [column.in_(sorted(map(index_key, keys))), surveys.c.is_anonymous.is_(False)]
    return conditions
