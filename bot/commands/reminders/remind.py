"""`/desk remind` and `/desk reminders`: agents are told of a ticket when they want to be; set, list, move, cancel."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.lookups import find_agent, split_person
from bot.commands.framework.ticket_filters import of_teams
from bot.commands.framework.when import before_comma, read_instant, zone_of
from bot.domain.directory import Person
from bot.domain.errors import Refused
from bot.domain.reminders.reminder import Reminder
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, Moment, PrivateReply, RichText
from bot.services.context.context import Context
from bot.services.context.sight import Sight
from bot.services.reminders.presence import is_there
from bot.services.reminders.reminders import (
    REMINDER,
    end_reminder,
    move_reminder,
    place_of,
    reminder_of_actor,
    reminders_of,
    set_reminder,
)
from bot.text.sentences import joined, say, words

CANCEL_ONE = "desk reminder-cancel"
CANCEL = frozenset({"cancel", "off", "no"})
"""What may be typed instead of a time: nothing of that ticket is to be told."""
MOST_WORDS_OF_TIME = 9
"""Words that a time has, where no comma parts it from what is to be said then."""
LISTED = 20
MOST_WITH_BUTTONS = 5
"""Reminders of a list that have buttons of their own."""


def remind(call: Call, ticket: Ticket) -> PrivateReply:
    """Typed, the person comes first, and the words after the time: `@bo tomorrow 9:00, call the vendor`."""
    name, typed = split_person(call.context, call.option("when"))
    name = name or call.option("person")
    if typed.strip().casefold() in CANCEL:
        return _cancel_all(call, ticket)
    at, said = _time_and_words(call.context, typed)
    person = find_agent(call.context, name, call.context.team_of(ticket)) if name else call.context.actor
    reminder = set_reminder(call.context, ticket, person=person, due_at=at, words=said or call.option("text"))
    return PrivateReply(text=_set(call, ticket, reminder, person))


def reminders(call: Call) -> PrivateReply:
    """Those still to come; of a ticket that the actor may not see any more nothing is said."""
    context = call.context
    found = reminders_of(context)
    tickets = context.uow.tickets.get_many(each.ticket for each in found)
    seen = [
        (each, tickets[each.ticket])
        for each in found
        if each.ticket in tickets and context.sight(tickets[each.ticket]) is Sight.TEAMS_SIDE
    ]
    if not seen:
        return call.answer("answers.reminders_none", command=_typed(call, verbs.REMIND))
    lines = [_line(call, number, *each) for number, each in enumerate(seen[:LISTED], start=1)]
    if len(seen) > LISTED:
        lines.append(call.say("answers.reminders_more", count=len(seen) - LISTED))
    title: RichText = (Bold(words(context.language, "answers.reminders")),)
    buttons = [
        button
        for number, (each, ticket) in enumerate(seen[:MOST_WITH_BUTTONS], start=1)
        for button in _buttons(call, number, each, ticket)
    ]
    return PrivateReply(text=joined(title, *lines, by="\n"), buttons=tuple(buttons))


def done(call: Call) -> PrivateReply:
    """The message of the reminder says so from now on."""
    reminder, ticket = _pressed(call)
    end_reminder(call.context, ticket, reminder)
    return call.answer("answers.reminder_done", reference=ticket.reference)


def cancel(call: Call) -> PrivateReply:
    reminder, ticket = _pressed(call)
    end_reminder(call.context, ticket, reminder)
    return call.answer("answers.reminder_cancelled", reference=ticket.reference)


def move(call: Call) -> PrivateReply:
    """To another time, with other words where some are given."""
    reminder, ticket = _pressed(call)
    at, said = _time_and_words(call.context, call.option("when"))
    moved = move_reminder(call.context, ticket, reminder, due_at=at, words=said or call.option("text"))
    person = call.context.uow.people.find(moved.person)
    return PrivateReply(text=_set(call, ticket, moved, person or call.context.actor))


def _pressed(call: Call) -> tuple[Reminder, Ticket]:
    """As it is once its ticket is locked. Raises Refused where it is none of the actor's."""
    which = call.option(REMINDER)
    if not which.isdecimal():
        raise Refused("refusals.no_reminder")
    ticket = call.context.uow.tickets.lock(reminder_of_actor(call.context, int(which)).ticket)
    if call.context.sight(ticket) is not Sight.TEAMS_SIDE:
        raise Refused("refusals.no_reminder")
    return reminder_of_actor(call.context, int(which)), ticket


def _cancel_all(call: Call, ticket: Ticket) -> PrivateReply:
    """All of this ticket that the actor asked for or would hear."""
    found = [each for each in reminders_of(call.context) if each.ticket == ticket.id]
    if not found:
        raise Refused("refusals.no_reminder_on", reference=ticket.reference)
    for each in found:
        end_reminder(call.context, ticket, each)
    return call.answer("answers.reminders_cancelled", count=len(found), reference=ticket.reference)


