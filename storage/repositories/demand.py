"""The requests that came: their words from the search index's documents, their numbers counted by the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Text, cast, func, literal, select

from bot.domain.search.visibility import Visibility
from bot.ports.storage.demand import SLICE, AskedRequest, RequestCount
from storage.engine.columns import Row, instant, micros, span
from storage.engine.session import Session
from storage.repositories.figures.periods import of_teams
from storage.repositories.figures.requests import OPENED_FOR, with_first_move
from storage.repositories.search.visibility import is_seen
from storage.tables.desk import big, tickets
from storage.tables.search import search_documents

_REFERENCE: Final = tickets.c.prefix + "-" + cast(tickets.c.number, Text)
ASKED: Final = tickets.outerjoin(search_documents, search_documents.c.id == tickets.c.opening)
ASKED_COLUMNS: Final = (
    tickets.c.id,
    _REFERENCE.label("reference"),
    tickets.c.subject,
    func.coalesce(search_documents.c.words, "").label("words"),
    tickets.c.requester,
    tickets.c.language,
    tickets.c.opened_at,
)
"""What an `AskedRequest` is made of, from `ASKED`."""


class SqlDemand:
    def __init__(self, session: Session) -> None:
        self._session = session

    def requests(
        self,
        *,
        since: datetime,
        until: datetime,
        teams: frozenset[str] | None,
        visibility: Visibility,
        limit: int,
    ) -> Sequence[AskedRequest]:
        question = (
            select(*ASKED_COLUMNS)
            .select_from(ASKED)
            .where(*_opened(since, until, teams), is_seen(visibility))
            .order_by(tickets.c.opened_at.desc(), tickets.c.id.desc())
            .limit(limit)
        )
        return [asked_from(row) for row in self._session.fetch_made(question)]

    def counts(
        self, *, since: datetime, until: datetime, teams: frozenset[str] | None
    ) -> Sequence[RequestCount]:
        begins = (tickets.c.opened_at // literal(span(SLICE), type_=big())).label("slice")
        question = (
            select(OPENED_FOR.label("team"), begins, func.count().label("requests"))
            .select_from(with_first_move(tickets))
            .where(*_opened(since, until, None), *of_teams(OPENED_FOR, teams))
            .group_by(OPENED_FOR, begins)
            .order_by(begins, OPENED_FOR)
        )
        return [
            RequestCount(
                team=row["team"],
                begins=instant(row["slice"] * span(SLICE)),
                requests=row["requests"],
            )
            for row in self._session.fetch_made(question)
        ]


def asked_from(row: Row) -> AskedRequest:
    return AskedRequest(**{**row, "opened_at": instant(row["opened_at"])})


def _opened(since: datetime, until: datetime, teams: frozenset[str] | None) -> Sequence[ColumnElement[bool]]:
    window = [
        tickets.c.opened_at >= literal(micros(since), type_=big()),
        tickets.c.opened_at < literal(micros(until), type_=big()),
    ]
    return window if teams is None else [*window, tickets.c.team.in_(sorted(teams))]
