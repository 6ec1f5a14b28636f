"""Earlier answers: one row a ticket that has one, and a row each for what is to be looked at and what is left out."""

from collections.abc import Collection, Sequence
from typing import Final

from sqlalchemy import bindparam, delete, func, select, text

from bot.domain.knowledge.earlier_answer import EarlierAnswer
from bot.domain.tickets.ticket import Status
from bot.ports.storage.knowledge.earlier_answers import EndedTicket
from storage.engine.columns import Row, clean, instant, micros, to_json
from storage.engine.session import Session
from storage.engine.statements import Insertion, ListedIn
from storage.tables.desk import tickets
from storage.tables.knowledge.earlier_answers import (
    earlier_answer_exclusions,
    earlier_answer_marks,
    earlier_answers,
)

_answers = earlier_answers.c
_marks, _exclusions = earlier_answer_marks.c, earlier_answer_exclusions.c
_COLUMNS: Final = tuple(earlier_answers.columns.keys())
_CHANGED: Final = ", ".join(f'"{name}" = excluded."{name}"' for name in _COLUMNS if name != "ticket_id")
_LAST: Final = 2**63 - 1

ANSWER: Final = Insertion(
    earlier_answers, _COLUMNS, on_conflict=f" ON CONFLICT (ticket_id) DO UPDATE SET {_CHANGED}"
)
MARK: Final = Insertion(
    earlier_answer_marks, ("ticket_id",), on_conflict=" ON CONFLICT (ticket_id) DO NOTHING"
)
MARK_ALL: Final = text(
    "INSERT INTO earlier_answer_marks (ticket_id) SELECT ticket_id FROM earlier_answers WHERE true"
    " ON CONFLICT (ticket_id) DO NOTHING"
)
UNMARK = delete(earlier_answer_marks).where(_marks.ticket_id == bindparam("the_ticket"))
MARKED = select(_marks.ticket_id).order_by(_marks.ticket_id.desc()).limit(bindparam("at_most"))
MARKED_AMONG = select(_marks.ticket_id).where(ListedIn(_marks.ticket_id, "listed"))
GET = select(earlier_answers).where(_answers.ticket_id == bindparam("the_ticket"))
GET_MANY = select(earlier_answers).where(ListedIn(_answers.ticket_id, "listed"))
REMOVE = delete(earlier_answers).where(_answers.ticket_id == bindparam("the_ticket"))
OF_TEAMS = (
    select(earlier_answers)
    .where(ListedIn(_answers.team, "teams"))
    .order_by(_answers.said_at.desc(), _answers.ticket_id.desc())
    .limit(bindparam("at_most"))
    .offset(bindparam("behind"))
)
COUNT = (
    select(func.count().label("many")).select_from(earlier_answers).where(ListedIn(_answers.team, "teams"))
)
BEYOND = (
    select(_answers.ticket_id)
    .where(_answers.team == bindparam("the_team"))
    .order_by(_answers.said_at.desc(), _answers.ticket_id.desc())
    .limit(bindparam("at_most"))
    .offset(bindparam("behind"))
)
EXCLUDE: Final = text(
    "INSERT INTO earlier_answer_exclusions (ticket_id) VALUES (:the_ticket) ON CONFLICT (ticket_id) DO NOTHING"
)
INCLUDE = delete(earlier_answer_exclusions).where(_exclusions.ticket_id == bindparam("the_ticket"))
IS_EXCLUDED = select(_exclusions.ticket_id).where(_exclusions.ticket_id == bindparam("the_ticket"))
EXCLUDED = (
    select(_exclusions.ticket_id)
    .join(tickets, tickets.c.id == _exclusions.ticket_id)
    .where(ListedIn(tickets.c.team, "teams"))
    .order_by(_exclusions.ticket_id.desc())
    .limit(bindparam("at_most"))
)
ANY_ANSWER = select(_answers.ticket_id).limit(1)
ANY_MARK = select(_marks.ticket_id).limit(1)
TICKETS_BEFORE = (
    select(tickets.c.id, tickets.c.team, tickets.c.status)
    .where(tickets.c.id < bindparam("before"))
    .order_by(tickets.c.id.desc())
    .limit(bindparam("at_most"))
)
_MOST_REMOVED: Final = 100


