"""A ledger in words: what was promised and when that changed, each line of the time, and what it comes to.

Shown lengths add up to what is shown under them: a part of a second that one line leaves out, the next one has.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import reduce

from bot.domain.sla.ledger import LedgerLine, Reason, counted, lines_of
from bot.domain.sla.replay import TargetPeriod, TimerReplay
from bot.domain.sla.timer import SlaPolicy
from bot.domain.sla.timer_rules import ended_unmet
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import Moment, RichText, Span
from bot.services.sla.explanation import TimerExplanation
from bot.text import terms
from bot.text.amounts import exact_length, listed, working_time
from bot.text.error_text import tell
from bot.text.instants import day_of_month, in_words, known_zone
from bot.text.sentences import joined, say

MOST_CHANGES = 5
"""Of one promise that are told beside what was promised first; the ticket's history has all."""

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads it: in this language, instants in this zone; `sees_policy`: with what chose a clock's policy."""

    language: str
    zone: str | None
    sees_policy: bool

    def say(self, key: str, **facts: Span | RichText | int) -> RichText:
        return say(self.language, key, **facts)

    def at(self, instant: datetime) -> Moment:
        return Moment(instant, self.zone)

    def span(self, since: datetime, until: datetime) -> tuple[Moment, Moment]:
        """Both with their days where those differ, for of today a platform may show the time alone."""
        zone = known_zone(self.zone) or UTC
        if since.astimezone(zone).date() == until.astimezone(zone).date():
            return self.at(since), self.at(until)
        first, last = (
            Moment(at, self.zone, in_words(at, zone=zone, language=self.language)) for at in (since, until)
        )
        return first, last

    def length(self, length: timedelta) -> str:
        return exact_length(length // _SECOND, self.language)


def clock_in_words(explained: TimerExplanation, ticket: Ticket, reader: Reader) -> RichText:
    """One clock with its whole ledger."""
    timer, replayed = explained.timer, explained.replayed
    heading: dict[str, RichText | Span | int] = {
        "measure": terms.measure_title(timer.measure, reader.language),
        "verdict": verdict(explained, ticket, reader),
    }
    text = (
        reader.say("sla.clock", **heading)
        if timer.cycle_at is None
        else reader.say("sla.clock_since", **heading, since=reader.at(timer.cycle_at))
    )
    if explained.answer_gone_at is not None:
        text = joined(text, reader.say("sla.answer_gone", at=reader.at(explained.answer_gone_at)), by="\n")
    if replayed is None:
        so_far = {"elapsed": reader.length(explained.elapsed), "target": reader.length(timer.target)}
        return joined(text, reader.say("sla.untold", **so_far), by="\n")
    return joined(text, *_targets(replayed, reader), *_ledger(replayed, reader), by="\n")


def verdict(explained: TimerExplanation, ticket: Ticket, reader: Reader) -> RichText:
    """Met, missed, not counted as in every report, or what is left, in the hours that the target counts."""
    timer = explained.timer
    left = timer.target - explained.elapsed
    amount = in_hours(explained, abs(left), reader)
    if timer.stopped_at is not None:
        at = reader.at(timer.stopped_at)
        if timer.breached_at is not None:
            key = "sla.missed_unmet" if ended_unmet(timer, ticket) else "sla.missed"
            return reader.say(key, late=amount, at=at)
        if ticket.is_excluded:
            return reader.say("sla.excluded", at=at)
        if ticket.status.is_live and is_not_promised_now(explained, ticket):
            return reader.say("sla.no_target", priority=terms.priority(ticket.priority, reader.language))
        return reader.say("sla.met", left=amount, at=at)
    if timer.due_at is None:
        if left < timedelta():
            return reader.say("sla.paused_late", late=amount)
        return reader.say("sla.paused", left=amount)
    if left < timedelta():
        return reader.say("sla.overdue", at=reader.at(timer.due_at), late=amount)
    return reader.say("sla.due", at=reader.at(timer.due_at), left=amount)


def in_hours(explained: TimerExplanation, length: timedelta, reader: Reader) -> RichText:
    """`4 h of business hours`, never in days: a day of work is no day on the wall."""
    amount = working_time(length, reader.language)
    replayed, measure = explained.replayed, explained.timer.measure
    is_any_hour = replayed is None or replayed.policy.hours_of(measure).never_closes
    return (amount,) if is_any_hour else reader.say("sla.of_business_hours", length=amount)


def is_not_promised_now(explained: TimerExplanation, ticket: Ticket) -> bool:
    replayed = explained.replayed
    return replayed is not None and replayed.policy.target(explained.timer.measure, ticket.priority) is None


def _targets(replayed: TimerReplay, reader: Reader) -> Iterator[RichText]:
    left_out = range(1, len(replayed.target_periods) - MOST_CHANGES)
    for index, period in enumerate(replayed.target_periods):
        if index not in left_out:
            yield _target_line(replayed, index, period, reader)
        elif index == left_out[-1]:
            yield reader.say("sla.more_changes", count=len(left_out), number=MOST_CHANGES)


def _target_line(replayed: TimerReplay, index: int, period: TargetPeriod, reader: Reader) -> RichText:
    """What was promised from this turn on, what made it so, and when that was due."""
    measure, turn, policy = replayed.timer.measure, period.turn, period.policy
    target = policy.target(measure, turn.ticket.priority)
    assert target is not None
    before = replayed.target_periods[index - 1] if index else None
    kind = "sla.around_the_clock" if policy.hours_of(measure).never_closes else "sla.of_business_hours"
    promised = reader.say(
        "sla.target" if before is None else "sla.target_changed",
        at=reader.at(turn.at),
        target=reader.say(kind, length=reader.length(target)),
        why=reduce(
            lambda why, reason: reader.say("sla.two_reasons", why=why, reason=reason),
            _reasons(period, before, reader),
        ),
    )
    return joined(promised, *_due(period, before, reader))


def _reasons(period: TargetPeriod, before: TargetPeriod | None, reader: Reader) -> Iterator[RichText]:
    turn = period.turn
    yield reader.say("sla.why_priority", priority=terms.priority(turn.ticket.priority, reader.language))
    if before is not None and before.turn.ticket.team != turn.ticket.team:
        yield reader.say("sla.why_moved")
    if reader.sees_policy and (before is None or before.policy is not period.policy):
        yield _policy(period.policy, reader)
        if turn.applied is not None:
            yield tell(reader.language, turn.applied.why)


def _policy(policy: SlaPolicy, reader: Reader) -> RichText:
    if policy.variant:
        return reader.say("sla.policy_variant", policy=policy.name, variant=policy.variant)
    return reader.say("sla.policy", policy=policy.name)


def _due(period: TargetPeriod, before: TargetPeriod | None, reader: Reader) -> Iterator[RichText]:
    if period.due_at is None:
        if _counts_anew(period, before):
            yield reader.say("sla.counted_from_here")
        return
    at = reader.at(period.due_at)
    if period.due_at <= period.turn.at:
        yield reader.say("sla.used_up", at=at)
    elif _counts_anew(period, before):
        yield reader.say("sla.counted_from_here")
        is_as_before = before is not None and period.due_at == before.due_at
        yield reader.say("sla.due_no_later" if is_as_before else "sla.target_due", at=at)
    else:
        yield reader.say("sla.target_due", at=at)


def _counts_anew(period: TargetPeriod, before: TargetPeriod | None) -> bool:
    return bool(period.counts_from) and (before is None or before.counts_from != period.counts_from)


def _ledger(replayed: TimerReplay, reader: Reader) -> Iterator[RichText]:
    lines = lines_of(replayed)
    for line, seconds in zip(lines, shown_seconds(lines), strict=True):
        yield _line(line, seconds, reader)
    yield _sum(replayed, reader.length(counted(lines)), reader)


def _line(line: LedgerLine, seconds: int, reader: Reader) -> RichText:
    since, until = reader.span(line.since, line.until)
    facts: dict[str, RichText | Span | int] = {
        "sign": "✓" if line.reason is Reason.COUNTED else "–",
        "length": exact_length(seconds, reader.language),
        "since": since,
        "until": until,
        "state": _state(line, reader),
    }
    if line.times > 1:
        return reader.say("sla.line_times", **facts, count=line.times)
    return reader.say("sla.line", **facts)


def _state(line: LedgerLine, reader: Reader) -> RichText:
    if line.holidays:
        days = listed([day_of_month(day, language=reader.language) for day in line.holidays], reader.language)
        return reader.say("sla.reason_holiday_on", days=days)
    return reader.say(f"sla.reason_{line.reason}")


def shown_seconds(lines: Sequence[LedgerLine]) -> Iterator[int]:
    """Each line's length, so that the counted ones add up to their sum's whole seconds, as do the others."""
    so_far = {True: timedelta(), False: timedelta()}
    for line in lines:
        is_counted = line.reason is Reason.COUNTED
        before = so_far[is_counted]
        so_far[is_counted] = before + line.length
        yield so_far[is_counted] // _SECOND - before // _SECOND


def _sum(replayed: TimerReplay, total: str, reader: Reader) -> RichText:
    """Held against the target, or against what was spent when a shorter one was promised too late for it."""
    targets = (
        each.policy.target(replayed.timer.measure, each.turn.ticket.priority)
        for each in replayed.target_periods
    )
    timer = replayed.timer
    facts = {"counted": total, "target": reader.length(timer.target)}
    if timer.target in targets:
        return reader.say("sla.sum", **facts)
    if timer.counts_from and timer.target == timer.counts_from + timer.policy_target:
        earlier, later = reader.length(timer.counts_from), reader.length(timer.policy_target)
        return reader.say("sla.sum_raised", **facts, earlier=earlier, later=later)
    last = replayed.target_periods[-1]
    if last.due_at is not None and last.due_at > last.turn.at:  # what was due before a second raise
        return reader.say("sla.sum", **facts)
    return reader.say("sla.sum_by_then", **facts)
