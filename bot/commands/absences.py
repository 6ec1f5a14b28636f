"""`/desk away` and `/desk cover`: who is there, and who stands in for whom."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.commands.desk import find_person
from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.when import EXAMPLES, read_span
from bot.commands.on_call import MOST_BUTTONS, ON_CALL, covers_of
from bot.domain.directory import Person
from bot.domain.errors import NotAllowed, Refused
from bot.domain.on_call.absence import Absence
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import Bold, Button, Code, Moment, PrivateReply, RichText
from bot.services.context.context import Context
from bot.services.on_call.absences import go_away, named
from bot.services.on_call.cover import arrange_cover, cancel_cover
from bot.services.on_call.roster import Roster, rota_of
from bot.text.relative_time import known_zone

BACK = frozenset({"back", "here", "no", "off"})
OFF = frozenset({"off", "no", "back", "never"})
LONGEST_REASON = 200


def away(call: Call) -> PrivateReply:
    """Until when, or from when until when, and after a comma why; `back` ends it."""
    context, words = call.context, call.option("until")
    if words.lower() in BACK:
        context.uow.absences.end(context.actor.key)
        return _welcome_back(context)
    until, _, reason = words.partition(",")
    since, at = read_span(until, now=context.now, zone=zone_of(context.actor, call))
    absence = Absence(person=context.actor.key, since=since, until=at, reason=reason.strip()[:LONGEST_REASON])
    tickets = go_away(context, absence)
    name = call.registry.name_of("desk", context.desk)
    text: RichText = (
        "You are away ",
        *_from_until(context, since, at),
        ". Meanwhile nothing is given to you by itself, and others of your team are pinged. ",
        Code(f"{name} away back"),
        " ends it.",
    )
    if tickets:
        have = "this ticket" if len(tickets) == 1 else f"these {len(tickets)} tickets"
        text += (f"\nYou still have {have}: {named(tickets)}. Give back what cannot wait, or ",)
        text += (Code(f"{name} assign"), " it to somebody.")
    return PrivateReply(text=text, buttons=tuple(map(_give_back, tickets[:MOST_BUTTONS])))


def cover(call: Call) -> PrivateReply:
    """Somebody stands in, from now or `from …`, until when; `off` takes it back."""
    context = call.context
    words = call.option("person")
    person = context.actor if words.lower() == "me" else find_person(context, words)
    if call.option("when").lower() in OFF:
        return _take_back(call, person)
    rotas = {
        rota.name: rota
        for team in context.desk.teams_of(context.actor)
        if (rota := rota_of(context.desk, team)) is not None and team.has_agent(person)
    }
    if not rotas:
        raise NotAllowed(
            f"{person.name} is in no team of yours that has a rota, so they cannot cover for one."
        )
    when, now = call.option("when"), context.now
    if "until " not in when.lower():
        raise Refused(f"Say until when: `cover {_typed(person.name)} until Friday`. {EXAMPLES}")
    begins, ends = read_span(when, now=now, zone=zone_of(context.actor, call))
    relieved = {
        each.key: each.name
        for rota in rotas.values()
        for each in arrange_cover(context, rota, person, begins=begins, ends=ends)
    }
    span: RichText = (*_from_until(context, begins, ends), f" for {', '.join(sorted(rotas))}")
    instead = f", in place of {' and '.join(relieved.values())}" if relieved else ""
    name = call.registry.name_of("desk", context.desk)
    undo = Code(f"{name} cover {_typed(words)} off")
    return PrivateReply(
        text=(
            Bold(person.name),
            " is on call ",
            *span,
            f"{instead}. ",
            *_if_away(context, person, at=begins),
            undo,
            " takes it back.",
        )
    )


def zone_of(person: Person, call: Call) -> ZoneInfo:
    """Where the person's clock hangs: their own zone, else their first team's, else UTC."""
    zone = known_zone(person.time_zone)
    if zone is not None:
        return zone
    teams = call.context.desk.teams_of(person)
    return teams[0].calendar.zone if teams else ZoneInfo("UTC")


def _welcome_back(context: Context) -> PrivateReply:
    """The desk's configuration may know better."""
    told = Roster(context.uow, context.desk, now=context.now).absence_of(context.actor, at=context.now)
    if told is None:
        return PrivateReply(text=("Welcome back: tickets and pings reach you again.",))
    until = Moment(told.until, context.actor.time_zone)
    return PrivateReply(
        text=(
            "The desk’s calendar of absences still says that you are away until ",
            until,
            ". Have it corrected there.",
        )
    )


def _give_back(ticket: Ticket) -> Button:
    return Button(label=f"Give back {ticket.reference}", verb="desk release", ticket=ticket.reference)


def _take_back(call: Call, person: Person) -> PrivateReply:
    """Everything that the person covers, or will, in the rotas of the actor's teams."""
    context = call.context
    found = [
        (rota, each)
        for rota, each in covers_of(context, Roster(context.uow, context.desk, now=context.now))
        if each.person == person.key
    ]
    if not found:
        raise Refused(f"{person.name} stands in for nobody in the rotas of your teams.")
    text: RichText = ()
    for rota, each in found:
        back = cancel_cover(context, rota, each, person)
        span = _from_until(context, max(each.begins, context.now), each.ends)
        names = " and ".join(one.name for one in back) or "nobody"
        verb = "are" if len(back) > 1 else "is"
        line = (f"{person.name} does not stand in for {rota.name} ", *span, f": {names} {verb} on call then.")
        text += (*(("\n",) if text else ()), *line)
    return PrivateReply(text=text)


def _typed(name: str) -> str:
    """As one would type it: several words in quotation marks."""
    return f'"{name}"' if " " in name else name


def _from_until(context: Context, begins: datetime, ends: datetime) -> RichText:
    zone = context.actor.time_zone
    since: RichText = ("from ", Moment(begins, zone), " ") if begins > context.now else ()
    return (*since, "until ", Moment(ends, zone))


def _if_away(context: Context, person: Person, *, at: datetime) -> RichText:
    absence = Roster(context.uow, context.desk, now=context.now).absence_of(person, at=at)
    if absence is None:
        return ()
    return (
        "They are away until ",
        Moment(absence.until, context.actor.time_zone),
        ", and passed over until then. ",
    )


DUTY_COMMANDS: tuple[Command, ...] = (
    Command(
        group="desk",
        verb="away",
        summary="Say until when you are away, and after a comma why; “back” ends it.",
        who=Role.AGENT,
        handler=away,
        options=(
            Option(name="until", label="Until when", hint="until Tuesday, dentist; from Monday until Friday"),
        ),
        form_title="Away",
        example="away until Tuesday, dentist",
    ),
    ON_CALL,
    Command(
        group="desk",
        verb="cover",
        summary="Somebody stands in for whoever is on call; “off” takes it back.",
        who=Role.AGENT,
        handler=cover,
        options=(
            Option(name="person", kind=OptionKind.PERSON, label="Who"),
            Option(
                name="when",
                label="From when until when",
                hint="until Friday; from tomorrow 9:00 until Friday; off",
            ),
        ),
        form_title="Cover",
        example="cover @ana from tomorrow 9:00 until Friday",
    ),
)
