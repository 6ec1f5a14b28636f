"""A ledger in words: what was promised and when that changed, each line of the time, and what it comes to.

Shown lengths add up to what is shown under them: a part of a second that one line leaves out, the next one has.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bot.domain.sla.ledger import LedgerLine, Reason, counted, lines_of
from bot.domain.sla.replay import TargetPeriod, TimerReplay
from bot.domain.sla.timer import SlaPolicy
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import Bold, Moment, RichText
from bot.services.sla.explanation import TimerExplanation

MOST_CHANGES = 5
"""Of one promise that are told beside what was promised first; the ticket's history has all."""

_SECOND = timedelta(seconds=1)


def clock_in_words(
    explained: TimerExplanation, ticket: Ticket, *, zone: str | None, sees_policy: bool
) -> RichText:
    """One clock with its whole ledger, instants in this zone; `sees_policy`: with what chose its policy."""
    timer = explained.timer
    text: RichText = (Bold(timer.measure.label.capitalize()),)
    if timer.cycle_at is not None:
        text += (" owed since ", Moment(timer.cycle_at, zone))
    text += (" · ", *verdict(explained, ticket, zone=zone))
    replayed = explained.replayed
    if replayed is None:
        so_far = f"{exact(explained.elapsed // _SECOND)} of {_length(timer.target)}"
        return (*text, f"\nIt has counted {so_far}. The ticket’s history does not tell how it came to that.")
    left_out = range(1, len(replayed.target_periods) - MOST_CHANGES)
    for index, period in enumerate(replayed.target_periods):
        if index not in left_out:
            text += ("\n", *_target_line(replayed, index, period, zone=zone, sees_policy=sees_policy))
        elif index == left_out[-1]:
            text += (f"\n… {len(left_out)} more changes of the promise before the last {MOST_CHANGES}",)
    lines = lines_of(replayed)
    for line, seconds in zip(lines, shown_seconds(lines), strict=True):
        text += ("\n", *_line(line, seconds, zone=zone))
    total = exact(counted(lines) // _SECOND)
    return (*text, f"\n= {total} {_against(replayed)}")


def verdict(explained: TimerExplanation, ticket: Ticket, *, zone: str | None) -> RichText:
    """Kept, broken, or what is left, in the hours that the promise counts."""
    timer = explained.timer
    left = timer.target - explained.elapsed
    is_late = left < timedelta()
    amount = _in_hours(explained, abs(left))
    late = f"{amount} late"
    if timer.stopped_at is not None:
        end: RichText = (", at ", Moment(timer.stopped_at, zone))
        if timer.breached_at is not None:
            return (f"missed: done {late}", *end)
        if ticket.status.is_live and _is_not_promised_now(explained, ticket):
            return (f"not promised for priority {ticket.priority}",)
        return (f"kept with {amount} to spare", *end)
    if timer.due_at is None:
        return (f"paused, {late if is_late else f'{amount} left'}",)
    if is_late:
        return ("was due ", Moment(timer.due_at, zone), f", {late}")
    return ("due ", Moment(timer.due_at, zone), f", {amount} left")


def _in_hours(explained: TimerExplanation, length: timedelta) -> str:
    """`4 h of opening hours`, never in days: a day of work is no day on the wall."""
    seconds = length // _SECOND
    amount = exact(seconds - seconds % 60) if seconds >= 60 else exact(seconds)
    replayed, measure = explained.replayed, explained.timer.measure
    is_any_hour = replayed is None or replayed.policy.hours_of(measure).never_closes
    return amount if is_any_hour else f"{amount} of opening hours"


def _is_not_promised_now(explained: TimerExplanation, ticket: Ticket) -> bool:
    replayed = explained.replayed
    return replayed is not None and replayed.policy.target(explained.timer.measure, ticket.priority) is None


def exact(seconds: int) -> str:
    """A length of time in hours, minutes and seconds, nothing left out: `26 h 5 min`, `40 s`."""
    hours, rest = divmod(seconds, 3600)
    units = ((hours, "h"), (rest // 60, "min"), (rest % 60, "s"))
    return " ".join(f"{amount} {unit}" for amount, unit in units if amount) or "0 s"


def _against(replayed: TimerReplay) -> str:
    """What the sum is held against: the target, or what was spent when a shorter one was promised too late for it."""
    targets = (
        each.policy.target(replayed.timer.measure, each.turn.ticket.priority)
        for each in replayed.target_periods
    )
    timer = replayed.timer
    if timer.target in targets:
        return f"counted of {_length(timer.target)}"
    if timer.counts_from and timer.target == timer.counts_from + timer.policy_target:
        before, since = _length(timer.counts_from), _length(timer.policy_target)
        return f"counted of {_length(timer.target)}: {before} until the priority was raised, {since} from then on"
    last = replayed.target_periods[-1]
    if last.due_at is not None and last.due_at > last.turn.at:  # what was due before a second raise
        return f"counted of {_length(timer.target)}"
    return f"counted, {_length(timer.target)} of it by then"


def _length(length: timedelta) -> str:
    return exact(length // _SECOND)


def _target_line(
    replayed: TimerReplay, index: int, period: TargetPeriod, *, zone: str | None, sees_policy: bool
) -> RichText:
    """What was promised from this turn on, what made it so, and when that was due."""
    measure, turn, policy = replayed.timer.measure, period.turn, period.policy
    target = policy.target(measure, turn.ticket.priority)
    assert target is not None
    before = replayed.target_periods[index - 1] if index else None
    why = [f"priority {turn.ticket.priority}"]
    if before is not None and before.turn.ticket.team != turn.ticket.team:
        why.append("moved to another team")
    if sees_policy and (before is None or before.policy is not policy):
        why.append(_policy(policy, turn.applied.why if turn.applied else ""))
    kind = "around the clock" if policy.hours_of(measure).never_closes else "of opening hours"
    due: RichText = (", due ", Moment(period.due_at, zone)) if period.due_at is not None else ()
    if period.due_at is not None and period.due_at <= turn.at:
        due = (", used up by then", *due)
    elif period.counts_from and (before is None or before.counts_from != period.counts_from):
        kind += ", counted from here"
        if before is not None and period.due_at is not None and period.due_at == before.due_at:
            due = (", no later than before: due ", Moment(period.due_at, zone))
    said = f" {'promised' if before is None else 'from then on'} {_length(target)} {kind}"
    return (Moment(turn.at, zone), f"{said} ({'; '.join(why)})", *due)


def _policy(policy: SlaPolicy, why: str) -> str:
    variant = f", variant {policy.variant}" if policy.variant else ""
    chosen_by = f", chosen by {why}".replace("`", "") if why else ""
    return f"policy {policy.name}{variant}{chosen_by}"


def _line(line: LedgerLine, seconds: int, *, zone: str | None) -> RichText:
    sign = "✓" if line.reason is Reason.COUNTED else "–"
    often = f", {line.times} times" if line.times > 1 else ""
    words = f"{_WORDS[line.reason]}{_named(line.holidays)}{often}"
    return (
        f"{sign} {exact(seconds)} · ",
        Moment(line.since, zone),
        " – ",
        Moment(line.until, zone),
        f" · {words}",
    )


_WORDS = {
    Reason.COUNTED: "counted",
    Reason.BREAK: "closed: break",
    Reason.OUTSIDE_HOURS: "closed: outside hours",
    Reason.DAY_OFF: "closed: days off",
    Reason.HOLIDAY: "closed: holiday",
    Reason.WAITING: "not counted: waiting for the requester",
    Reason.ON_HOLD: "not counted: on hold, waiting for somebody else",
    Reason.PAUSED: "not counted: paused in this status",
    Reason.DONE: "not counted: resolved or closed",
    Reason.NO_TARGET: "not counted: nothing was promised for the priority",
    Reason.BEFORE: "not counted: before this promise was made",
}


def _named(holidays: Sequence[date]) -> str:
    return f" on {', '.join(f'{day.day} {day:%B}' for day in holidays)}" if holidays else ""


def shown_seconds(lines: Sequence[LedgerLine]) -> Iterator[int]:
    """Each line's length, so that the counted ones add up to their sum's whole seconds, as do the others."""
    so_far = {True: timedelta(), False: timedelta()}
    for line in lines:
        is_counted = line.reason is Reason.COUNTED
        before = so_far[is_counted]
        so_far[is_counted] = before + line.length
        yield so_far[is_counted] // _SECOND - before // _SECOND
