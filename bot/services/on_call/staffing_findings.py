"""What is watched besides the promises: who takes over, rotas that run empty, requests that nobody takes, and
tickets in the hands of people who are away.

Each question is asked of one team and answered with what is new since it was told last. Nothing is new while the
team is closed: whoever would read it is not there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef, Person, Team
from bot.domain.errors import ConfigurationError
from bot.domain.events import TicketImported
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.storage.audit_log import AuditEntry
from bot.ports.storage.tickets import TicketFilter
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.membership import people_meant
from bot.services.on_call.roster import Roster, rota_of
from bot.services.on_call.shifts import first_coverage_gap

MOST = 100
"""Unclaimed requests that are counted."""
MOST_PAGES = 10
"""Of so many requests each that are looked at for those, imported ones among them."""
LONG = timedelta(hours=24)
"""Shorter absences are nobody else's business."""
NOBODY = "nobody"
_ARRIVALS = frozenset({"TicketTransferred", "TicketReleased"})


class StaffingTopic(StrEnum):
    """What a line is about: who is on call, that nobody will be, or is after all; requests that wait; who is away."""

    ON_CALL = "on_call"
    EMPTY = "empty"
    FILLED = "filled"
    UNCLAIMED = "unclaimed"
    CLAIMED = "claimed"
    AWAY = "away"
    NOBODY_FITS = "nobody_fits"
    """Requests that wait since there is nobody to be given them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffingFinding:
    """`name` is what is watched, `was` what was told of it last and `told` what would be now.

    Without a topic nobody is told; it only is remembered. `people` are the keys of those it is about.
    """

    name: str
    was: str
    told: str
    team: str
    channel: ChannelRef
    topic: StaffingTopic | None = None
    people: tuple[str, ...] = ()

    @property
    def is_alert(self) -> bool:
        """Whether it tells of something that is to end."""
        return self.topic in (StaffingTopic.EMPTY, StaffingTopic.UNCLAIMED, StaffingTopic.AWAY)

    @property
    def has_ended(self) -> bool:
        """Whether some of what was told of it is true no more."""
        return not set(self.was.split()) <= set(self.told.split())


def staffing_findings(uow: UnitOfWork, desk: Desk, *, now: datetime) -> Iterator[StaffingFinding]:
    """What is new for the teams that are open and have a channel for it."""
    told = uow.watches.all()
    roster = Roster(uow, desk, now=now)
    away = long_away(uow, roster, now=now)
    for team in desk.teams.values():
        if team.escalation_channel is not None and team.calendar.is_open(now):
            yield from _of_rota(roster, desk, team, team.escalation_channel, told=told, now=now)
            yield from _of_queue(uow, team, team.escalation_channel, told=told, now=now)
            yield from _of_absent(uow, team, team.escalation_channel, away, told=told)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRequest:
    """A request that nobody has, and when it came into the queue: opened there, moved there, or given back."""

    ticket: Ticket
    since: datetime


def unclaimed(team: Team) -> TicketFilter:
    """What nobody has and the team is waited for: not what is pending on its requester, or on hold."""
    statuses = frozenset({Status.NEW, Status.OPEN})
    return TicketFilter(teams=team.names, statuses=statuses, is_unassigned=True)


def waiting_requests(uow: UnitOfWork, team: Team, *, now: datetime) -> list[WaitingRequest]:
    """Those that nobody has had for longer than the team lets pass, most urgent first, at most a hundred."""
    if team.unclaimed_after is None:
        return []
    try:
        since = team.calendar.subtract(now, team.unclaimed_after)
    except ConfigurationError:  # it has not been open for so long yet
        return []
    wanted = replace(unclaimed(team), opened_before=since, awake_at=now)
    waiting: list[WaitingRequest] = []
    for page in range(MOST_PAGES):
        found = uow.tickets.search(wanted, limit=MOST, offset=page * MOST)
        entries = uow.audit_log.of_tickets([ticket.id for ticket in found])
        waiting += [each for each in in_queue(found, entries) if each.since <= since]
        if len(waiting) >= MOST or len(found) < MOST:
            break
    return waiting[:MOST]


def in_queue(
    found: Sequence[Ticket], entries: Mapping[int, Sequence[AuditEntry]]
) -> Iterator[WaitingRequest]:
    """Without what was imported and has not moved since: that queue was not this desk's."""
    for ticket in found:
        arrivals = [entry.at for entry in entries[ticket.id] if entry.event in _ARRIVALS]
        is_imported = any(entry.event == TicketImported.stored_as for entry in entries[ticket.id])
        if arrivals or not is_imported:
            yield WaitingRequest(ticket=ticket, since=max([ticket.opened_at, *arrivals]))


