"""`/desk away`: who is away until when; one may be away now and plan other absences."""

from dataclasses import replace
from datetime import date
from functools import partial

from bot.commands.framework.command import Call, Command, Option, Role
from bot.commands.framework.lookups import find_known_person, split_person
from bot.commands.framework.when import before_comma, read_absence, read_day, zone_of
from bot.domain.directory import Person
from bot.domain.errors import Refused
from bot.domain.on_call.absence import Absence
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Button, Moment, PrivateReply, RichText
from bot.services.context.context import Context
from bot.services.context.named_people import is_oneself
from bot.services.on_call.absences import (
    cancel_planned,
    cancel_recorded,
    come_back,
    end_absence,
    go_away,
    named,
    planned_absences,
    record_absence,
    replaced_by,
    said_absences,
)
from bot.services.on_call.roster import Roster
from bot.text.instants import day_of_month
from bot.text.sentences import joined, words

BACK = frozenset({"back", "here", "no", "off"})
CANCEL = "cancel"
INSTEAD = "instead"
"""The option that names what is moved: when the absence begins, as ISO 8601."""
MOST_BUTTONS = 5
"""Tickets that can be given back by a button."""
LONGEST_REASON = 200


def away(call: Call) -> PrivateReply:
    """Until when, or from when until when, and after a comma why.

    `back` ends the present absence; `cancel 2026-12-24` those planned that would begin on that day. A lead may begin
    with somebody of their team: `@bo until Friday`.
    """
    context = call.context
    name, typed_words = split_person(context, call.option("until"))
    person = context.actor if not name or is_oneself(name) else find_known_person(context, name)
    if person.key not in context.accounts:
        return _away_of(call, person, typed_words)
    if typed_words.lower() in BACK:
        return _welcome_back(call, was_away=come_back(context))
    first, _, day = typed_words.partition(" ")
    if first.lower() == CANCEL:
        return _cancelled(call, read_day(day, now=context.now, zone=zone_of(context)))
    moved, absence = _moved(call, _typed(call, context.actor, typed_words))
    replaced = _replaced(call, absence, moved=moved)
    tickets = go_away(context, absence, instead=moved)
    typed = verbs.typed(context.desk.command_names, call.command.name)
    planned = [each for each in planned_absences(context) if each != absence]
    when = joined(_when(call, absence), *(_span(call, "answers.away_also", each) for each in planned))
    text = joined(when, *replaced, call.say("answers.away_means", command=f"{typed} back"))
    if absence.reason:
        on_call = verbs.typed(context.desk.command_names, verbs.ON_CALL)
        text = joined(text, call.say("answers.away_reason", command=on_call))
    if tickets:
        has = call.say(
            "answers.away_tickets",
            count=len(tickets),
            references=named(tickets, context.language),
            command=verbs.typed(context.desk.command_names, verbs.ASSIGN),
        )
        text = joined(text, has, by="\n")
    buttons = tuple(_release_button(context, each) for each in tickets[:MOST_BUTTONS])
    return PrivateReply(text=text, buttons=(*buttons, *_cancel_buttons(call)))


def _away_of(call: Call, person: Person, typed: str) -> PrivateReply:
    """What a lead says of somebody of their team."""
    context = call.context
    first, _, day = typed.strip().partition(" ")
    if typed.strip().lower() in BACK:
        return _back(call, person)
    if first.lower() == CANCEL:
        wanted = read_day(day, now=context.now, zone=zone_of(context)) if day.strip() else None
        return _cancelled_of(call, person, wanted)
    moved, absence = _moved(call, replace(_typed(call, person, typed), is_by_lead=True))
    replaced = _replaced(call, absence, moved=moved)
    tickets = record_absence(context, person, absence, instead=moved)
    zone = context.actor.time_zone
    key = "answers.away_recorded" if absence.holds(context.now) else "answers.away_recorded_from"
    since, until = Moment(absence.since, zone), Moment(absence.until, zone)
    text = joined(call.say(key, name=person.name, since=since, until=until), *replaced)
    if absence.reason:
        text = joined(text, call.say("answers.away_recorded_reason", name=person.name))
    if tickets:
        has = call.say(
            "answers.away_recorded_tickets",
            name=person.name,
            count=len(tickets),
            references=named(tickets, context.language),
            command=f"{verbs.typed(context.desk.command_names, verbs.HAND_OVER)} queue from @{person.name}",
        )
        hand_over = Button(
            label=words(context.language, "commands.desk_hand_over_form"),
            verb=verbs.HAND_OVER,
            options={"colleague": verbs.word(verbs.QUEUE), "from": f"from @{person.key}"},
        )
        return PrivateReply(text=joined(text, has, by="\n"), buttons=(hand_over,))
    return PrivateReply(text=text)


def _typed(call: Call, person: Person, typed: str) -> Absence:
    """Until when, or from when until when, and why. Raises Refused."""
    context = call.context
    (since, until), reason = before_comma(
        typed, partial(read_absence, now=context.now, zone=zone_of(context))
    )
    return Absence(person=person.key, since=since, until=until, reason=reason[:LONGEST_REASON])


