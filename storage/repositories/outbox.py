"""The outbox: what another person must still see, in the order of each conversation.

State rows say what should be true and are found by kind, conversation and subject; once rows by their own
key. Both live under one unique `key`, so wishes and tellings of a transaction are one statement, in order.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import Any

from bot.domain.sentence import Sentence
from bot.domain.tickets.conversation import Conversation
from bot.ports.storage.outbox import CurrentAlert, OutboxRow, RowKind, RowState, UnsentRow
from storage.engine.columns import Row, from_json, index_key, instant, micros, span, to_json
from storage.engine.session import Session
from storage.repositories import outbox_statements as sql
from storage.repositories.conversations import conversation_from

_ONCE = "once:"
_SENTENCE = '{"key":'
"""So begins a sentence as it is kept."""


class SqlOutbox:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._wished: set[str] = set()
        self._to_show_again: set[str] = set()
        self._alerts_to_show: set[int] = set()
        self._whole: set[int] = set()

    def put_state(
        self, kind: RowKind, *, conversation: int, subject: int, now: datetime, is_root: bool = False
    ) -> None:
        """Wishes of one transaction are one wish: what is shown is rendered after its commit."""
        key = f"{kind}:{conversation}:{subject}"
        self._put(key, kind, conversation=conversation, subject=subject, now=now, is_root=is_root)

    def put_once(
        self,
        kind: RowKind,
        *,
        conversation: int,
        key: str,
        payload: Mapping[str, Any],
        now: datetime,
        subject: int = 0,
        is_urgent: bool = False,
        held_for: timedelta | None = None,
    ) -> None:
        self._put(
            _once(key),
            kind,
            conversation=conversation,
            subject=subject,
            now=now,
            payload=to_json(payload),
            is_urgent=is_urgent,
        )
        self._hold(_once(key), held_for)

    def unsent(self, kind: RowKind, *, conversation: int) -> UnsentRow | None:
        if self._session.locks_rows:  # where there is no row yet, another replica is about to write one, too
            self._session.write(sql.LOCK_CONVERSATION, the_conversation=conversation)
        row = self._session.fetch_one(sql.UNSENT, the_conversation=conversation, the_kind=kind)
        if row is None:
            return None
        return UnsentRow(id=row["id"], key=row["key"].removeprefix(_ONCE), payload=from_json(row["payload"]))

    def amend(self, row: UnsentRow, *, payload: Mapping[str, Any], held_for: timedelta | None = None) -> None:
        self._session.write(sql.AMEND, row=row.id, the_payload=to_json(payload))
        self._hold(_once(row.key), held_for)
        self._session.wakes_delivery = True

    def may_be_shown(self, kind: RowKind, *, conversation: int, subject: int) -> bool:
        found = self._session.fetch_one(sql.MAY_BE_SHOWN, the_key=f"{kind}:{conversation}:{subject}")
        return found is not None

    def payload_of(self, key: str) -> Mapping[str, Any] | None:
        row = self._session.fetch_one(sql.PAYLOAD, the_key=_once(key))
        return None if row is None else dict(from_json(row["payload"]))

    def key_shown(self, conversation: int, *, post: str) -> str | None:
        row = self._session.fetch_one(sql.SHOWN, the_conversation=conversation, the_parts=to_json([post]))
        return None if row is None else row["key"].removeprefix(_ONCE)

    def payloads_of(self, keys: Iterable[str]) -> Mapping[str, Mapping[str, Any]]:
        listed = sorted({_once(key) for key in keys})
        if not listed:
            return {}
        rows = self._session.fetch(sql.PAYLOADS, listed=to_json(listed))
        return {row["key"].removeprefix(_ONCE): from_json(row["payload"]) for row in rows}

    def notices_in(self, conversations: Iterable[int]) -> Mapping[str, Mapping[str, Any]]:
        rows = self._session.fetch(sql.NOTICES_IN, listed=to_json(sorted(set(conversations))))
        return {row["key"].removeprefix(_ONCE): from_json(row["payload"]) for row in rows}

    def revise(self, key: str, payload: Mapping[str, Any]) -> None:
        self._session.write(sql.REVISE, the_key=_once(key), new_payload=to_json(payload))
        self.show_again([key])

    def show_again(self, keys: Iterable[str]) -> None:
        """At the end, in one statement: a message tells of many tickets, so many transactions want its row."""
        self._show_at_the_end(keys={_once(key) for key in keys})

    def show_whole(self, conversations: Iterable[int]) -> None:
        self._show_at_the_end(whole=set(conversations))

    def current_alerts(self, conversation: int) -> Sequence[CurrentAlert]:
        return [
            CurrentAlert(
                id=row["id"],
                key=row["key"].removeprefix(_ONCE),
                payload=from_json(row["payload"]),
                is_shown=bool(from_json(row["parts"])),
            )
            for row in self._session.fetch(sql.CURRENT_ALERTS, the_conversation=conversation)
        ]

    def has_alert_before(self, row: int, *, conversation: int) -> bool:
        found = self._session.fetch_one(sql.FIRST_ALERT, the_conversation=conversation)
        return found is not None and found["id"] < row

    def has_unsent_alert_after(self, row: int, *, conversation: int) -> bool:
        found = self._session.fetch_one(sql.UNSENT_ALERT_AFTER, the_conversation=conversation, row=row)
        return found is not None

    def newest_alert_shown(self, conversation: int) -> int | None:
        row = self._session.fetch_one(sql.NEWEST_ALERT_SHOWN, the_conversation=conversation)
        return None if row is None else row["id"]

    def show_alerts(self, conversations: Iterable[int]) -> None:
        """At the end, after what `show_again` wants, in every transaction alike."""
        self._show_at_the_end(alerts_in=set(conversations))

    def claim(self, *, limit: int, lease: timedelta, new_only: bool = False) -> Sequence[OutboxRow]:
        """In the order of their tickets: workers that settle a batch in it lock tickets in one order."""
        rows = self._session.fetch(sql.CLAIMABLE_NEW if new_only else sql.CLAIMABLE, at_most=limit)
        if not rows:
            return []
        token = secrets.token_hex(8)
        ids = to_json([row["id"] for row in rows])
        self._session.write(sql.LEASE, ids=ids, token=token, lasting=span(lease))
        claimed = [row_from(row | {"lease": token, "state": RowState.LEASED}) for row in rows]
        return sorted(claimed, key=_in_order_of_tickets)

    def lock_for(self, rows: Sequence[OutboxRow]) -> None:
        """Where transactions run beside one another: tickets first, then rows of none, each in their order."""
        if not self._session.locks_rows:
            return
        of_tickets = {each for row in rows if (each := row.conversation.ticket_id) is not None}
        of_none = {row.id for row in rows if row.conversation.ticket_id is None}
        for statement, listed in ((sql.LOCK_TICKETS, of_tickets), (sql.LOCK_ROWS, of_none)):
            if listed:
                self._session.write(statement, listed=to_json(sorted(listed)))

    def settle(self, row: OutboxRow, *, parts: tuple[str, ...] | None) -> None:
        self.lock_for([row])
        self.settle_many([(row, parts)])

    def settle_many(self, shown: Sequence[tuple[OutboxRow, tuple[str, ...] | None]]) -> None:
        if not shown:
            return
        delivered = [_delivered(row, parts) for row, parts in shown]
        statements = sql.ON_POSTGRES if self._session.writes_in_ctes else sql.ON_SQLITE
        listed = to_json(delivered)
        if any(root is not None for *_, root in delivered):
            self._session.write(statements.set_roots, listed=listed)
        self._session.write(statements.settle, listed=listed)
        self._session.wakes_delivery = True  # the next row of the conversation may go now

    def postpone(self, row: OutboxRow, *, after: timedelta, error: Sentence, is_counted: bool) -> None:
        """A counted attempt may have reached the platform, so the next one is a retry."""
        self._session.lock_ticket(row.conversation.ticket_id)
        self._session.write(
            sql.POSTPONE,
            row=row.id,
            token=row.lease,
            after=span(after),
            error=to_json(error),
            counted=int(is_counted),
            is_unknown=is_counted or row.is_retry,
        )

    def give_up(self, row: OutboxRow, state: RowState, *, error: Sentence) -> None:
        self._session.lock_ticket(row.conversation.ticket_id)
        if state is not RowState.DROPPED and _lacks_root(row.conversation):
            self._session.write(sql.PARK_WAITING, row=row.id, token=row.lease, error=to_json(error))
        self._session.write(sql.GIVE_UP, row=row.id, token=row.lease, the_state=state, error=to_json(error))
        self._session.wakes_delivery = True

    def park_conversation(self, conversation_id: int, *, error: Sentence) -> None:
        self._session.write(sql.LOCK_TICKET_OF_CONVERSATION, the_conversation=conversation_id)
        self._session.write(sql.PARK_CONVERSATION, the_conversation=conversation_id, error=to_json(error))

    def rescue(self) -> int:
        return self._rescued(self._session.count(sql.RESCUE))

    def rescue_all(self) -> int:
        """Every lease is stale and every back-off over: for the only desk on its database, at its start."""
        self._session.write(sql.END_BACK_OFF)
        return self._rescued(self._session.count(sql.RESCUE_ALL))

    def listing(self, states: Iterable[RowState], *, limit: int = 50) -> Sequence[OutboxRow]:
        return [row_from(row) for row in self._session.fetch_made(sql.listing(states, limit=limit))]

    def get(self, row_id: int) -> OutboxRow | None:
        row = self._session.fetch_one(sql.GET, row=row_id)
        return None if row is None else row_from(row)

    def retry(self, row_id: int) -> bool:
        """With a conversation's first message, all that waits for it is made due again."""
        self._session.write(sql.LOCK_TICKET_OF_ROW, row=row_id)
        is_there = self._session.count(sql.RETRY, row=row_id) > 0
        if is_there:
            self._session.write(sql.UNPARK_WAITING, row=row_id)
            self._session.wakes_delivery = True
        return is_there

    def drop(self, row_id: int) -> bool:
        return self._session.count(sql.DROP, row=row_id) > 0

    def count_by_state(self) -> Mapping[RowState, int]:
        rows = self._session.fetch(sql.BY_STATE)
        return {RowState(row["state"]): row["many"] for row in rows if row["many"]}

    def oldest_unshown(self) -> datetime | None:
        found = [self._session.fetch_one(sql.OLDEST_UNSHOWN, urgent=urgent) for urgent in (True, False)]
        return min((instant(row["created_at"]) for row in found if row is not None), default=None)

    def is_settled(self, *, new_only: bool = False) -> bool:
        return self._session.fetch_one(sql.ANY_UNSETTLED_NEW if new_only else sql.ANY_UNSETTLED) is None

    def _show_at_the_end(
        self,
        *,
        keys: AbstractSet[str] = frozenset(),
        alerts_in: AbstractSet[int] = frozenset(),
        whole: AbstractSet[int] = frozenset(),
    ) -> None:
        if (keys or alerts_in or whole) and not (self._to_show_again or self._alerts_to_show or self._whole):
            self._session.at_the_end(self._show_again)
        self._to_show_again |= keys
        self._alerts_to_show |= alerts_in
        self._whole |= whole

    def _show_again(self) -> None:
        if self._to_show_again:
            self._session.write(sql.SHOW_AGAIN, keys=to_json(sorted(self._to_show_again)))
        if self._alerts_to_show:
            self._session.write(sql.SHOW_ALERTS, conversations=to_json(sorted(self._alerts_to_show)))
        if self._whole:
            self._session.write(sql.SHOW_WHOLE, conversations=to_json(sorted(self._whole)))
        self._session.wakes_delivery = True

    def _put(
        self,
        key: str,
        kind: RowKind,
        *,
        conversation: int,
        subject: int,
        now: datetime,
        payload: str = "{}",
        is_root: bool = False,
        is_urgent: bool = False,
    ) -> None:
        self._session.wakes_delivery = True
        if key in self._wished:  # one statement may not touch a row twice
            return
        self._wished.add(key)
        self._session.insert(
            sql.ROW,
            {
                "conversation_id": conversation,
                "kind": kind,
                "subject": subject,
                "key": key,
                "payload": payload,
                "is_root": is_root,
                "is_urgent": is_urgent,
                "created_at": micros(now),
            },
        )

    def _hold(self, key: str, held_for: timedelta | None) -> None:
        if held_for is not None:
            self._session.write(sql.HOLD, the_key=key, lasting=span(held_for))

    def _rescued(self, many: int) -> int:
        self._session.wakes_delivery = self._session.wakes_delivery or many > 0
        return many


