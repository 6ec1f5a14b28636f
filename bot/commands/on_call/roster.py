"""`/desk on-call`: who is on call until when, who stands in because who said so, who is away, and what is amiss."""

from itertools import islice

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.lookups import find_team
from bot.commands.framework.ticket_lists import range_shown, read_page, turn_buttons
from bot.domain.directory import Person, Team
from bot.domain.errors import Refused
from bot.domain.on_call.absence import Absence
from bot.domain.on_call.rota import Cover
from bot.domain.tickets.queue_order import QueuePart
from bot.messages import verbs
from bot.messages.outbound import Button, Moment, PrivateReply, RichText, Span
from bot.services.context.context import Context
from bot.services.context.membership import people_meant
from bot.services.on_call.cover import covers_of
from bot.services.on_call.roster import Roster, rota_of
from bot.services.on_call.shifts import ShiftStretch, first_coverage_gap, stretches
from bot.services.on_call.staffing_findings import waiting_requests
from bot.text.amounts import length
from bot.text.sentences import joined, say
from bot.views.cover_buttons import cover_buttons
from bot.views.staffing_notice import unreachable_line

LISTED = 20
"""Teams and absences on a page: with their covers a page is one message on each platform."""


def show_on_call(call: Call) -> PrivateReply:
    """Teams, then who is away, then who will be; page by page where a message does not hold them all.

    A team that is named has an answer of its own.
    """
    context, first = call.context, call.option("team").rstrip("?")
    if first and not first.isdecimal():
        return _one_team(context, find_team(context, first))
    wanted = read_page(first or call.option("page"))
    teams = list(context.desk.teams.values())
    roster = Roster(context.uow, context.desk, now=context.now)
    is_staffed = any(rota_of(context.desk, team) is not None or team.unclaimed_after for team in teams)
    if not is_staffed and not roster.absences:
        raise Refused("answers.no_rota")
    parts = [joined(*_of_team(context, roster, team), *_of_queue(context, team), by="\n") for team in teams]
    every = [each for each in (*parts, *_away(context, roster), *_planned(context, roster)) if each]
    pages = max(-(-len(every) // LISTED), 1)
    page = min(wanted, pages)
    shown = every[(page - 1) * LISTED : page * LISTED]
    count = range_shown((page - 1) * LISTED, len(shown), len(every), context.language)
    missing = call.say("commands.no_such_page", number=wanted, total=pages) if wanted > pages else ()
    return PrivateReply(
        text=joined(*shown, (count,) if pages > 1 else (), missing, by="\n"),
        buttons=(*turn_buttons(call, {}, page=page, pages=pages), *_buttons(context, roster)),
        is_page=pages > 1,
        is_turned=bool(call.option("page")),
    )


def _one_team(context: Context, team: Team) -> PrivateReply:
    roster = Roster(context.uow, context.desk, now=context.now)
    if rota_of(context.desk, team) is None:
        raise Refused("answers.no_rota_of_team", team=team.title)
    return PrivateReply(text=joined(*_of_team(context, roster, team), *_of_queue(context, team), by="\n"))


def _of_team(context: Context, roster: Roster, team: Team) -> list[RichText]:
    rota = rota_of(context.desk, team)
    if rota is None:
        return []
    now, *following = islice(stretches(roster, rota, now=context.now), 2)
    below = [_cover_line(context, cover) for cover in roster.covers(rota)]
    empty = first_coverage_gap(roster, rota, team.calendar, now=context.now)
    if empty is not None and now.person is not None:
        since = Moment(empty.begins, context.actor.time_zone)
        below.append(say(context.language, "answers.on_call_gap", since=since))
    if unreachable := unreachable_line(context.language, roster.unreachable(rota)):
        below.append(unreachable)
    after = next((each.person for each in following), None)
    return [_on_call_line(context, team, now, after), *(("  ", *line) for line in below)]


def _on_call_line(context: Context, team: Team, now: ShiftStretch, after: Person | None) -> RichText:
    facts: dict[str, Span] = {"team": team.title, "person": now.person.name if now.person is not None else ""}
    key = "answers.on_call" if now.person is not None else "answers.on_call_nobody"
    if now.ends is None:
        return say(context.language, key, **facts)
    facts["until"] = Moment(now.ends, context.actor.time_zone)
    if after is None:
        return say(context.language, f"{key}_until", **facts)
    return say(context.language, f"{key}_until_then", name=after.name, **facts)


def _cover_line(context: Context, cover: Cover) -> RichText:
    zone = context.actor.time_zone
    return say(
        context.language,
        "answers.on_call_cover",
        person=_name(context, cover.person),
        since=Moment(cover.begins, zone),
        until=Moment(cover.ends, zone),
        name=_name(context, cover.made_by),
    )


def _of_queue(context: Context, team: Team) -> list[RichText]:
    waiting = waiting_requests(context.uow, team, now=context.now)
    if not waiting or team.unclaimed_after is None:
        return []
    queue = verbs.typed(context.desk.command_names, verbs.QUEUE)
    line = say(
        context.language,
        "answers.on_call_unclaimed",
        team=team.title,
        count=len(waiting),
        limit=length(team.unclaimed_after.total_seconds(), context.language),
        command=f"{queue} {team.name} {QueuePart.UNASSIGNED}",
    )
    return [line]


def _away(context: Context, roster: Roster) -> list[RichText]:
    """Those who are away now, by name; what `desk.yaml` says of people the desk never met is left out."""
    references = [each.person for each in roster.absences if each.holds(context.now)]
    people = people_meant(context.uow, references)
    held = context.uow.tickets.count_live_by_assignee(person.key for person in people)
    return [
        _absence_line(context, person, absence, tickets=held[person.key])
        for person in sorted(people, key=lambda each: each.name)
        if (absence := roster.absence_of(person, at=context.now)) is not None
    ]


def _planned(context: Context, roster: Roster) -> list[RichText]:
    """Who will be away, the soonest first."""
    to_come = [each for each in roster.absences if each.since > context.now]
    soonest = sorted(to_come, key=lambda each: (each.since, each.person))
    lines: list[RichText] = []
    for absence in soonest:
        for person in people_meant(context.uow, [absence.person]):
            zone = context.actor.time_zone
            reason = _reason(context, person, absence)
            key = "answers.absent_from_because" if reason else "answers.absent_from"
            since, until = Moment(absence.since, zone), Moment(absence.until, zone)
            facts: dict[str, Span] = {
                "person": person.name,
                "since": since,
                "until": until,
                "reason": reason,
            }
            lines.append(say(context.language, key, **facts))
    return lines


def _absence_line(context: Context, person: Person, absence: Absence, *, tickets: int) -> RichText:
    reason = _reason(context, person, absence)
    facts: dict[str, Span] = {
        "person": person.name,
        "until": Moment(absence.until, context.actor.time_zone),
        "reason": reason,
    }
    key = "answers.absent_because" if reason else "answers.absent"
    if not tickets:
        return say(context.language, key, **facts)
    return say(context.language, f"{key}_with_tickets", count=tickets, **facts)


def _reason(context: Context, person: Person, absence: Absence) -> str:
    """What a lead gave as the reason is for leads of that person, and the person, alone."""
    is_theirs = person.key in context.accounts or context.desk.leads_of(person, context.actor)
    return absence.reason if is_theirs or not absence.is_by_lead else ""


def _buttons(context: Context, roster: Roster) -> tuple[Button, ...]:
    return cover_buttons(context, dict.fromkeys(cover.person for _, cover in covers_of(context, roster)))


def _name(context: Context, key: str) -> str:
    person = context.uow.people.find(key)
    return person.name if person is not None else key


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.ON_CALL,
        place=240,
        who=Role.AGENT,
        handler=show_on_call,
        reads=True,
        options=(
            Option(name="team", kind=OptionKind.TEAM, is_required=False),
            Option(name="page", kind=OptionKind.WORD, is_required=False),
        ),
        aliases=("oncall",),
        spoken=("who is on call", "who's on call", "whos on call", "who is on call now"),
        menu_group="team",
        example="on-call",
    ),
)
