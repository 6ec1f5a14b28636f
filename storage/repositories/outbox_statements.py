"""The outbox's statements, where its rules are kept: whose turn it is, and what a lost lease may not do.

Every change by a deliverer names its lease, so one whose lease ran out changes nothing. The ticket is locked
before its rows are written, here as in every ticket's transaction: one order, no deadlock.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    FromClause,
    Integer,
    Select,
    Text,
    Update,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    literal,
    null,
    or_,
    select,
    text,
    true,
    union_all,
    update,
)
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import TypeEngine

from bot.ports.storage.outbox import RowKind, RowState
from storage.engine.statements import Insertion, LeaseClock, ListedIn
from storage.tables.desk import big, conversations, is_current_alert, is_unsettled, outbox, tickets, written

DUE, LEASED, SETTLED = written(RowState.DUE), written(RowState.LEASED), written(RowState.SETTLED)
DEAD, PARKED = written(RowState.DEAD), written(RowState.PARKED)
SET_ASIDE = outbox.c.state.in_([DEAD, PARKED])
STATE_KINDS: Final = ", ".join(f"'{kind}'" for kind in RowKind if kind.is_state)

ROW: Final = Insertion(
    outbox,
    ("conversation_id", "kind", "subject", "key", "payload", "is_root", "is_urgent", "created_at"),
    on_conflict=(
        " ON CONFLICT (key) DO UPDATE SET wanted = outbox.wanted + 1,"
        " available_at = CASE WHEN outbox.state IN ('due', 'leased') THEN outbox.available_at ELSE 0 END,"
        " attempts = CASE WHEN outbox.state IN ('due', 'leased') THEN outbox.attempts ELSE 0 END,"
        " state = CASE WHEN outbox.state IN ('settled', 'dead', 'dropped') THEN 'due' ELSE outbox.state END"
        f" WHERE outbox.kind IN ({STATE_KINDS})"
    ),
)
"""A wish for what is wanted already raises `wanted`; telling what was told already does nothing."""

_joined = select(
    outbox,
    *(column.label(f"conversation_{column.name}") for column in conversations.columns if column.name != "id"),
).join(conversations, conversations.c.id == outbox.c.conversation_id)

_earlier = outbox.alias("earlier")
_has_address = or_(
    outbox.c.is_root == true(), conversations.c.root.is_not(None), conversations.c.ticket_id.is_(None)
)
_is_its_turn = or_(
    outbox.c.shown > 0,
    ~exists().where(
        _earlier.c.conversation_id == outbox.c.conversation_id,
        _earlier.c.id < outbox.c.id,
        is_unsettled(_earlier.c.state),
        _earlier.c.shown == 0,
        # A thread's head may wait ten minutes for its new name; nobody's words wait with it.
        _earlier.c.kind != written(RowKind.THREAD_HEADER),
    ),
)
CLAIMABLE = (
    _joined.where(
        outbox.c.state == DUE,
        outbox.c.available_at <= LeaseClock(),
        _has_address,
        _is_its_turn,
    )
    .order_by(outbox.c.is_urgent.desc(), outbox.c.id)
    .limit(bindparam("at_most"))
    .with_for_update(of=outbox, skip_locked=True, key_share=True)
)
CLAIMABLE_NEW = CLAIMABLE.where(outbox.c.shown == 0)
LEASE = (
    update(outbox)
    .where(ListedIn(outbox.c.id, "ids"))
    .values(
        state=LEASED,
        lease=bindparam("token"),
        leased_until=LeaseClock() + bindparam("lasting", type_=big()),
    )
)

_is_held = and_(
    outbox.c.id == bindparam("row"), outbox.c.state == LEASED, outbox.c.lease == bindparam("token")
)
_set_free: Final[dict[str, Any]] = {"lease": "", "leased_until": null()}

_delivered_columns: Final[Mapping[str, TypeEngine[Any]]] = {
    "row_id": big(),
    "lease": Text(),
    "revision": Integer(),
    "parts": Text(),
    "conversation": big(),
    "root": Text(),
}


def _delivered_from(elements: str, *, element: str) -> FromClause:
    values = ", ".join(
        f"CAST({element.format(at)} AS {'text' if isinstance(kind, Text) else 'bigint'}) AS {name}"
        for at, (name, kind) in enumerate(_delivered_columns.items())
    )
    read = text(f"SELECT {values} FROM {elements}")  # noqa: S608  no words of anybody else's
    return read.columns(**_delivered_columns).subquery("delivered")


_from_sqlite = _delivered_from("json_each(:listed)", element="json_extract(value, '$[{}]')")
_from_postgres = _delivered_from("json_array_elements((:listed)::json)", element="value ->> {}")
"""What was delivered, as a JSON list of lists, so that one statement settles a batch."""


def _settle(delivered: FromClause) -> Update:
    shown = delivered.c
    return (
        update(outbox)
        .where(outbox.c.id == shown.row_id, outbox.c.state == LEASED, outbox.c.lease == shown.lease)
        .values(
            shown=shown.revision,
            parts=func.coalesce(shown.parts, outbox.c.parts),
            state=case((outbox.c.wanted > shown.revision, DUE), else_=SETTLED),
            attempts=0,
            is_retry=false(),
            available_at=0,
            last_error="",
            **_set_free,
        )
    )


def _set_roots(delivered: FromClause) -> Update:
    begun = delivered.c
    is_held_root = exists().where(
        outbox.c.id == begun.row_id,
        outbox.c.state == LEASED,
        outbox.c.lease == begun.lease,
        outbox.c.is_root == true(),
    )
    return (
        update(conversations)
        .where(
            conversations.c.id == begun.conversation,
            conversations.c.root.is_(None),
            begun.root.is_not(None),
            is_held_root,
        )
        .values(root=begun.root)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleStatements:
    """The statements by which one database settles a batch."""

    set_roots: Update
    settle: Update


ON_SQLITE, ON_POSTGRES = (
    SettleStatements(set_roots=_set_roots(each), settle=_settle(each))
    for each in (_from_sqlite, _from_postgres)
)
LOCK_TICKETS, LOCK_ROWS = (
    select(table.c.id)
    .where(ListedIn(table.c.id, "listed"))
    .order_by(table.c.id)
    .with_for_update(key_share=True)
    for table in (tickets, outbox)
)
"""Both in the order in which every transaction locks them."""
POSTPONE = (
    update(outbox)
    .where(_is_held)
    .values(
        state=DUE,
        available_at=LeaseClock() + bindparam("after", type_=big()),
        attempts=outbox.c.attempts + bindparam("counted", type_=Integer()),
        is_retry=bindparam("is_unknown"),
        last_error=bindparam("error"),
        **_set_free,
    )
)
GIVE_UP = (
    update(outbox)
    .where(_is_held)
    .values(state=bindparam("the_state"), last_error=bindparam("error"), **_set_free)
)

_root = outbox.alias("root_row")
PARK_WAITING = (
    update(outbox)
    .where(
        outbox.c.conversation_id
        == select(_root.c.conversation_id)
        .where(
            _root.c.id == bindparam("row"),
            _root.c.is_root == true(),
            _root.c.state == LEASED,
            _root.c.lease == bindparam("token"),
        )
        .scalar_subquery(),
        outbox.c.is_root == false(),
        outbox.c.state == DUE,
    )
    .values(state=PARKED, last_error=bindparam("error"))
)
PARK_CONVERSATION = (
    update(outbox)
    .where(outbox.c.conversation_id == bindparam("the_conversation"), is_unsettled(outbox.c.state))
    .values(state=PARKED, last_error=bindparam("error"), **_set_free)
)

LOCK_CONVERSATION = (
    select(conversations.c.id)
    .where(conversations.c.id == bindparam("the_conversation"))
    .with_for_update(key_share=True)
)
UNSENT = (
    select(outbox.c.id, outbox.c.key, outbox.c.payload)
    .where(
        outbox.c.conversation_id == bindparam("the_conversation"),
        outbox.c.kind == bindparam("the_kind"),
        outbox.c.state == DUE,
        outbox.c.shown == 0,
        outbox.c.attempts == 0,
        outbox.c.is_retry == false(),
        outbox.c.parts == written("[]"),
    )
    .order_by(outbox.c.id.desc())
    .limit(1)
    .with_for_update(key_share=True)
)
AMEND = update(outbox).where(outbox.c.id == bindparam("row")).values(payload=bindparam("the_payload"))
HOLD = (
    update(outbox)
    .where(outbox.c.key == bindparam("the_key"), outbox.c.state == DUE)
    .values(available_at=LeaseClock() + bindparam("lasting", type_=big()))
)
REVISE = update(outbox).where(outbox.c.key == bindparam("the_key")).values(payload=bindparam("new_payload"))
PAYLOAD = select(outbox.c.payload).where(outbox.c.key == bindparam("the_key"))
SHOWN = select(outbox.c.key).where(
    outbox.c.conversation_id == bindparam("the_conversation"),
    outbox.c.parts == bindparam("the_parts"),
    outbox.c.kind == written(RowKind.NOTICE),
)
MAY_BE_SHOWN = select(outbox.c.id).where(
    outbox.c.key == bindparam("the_key"), or_(outbox.c.parts != written("[]"), outbox.c.state == LEASED)
)
PAYLOADS = select(outbox.c.key, outbox.c.payload).where(ListedIn(outbox.c.key, "listed"))
NOTICES_IN = select(outbox.c.key, outbox.c.payload).where(
    ListedIn(outbox.c.conversation_id, "listed"), outbox.c.kind == written(RowKind.NOTICE)
)
CURRENT_ALERTS = (
    select(outbox.c.id, outbox.c.key, outbox.c.payload, outbox.c.parts)
    .where(outbox.c.conversation_id == bindparam("the_conversation"), is_current_alert(outbox))
    .order_by(outbox.c.id)
)
_current = select(outbox.c.id).where(
    outbox.c.conversation_id == bindparam("the_conversation"), is_current_alert(outbox)
)
FIRST_ALERT = _current.order_by(outbox.c.id).limit(1)
NEWEST_ALERT_SHOWN = _current.where(outbox.c.parts != written("[]")).order_by(outbox.c.id.desc()).limit(1)
UNSENT_ALERT_AFTER = _current.where(
    outbox.c.id > bindparam("row"), outbox.c.shown == 0, outbox.c.attempts == 0
).limit(1)
_to_show = outbox.alias("to_show")


def _show_again(*which: ColumnElement[bool]) -> Update:
    """Locked in one order, so that transactions that want the same rows never wait in a circle.

    What is due is locked and left as it is: whoever claims it, after this commit, renders it as it is by then.
    """
    rows = select(_to_show.c.id).where(*which).order_by(_to_show.c.id).with_for_update(key_share=True)
    return (
        update(outbox)
        .where(outbox.c.id.in_(rows), outbox.c.state.in_([LEASED, SETTLED]))
        .values(
            wanted=outbox.c.wanted + 1,
            state=case((outbox.c.state == SETTLED, DUE), else_=outbox.c.state),
            available_at=case((outbox.c.state == SETTLED, 0), else_=outbox.c.available_at),
        )
    )


SHOW_AGAIN = _show_again(ListedIn(_to_show.c.key, "keys"))
SHOW_ALERTS = _show_again(ListedIn(_to_show.c.conversation_id, "conversations"), is_current_alert(_to_show))
SHOW_WHOLE = _show_again(ListedIn(_to_show.c.conversation_id, "conversations"))
"""Of what is not sent yet no more is wanted than that it be sent: it is rendered then.

