"""Facts of tickets as rows, and older tickets read batch by batch: each batch locks its tickets."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import bindparam, delete, select, text, update

from bot.domain.figures.ticket_facts import FactKind, TicketFact
from bot.ports.storage.figures.figures import KeptFact, Reading
from storage.engine.columns import Row, instant, micros, span, to_json
from storage.engine.session import Session
from storage.engine.statements import Insertion, ListedIn
from storage.repositories.audit_log import OF_TICKETS, entry_from
from storage.repositories.tickets import ticket_from
from storage.tables.desk import tickets
from storage.tables.tickets.figures import figures_progress, ticket_facts

FACT: Final = Insertion(ticket_facts, tuple(ticket_facts.columns.keys()), " ON CONFLICT DO NOTHING")
OF_TICKET = (
    select(ticket_facts)
    .where(ticket_facts.c.ticket_id == bindparam("the_ticket"))
    .order_by(ticket_facts.c.line)
)
FORGET = delete(ticket_facts).where(ticket_facts.c.ticket_id == bindparam("the_ticket"))
FORGET_SOME = delete(ticket_facts).where(ListedIn(ticket_facts.c.ticket_id, "listed"))
NEXT_PART = select(figures_progress).limit(1).with_for_update(skip_locked=True)
ANY_PART = select(figures_progress.c.part).limit(1)
BEGIN: Final = text(
    "INSERT INTO figures_progress (part, after) VALUES ('tickets', 0)"
    " ON CONFLICT (part) DO UPDATE SET after = excluded.after"
)
MOVE_ON = update(figures_progress).values(after=bindparam("behind"))
END = delete(figures_progress)
SOME_TICKETS = (
    select(tickets)
    .where(tickets.c.id > bindparam("behind"))
    .order_by(tickets.c.id)
    .limit(bindparam("many"))
    .with_for_update(key_share=True)
)


def is_complete(session: Session) -> bool:
    return session.fetch_one(ANY_PART) is None


def begin_anew(session: Session) -> None:
    session.write(BEGIN)


def read_more(session: Session, read: Reading, *, limit: int) -> bool:
    """Returns whether there is more to do for whoever asks: not while another replica does it."""
    part = session.fetch_one(NEXT_PART)
    if part is None:
        return False
    rows = session.fetch(SOME_TICKETS, behind=part["after"], many=limit)
    listed = to_json([row["id"] for row in rows])
    entries: dict[int, list[Row]] = {row["id"]: [] for row in rows}
    for line in session.fetch(OF_TICKETS, listed=listed) if rows else ():
        entries[line["ticket_id"]].append(line)
    if rows:
        session.write(FORGET_SOME, listed=listed)
    for row in rows:
        keep(session, row["id"], read(ticket_from(row), [entry_from(each) for each in entries[row["id"]]]))
    if len(rows) < limit:
        session.write(END)
        return False
    session.write(MOVE_ON, behind=rows[-1]["id"])
    return True


def keep(session: Session, ticket_id: int, facts: Sequence[KeptFact]) -> None:
    for each in facts:
        session.insert(FACT, _row(ticket_id, each))


def fact_from(row: Row) -> KeptFact:
    fact = TicketFact(
        line=row["line"],
        kind=FactKind(row["kind"]),
        at=instant(row["at"]),
        team=row["team"],
        other=row["other"],
        agent=row["agent"],
        opened_at=instant(row["opened_at"]),
        since=instant(row["since"]),
        replies=row["replies"],
        repliers=row["repliers"],
        is_first=bool(row["is_first"]),
    )
    took, worked = (timedelta(microseconds=row[name]) for name in ("took", "worked"))
    return KeptFact(fact=fact, took=took, worked=worked)


def _row(ticket_id: int, each: KeptFact) -> Row:
    fact = each.fact
    return {
        "ticket_id": ticket_id,
        "line": fact.line,
        "kind": fact.kind.value,
        "at": micros(fact.at),
        "team": fact.team,
        "other": fact.other,
        "agent": fact.agent,
        "opened_at": micros(fact.opened_at),
        "since": micros(fact.since),
        "took": span(each.took),
        "worked": span(each.worked),
        "replies": fact.replies,
        "repliers": fact.repliers,
        "is_first": fact.is_first,
    }
