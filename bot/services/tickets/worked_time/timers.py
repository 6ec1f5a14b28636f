"""Timers: an agent starts one on a ticket, and what it counted is logged when it ends.

An agent has one timer. It ends by its row's removal in the transaction that logs its time, under the ticket's lock,
so that restarts and replicas neither lose time nor count it twice.
"""

from dataclasses import dataclass

from bot.domain.errors import AlreadySo, Refused
from bot.domain.tickets.ticket import Ticket
from bot.domain.worked_time.stopwatch import Stopwatch, ends_of
from bot.domain.worked_time.time_entry import LONGEST_TEXT, TimeEntry, TimeSource
from bot.domain.worked_time.typed_time import TypedTime
from bot.services.context.context import Context
from bot.services.tickets.worked_time.entries import day_of, log_time


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppedTimer:
    """`is_forgotten`: it ran past its end, and counts up to there."""

    ticket: Ticket
    entry: TimeEntry
    is_forgotten: bool


def running_timer(context: Context) -> Stopwatch | None:
    """The actor's, started with whichever of their accounts."""
    return next(iter(context.uow.stopwatches.of_agents(context.accounts)), None)


def start_timer(context: Context, ticket_id: int) -> tuple[Ticket, StoppedTimer | None]:
    """On this ticket; another timer of the actor's is stopped first. Raises AlreadySo where it runs there.

    Tickets are locked in one order, so that two agents who change places never wait for one another.
    """
    running = running_timer(context)
    ids = {ticket_id, *(() if running is None else (running.ticket,))}
    locked = {each: context.uow.tickets.lock(each) for each in sorted(ids)}
    ticket, running = locked[ticket_id], running_timer(context)
    if running is not None and running.ticket not in locked:
        raise Refused("time.try_again")
    if running is not None and running.ticket == ticket_id:
        raise AlreadySo("time.already_running", reference=ticket.reference)
    stopped = end_timer(context, locked[running.ticket], running) if running is not None else None
    counts_until, ends_at = ends_of(
        context.team_of(ticket).calendar,
        started_at=context.now,
        longest=context.team_of(ticket).longest_timer,
    )
    stopwatch = Stopwatch(
        id=context.uow.new_id(),
        agent=context.actor.key,
        ticket=ticket.id,
        started_at=context.now,
        counts_until=counts_until,
        ends_at=ends_at,
    )
    if not context.uow.stopwatches.start(stopwatch):
        raise Refused("time.try_again")
    return ticket, stopped


def stop_timer(context: Context, *, text: str = "") -> StoppedTimer:
    """Wherever the actor's timer runs. Raises Refused where none does."""
    running = running_timer(context)
    if running is None:
        raise Refused("time.none_running")
    if len(text) > LONGEST_TEXT:
        raise Refused("time.text_too_long", number=len(text), limit=LONGEST_TEXT)
    ticket = context.uow.tickets.lock(running.ticket)
    stopped = end_timer(context, ticket, running, text=text)
    if stopped is None:
        raise Refused("time.none_running")
    return stopped


def stop_timer_on(context: Context, ticket: Ticket) -> StoppedTimer | None:
    """The actor's on this locked ticket, where one runs."""
    running = running_timer(context)
    if running is None or running.ticket != ticket.id:
        return None
    return end_timer(context, ticket, running)


def end_timer(
    context: Context, ticket: Ticket, stopwatch: Stopwatch, *, text: str = ""
) -> StoppedTimer | None:
    """On its locked ticket; None where somebody else was faster."""
    if not context.uow.stopwatches.end(stopwatch.id):
        return None
    is_forgotten = stopwatch.is_forgotten(context.now)
    entry = log_time(
        context,
        ticket,
        TypedTime(
            day=day_of(context, stopwatch.started_at), length=stopwatch.counted(context.now), text=text
        ),
        agent=stopwatch.agent,
        source=TimeSource.FORGOTTEN if is_forgotten else TimeSource.TIMER,
    )
    return StoppedTimer(ticket=ticket, entry=entry, is_forgotten=is_forgotten)