Locked in one order: two transactions that show the same messages never wait for one another in a circle.
"""

_expired = outbox.alias("expired")
RESCUE = (
    update(outbox)
    .where(
        outbox.c.id.in_(
            select(_expired.c.id)
            .where(_expired.c.state == LEASED, _expired.c.leased_until <= LeaseClock())
            .with_for_update(skip_locked=True)
        )
    )
    .values(state=DUE, is_retry=true(), **_set_free)
)
RESCUE_ALL = update(outbox).where(outbox.c.state == LEASED).values(state=DUE, is_retry=true(), **_set_free)
END_BACK_OFF = update(outbox).where(outbox.c.state == DUE, outbox.c.available_at > 0).values(available_at=0)

LOCK_TICKET_OF_CONVERSATION = (
    select(tickets.c.id)
    .join(conversations, conversations.c.ticket_id == tickets.c.id)
    .where(conversations.c.id == bindparam("the_conversation"))
    .with_for_update(of=tickets, key_share=True)
)
LOCK_TICKET_OF_ROW = (
    select(tickets.c.id)
    .join(conversations, conversations.c.ticket_id == tickets.c.id)
    .join(outbox, outbox.c.conversation_id == conversations.c.id)
    .where(outbox.c.id == bindparam("row"))
    .with_for_update(of=tickets, key_share=True)
)
GET = _joined.where(outbox.c.id == bindparam("row"))
RETRY = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), SET_ASIDE)
    .values(state=DUE, available_at=0, attempts=0, is_retry=true())
)
UNPARK_WAITING = (
    update(outbox)
    .where(
        outbox.c.conversation_id
        == select(_root.c.conversation_id)
        .join(conversations, conversations.c.id == _root.c.conversation_id)
        .where(_root.c.id == bindparam("row"), _root.c.is_root == true(), conversations.c.root.is_(None))
        .scalar_subquery(),
        outbox.c.state == PARKED,
    )
    .values(state=DUE, available_at=0)
)
DROP = (
    update(outbox).where(outbox.c.id == bindparam("row"), SET_ASIDE).values(state=written(RowState.DROPPED))
)
OLDEST_UNSHOWN = (
    select(outbox.c.created_at)
    .where(
        outbox.c.state == DUE, outbox.c.is_urgent == bindparam("urgent", type_=Boolean()), outbox.c.shown == 0
    )
    .order_by(outbox.c.id)
    .limit(1)
)
ANY_UNSETTLED = select(outbox.c.id).where(is_unsettled(outbox.c.state)).limit(1)
ANY_UNSETTLED_NEW = ANY_UNSETTLED.where(outbox.c.shown == 0)


def _count_in(state: ColumnElement[str], *, of: ColumnElement[bool]) -> Select[str, int]:
    """`of` are the rows of an index."""
    counted = select(state.label("state"), func.count(literal(1)).label("many"))
    return counted.select_from(outbox).where(of, outbox.c.state == state)


BY_STATE = union_all(
    _count_in(DUE, of=outbox.c.state == DUE),
    _count_in(LEASED, of=outbox.c.state == LEASED),
    _count_in(DEAD, of=SET_ASIDE),
    _count_in(PARKED, of=SET_ASIDE),
)


def listing(states: Iterable[RowState], *, limit: int) -> Select[Any]:
    """Rows in these states, newest first."""
    wanted = [written(state) for state in states]
    return _joined.where(outbox.c.state.in_(wanted)).order_by(outbox.c.id.desc()).limit(limit)