def _once(key: str) -> str:
    return f"{_ONCE}{index_key(key)}"


def _in_order_of_tickets(row: OutboxRow) -> tuple[bool, int, int]:
    """Rows of no ticket last, as a ticket's transaction writes them after its lock."""
    ticket_id = row.conversation.ticket_id
    return (ticket_id is None, ticket_id or 0, row.id)


def _delivered(row: OutboxRow, parts: tuple[str, ...] | None) -> tuple[object, ...]:
    """As the statements read it; its last is the root that the conversation gets, if it has none."""
    written = None if parts is None else to_json(parts)
    root = parts[0] if parts and _lacks_root(row.conversation) else None
    return (row.id, row.lease, row.wanted, written, row.conversation.id, root)


def _lacks_root(conversation: Conversation) -> bool:
    return conversation.root is None and conversation.ticket_id is not None


def row_from(row: Row) -> OutboxRow:
    return OutboxRow(
        id=row["id"],
        kind=RowKind(row["kind"]),
        conversation=conversation_from(row, prefix="conversation_"),
        subject=row["subject"],
        payload=from_json(row["payload"]),
        wanted=row["wanted"],
        shown=row["shown"],
        parts=tuple(from_json(row["parts"])),
        attempts=row["attempts"],
        is_retry=bool(row["is_retry"]),
        lease=row["lease"],
        state=RowState(row["state"]),
        last_error=_error_from(row["last_error"]),
        key=row["key"].removeprefix(_ONCE),
        created_at=instant(row["created_at"]),
    )


def _error_from(written: str) -> Sentence | None:
    """None where nothing failed; what was written before sentences were kept is plain text."""
    if not written:
        return None
    return Sentence.from_json(from_json(written) if written.startswith(_SENTENCE) else written)
