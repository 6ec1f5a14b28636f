"""Changes of many tickets, and what became of each ticket."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Boolean, bindparam, delete, func, literal, null, or_, select, update

from bot.domain.bulk_changes.bulk_change import (
    BulkAction,
    BulkChange,
    BulkItem,
    BulkOutcome,
    BulkStage,
    BundledNotice,
)
from bot.domain.notices.notice_record import NoticeEvent
from bot.domain.sentence import Sentence
from storage.engine.columns import Row, from_json, instant, instant_or_none, micros, micros_or_none, to_json
from storage.engine.session import Session
from storage.engine.statements import Insertion, ListedIn
from storage.repositories.bulk_changes.ticket_snapshots import snapshot_from, written_snapshot
from storage.tables.bulk_changes import IS_OPEN, bulk_changes, bulk_items

CHANGE: Final = Insertion(bulk_changes, tuple(bulk_changes.columns.keys()))
ITEM: Final = Insertion(bulk_items, tuple(bulk_items.columns.keys()))
STATES: Final = ("before", "after")

_is_of_change = bulk_items.c.change_id == bindparam("of_change")
_is_the_item = _is_of_change & (bulk_items.c.ticket_id == bindparam("of_ticket"))

GET = select(bulk_changes).where(bulk_changes.c.id == bindparam("change"))
LOCK = GET.with_for_update(key_share=True)
SAVE = (
    update(bulk_changes)
    .where(bulk_changes.c.id == bindparam("change"))
    .values({name: bindparam(name) for name in ("action", "details", "stage", "ended_at")})
)
LAST_OF = (
    select(bulk_changes)
    .where(bulk_changes.c.actor == bindparam("of_actor"), bulk_changes.c.stage != BulkStage.CHOSEN.value)
    .order_by(
        or_(*(bulk_changes.c.stage == each.value for each in (BulkStage.RUNNING, BulkStage.DONE))).desc(),
        bulk_changes.c.chosen_at.desc(),
        bulk_changes.c.id.desc(),
    )
    .limit(1)
)
NEWEST_OF = (
    select(bulk_changes)
    .where(bulk_changes.c.actor == bindparam("of_actor"), bulk_changes.c.stage != BulkStage.CHOSEN.value)
    .order_by(bulk_changes.c.chosen_at.desc(), bulk_changes.c.id.desc())
    .limit(1)
)
IN_STAGES = (
    select(bulk_changes)
    .where(IS_OPEN, ListedIn(bulk_changes.c.stage, "stages"))
    .order_by(bulk_changes.c.chosen_at, bulk_changes.c.id)
)
ITEMS = (
    select(*(column for column in bulk_items.columns if column.name not in STATES))
    .where(_is_of_change)
    .order_by(bulk_items.c.place)
)
ONE_ITEM = select(bulk_items).where(_is_the_item)
CHOOSE = (
    update(bulk_items)
    .where(_is_of_change, ListedIn(bulk_items.c.ticket_id, "listed"))
    .values(is_chosen=bindparam("chosen", type_=Boolean()))
)
SETTLE = (
    update(bulk_items)
    .where(_is_the_item)
    .values({name: bindparam(name) for name in ("outcome", "reason", *STATES, "told")})
)
COUNT = (
    select(bulk_items.c.outcome, func.count().label("many"))
    .where(_is_of_change, bulk_items.c.is_chosen == literal(value=True))
    .group_by(bulk_items.c.outcome)
)
FORGET_STATES = update(bulk_items).where(_is_of_change).values(before=null(), after=null())
UNUSED = select(bulk_changes.c.id).where(
    bulk_changes.c.stage == BulkStage.CHOSEN.value, bulk_changes.c.chosen_at < bindparam("earliest")
)
REMOVE_ITEMS = delete(bulk_items).where(ListedIn(bulk_items.c.change_id, "listed"))
REMOVE_CHANGES = delete(bulk_changes).where(ListedIn(bulk_changes.c.id, "listed"))


class SqlBulkChanges:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, change: BulkChange, tickets: Sequence[int]) -> None:
        self._session.insert(CHANGE, row_of(change))
        for place, ticket in enumerate(tickets):
            item = BulkItem(change=change.id, ticket=ticket, place=place)
            self._session.insert(ITEM, _item_row(item))

    def find(self, change_id: int) -> BulkChange | None:
        return self._one(self._session.fetch_one(GET, change=change_id))

    def lock(self, change_id: int) -> BulkChange | None:
        return self._one(self._session.fetch_one(LOCK, change=change_id))

    def save(self, change: BulkChange) -> None:
        row = row_of(change)
        kept = {name: row[name] for name in ("action", "details", "stage", "ended_at")}
        self._session.write(SAVE, change=change.id, **kept)

    def last_of(self, actor: str) -> BulkChange | None:
        return self._one(self._session.fetch_one(LAST_OF, of_actor=actor))

    def newest_of(self, actor: str) -> BulkChange | None:
        return self._one(self._session.fetch_one(NEWEST_OF, of_actor=actor))

    def in_stages(self, stages: Iterable[BulkStage]) -> Sequence[BulkChange]:
        rows = self._session.fetch(IN_STAGES, stages=to_json(sorted(stages)))
        return [change_from(row) for row in rows]

    def items(self, change_id: int) -> Sequence[BulkItem]:
        return [_item_from(row) for row in self._session.fetch(ITEMS, of_change=change_id)]

    def item(self, change_id: int, ticket_id: int) -> BulkItem | None:
        row = self._session.fetch_one(ONE_ITEM, of_change=change_id, of_ticket=ticket_id)
        return None if row is None else _item_from(row)

    def choose(self, change_id: int, tickets: Iterable[int], *, among: Iterable[int]) -> None:
        asked, chosen = set(among), set(tickets)
        for listed, is_chosen in ((asked & chosen, True), (asked - chosen, False)):
            if listed:
                self._session.write(
                    CHOOSE, of_change=change_id, listed=to_json(sorted(listed)), chosen=is_chosen
                )

    def settle(self, item: BulkItem) -> None:
        row = _item_row(item)
        kept = {name: row[name] for name in ("outcome", "reason", *STATES, "told")}
        self._session.write(SETTLE, of_change=item.change, of_ticket=item.ticket, **kept)

    def count(self, change_id: int) -> Mapping[BulkOutcome, int]:
        rows = self._session.fetch(COUNT, of_change=change_id)
        return dict.fromkeys(BulkOutcome, 0) | {BulkOutcome(row["outcome"]): row["many"] for row in rows}

    def forget_states(self, change_id: int) -> None:
        self._session.write(FORGET_STATES, of_change=change_id)

    def forget_unused(self, *, before: datetime) -> int:
        unused = [row["id"] for row in self._session.fetch(UNUSED, earliest=micros(before))]
        if unused:
            self._session.write(REMOVE_ITEMS, listed=to_json(unused))
            self._session.write(REMOVE_CHANGES, listed=to_json(unused))
        return len(unused)

    def _one(self, row: Row | None) -> BulkChange | None:
        return None if row is None else change_from(row)


def row_of(change: BulkChange) -> Row:
    return {
        "id": change.id,
        "actor": change.actor,
        "query": change.query,
        "action": change.action,
        "details": to_json(dict(change.details)),
        "stage": change.stage,
        "chosen_at": micros(change.chosen_at),
        "ended_at": micros_or_none(change.ended_at),
    }


def change_from(row: Row) -> BulkChange:
    return BulkChange(
        id=row["id"],
        actor=row["actor"],
        query=row["query"],
        action=BulkAction(row["action"]) if row["action"] else None,
        details=from_json(row["details"]),
        stage=BulkStage(row["stage"]),
        chosen_at=instant(row["chosen_at"]),
        ended_at=instant_or_none(row["ended_at"]),
    )


def _item_row(item: BulkItem) -> Row:
    return {
        "change_id": item.change,
        "ticket_id": item.ticket,
        "place": item.place,
        "is_chosen": item.is_chosen,
        "outcome": item.outcome,
        "reason": to_json(item.reason.to_json()) if item.reason is not None else None,
        "before": written_snapshot(item.before),
        "after": written_snapshot(item.after),
        "told": to_json([[each.event, each.recipient, each.absent] for each in item.told]),
    }


def _item_from(row: Row) -> BulkItem:
    return BulkItem(
        change=row["change_id"],
        ticket=row["ticket_id"],
        place=row["place"],
        is_chosen=bool(row["is_chosen"]),
        outcome=BulkOutcome(row["outcome"]),
        reason=Sentence.from_json(from_json(row["reason"])) if row["reason"] else None,
        before=snapshot_from(row.get("before")),
        after=snapshot_from(row.get("after")),
        told=tuple(
            BundledNotice(event=NoticeEvent(event), recipient=recipient, absent=absent)
            for event, recipient, absent in from_json(row["told"])
        ),
    )
