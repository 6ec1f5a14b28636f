"""Agents log time on a ticket, correct it and take it back. The team reads it; the requester never does.

Each change is an event of the ticket, so its history keeps what an entry said before. Logging time is no word on the
ticket: no clock moves, and lists of what changed last leave it out.
"""

from dataclasses import replace
from datetime import date, datetime

from bot.domain.errors import AlreadySo, NotAllowed, Refused
from bot.domain.events import Event
from bot.domain.tickets.ticket import Ticket
from bot.domain.worked_time.events import TimeEntryChanged, TimeEntryRemoved, TimeLogged, minutes_of
from bot.domain.worked_time.time_entry import TimeEntry, TimeSource, check_entry
from bot.domain.worked_time.typed_time import TypedTime
from bot.services.context.context import Context
from bot.services.context.reader import zone_of
from bot.services.tickets.announcements.changes import announce


def today(context: Context) -> date:
    """The actor's day."""
    return day_of(context, context.now)


def day_of(context: Context, at: datetime) -> date:
    return at.astimezone(zone_of(context)).date()


def log_time(
    context: Context,
    ticket: Ticket,
    worked: TypedTime,
    *,
    agent: str = "",
    source: TimeSource = TimeSource.TYPED,
) -> TimeEntry:
    """On a locked ticket; for the actor unless `agent`, a person's key, is given. Raises Refused as `check_entry`."""
    if source is TimeSource.TYPED:
        check_entry(worked.length, worked.day, worked.text, today=today(context))
    entry = TimeEntry(
        id=context.uow.new_id(),
        ticket=ticket.id,
        team=context.team_of(ticket).name,
        agent=agent or context.actor.key,
        day=worked.day,
        length=worked.length,
        text=worked.text,
        added_at=context.now,
    )
    context.uow.time_entries.add(entry)
    logged = TimeLogged(
        actor=context.actor.key,
        at=context.now,
        entry=entry.id,
        agent=entry.agent,
        minutes=minutes_of(entry),
        day=entry.day.isoformat(),
        text=entry.text,
        source=source,
    )
    _record(context, ticket, logged)
    return entry


def find_entry(context: Context, entry_id: int | None) -> tuple[Ticket, TimeEntry]:
    """The entry as it is under its ticket's lock.

    Raises Refused for one that is gone, and NotAllowed for one that is not the actor's to change.
    """
    found = context.uow.time_entries.find(entry_id) if entry_id is not None else None
    if found is None:
        raise Refused("time.entry_gone")
    ticket = context.uow.tickets.lock(found.ticket)
    entry = context.uow.time_entries.find(found.id)
    if entry is None:
        raise Refused("time.entry_gone")
    if not may_change(context, ticket, entry):
        raise NotAllowed("time.not_yours")
    return ticket, entry


def may_change(context: Context, ticket: Ticket, entry: TimeEntry) -> bool:
    """Whose it is, while they are an agent, wherever the ticket went; and who leads its team."""
    if context.is_requester_of(ticket):
        return False
    if entry.agent in context.accounts:
        return bool(context.desk.teams_of(context.actor))
    return context.team_of(ticket).has_lead(context.actor)


def change_entry(context: Context, ticket: Ticket, entry: TimeEntry, worked: TypedTime) -> TimeEntry:
    """Raises Refused as `log_time`, and AlreadySo where nothing is different."""
    check_entry(worked.length, worked.day, worked.text, today=today(context))
    changed = replace(entry, day=worked.day, length=worked.length, text=worked.text)
    if changed == entry:
        raise AlreadySo("time.unchanged")
    context.uow.time_entries.save(changed)
    event = TimeEntryChanged(
        actor=context.actor.key,
        at=context.now,
        entry=entry.id,
        agent=entry.agent,
        minutes=minutes_of(changed),
        day=changed.day.isoformat(),
        text=changed.text,
        minutes_before=minutes_of(entry),
        day_before=entry.day.isoformat(),
        text_before=entry.text,
    )
    _record(context, ticket, event)
    return changed


def remove_entry(context: Context, ticket: Ticket, entry: TimeEntry) -> None:
    context.uow.time_entries.remove(entry.id)
    event = TimeEntryRemoved(
        actor=context.actor.key,
        at=context.now,
        entry=entry.id,
        agent=entry.agent,
        minutes=minutes_of(entry),
        day=entry.day.isoformat(),
        text=entry.text,
    )
    _record(context, ticket, event)


def _record(context: Context, ticket: Ticket, event: Event) -> None:
    """The total is added up anew, so that it is always that of the entries."""
    ticket.show_worked(context.uow.time_entries.total_of(ticket.id))
    context.uow.tickets.save(ticket)
    context.uow.audit_log.append(ticket.id, [event])
    announce(context, ticket, [event])
