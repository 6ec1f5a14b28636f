"""A ticket's state as it is now, and bringing an earlier one back."""

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.bulk_changes.ticket_snapshot import FieldName, TicketSnapshot
from bot.domain.escalations.escalation import Escalation
from bot.domain.events import FieldChanged, MessageAdded
from bot.domain.routing.quoted_reason import without_finding
from bot.domain.sla.timer_rules import first_due, show_stage
from bot.domain.tickets.conversation import Side
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context
from bot.services.escalations.alerts import show_alerts
from bot.services.sla.timers import policy_of


def snapshot_of(context: Context, ticket: Ticket) -> TicketSnapshot:
    """Of a locked ticket."""
    uow = context.uow
    entries = uow.audit_log.of_ticket(ticket.id)
    threads = [
        each
        for each in uow.conversations.of_ticket(ticket.id)
        if each.side is Side.TEAM and not each.is_retired
    ]
    return TicketSnapshot(
        ticket=replace(ticket),
        timers=tuple(uow.sla_timers.of_ticket(ticket.id)),
        escalations=tuple(uow.escalations.of_ticket(ticket.id)),
        thread=threads[0].id if threads else None,
        messages=sum(each.event == MessageAdded.stored_as for each in entries),
        entries=len(entries),
    )


def field_names(context: Context, ticket: Ticket, *, after: TicketSnapshot) -> Mapping[str, FieldName]:
    """What the log called the custom fields that it tells of up to then."""
    entries = context.uow.audit_log.of_ticket(ticket.id)[: after.entries]
    return {
        each.details["field"]: FieldName(label=each.details["label"], kind=each.details["kind"])
        for each in entries
        if each.event == FieldChanged.stored_as
    }


def put_back(context: Context, ticket: Ticket, *, before: TicketSnapshot, after: TicketSnapshot) -> None:
    """What the change touched is as it was before it; who is shown what of that is another matter."""
    names = after.touched_since(before)
    earlier = before.ticket
    if "why_here" in names and context.uow.messages.opening_of(ticket).is_deleted:
        earlier = replace(earlier, why_here=without_finding(earlier.why_here))
    ticket.put_back(earlier, names=names, fields=after.fields_touched_since(before))
    _put_back_thread(context, ticket, before=before, after=after)
    _put_back_timers(context, ticket, before=before, after=after)
    _put_back_escalations(context, ticket, before=before, after=after)


def _put_back_thread(
    context: Context, ticket: Ticket, *, before: TicketSnapshot, after: TicketSnapshot
) -> None:
    if before.thread == after.thread:
        return
    for each in context.uow.conversations.of_ticket(ticket.id):
        if each.id == before.thread:
            each.take_up_again()
        elif each.id == after.thread:
            each.retire()
        else:
            continue
        context.uow.conversations.save(each)


def _put_back_timers(
    context: Context, ticket: Ticket, *, before: TicketSnapshot, after: TicketSnapshot
) -> None:
    """Those that the change began go; where people were alerted of one meanwhile, it ends when it began."""
    earlier = {each.id: each for each in before.timers}
    touched = {each.id for each in after.timers_touched_since(before)}
    timers = context.uow.sla_timers
    alerting = {each.timer_id for each in context.uow.escalations.of_ticket(ticket.id)}
    left = []
    for timer in timers.of_ticket(ticket.id):
        if timer.id in touched and timer.id not in earlier and timer.id not in alerting:
            timers.remove(timer)
            continue
        if timer.id in touched:
            if timer.id in earlier:
                timer.put_back(earlier[timer.id])
            else:
                timer.void()
            timers.save(timer)
        left.append(timer)
    show_stage(ticket, left, policy=policy_of(context, ticket))
    ticket.become_due(first_due(left))


def _put_back_escalations(
    context: Context, ticket: Ticket, *, before: TicketSnapshot, after: TicketSnapshot
) -> None:
    """An escalation that went on by itself since the change is left as it is: people have been called by it.

    What was begun since, by the change or on a timer that it moved, ends.
    """
    earlier = {each.id: each for each in before.escalations}
    touched = {each.id: each for each in after.escalations_touched_since(before)}
    moved = {each.id for each in after.timers_touched_since(before)}
    present = context.uow.escalations.of_ticket(ticket.id)
    for each in present:
        was = touched.get(each.id)
        if each.id in earlier and was is not None and replace(each, told=()) == replace(was, told=()):
            each.put_back(earlier[each.id])
            moved.add(each.timer_id)
            _show(context, each)
    for each in present:
        is_begun_since = each.id not in earlier and not each.is_over
        if is_begun_since and (each.id in touched or each.timer_id in moved):
            each.end(at=context.now)
            _show(context, each)


def _show(context: Context, escalation: Escalation) -> None:
    context.uow.escalations.save(escalation)
    show_alerts(context, escalation)
