"""What becomes of a ticket's due times when it moves to another team or priority, in words for who moved it."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from bot.domain.sla.timer import Measure
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import Moment, RichText
from bot.services.context.context import Context
from bot.text import terms
from bot.text.sentences import joined, say

_MINUTE = timedelta(minutes=1)

DueTimes = Mapping[Measure, datetime]


def due_times(context: Context, ticket: Ticket) -> DueTimes:
    """When each target that runs is due."""
    timers = context.uow.sla_timers.of_ticket(ticket.id)
    return {each.measure: each.due_at for each in timers if each.due_at is not None}


def moved_due_times(context: Context, ticket: Ticket, before: DueTimes) -> RichText:
    """A line for each target that is due at another time than `before`; nothing where all is as it was."""
    return joined(*_lines(context, before, due_times(context, ticket)), by="\n")


def _lines(context: Context, before: DueTimes, after: DueTimes) -> Iterator[RichText]:
    language, zone = context.language, context.actor.time_zone
    for measure in Measure:
        was, due = before.get(measure), after.get(measure)
        if was == due or (was is not None and due is not None and abs(due - was) < _MINUTE):
            continue
        name = terms.measure_title(measure, language)
        if due is None:
            assert was is not None
            yield say(language, "answers.due_gone", measure=name, before=Moment(was, zone))
        elif was is None:
            yield say(language, "answers.due_new", measure=name, at=Moment(due, zone))
        else:
            key = "answers.due_overdue" if due <= context.now else "answers.due_moved"
            facts = {} if due <= context.now else {"at": Moment(due, zone)}
            yield say(language, key, measure=name, before=Moment(was, zone), **facts)
