"""What has arrived, by the key of the thing said; and changes that came before their message.

A change that is early takes the row of its message's key. When the message arrives it is first all the
same, and finds the change in the row it would have inserted: the usual way costs one statement.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, select, text, true, update

from bot.ports.storage.inbound_events import Arrival
from storage.engine.columns import from_json, index_key, micros, to_json
from storage.engine.session import Session
from storage.tables.desk import inbound_events

ARRIVE: Final = text(
    "INSERT INTO inbound_events (key, arrived_at, early, is_early) VALUES (:key, :now, NULL, false)"
    " ON CONFLICT (key) DO UPDATE SET is_early = false WHERE inbound_events.is_early"
    " RETURNING early"
)
COME_EARLY: Final = text(
    "INSERT INTO inbound_events (key, arrived_at, early, is_early) VALUES (:key, :now, :change, true)"
    " ON CONFLICT (key) DO NOTHING"
)
_is_early = (inbound_events.c.key == bindparam("message")) & (inbound_events.c.is_early == true())
EARLY = select(inbound_events.c.early).where(_is_early).with_for_update()
REPLACE_EARLY = update(inbound_events).where(_is_early).values(early=bindparam("change"))
TAKE_EARLY = delete(inbound_events).where(_is_early).returning(inbound_events.c.early)
_oldest = (
    select(inbound_events.c.key)
    .where(inbound_events.c.arrived_at < bindparam("at"))
    .order_by(inbound_events.c.arrived_at)
    .limit(bindparam("at_most"))
)
FORGET = delete(inbound_events).where(inbound_events.c.key.in_(_oldest))


class SqlInboundEvents:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._arrived: dict[str, str | None] = {}
        """Early changes, as found on arrival, by the keys that arrived in this transaction."""

    def arrive(self, key: str, *, now: datetime) -> Arrival:
        """On PostgreSQL the same key in another transaction waits here until that one ends."""
        row = self._session.fetch_one(ARRIVE, key=index_key(key), now=micros(now))
        if row is None:
            return Arrival.REPEATED
        self._arrived[key] = row["early"]
        return Arrival.FIRST

    def keep_early(self, message_key: str, change: Mapping[str, Any], *, now: datetime) -> None:
        """A change without `revision` is a deletion, and newer than any edit."""
        message_key = index_key(message_key)
        if self._session.count(COME_EARLY, key=message_key, now=micros(now), change=to_json(change)):
            return
        row = self._session.fetch_one(EARLY, message=message_key)
        if row is not None and age(change) > age(from_json(row["early"])):
            self._session.write(REPLACE_EARLY, message=message_key, change=to_json(change))

    def take_early(self, message_key: str) -> Mapping[str, Any] | None:
        """Costs nothing for a key that arrived in this transaction."""
        if message_key in self._arrived:
            early, self._arrived[message_key] = self._arrived[message_key], None
        else:
            row = self._session.fetch_one(TAKE_EARLY, message=index_key(message_key))
            early = row["early"] if row is not None else None
        return None if early is None else dict(from_json(early))

    def forget_before(self, at: datetime, *, limit: int) -> int:
        return self._session.count(FORGET, at=micros(at), at_most=limit)


def age(change: Mapping[str, Any]) -> tuple[bool, str]:
    """What sorts changes of one message from oldest to newest."""
    return ("revision" not in change, str(change.get("revision", "")))
