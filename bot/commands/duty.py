"""`/desk away`, `/desk on-call` and `/desk cover`: who is there, and who stands in for whom."""

from zoneinfo import ZoneInfo

from bot.commands.command import Call, Command, Option, OptionKind, Role
from bot.commands.desk import find_person
from bot.commands.when import EXAMPLES, read_instant
from bot.domain.absence import Absence
from bot.domain.directory import Person, Team
from bot.domain.errors import NotAllowed, Refused
from bot.domain.rota import Rota, Shift
from bot.messages.outbound import Bold, Moment, PrivateReply, RichText
from bot.services.duty import on_call, rota_of
from bot.services.work import Work

BACK = frozenset({"back", "here", "no", "off"})
LONGEST_REASON = 200


def go_away(call: Call) -> PrivateReply:
    """Until when, and after a comma why; `back` ends it."""
    work, words = call.work, call.option("until")
    if words.lower() in BACK:
        work.uow.absences.end(work.actor.key)
        return PrivateReply(text=("Welcome back: tickets and pings reach you again.",))
    until, _, reason = words.partition(",")
    at = read_instant(until, now=work.now, zone=zone_of(work.actor, call))
    work.uow.absences.put(
        Absence(person=work.actor.key, since=work.now, until=at, reason=reason.strip()[:LONGEST_REASON])
    )
    return PrivateReply(
        text=(
            "You are away until ",
            Moment(at, work.actor.time_zone),
            ". Until then nothing is given to you by itself, and others of your team are pinged. ",
            f"What you have stays yours; {call.registry.name_of('desk', work.desk)} away back ends it.",
        )
    )


def show_on_call(call: Call) -> PrivateReply:
    """Who is on call for each team that has a rota, until when, and who of it is away."""
    work = call.work
    teams = [team for team in work.desk.teams.values() if rota_of(work.desk, team) is not None]
    if not teams:
        raise Refused("No team has a rota. Rotas are written under `rotas` in the desk’s configuration.")
    text: RichText = ()
    for team in teams:
        text += (*_line(work, team), "\n")
    away = work.uow.absences.at(work.now)
    people = work.uow.people.find_many(away)
    for key in sorted(away):
        name = people[key].name if key in people else key
        text += (f"{name} is away until ", Moment(away[key].until, work.actor.time_zone), "\n")
    return PrivateReply(text=text)


def cover(call: Call) -> PrivateReply:
    """Somebody stands in: from now, or `from …`, until when."""
    work = call.work
    person = find_person(work, call.option("person"))
    rotas = [
        rota
        for team in work.desk.teams_of(work.actor)
        if (rota := rota_of(work.desk, team)) is not None and team.has_agent(person)
    ]
    if not rotas:
        raise NotAllowed(
            f"{person.name} is in no team of yours that has a rota, so they cannot cover for one."
        )
    shift = _shift(call, person)
    names = sorted({rota.name for rota in rotas})
    for name in names:
        work.uow.covers.add(name, shift, made_by=work.actor.key)
    return PrivateReply(
        text=(
            Bold(person.name),
            " is on call from ",
            Moment(shift.begins, work.actor.time_zone),
            " until ",
            Moment(shift.ends, work.actor.time_zone),
            f" for {', '.join(names)}.",
        )
    )


def zone_of(person: Person, call: Call) -> ZoneInfo:
    """Where the person's clock hangs: their own zone, else their first team's, else UTC."""
    if person.time_zone is not None:
        return ZoneInfo(person.time_zone)
    teams = call.work.desk.teams_of(person)
    return teams[0].calendar.zone if teams else ZoneInfo("UTC")


def _shift(call: Call, person: Person) -> Shift:
    zone, words = zone_of(call.work.actor, call), call.option("when").lower()
    begin, until, end = words.rpartition("until ")
    if not until:
        raise Refused(f"Say until when: `cover {person.name} until Friday`. {EXAMPLES}")
    begin = begin.strip().removeprefix("from").strip()
    begins = read_instant(begin, now=call.work.now, zone=zone) if begin else call.work.now
    ends = read_instant(end, now=call.work.now, zone=zone)
    if ends <= begins:
        raise Refused("That would end before it begins.")
    return Shift(person=person.key, begins=begins, ends=ends)


def _line(work: Work, team: Team) -> RichText:
    person = on_call(work.uow, work.desk, team, now=work.now)
    who: RichText = (
        (Bold(person.name), " is on call") if person is not None else (Bold("Nobody"), " is on call")
    )
    rota = rota_of(work.desk, team)
    handed_over = _next(rota, work) if rota is not None else ()
    return (f"{team.title}: ", *who, *handed_over)


def _next(rota: Rota, work: Work) -> RichText:
    at = rota.next_handover(work.now)
    return (", next hand-over ", Moment(at, work.actor.time_zone)) if at is not None else ()


DUTY_COMMANDS: tuple[Command, ...] = (
    Command(
        group="desk",
        verb="away",
        summary="Say until when you are away, and after a comma why; “back” ends it.",
        who=Role.AGENT,
        handler=go_away,
        options=(Option(name="until", label="Until when", hint="until Tuesday, dentist"),),
        form_title="Away",
        example="away until Tuesday, dentist",
    ),
    Command(
        group="desk",
        verb="on-call",
        summary="Who is on call, and who is away.",
        who=Role.AGENT,
        handler=show_on_call,
        reads=True,
        example="on-call",
    ),
    Command(
        group="desk",
        verb="cover",
        summary="Somebody stands in for whoever is on call.",
        who=Role.AGENT,
        handler=cover,
        options=(
            Option(name="person", kind=OptionKind.PERSON, label="Who"),
            Option(
                name="when",
                label="From when until when",
                hint="until Friday; from tomorrow 9:00 until Friday",
            ),
        ),
        form_title="Cover",
        example="cover @ana from tomorrow 9:00 until Friday",
    ),
)
