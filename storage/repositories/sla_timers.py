"""SLA timers, the policies' copies they run by, and the tickets whose next stage has come."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, delete, select, update

from bot.domain.sla.timer import Measure, SlaTimer
from bot.domain.tickets.ticket import Ticket
from storage.engine.columns import (
    Row,
    clean,
    from_json,
    instant,
    instant_or_none,
    micros_or_none,
    span,
    to_json,
)
from storage.engine.read_ahead import ReadAhead, ReadTogether
from storage.engine.session import Session
from storage.engine.statements import Insertion, ListedIn
from storage.engine.write_cache import WriteCache
from storage.repositories.tickets import lock_due, locking_due
from storage.tables.desk import sla_policies, sla_timers

POLICY: Final = Insertion(sla_policies, ("key", "body"), on_conflict=" ON CONFLICT (key) DO NOTHING")
COLUMNS: Final = tuple(sla_timers.columns.keys())
TIMER: Final = Insertion(sla_timers, COLUMNS)
CHANGING: Final = tuple(name for name in COLUMNS if name not in ("id", "ticket_id", "measure", "cycle_at"))

POLICY_BODY = select(sla_policies.c.body).where(sla_policies.c.key == bindparam("policy"))
OF_TICKET = (
    select(sla_timers).where(sla_timers.c.ticket_id == bindparam("ticket_id")).order_by(sla_timers.c.id)
)
OF_TICKETS = select(sla_timers).where(ListedIn(sla_timers.c.ticket_id, "listed")).order_by(sla_timers.c.id)
SAVE = (
    update(sla_timers)
    .where(sla_timers.c.id == bindparam("the_id"))
    .values({name: bindparam(name) for name in CHANGING})
)
REMOVE = delete(sla_timers).where(sla_timers.c.id == bindparam("the_id"))
LOCK_DUE = locking_due(sla_timers.c.next_at, of=sla_timers.c.ticket_id)
NEXT_DUE = (
    select(sla_timers.c.next_at)
    .where(sla_timers.c.next_at.is_not(None))
    .order_by(sla_timers.c.next_at)
    .limit(1)
)


class SqlSlaTimers:
    def __init__(self, session: Session, *, known: WriteCache, ahead: ReadAhead) -> None:
        self._session = session
        self._known = known
        self._together = ReadTogether(ahead.tickets, self.of_tickets)

    def copy_policy(self, body: Mapping[str, Any]) -> str:
        known = self._known.key_of(body)
        if known is not None:
            return known
        written = clean(to_json(body, is_sorted=True))
        key = hashlib.sha256(written.encode()).hexdigest()
        if not self._known.is_policy(key):
            self._session.insert(POLICY, {"key": key, "body": written})
        self._session.after_commit(lambda: self._known.note_policy(body, key))
        return key

    def policy(self, key: str) -> Mapping[str, Any]:
        row = self._session.fetch_one(POLICY_BODY, policy=key)
        if row is None:
            raise LookupError(f"there is no copy of an SLA policy with the key {key}")
        body: Mapping[str, Any] = from_json(row["body"])
        return body

    def add(self, timers: Sequence[SlaTimer]) -> None:
        for timer in timers:
            self._session.insert(TIMER, row_of(timer))

    def of_ticket(self, ticket_id: int) -> Sequence[SlaTimer]:
        if ticket_id in self._together:
            return self._together[ticket_id] or ()
        return [timer_from(row) for row in self._session.fetch(OF_TICKET, ticket_id=ticket_id)]

    def of_tickets(self, ids: Iterable[int]) -> Mapping[int, Sequence[SlaTimer]]:
        timers: dict[int, list[SlaTimer]] = {each: [] for each in ids}
        for row in self._session.fetch(OF_TICKETS, listed=to_json(sorted(timers))) if timers else ():
            timers[row["ticket_id"]].append(timer_from(row))
        return timers

    def save(self, timer: SlaTimer) -> None:
        row = row_of(timer)
        self._session.write(SAVE, the_id=timer.id, **{name: row[name] for name in CHANGING})

    def remove(self, timer: SlaTimer) -> None:
        self._session.write(REMOVE, the_id=timer.id)

    def lock_due_tickets(self, now: datetime, *, limit: int) -> Sequence[Ticket]:
        return lock_due(self._session, LOCK_DUE, now=now, limit=limit)

    def next_due_at(self) -> datetime | None:
        row = self._session.fetch_one(NEXT_DUE)
        return None if row is None else instant(row["next_at"])


def row_of(timer: SlaTimer) -> Row:
    return {
        "id": timer.id,
        "ticket_id": timer.ticket_id,
        "measure": timer.measure,
        "target": span(timer.target),
        "spent": span(timer.spent),
        "running_since": micros_or_none(timer.running_since),
        "due_at": micros_or_none(timer.due_at),
        "next_at": micros_or_none(timer.next_at),
        "stage": timer.stage,
        "announced": len(timer.told),
        "reached": _as_bits(timer.reached),
        "told": _as_bits(timer.told),
        "cycle_at": micros_or_none(timer.cycle_at),
        "paused_at": micros_or_none(timer.paused_at),
        "stopped_at": micros_or_none(timer.stopped_at),
        "breached_at": micros_or_none(timer.breached_at),
        "policy_target": span(timer.policy_target),
        "counts_from": span(timer.counts_from),
    }


def timer_from(row: Row) -> SlaTimer:
    return SlaTimer(
        id=row["id"],
        ticket_id=row["ticket_id"],
        measure=Measure(row["measure"]),
        target=timedelta(microseconds=row["target"]),
        spent=timedelta(microseconds=row["spent"]),
        running_since=instant_or_none(row["running_since"]),
        due_at=instant_or_none(row["due_at"]),
        next_at=instant_or_none(row["next_at"]),
        reached=_from_bits(row["reached"]),
        told=_from_bits(row["told"]),
        cycle_at=instant_or_none(row["cycle_at"]),
        paused_at=instant_or_none(row["paused_at"]),
        stopped_at=instant_or_none(row["stopped_at"]),
        breached_at=instant_or_none(row["breached_at"]),
        policy_target=timedelta(microseconds=row["policy_target"]),
        counts_from=timedelta(microseconds=row["counts_from"]),
    )


def _as_bits(stages: frozenset[int]) -> int:
    """A set of stages, by their places in the policy, as one number."""
    return sum(1 << index for index in stages)


def _from_bits(bits: int) -> frozenset[int]:
    return frozenset(index for index in range(bits.bit_length()) if bits >> index & 1)
