"""A clock as its requester reads it: what was promised, until when, and whether that was kept, in a sentence."""

from bot.domain.sla.timer_rules import ended_unmet
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import RichText
from bot.services.sla.explanation import TimerExplanation
from bot.services.sla.explanation_text import Reader, in_hours, is_not_promised_now, verdict
from bot.text import terms
from bot.text.sentences import joined


def promise_in_words(explained: TimerExplanation, ticket: Ticket, reader: Reader) -> RichText:
    """The account of every stretch of time comes with the picture."""
    text = _promise(explained, ticket, reader)
    if explained.answer_gone_at is None:
        return text
    return joined(text, reader.say("sla.answer_gone", at=reader.at(explained.answer_gone_at)), by="\n")


def _promise(explained: TimerExplanation, ticket: Ticket, reader: Reader) -> RichText:
    timer = explained.timer
    measure = terms.measure_title(timer.measure, reader.language)
    left = timer.target - explained.elapsed
    amount = in_hours(explained, abs(left), reader)
    if timer.stopped_at is not None:
        is_promised = not ticket.status.is_live or not is_not_promised_now(explained, ticket)
        if timer.breached_at is None and (ticket.is_excluded or not is_promised):
            return reader.say("sla.clock", measure=measure, verdict=verdict(explained, ticket, reader))
        at = reader.at(timer.stopped_at)
        if timer.breached_at is not None:
            due = reader.at(timer.breached_at)
            key = "sla.own_missed_unmet" if ended_unmet(timer, ticket) else "sla.own_missed"
            return reader.say(key, measure=measure, due=due, at=at, late=amount)
        return _met(explained, reader)
    if timer.due_at is not None:
        due = reader.at(timer.due_at)
        if left.total_seconds() < 0:
            return reader.say("sla.own_overdue", measure=measure, due=due, late=amount)
        return reader.say("sla.own_due", measure=measure, due=due)
    if left.total_seconds() < 0:
        return reader.say("sla.clock", measure=measure, verdict=verdict(explained, ticket, reader))
    target = in_hours(explained, timer.target, reader)
    return reader.say("sla.own_paused", measure=measure, target=target, left=amount)


def _met(explained: TimerExplanation, reader: Reader) -> RichText:
    """With when it was due, unless a pause has moved that since it was promised."""
    timer, replayed = explained.timer, explained.replayed
    assert timer.stopped_at is not None
    measure, at = terms.measure_title(timer.measure, reader.language), reader.at(timer.stopped_at)
    due = replayed.target_periods[-1].due_at if replayed is not None and replayed.target_periods else None
    if due is None or due < timer.stopped_at:
        target = in_hours(explained, timer.target, reader)
        return reader.say("sla.own_met_within", measure=measure, at=at, target=target)
    return reader.say("sla.own_met", measure=measure, at=at, due=reader.at(due))