def _time_and_words(context: Context, typed: str) -> tuple[datetime, str]:
    """A comma parts them; without one the time is as long as it means one. Raises Refused for no time."""
    zone = zone_of(context)
    if "," in typed:
        return before_comma(typed, partial(read_instant, now=context.now, zone=zone))
    parts = typed.split()
    for length in range(min(len(parts), MOST_WORDS_OF_TIME), 0, -1):
        try:
            at = read_instant(" ".join(parts[:length]), now=context.now, zone=zone)
        except Refused as refusal:
            if refusal.sentences[0].key != "commands.not_a_time":
                raise
        else:
            return at, " ".join(parts[length:])
    return read_instant(typed, now=context.now, zone=zone), ""


def _set(call: Call, ticket: Ticket, reminder: Reminder, person: Person) -> RichText:
    """When who is told what and where, and that it is later where they are not there then."""
    at = Moment(reminder.due_at, call.context.actor.time_zone)
    is_self = person.key == call.context.actor.key
    if is_self:
        text = call.say("answers.reminder_set", reference=ticket.reference, at=at)
    else:
        text = call.say("answers.reminder_set_for", reference=ticket.reference, at=at, name=person.name)
    if reminder.words:
        text = joined(text, (f"“{reminder.words}”",))
    is_direct = place_of(call.context, ticket, person).channel.is_direct
    text = joined(text, call.say("answers.reminder_direct" if is_direct else "answers.reminder_in_thread"))
    if is_there(call.context, person, ticket, at=reminder.due_at):
        return text
    if is_self:
        return joined(text, call.say("answers.reminder_when_back"))
    return joined(text, call.say("answers.reminder_when_they_are_back", name=person.name))


def _line(call: Call, number: int, reminder: Reminder, ticket: Ticket) -> RichText:
    """`1. IT-12 No network · Tuesday 9:00 · “call the vendor” · from Cleo`."""
    context = call.context
    line: RichText = (
        f"{number}. ",
        Bold(ticket.reference),
        f" {ticket.subject} · ",
        Moment(reminder.due_at, context.actor.time_zone),
    )
    if reminder.words:
        line = (*line, f" · “{reminder.words}”")
    if reminder.is_own:
        return line
    is_theirs = reminder.author == context.actor.key
    other = context.uow.people.find(reminder.person if is_theirs else reminder.author)
    name = other.name if other is not None else ""
    whose = say(context.language, "answers.reminder_for" if is_theirs else "answers.reminder_from", name=name)
    return (*line, " · ", *whose)


def _buttons(call: Call, number: int, reminder: Reminder, ticket: Ticket) -> tuple[Button, ...]:
    language, options = call.context.language, {REMINDER: str(reminder.id)}
    return (
        Button(
            label=words(language, "answers.button_reminder_move", number=number),
            verb=verbs.REMINDER_MOVE,
            ticket=ticket.reference,
            options=options,
            opens_form=True,
        ),
        Button(
            label=words(language, "answers.button_reminder_cancel", number=number),
            verb=CANCEL_ONE,
            options=options,
        ),
    )


def _typed(call: Call, verb: str) -> str:
    return verbs.typed(call.context.desk.command_names, verb)


_WHICH = Option(name=REMINDER, kind=OptionKind.WORD, is_required=False, is_typed_only=True)
"""The button has it."""

COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.REMIND,
        place=184,
        who=Role.AGENT,
        on_ticket=remind,
        fitting=of_teams,
        options=(
            Option(name="when"),
            Option(name="text", kind=OptionKind.WORD, is_required=False, is_form_only=True),
            Option(name="person", kind=OptionKind.AGENT, is_required=False, is_form_only=True, or_self=True),
        ),
        has_form=True,
        replies_privately=True,
        lets_followers=True,
        menu_group="ticket",
        example="remind IT-12 tomorrow 9:00, call the vendor",
    ),
    Command(
        name="desk reminders",
        place=185,
        who=Role.AGENT,
        handler=reminders,
        reads=True,
        replies_privately=True,
        menu_group="views",
        example="reminders",
    ),
    Command(
        name=verbs.REMINDER_DONE,
        place=186,
        who=Role.AGENT,
        handler=done,
        options=(_WHICH,),
        replies_privately=True,
        is_listed=False,
    ),
    Command(
        name=CANCEL_ONE,
        place=187,
        who=Role.AGENT,
        handler=cancel,
        options=(_WHICH,),
        replies_privately=True,
        is_listed=False,
    ),
    Command(
        name=verbs.REMINDER_MOVE,
        place=188,
        who=Role.AGENT,
        handler=move,
        options=(
            Option(name="when"),
            Option(name="text", kind=OptionKind.WORD, is_required=False, is_form_only=True),
            replace(_WHICH, is_form_only=True),
        ),
        has_form=True,
        replies_privately=True,
        is_listed=False,
    ),
)