def _moved(call: Call, absence: Absence) -> tuple[Absence | None, Absence]:
    """The absence that this one takes the place of, and this one, with its reason; both go on if they have begun.

    Raises Refused where it is not there any more.
    """
    context, begun_at = call.context, call.option(INSTEAD)
    if not begun_at:
        return None, absence
    known = next(
        (each for each in said_absences(context, absence.person) if each.since.isoformat() == begun_at), None
    )
    if known is None:
        raise Refused("answers.away_moved_gone")
    has_begun = known.holds(context.now) and absence.since <= context.now
    return known, replace(
        absence,
        since=known.since if has_begun else absence.since,
        reason=absence.reason or known.reason,
        is_by_lead=absence.is_by_lead or known.is_by_lead,
    )


def _replaced(call: Call, absence: Absence, *, moved: Absence | None) -> list[RichText]:
    """What is said of those that this one is recorded in place of, besides the one that it moves."""
    return [
        _span(call, "answers.away_replaces", each)
        for each in replaced_by(call.context, absence)
        if each != moved and (each.since, each.until) != (absence.since, absence.until)
    ]


def _back(call: Call, person: Person) -> PrivateReply:
    """Where they are not away now, what they planned is cancelled: that is what else was meant."""
    if end_absence(call.context, person):
        return call.answer("answers.back_recorded", name=person.name)
    return _cancelled_of(call, person, None)


def _cancelled_of(call: Call, person: Person, day: date | None) -> PrivateReply:
    """The absences to come that a lead cancels: those that begin on a day, or all."""
    context = call.context
    found = cancel_recorded(context, person, day=day, zone=zone_of(context))
    if not found:
        now_away = Roster(context.uow, context.desk, now=context.now).absence_of(person, at=context.now)
        if day is None and now_away is not None:
            return _away_already(call, person, now_away)
        if day is None:
            return call.answer("answers.back_recorded_already", name=person.name)
        on_call = verbs.typed(context.desk.command_names, verbs.ON_CALL)
        named_day = day_of_month(day, language=context.language)
        raise Refused("answers.away_recorded_not_planned", name=person.name, day=named_day, command=on_call)
    zone = context.actor.time_zone
    lines = (
        call.say(
            "answers.away_recorded_cancelled",
            name=person.name,
            since=Moment(each.since, zone),
            until=Moment(each.until, zone),
        )
        for each in found
    )
    return PrivateReply(text=joined(*lines))


def _away_already(call: Call, person: Person, absence: Absence) -> PrivateReply:
    """What is to be cancelled has begun, so that it is to be ended."""
    context = call.context
    words_typed = f"@{person.name} back"
    text = call.say(
        "answers.away_recorded_begun",
        name=person.name,
        until=Moment(absence.until, context.actor.time_zone),
        command=f"{verbs.typed(context.desk.command_names, call.command.name)} {words_typed}",
    )
    label = words(context.language, "answers.button_end_absence", name=person.name)
    button = Button(label=label, verb=verbs.AWAY, options={"until": words_typed})
    return PrivateReply(text=text, buttons=(button,))


def _when(call: Call, absence: Absence) -> RichText:
    if absence.since <= call.context.now:
        return call.say("answers.away", until=Moment(absence.until, call.context.actor.time_zone))
    return _span(call, "answers.away_from", absence)


def _span(call: Call, key: str, absence: Absence) -> RichText:
    zone = call.context.actor.time_zone
    return call.say(key, since=Moment(absence.since, zone), until=Moment(absence.until, zone))


def _welcome_back(call: Call, *, was_away: bool) -> PrivateReply:
    """With what is planned all the same. The desk's configuration may know better."""
    context = call.context
    told = Roster(context.uow, context.desk, now=context.now).absence_of(context.actor, at=context.now)
    if told is None:
        back = call.say("answers.back" if was_away else "answers.back_already")
        planned = (_span(call, "answers.away_from", each) for each in planned_absences(context))
        return PrivateReply(text=joined(back, *planned), buttons=_cancel_buttons(call))
    return call.answer("answers.away_by_calendar", until=Moment(told.until, context.actor.time_zone))


def _cancelled(call: Call, day: date) -> PrivateReply:
    context = call.context
    found = cancel_planned(context, day=day, zone=zone_of(context))
    if not found:
        on_call = verbs.typed(context.desk.command_names, verbs.ON_CALL)
        named_day = day_of_month(day, language=context.language)
        raise Refused("answers.away_not_planned", day=named_day, command=on_call)
    return PrivateReply(text=joined(*(_span(call, "answers.away_cancelled", each) for each in found)))


def _cancel_buttons(call: Call) -> tuple[Button, ...]:
    """One for each day on which an absence is planned to begin."""
    context = call.context
    zone = zone_of(context)
    days = dict.fromkeys(each.since.astimezone(zone).date() for each in planned_absences(context))
    return tuple(
        Button(
            label=words(
                context.language,
                "answers.button_cancel_absence",
                day=day_of_month(day, language=context.language),
            ),
            verb=call.command.name,
            options={"until": f"{CANCEL} {day.isoformat()}"},
        )
        for day in list(days)[:MOST_BUTTONS]
    )


def _release_button(context: Context, ticket: Ticket) -> Button:
    label = words(context.language, "answers.button_release", reference=ticket.reference)
    return Button(label=label, verb=verbs.RELEASE, ticket=ticket.reference)


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.AWAY,
        place=230,
        who=Role.AGENT,
        handler=away,
        options=(Option(name="until"),),
        has_form=True,
        menu_group="team",
        meant_by={"back": "back"},
        example="away until Tuesday, dentist",
    ),
)
