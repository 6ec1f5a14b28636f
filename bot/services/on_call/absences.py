"""Somebody goes away: nothing is given to them meanwhile, and what they have in hand does not lie forgotten.

The watch tells their teams, when a long absence begins, of the tickets that they still have then.
"""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.directory import Person
from bot.domain.errors import NotAllowed
from bot.domain.on_call.absence import Absence
from bot.domain.on_call.events import AbsenceCancelled, AbsenceEnded, AbsenceRecorded
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.tickets import TicketFilter
from bot.services.context.context import Context
from bot.services.outbox.direct_notices import tell_directly
from bot.text.amounts import listed
from bot.text.sentences import words

NAMED = 10
"""Tickets that are named one by one."""
MOST = 100


def go_away(context: Context, absence: Absence, *, instead: Absence | None = None) -> Sequence[Ticket]:
    """Returns the open tickets that whoever is away has, most urgent first. `instead` of it is forgotten.

    What was said last counts: of the present, or of a time to come that it overlaps. Other absences stay.
    """
    if instead is not None:
        context.uow.absences.end(instead)
    for known in replaced_by(context, absence):
        context.uow.absences.end(known)
    context.uow.absences.put(absence)
    return context.uow.tickets.search(TicketFilter(assignee=absence.person), limit=MOST)


def replaced_by(context: Context, absence: Absence) -> list[Absence]:
    """Those of this person that are over once this one is said: of the present, or of the time to come, and the same
    time.
    """
    return [
        known
        for known in said_absences(context, absence.person)
        if known.holds(context.now) is absence.holds(context.now) and known.overlaps(absence)
    ]


def record_absence(
    context: Context, person: Person, absence: Absence, *, instead: Absence | None = None
) -> Sequence[Ticket]:
    """For somebody of a team that the actor leads, who is told and can undo it. Raises NotAllowed for others."""
    _require_lead_of(context, person)
    tickets = go_away(context, absence, instead=instead)
    recorded = AbsenceRecorded(
        actor=context.actor.key, at=context.now, person=person.key, since=absence.since, until=absence.until
    )
    context.uow.audit_log.append(None, [recorded])
    has_begun = absence.holds(context.now)
    tell_directly(
        context,
        person.key,
        "team.away_recorded" if has_begun else "team.away_recorded_from",
        key=f"{context.now.isoformat()}:{absence.since.isoformat()}:{absence.until.isoformat()}",
        name=context.actor.name,
        person=person.key,
        since=absence.since.isoformat(),
        until=absence.until.isoformat(),
    )
    return tickets


def end_absence(context: Context, person: Person) -> bool:
    """Somebody of the actor's team is there again. Returns whether they had been away. Raises NotAllowed."""
    _require_lead_of(context, person)
    was_away = come_back(context, person.key)
    if was_away:
        ended = AbsenceEnded(actor=context.actor.key, at=context.now, person=person.key)
        context.uow.audit_log.append(None, [ended])
        key = context.now.isoformat()
        tell_directly(context, person.key, "team.away_ended", key=key, name=context.actor.name)
    return was_away


def cancel_recorded(context: Context, person: Person, *, day: date | None, zone: ZoneInfo) -> list[Absence]:
    """Somebody of the actor's team will be there after all: on this day, or whenever they planned not to be.

    They are told. Returns the absences to come that are cancelled. Raises NotAllowed.
    """
    _require_lead_of(context, person)
    planned = planned_absences(context, person.key)
    found = [each for each in planned if day is None or each.since.astimezone(zone).date() == day]
    for each in found:
        context.uow.absences.end(each)
        span = {"since": each.since.isoformat(), "until": each.until.isoformat()}
        cancelled = AbsenceCancelled(
            actor=context.actor.key, at=context.now, person=person.key, since=each.since, until=each.until
        )
        context.uow.audit_log.append(None, [cancelled])
        key = f"{context.now.isoformat()}:{each.since.isoformat()}"
        tell_directly(context, person.key, "team.away_cancelled", key=key, name=context.actor.name, **span)
    return found


def _require_lead_of(context: Context, person: Person) -> None:
    if not context.desk.teams_of(person):
        raise NotAllowed("refusals.absent_from_no_team", name=person.name)
    if not context.desk.leads_of(person, context.actor):
        raise NotAllowed("refusals.leads_record_absences", name=person.name)


def come_back(context: Context, person: str = "") -> bool:
    """End the present absence, not those to come; the actor's, or that of this key.

    Returns whether it was said that they are away.
    """
    present = [each for each in said_absences(context, person) if each.holds(context.now)]
    if not present:
        return False
    for each in present:
        context.uow.absences.end(each)
    return True


def cancel_planned(context: Context, *, day: date, zone: ZoneInfo) -> list[Absence]:
    """The actor will be there after all. Returns the absences to come that would have begun on that day there."""
    found = [each for each in planned_absences(context) if each.since.astimezone(zone).date() == day]
    for each in found:
        context.uow.absences.end(each)
    return found


def planned_absences(context: Context, person: str = "") -> list[Absence]:
    """Those that were said and have not begun, the soonest first; the actor's, or those of this key."""
    return [each for each in said_absences(context, person) if each.since > context.now]


def said_absences(context: Context, person: str = "") -> list[Absence]:
    """Those that were said by command and are not over, the soonest first; the actor's, or those of this key."""
    key = person or context.actor.key
    return [each for each in context.uow.absences.since(context.now) if each.person == key]


def named(tickets: Sequence[Ticket], language: str) -> str:
    """`IT-1, IT-2 and 3 more tickets`."""
    names = [ticket.reference for ticket in tickets[:NAMED]]
    if len(tickets) > NAMED:
        names.append(words(language, "team.more_tickets", count=len(tickets) - NAMED))
    return listed(names, language)
