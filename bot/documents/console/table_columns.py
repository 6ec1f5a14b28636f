"""The columns that a table of tickets can have: what stands in each of them for one ticket."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.desk import Desk
from bot.domain.directory import Person
from bot.domain.tickets.custom_field import FieldKind
from bot.domain.tickets.queue_order import is_overdue
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context
from bot.text import terms
from bot.text.instants import short_day, stamp, time_of_day
from bot.text.sentences import words


class TableColumn(StrEnum):
    """Those that every desk has; number and subject are always there."""

    REQUESTER = "requester"
    ASSIGNEE = "assignee"
    TEAM = "team"
    STATUS = "status"
    PRIORITY = "priority"
    DUE = "due"
    UPDATED = "updated"
    OPENED = "opened"


DEFAULT: Final = tuple(str(each) for each in TableColumn if each is not TableColumn.OPENED)
FIELD: Final = "field:"
"""Before the name of a custom field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChoice:
    """A column that there is. `is_shown`: this person has chosen it."""

    name: str
    label: str
    is_shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCell:
    """`about` is the whole of what stands there in brief; `tone` says how it looks."""

    column: str
    label: str
    text: str
    about: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownWith:
    """What cells are made of. `seen` says of each ticket what the reader may read, `people` were read for all."""

    context: Context
    zone: ZoneInfo
    people: Mapping[str, Person]
    reads_notes: Callable[[Ticket], bool]

    def name(self, key: str) -> str:
        found = self.people.get(key)
        return found.name if found is not None else key.partition(":")[2]


def columns_of(desk: Desk, chosen: Sequence[str], *, language: str) -> tuple[ColumnChoice, ...]:
    """All that there are; names that mean nothing any more are left out."""
    own = [(str(each), words(language, f"console.column_{each}")) for each in TableColumn]
    fields = [(f"{FIELD}{each.name}", each.label_in(language)) for each in desk.custom_fields.every()]
    known = [*own, *fields]
    shown = set(chosen) & {name for name, _ in known} or set(DEFAULT)
    return tuple(ColumnChoice(name=name, label=label, is_shown=name in shown) for name, label in known)


def cells_of(ticket: Ticket, columns: Sequence[ColumnChoice], given: ShownWith) -> tuple[TableCell, ...]:
    return tuple(_cell(ticket, each, given) for each in columns if each.is_shown)


def brief(at: datetime, *, now: datetime, zone: ZoneInfo, language: str) -> str:
    """The time of a moment of today, else its day."""
    there = at.astimezone(zone)
    if there.date() == now.astimezone(zone).date():
        return time_of_day(at, zone=zone, language=language)
    return short_day(there.date(), language=language)


def _cell(ticket: Ticket, column: ColumnChoice, given: ShownWith) -> TableCell:
    if column.name.startswith(FIELD):
        text = _field(ticket, column.name.removeprefix(FIELD), given)
        return TableCell(column=column.name, label=column.label, text=text)
    return _MADE[TableColumn(column.name)](ticket, column, given)


def _field(ticket: Ticket, name: str, given: ShownWith) -> str:
    """What is for agents alone is shown to those who read notes."""
    field = given.context.desk.custom_fields.definition(name)
    value = ticket.fields.get(name, "")
    if field is None or not value or (field.is_for_agents and not given.reads_notes(ticket)):
        return ""
    if field.kind.is_somebody:
        return ", ".join(map(given.name, value.splitlines()))
    if field.kind is FieldKind.YES_NO:
        return words(given.context.language, f"commands.{value}")
    return ", ".join(value.splitlines())


def _requester(ticket: Ticket, column: ColumnChoice, given: ShownWith) -> TableCell:
    return TableCell(column=column.name, label=column.label, text=given.name(ticket.requester))


def _assignee(ticket: Ticket, column: ColumnChoice, given: ShownWith) -> TableCell:
    holder = given.people.get(ticket.assignee or "")
    if holder is not None:
        return TableCell(column=column.name, label=column.label, text=given.context.name_of(ticket, holder))
    free = words(given.context.language, "commands.unassigned") if ticket.status.is_live else ""
    return TableCell(column=column.name, label=column.label, text=free, tone="free")


def _team(ticket: Ticket, column: ColumnChoice, given: ShownWith) -> TableCell:
    return TableCell(column=column.name, label=column.label, text=given.context.team_of(ticket).title)


def _status(ticket: Ticket, column: ColumnChoice, given: ShownWith) -> TableCell:
    text = terms.status(ticket.status, given.context.language)
    return TableCell(column=column.name, label=column.label, text=text, tone=f"status-{ticket.status}")


def _priority(ticket: Ticket, column: ColumnChoice, given: ShownWith) -> TableCell:
    text = terms.priority(ticket.priority, given.context.language)
    return TableCell(column=column.name, label=column.label, text=text, tone=f"priority-{ticket.priority}")


def _due(ticket: Ticket, column: ColumnChoice, given: ShownWith) -> TableCell:
    if ticket.due_at is None:
        return TableCell(column=column.name, label=column.label, text="")
    now, language = given.context.now, given.context.language
    whole = stamp(ticket.due_at, zone=given.zone, language=language)
    text = brief(ticket.due_at, now=now, zone=given.zone, language=language)
    tone = "warned" if ticket.is_warned else ""
    if is_overdue(ticket, now):
        text, tone = words(language, "console.overdue", at=text), "overdue"
    elif ticket.is_warned:
        text = words(language, "console.at_risk", at=text)
    return TableCell(column=column.name, label=column.label, text=text, about=whole, tone=tone)


def _instant(at: Callable[[Ticket], datetime]) -> Callable[[Ticket, ColumnChoice, ShownWith], TableCell]:
    def made(ticket: Ticket, column: ColumnChoice, given: ShownWith) -> TableCell:
        language = given.context.language
        return TableCell(
            column=column.name,
            label=column.label,
            text=brief(at(ticket), now=given.context.now, zone=given.zone, language=language),
            about=stamp(at(ticket), zone=given.zone, language=language),
        )

    return made


_MADE: Final = {
    TableColumn.REQUESTER: _requester,
    TableColumn.ASSIGNEE: _assignee,
    TableColumn.TEAM: _team,
    TableColumn.STATUS: _status,
    TableColumn.PRIORITY: _priority,
    TableColumn.DUE: _due,
    TableColumn.UPDATED: _instant(lambda ticket: ticket.updated_at),
    TableColumn.OPENED: _instant(lambda ticket: ticket.opened_at),
}