class SqlEarlierAnswers:
    def __init__(self, session: Session) -> None:
        self._session = session

    def mark(self, ticket: int) -> None:
        self._session.insert(MARK, {"ticket_id": ticket})

    def mark_all_kept(self) -> None:
        self._session.write(MARK_ALL)

    def unmark(self, ticket: int) -> None:
        self._session.write(UNMARK, the_ticket=ticket)

    def marked(self, *, limit: int) -> Sequence[int]:
        return [row["ticket_id"] for row in self._session.fetch(MARKED, at_most=limit)]

    def marked_among(self, tickets: Collection[int]) -> frozenset[int]:
        rows = self._session.fetch(MARKED_AMONG, listed=to_json(sorted(tickets))) if tickets else ()
        return frozenset(row["ticket_id"] for row in rows)

    def get(self, ticket: int) -> EarlierAnswer | None:
        row = self._session.fetch_one(GET, the_ticket=ticket)
        return None if row is None else _answer(row)

    def get_many(self, tickets: Collection[int]) -> Sequence[EarlierAnswer]:
        rows = self._session.fetch(GET_MANY, listed=to_json(sorted(tickets))) if tickets else ()
        return [_answer(row) for row in rows]

    def put(self, answer: EarlierAnswer) -> None:
        self._session.insert(
            ANSWER,
            {
                "ticket_id": answer.ticket,
                "message_id": answer.message,
                "team": answer.team,
                "community": answer.community,
                "question": clean(answer.question),
                "text": clean(answer.text),
                "language": answer.language,
                "said_at": micros(answer.said_at),
            },
        )

    def remove(self, ticket: int) -> None:
        self._session.write(REMOVE, the_ticket=ticket)

    def of_teams(self, teams: Collection[str], *, skip: int, limit: int) -> Sequence[EarlierAnswer]:
        rows = self._session.fetch(OF_TEAMS, teams=to_json(sorted(teams)), at_most=limit, behind=skip)
        return [_answer(row) for row in rows]

    def count(self, teams: Collection[str]) -> int:
        row = self._session.fetch_one(COUNT, teams=to_json(sorted(teams)))
        return 0 if row is None else int(row["many"])

    def beyond(self, team: str, *, kept: int) -> Sequence[int]:
        rows = self._session.fetch(BEYOND, the_team=team, at_most=_MOST_REMOVED, behind=kept)
        return [row["ticket_id"] for row in rows]

    def exclude(self, ticket: int) -> bool:
        return self._session.count(EXCLUDE, the_ticket=ticket) > 0

    def include(self, ticket: int) -> bool:
        return self._session.count(INCLUDE, the_ticket=ticket) > 0

    def is_excluded(self, ticket: int) -> bool:
        return self._session.fetch_one(IS_EXCLUDED, the_ticket=ticket) is not None

    def excluded(self, teams: Collection[str], *, limit: int) -> Sequence[int]:
        rows = self._session.fetch(EXCLUDED, teams=to_json(sorted(teams)), at_most=limit)
        return [row["ticket_id"] for row in rows]

    def holds_some(self) -> bool:
        return any(self._session.fetch_one(each) is not None for each in (ANY_ANSWER, ANY_MARK))

    def tickets_before(self, ticket: int | None, *, limit: int) -> Sequence[EndedTicket]:
        before = _LAST if ticket is None else ticket
        rows = self._session.fetch(TICKETS_BEFORE, before=before, at_most=limit)
        return [EndedTicket(row["id"], row["team"], not Status(row["status"]).is_live) for row in rows]


def _answer(row: Row) -> EarlierAnswer:
    return EarlierAnswer(
        ticket=row["ticket_id"],
        message=row["message_id"],
        team=row["team"],
        community=row["community"],
        question=row["question"],
        text=row["text"],
        language=row["language"],
        said_at=instant(row["said_at"]),
    )
