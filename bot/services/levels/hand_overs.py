"""Which teams hand over now, to whom, and which of their tickets go."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.desk import Desk
from bot.domain.directory import Team
from bot.domain.levels.hand_over import TOO_SOON, HandOver, due_day, hour_of, is_there_again, takes_over
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.tickets import TicketFilter
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.context import Context

PAGE: Final = 500
"""Tickets that are looked through at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextRegion:
    """`team` takes over, or nobody; those `off` were asked before and are not there in time: when they are again."""

    team: Team | None
    off: tuple[tuple[Team, datetime | None], ...] = ()


def is_any_handing_over(desk: Desk) -> bool:
    return any(team.hands_over is not None for team in desk.teams.values())


def next_due(uow: UnitOfWork, desk: Desk, *, now: datetime) -> HandOver | None:
    """The team whose hour came first of those that have not begun. A day before the last one is never begun."""
    begun = uow.hand_overs.last_days()
    due = (each for each in _all_due(desk, now=now) if each.team not in begun or each.day > begun[each.team])
    return min(due, key=lambda each: (each.at, each.team), default=None)


def _all_due(desk: Desk, *, now: datetime) -> Iterator[HandOver]:
    for name, team in desk.teams.items():
        rule = team.hands_over
        day = due_day(team.calendar, rule, now=now) if rule is not None else None
        at = hour_of(team.calendar, rule, day) if rule is not None and day is not None else None
        if day is not None and at is not None:
            yield HandOver(id=0, team=name, day=day, at=at, receiver="")


def receiver_of(desk: Desk, hand_over: HandOver) -> NextRegion:
    """The team that is named, or where it has a day off the one that it hands over to itself, and so on."""
    sender = desk.teams[hand_over.team]
    off: list[tuple[Team, datetime | None]] = []
    rule, asked = sender.hands_over, {sender.name}
    while rule is not None and rule.team in desk.teams and rule.team not in asked:
        team = desk.teams[rule.team]
        if takes_over(team.calendar, sender.calendar, hand_over.day, at=hand_over.at):
            return NextRegion(team=team, off=tuple(off))
        off.append((team, team.calendar.next_open(hand_over.at)))
        asked.add(team.name)
        rule = team.hands_over
    return NextRegion(team=None, off=tuple(off))


def tickets_to_hand_over(context: Context, hand_over: HandOver) -> list[int]:
    """Ids of what the team has at its hour."""
    rule = context.desk.teams[hand_over.team].hands_over
    if rule is None:
        return []
    wanted = TicketFilter(
        teams=context.desk.teams[hand_over.team].names, statuses=rule.statuses, opened_before=hand_over.at
    )
    found: list[int] = []
    after = 0
    while page := context.uow.tickets.walk(wanted, after=after, limit=PAGE):
        after = page[-1].id
        hours = context.uow.hand_overs.last_hours([each.id for each in page])
        found += [
            each.id
            for each in page
            if goes_along(context, hand_over, each)
            and (each.id not in hours or hand_over.at - hours[each.id] >= TOO_SOON)
        ]
    return found


def goes_along(context: Context, hand_over: HandOver, ticket: Ticket) -> bool:
    """Not what rests, and not what is private: whom that is shown to is for people to decide."""
    team = context.desk.teams.get(hand_over.team)
    if team is None or team.hands_over is None or ticket.team not in team.names:
        return False
    if ticket.is_private or ticket.is_snoozed(context.now):
        return False
    rule = team.hands_over
    return rule.fits(ticket.status, ticket.priority)


def is_over(desk: Desk, hand_over: HandOver, *, now: datetime) -> bool:
    """Whether the team that handed over is there again, so that it keeps what is left."""
    team = desk.teams.get(hand_over.team)
    again = is_there_again(team.calendar, hand_over.day) if team is not None else None
    return again is not None and again <= now
