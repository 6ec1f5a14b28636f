"""Values of tickets' custom fields as rows, one a value: where a field has several, each has a row of its own.

A ticket brings its fields with it, in its own row; these are for finding and counting tickets by what they hold.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import bindparam, delete

from bot.ports.storage.tickets import LONGEST_SOUGHT
from storage.engine.columns import clean, to_json
from storage.engine.session import Session
from storage.engine.statements import Insertion, ListedIn
from storage.tables.fields import ticket_fields

MOST_ROWS: Final = 100
"""Of one field: the lines of a long text that can be looked for."""
FIELD: Final = Insertion(ticket_fields, ("ticket_id", "name", "place", "value", "folded"))
FORGET = delete(ticket_fields).where(
    ticket_fields.c.ticket_id == bindparam("of_ticket"), ListedIn(ticket_fields.c.name, "names")
)


def add_fields(session: Session, ticket_id: int, fields: Mapping[str, str]) -> None:
    for name, value in fields.items():
        for place, line in enumerate(value.splitlines()[:MOST_ROWS]):
            if line.strip():
                row = {"ticket_id": ticket_id, "name": name, "place": place}
                session.insert(FIELD, {**row, "value": line, "folded": folded(line)})


def replace_fields(session: Session, ticket_id: int, fields: Mapping[str, str], names: Iterable[str]) -> None:
    """Of these names nothing stays but what the ticket holds now."""
    changed = sorted(set(names))
    session.write(FORGET, of_ticket=ticket_id, names=to_json(changed))
    add_fields(session, ticket_id, {name: fields[name] for name in changed if name in fields})


def folded(value: str) -> str:
    """What values are compared by: small letters, no longer than an index takes."""
    return clean(value).casefold()[:LONGEST_SOUGHT]
