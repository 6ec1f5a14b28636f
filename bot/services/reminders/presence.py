"""Whether an agent may be told something now: neither away, nor within hours in which nothing may ping them."""

from datetime import datetime

from bot.domain.directory import Person, Team
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context
from bot.services.on_call.roster import Roster, rota_of
from bot.text.instants import known_zone


def is_there(context: Context, person: Person, ticket: Ticket, *, at: datetime) -> bool:
    """As notices see it: whoever is on call for the ticket's team is not left alone by the clock.

    `at` is now or an instant to come, of which it is said what is known now.
    """
    roster = Roster(context.uow, context.desk, now=context.now)
    if roster.absence_of(person, at=at) is not None:
        return False
    team = context.team_of(ticket)
    return not _is_quiet(context, person, team, at) or _is_on_call(context, roster, person, team, at)


def _is_quiet(context: Context, person: Person, team: Team, at: datetime) -> bool:
    teams = [team] if team.has_agent(person) else context.desk.teams_of(person)
    if not teams:
        return False
    hours = teams[0].calendar
    zone = known_zone(person.time_zone) or hours.zone
    choice = context.uow.notice_choices.of(person.key)
    return choice.is_quiet(at, business_hours=hours, zone=zone)


def _is_on_call(context: Context, roster: Roster, person: Person, team: Team, at: datetime) -> bool:
    rota = rota_of(context.desk, team)
    found = roster.on_call(rota, at=at) if rota is not None else None
    return found is not None and found.key == person.key
