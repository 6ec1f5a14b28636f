"""`/desk on-call`: who is on call until when, who stands in because who said so, who is away, and what is amiss."""

from itertools import islice

from bot.commands.framework.command import Call, Command, Role
from bot.domain.directory import Team
from bot.domain.errors import Refused
from bot.domain.on_call.rota import Cover
from bot.domain.tickets.queue_order import QueuePart
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, Code, Moment, PrivateReply, RichText
from bot.services.context.context import Context
from bot.services.context.membership import people_meant
from bot.services.on_call.cover import covers_of
from bot.services.on_call.roster import Roster, rota_of
from bot.services.on_call.shifts import first_coverage_gap, stretches
from bot.services.on_call.staffing_findings import waiting_requests
from bot.text.english import counted, duration
from bot.views.staffing_notice import unreachable_line

MOST_BUTTONS = 5
"""Covers that can be taken back by a button."""


def show_on_call(call: Call) -> PrivateReply:
    context = call.context
    teams = list(context.desk.teams.values())
    if not any(rota_of(context.desk, team) is not None or team.unclaimed_after for team in teams):
        raise Refused("No team has a rota. Rotas are written under `rotas` in the desk’s configuration.")
    roster = Roster(context.uow, context.desk, now=context.now)
    lines: list[RichText] = []
    for team in teams:
        lines += _of_team(context, roster, team)
        lines += _of_queue(context, team)
    lines += _away(context, roster)
    text = tuple(span for line in lines for span in (*line, "\n"))
    return PrivateReply(text=text[:-1], buttons=_buttons(context, roster))


def _of_team(context: Context, roster: Roster, team: Team) -> list[RichText]:
    rota = rota_of(context.desk, team)
    if rota is None:
        return []
    now, *following = islice(stretches(roster, rota, now=context.now), 2)
    who: RichText = (Bold(now.person.name if now.person is not None else "Nobody"), " is on call")
    until: RichText = (" until ", Moment(now.ends, context.actor.time_zone)) if now.ends is not None else ()
    after = next((each.person for each in following), None)
    then: RichText = (f", then {after.name}",) if after is not None else ()
    lines: list[RichText] = [(f"{team.title}: ", *who, *until, *then)]
    lines += [_cover_line(context, cover) for cover in roster.covers(rota)]
    empty = first_coverage_gap(roster, rota, team.calendar, now=context.now)
    if empty is not None and now.person is not None:
        lines.append(("  From ", Moment(empty.begins, context.actor.time_zone), " on nobody is on call."))
    if unreachable := unreachable_line(context.desk.language, roster.unreachable(rota)):
        lines.append((" ", *unreachable))
    return lines


def _cover_line(context: Context, cover: Cover) -> RichText:
    zone = context.actor.time_zone
    return (
        f"  {_name(context, cover.person)} stands in, ",
        Moment(cover.begins, zone),
        " – ",
        Moment(cover.ends, zone),
        f"; {_name(context, cover.made_by)} said so",
    )


def _of_queue(context: Context, team: Team) -> list[RichText]:
    waiting = waiting_requests(context.uow, team, now=context.now)
    if not waiting or team.unclaimed_after is None:
        return []
    limit = duration(team.unclaimed_after.total_seconds())
    many = counted(len(waiting), "request")
    queue = verbs.typed(context.desk.command_names, verbs.QUEUE)
    command = Code(f"{queue} {team.name} {QueuePart.UNASSIGNED}")
    return [(f"{team.title}: nobody has taken {many} for {limit} or more: ", command)]


def _away(context: Context, roster: Roster) -> list[RichText]:
    """Those who are away now, by name; what `desk.yaml` says of people the desk never met is left out."""
    references = [each.person for each in roster.absences if each.holds(context.now)]
    people = people_meant(context.uow, references)
    held = context.uow.tickets.count_live_by_assignee(person.key for person in people)
    lines: list[RichText] = []
    for person in sorted(people, key=lambda each: each.name):
        if (absence := roster.absence_of(person, at=context.now)) is not None:
            reason = f" ({absence.reason})" if absence.reason else ""
            tickets = f", with {counted(held[person.key], 'open ticket')}" if held[person.key] else ""
            until = Moment(absence.until, context.actor.time_zone)
            lines.append((f"{person.name} is away until ", until, f"{reason}{tickets}"))
    return lines


def _buttons(context: Context, roster: Roster) -> tuple[Button, ...]:
    people = dict.fromkeys(cover.person for _, cover in covers_of(context, roster))
    return tuple(
        Button(
            label=f"Take back: {_name(context, person)}",
            verb=verbs.COVER,
            options={"person": person, "when": "off"},
        )
        for person in list(people)[:MOST_BUTTONS]
    )


def _name(context: Context, key: str) -> str:
    person = context.uow.people.find(key)
    return person.name if person is not None else key


COMMANDS: tuple[Command, ...] = (
    Command(
        name="desk on-call",
        place=240,
        who=Role.AGENT,
        handler=show_on_call,
        reads=True,
        menu_group="team",
        example="on-call",
    ),
)
