"""`bot.ports.console.overviews.TeamPages` of a desk: read in one transaction, rendered after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from bot.caches.known_staff import agents_among, staff_met
from bot.documents.console.console_reader import ConsoleReader
from bot.documents.console.team.calendar import Bar, BarKind
from bot.documents.console.team.load import STATUSES, TeamLoad, team_load
from bot.documents.console.team.team_roster import TeamRoster, roster_of
from bot.domain.directory import Person, Team, kept_as
from bot.ports.console.overviews import RefusedTeamForm
from bot.ports.console.pages import ConsolePage, ConsoleSection, ConsoleVisitor
from bot.ports.storage.boards import RunningTarget
from bot.ports.storage.figures.figures import LoadPart
from bot.ports.storage.tickets import TicketFilter
from bot.services.boards.at_risk import WorstTarget, at_risk
from bot.services.context.context import Context
from bot.services.context.reader import zone_of
from bot.services.on_call.roster import Roster
from bot.text import terms
from bot.text.instants import day_in_words, short_month, stamp, weekday_letter
from bot.text.sentences import words

LISTED: Final = 10
"""Tickets at risk that are named; the number leads to all of them."""
FEWEST: Final = 5
"""Tickets that are due next are named up to so many, also where none is at risk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentLine:
    """A ticket that is at risk or overdue, by the worst of its targets; or one that is due next."""

    reference: str
    subject: str
    assignee: str
    target: str
    due_at: str
    is_overdue: bool
    is_at_risk: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamBoard:
    """`is_led`: numbers of single people are the reader's to see."""

    name: str
    title: str
    is_led: bool
    load: TeamLoad
    urgent: tuple[UrgentLine, ...]
    staffing: TeamRoster


class TeamReader(ConsoleReader):
    async def teams(
        self, visitor: ConsoleVisitor, *, said: str = "", given: RefusedTeamForm | None = None
    ) -> ConsolePage:
        def read(context: Context) -> tuple[list[TeamBoard], partial[str]]:
            return boards_of(context), partial(stamp, zone=zone_of(context), language=context.language)

        boards, stamped = await self._read(visitor, read)
        language = visitor.language

        def told(bar: Bar) -> str:
            """`Ana Lima is on call 30 Nov, 09:00 – 7 Dec, 09:00`, of each stay."""
            return "; ".join(
                _bar_words(stay.kind, stay.begins, stay.ends, stamped, language) for stay in bar.stays
            )

        return self._frame.page(
            "teams_page.html",
            visitor,
            section=ConsoleSection.TEAM,
            boards=boards,
            statuses=[terms.capitalised(terms.status(each, language)) for each in STATUSES],
            stamped=stamped,
            told=told,
            plannable=dict,
            day_words=partial(day_in_words, language=language),
            weekday_words=partial(weekday_letter, language=language),
            month_words=partial(short_month, language=language),
            said=said,
            given=given or RefusedTeamForm(form="", reason="", typed={}),
        )


def boards_of(context: Context) -> list[TeamBoard]:
    """Of each team that the reader works or leads."""
    desk = context.desk
    teams = desk.teams_of(context.actor)
    parts = context.uow.figures.load_parts(kept_as(teams), now=context.now)
    keys = {each.agent for each in parts if each.agent is not None}
    known = {key: each.name for key, each in context.uow.people.find_many(keys).items()}
    roster = Roster(context.uow, desk, now=context.now)
    return [_board(context, team, parts, known, roster) for team in teams]


def _board(
    context: Context, team: Team, parts: Sequence[LoadPart], known: dict[str, str], roster: Roster
) -> TeamBoard:
    is_led = team.has_lead(context.actor) or context.desk.is_admin(context.actor)
    staff = list(staff_met(context.uow, [team]).values())
    people: Sequence[Person] = agents_among(staff, [team], actor=context.actor) if is_led else []
    urgent, _ = at_risk(context.uow, [team], now=context.now)
    risky = sorted(urgent, key=lambda each: each.target.due_at)[:LISTED]
    later = _due_later(context, team, risky)
    return TeamBoard(
        name=team.name,
        title=team.title,
        is_led=is_led,
        load=team_load(team, parts, people=people, names=known if is_led else {}),
        urgent=(
            *(_urgent_line(context, each, known) for each in risky),
            *(_urgent_line(context, each, known, is_at_risk=False) for each in later),
        ),
        staffing=roster_of(context, team, roster, staff),
    )


def _due_later(context: Context, team: Team, risky: Sequence[WorstTarget]) -> list[WorstTarget]:
    """What is due next besides those at risk, soonest first, where these leave room for it."""
    room = FEWEST - len(risky)
    if room <= 0:
        return []
    there = {each.target.ticket.id for each in risky}
    ahead = TicketFilter(teams=kept_as([team]), due_after=context.now)
    tickets = context.uow.tickets.search(ahead, limit=room + len(there))
    found = [each for each in tickets if each.id not in there][:room]
    timers = context.uow.sla_timers.of_tickets(each.id for each in found)
    targets = [
        RunningTarget(ticket, timer)
        for ticket in found
        for timer in timers[ticket.id]
        if timer.due_at is not None and timer.due_at == ticket.due_at
    ]
    once = {each.ticket.id: each for each in reversed(targets)}
    return [WorstTarget(once[each.id], None) for each in found if each.id in once]


def _urgent_line(
    context: Context, each: WorstTarget, known: dict[str, str], *, is_at_risk: bool = True
) -> UrgentLine:
    ticket, timer = each.target.ticket, each.target.timer
    return UrgentLine(
        reference=ticket.reference,
        subject=ticket.subject,
        assignee=known.get(ticket.assignee, "") if ticket.assignee is not None else "",
        target=terms.measure_title(timer.measure, context.language),
        due_at=stamp(each.target.due_at, zone=zone_of(context), language=context.language),
        is_overdue=each.is_breached(context.now),
        is_at_risk=is_at_risk,
    )


def _bar_words(
    kind: BarKind, begins: datetime, ends: datetime | None, stamped: partial[str], language: str
) -> str:
    if ends is None:
        return words(language, f"overview.bar_{kind}_open", since=stamped(begins))
    return words(language, f"overview.bar_{kind}", since=stamped(begins), until=stamped(ends))
