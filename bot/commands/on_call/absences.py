"""`/desk away`: who is away until when."""

from datetime import datetime

from bot.commands.framework.command import Call, Command, Option, Role
from bot.commands.framework.when import read_absence, zone_of
from bot.domain.on_call.absence import Absence
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Button, Moment, PrivateReply, RichText
from bot.services.context.context import Context
from bot.services.on_call.absences import go_away, named
from bot.services.on_call.roster import Roster
from bot.text.sentences import joined, words

BACK = frozenset({"back", "here", "no", "off"})
MOST_BUTTONS = 5
"""Tickets that can be given back by a button."""
LONGEST_REASON = 200


def away(call: Call) -> PrivateReply:
    """Until when, or from when until when, and after a comma why; `back` ends it."""
    context, typed_words = call.context, call.option("until")
    if typed_words.lower() in BACK:
        was_away = any(each.person == context.actor.key for each in context.uow.absences.since(context.now))
        context.uow.absences.end(context.actor.key)
        return _welcome_back(call, was_away=was_away)
    until, _, reason = typed_words.partition(",")
    since, at = read_absence(until, now=context.now, zone=zone_of(context))
    absence = Absence(person=context.actor.key, since=since, until=at, reason=reason.strip()[:LONGEST_REASON])
    tickets = go_away(context, absence)
    typed = verbs.typed(context.desk.command_names, call.command.name)
    text = joined(_when(call, since, at), call.say("answers.away_means", command=f"{typed} back"))
    if tickets:
        has = call.say(
            "answers.away_tickets",
            count=len(tickets),
            references=named(tickets, context.language),
            command=verbs.typed(context.desk.command_names, verbs.ASSIGN),
        )
        text = joined(text, has, by="\n")
    buttons = tuple(_release_button(context, each) for each in tickets[:MOST_BUTTONS])
    return PrivateReply(text=text, buttons=buttons)


def _when(call: Call, since: datetime, until: datetime) -> RichText:
    zone = call.context.actor.time_zone
    if since <= call.context.now:
        return call.say("answers.away", until=Moment(until, zone))
    return call.say("answers.away_from", since=Moment(since, zone), until=Moment(until, zone))


def _welcome_back(call: Call, *, was_away: bool) -> PrivateReply:
    """The desk's configuration may know better."""
    context = call.context
    told = Roster(context.uow, context.desk, now=context.now).absence_of(context.actor, at=context.now)
    if told is None:
        return call.answer("answers.back" if was_away else "answers.back_already")
    return call.answer("answers.away_by_calendar", until=Moment(told.until, context.actor.time_zone))


def _release_button(context: Context, ticket: Ticket) -> Button:
    label = words(context.language, "answers.button_release", reference=ticket.reference)
    return Button(label=label, verb=verbs.RELEASE, ticket=ticket.reference)


COMMANDS: tuple[Command, ...] = (
    Command(
        name="desk away",
        place=230,
        who=Role.AGENT,
        handler=away,
        options=(Option(name="until"),),
        has_form=True,
        menu_group="team",
        example="away until Tuesday, dentist",
    ),
)
