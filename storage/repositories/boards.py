"""Boards of escalation channels, and running timers by team: a statement each, through a team's live tickets."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, bindparam, select, text, true, update

from bot.domain.directory import ChannelRef
from bot.ports.storage.boards import KeptBoard, RunningTarget
from storage.engine.columns import Row, from_json, instant, micros, to_json
from storage.engine.session import Session
from storage.engine.statements import ListedIn
from storage.repositories.sla_timers import timer_from
from storage.repositories.tickets import ticket_from
from storage.tables.desk import conversations, is_live, sla_policies, sla_timers, tickets
from storage.tables.tickets.boards import boards

ALL = select(boards, conversations.c.platform, conversations.c.channel).join(
    conversations, conversations.c.id == boards.c.conversation_id
)
FIND = select(boards).where(boards.c.conversation_id == bindparam("conversation"))
BEGIN: Final = text(
    "INSERT INTO boards (conversation_id, number, begun_at, refreshed_at, is_calm, has_ended)"
    " VALUES (:conversation, :number, :now, :now, :is_calm, false)"
    " ON CONFLICT (conversation_id) DO UPDATE SET number = excluded.number, begun_at = excluded.begun_at,"
    " refreshed_at = excluded.refreshed_at, is_calm = excluded.is_calm, has_ended = false"
    " WHERE boards.number < excluded.number"
)
REFRESH = (
    update(boards)
    .where(
        boards.c.conversation_id == bindparam("conversation"), boards.c.refreshed_at <= bindparam("before")
    )
    .values(refreshed_at=bindparam("now"), is_calm=bindparam("calm"))
)
END = update(boards).where(boards.c.conversation_id == bindparam("conversation")).values(has_ended=true())
STAGES = select(sla_policies.c.key, sla_policies.c.body).where(ListedIn(sla_policies.c.key, "policies"))

_TIMER: Final = "timer_"


def _running(*conditions: ColumnElement[bool]) -> Select[Any]:
    """Running timers of live tickets, soonest due first."""
    columns = [column.label(f"{_TIMER}{column.name}") for column in sla_timers.columns]
    return (
        select(tickets, *columns)
        .join(sla_timers, sla_timers.c.ticket_id == tickets.c.id)
        .where(
            ListedIn(tickets.c.team, "teams"),
            is_live(tickets.c.status),
            sla_timers.c.running_since.is_not(None),
            sla_timers.c.due_at.is_not(None),
            *conditions,
        )
        .order_by(sla_timers.c.due_at, sla_timers.c.id)
        .limit(bindparam("at_most"))
    )


DUE_BY = _running(sla_timers.c.due_at <= bindparam("by"))
DUE_BETWEEN = _running(sla_timers.c.due_at <= bindparam("by"), tickets.c.due_at > bindparam("after"))


class SqlBoards:
    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> Mapping[ChannelRef, KeptBoard]:
        rows = self._session.fetch(ALL)
        return {ChannelRef(row["platform"], row["channel"]): board_from(row) for row in rows}

    def find(self, conversation: int) -> KeptBoard | None:
        row = self._session.fetch_one(FIND, conversation=conversation)
        return None if row is None else board_from(row)

    def begin(self, conversation: int, *, number: int, is_calm: bool, now: datetime) -> bool:
        at = micros(now)
        return (
            self._session.count(BEGIN, conversation=conversation, number=number, is_calm=is_calm, now=at) > 0
        )

    def refresh(self, conversation: int, *, is_calm: bool, before: datetime, now: datetime) -> bool:
        return (
            self._session.count(
                REFRESH, conversation=conversation, calm=is_calm, before=micros(before), now=micros(now)
            )
            > 0
        )

    def end(self, conversation: int) -> None:
        self._session.write(END, conversation=conversation)

    def due_by(
        self, teams: Iterable[str], at: datetime, *, after: datetime | None = None, limit: int
    ) -> Sequence[RunningTarget]:
        asked = {"teams": to_json(sorted(teams)), "by": micros(at), "at_most": limit}
        if after is None:
            rows = self._session.fetch(DUE_BY, **asked)
        else:
            rows = self._session.fetch(DUE_BETWEEN, after=micros(after), **asked)
        return [running_from(row) for row in rows]

    def stages(self, policies: Iterable[str]) -> Mapping[str, Sequence[Mapping[str, object]]]:
        listed = to_json(sorted(set(policies)))
        rows = self._session.fetch(STAGES, policies=listed)
        return {row["key"]: from_json(row["body"]).get("stages", []) for row in rows}


def board_from(row: Row) -> KeptBoard:
    return KeptBoard(
        conversation=row["conversation_id"],
        number=row["number"],
        begun_at=instant(row["begun_at"]),
        refreshed_at=instant(row["refreshed_at"]),
        is_calm=bool(row["is_calm"]),
        has_ended=bool(row["has_ended"]),
    )


def running_from(row: Row) -> RunningTarget:
    timer = {name.removeprefix(_TIMER): value for name, value in row.items() if name.startswith(_TIMER)}
    return RunningTarget(ticket_from(row), timer_from(timer))