def long_away(uow: UnitOfWork, roster: Roster, *, now: datetime) -> list[Person]:
    """Those who are away for more than a day and have open tickets."""
    long = [each for each in roster.absences if each.holds(now) and each.until - each.since > LONG]
    people = people_meant(uow, [each.person for each in long])
    held = uow.tickets.count_live_by_assignee(person.key for person in people) if people else {}
    return [person for person in people if held[person.key]]


def tickets_of(uow: UnitOfWork, team: Team, person: str) -> Sequence[Ticket]:
    """The team's open tickets that somebody has, most urgent first, at most a hundred."""
    return uow.tickets.search(TicketFilter(teams=team.names, assignee=person), limit=MOST)


def _of_rota(
    roster: Roster, desk: Desk, team: Team, channel: ChannelRef, *, told: Mapping[str, str], now: datetime
) -> Iterator[StaffingFinding]:
    rota = rota_of(desk, team)
    if rota is None:
        return
    name, person = f"on call:{team.name}", roster.on_call(rota, at=now)
    was, is_now = told.get(name, ""), person.key if person is not None else NOBODY
    if is_now != was:
        # What is seen first is no news, and that nobody is there is told by the other watch.
        topic = StaffingTopic.ON_CALL if was and person is not None else None
        yield StaffingFinding(name=name, was=was, told=is_now, team=team.name, channel=channel, topic=topic)
    name = f"rota:{team.name}"
    was, empty = told.get(name, ""), first_coverage_gap(roster, rota, team.calendar, now=now)
    if empty is not None and not was:
        begins = empty.begins.isoformat()
        yield StaffingFinding(
            name=name, was="", told=begins, team=team.name, channel=channel, topic=StaffingTopic.EMPTY
        )
    elif empty is None and was:
        yield StaffingFinding(
            name=name, was=was, told="", team=team.name, channel=channel, topic=StaffingTopic.FILLED
        )


def _of_queue(
    uow: UnitOfWork, team: Team, channel: ChannelRef, *, told: Mapping[str, str], now: datetime
) -> Iterator[StaffingFinding]:
    """It has got worse when twice as many wait as were told of; it is well when none does."""
    name = f"queue:{team.name}"
    was = told.get(name, "")
    if team.unclaimed_after is None:
        if was:
            yield StaffingFinding(name=name, was=was, told="", team=team.name, channel=channel)
        return
    before, many = int(was or 0), len(waiting_requests(uow, team, now=now))
    is_worse, is_well = many >= max(1, 2 * before), before > 0 and many == 0
    if not (is_worse or is_well or 2 * many <= before) or (not before and not many):
        return
    topic = StaffingTopic.UNCLAIMED if is_worse else StaffingTopic.CLAIMED if is_well else None
    yield StaffingFinding(
        name=name, was=was, told=str(many) if many else "", team=team.name, channel=channel, topic=topic
    )


def _of_absent(
    uow: UnitOfWork, team: Team, channel: ChannelRef, away: list[Person], *, told: Mapping[str, str]
) -> Iterator[StaffingFinding]:
    """Who newly is away with tickets of the team; whoever is no more is forgotten."""
    name = f"away:{team.name}"
    was = told.get(name, "")
    having = sorted(person.key for person in away if tickets_of(uow, team, person.key))
    new = tuple(key for key in having if key not in was.split())
    is_now = " ".join(having)
    if is_now != was:
        topic = StaffingTopic.AWAY if new else None
        yield StaffingFinding(
            name=name, was=was, told=is_now, team=team.name, channel=channel, topic=topic, people=new
        )
