"""Logged time as commands show and ask for it: a list with buttons, the form, and what that gives."""

from datetime import timedelta

from bot.commands.framework.access import unknown_ticket
from bot.commands.framework.command import Call
from bot.commands.framework.parsing import read_reference
from bot.domain.errors import FieldsRefused, Refused
from bot.domain.sentence import Sentence
from bot.domain.tickets.ticket import Ticket
from bot.domain.worked_time.time_entry import TimeEntry
from bot.domain.worked_time.typed_time import TypedTime, read_worked_day, read_worked_length
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, Field, Form, PrivateReply, RichText
from bot.services.tickets.worked_time.entries import may_change, today
from bot.text.amounts import hours_and_minutes, working_time
from bot.text.sentences import joined, words
from bot.text.worked_time import entry_in_words
from bot.views.worked_time.entry_buttons import ENTRY, FORM, entry_buttons

MOST_SHOWN = 20
"""Entries of a list, the newest ones."""
MOST_CORRECTED = 5
"""Entries with buttons in it, the newest ones that are the actor's to correct."""


def entry_list(call: Call, ticket: Ticket) -> PrivateReply:
    """Who worked when for how long, and the total; with buttons for what the actor may correct."""
    context, language = call.context, call.context.language
    entries = context.uow.time_entries.of_ticket(ticket.id)
    text = _running(call, ticket)
    if not entries:
        command = f"{verbs.typed(context.desk.command_names, verbs.TIME)} {ticket.reference} 25m"
        nothing = call.say("time.nothing_logged", reference=ticket.reference, command=command)
        return PrivateReply(text=joined(nothing, text, by="\n"), buttons=_more(call, ticket))
    people = context.uow.people.find_many({each.agent for each in entries})
    heading = call.say("time.heading", reference=ticket.reference, total=_length(call, ticket.worked))
    hidden = len(entries) - MOST_SHOWN
    if hidden > 0:
        heading = joined(heading, call.say("time.earlier", count=hidden), by="\n")
    lines: RichText = ()
    shown = list(enumerate(entries, start=1))[-MOST_SHOWN:]
    for number, each in shown:
        name = people[each.agent].name if each.agent in people else each.agent
        told = entry_in_words(each.length, day=each.day, text=each.text, language=language)
        lines += (f"\n{number}. ", Bold(name), f" · {told}")
    correctable = [pair for pair in shown if may_change(context, ticket, pair[1])][-MOST_CORRECTED:]
    buttons = [
        button
        for number, each in correctable
        for button in entry_buttons(each.id, language=language, number=number)
    ]
    return PrivateReply(
        text=joined((*heading, *lines), text, by="\n"), buttons=(*buttons, *_more(call, ticket))
    )


def _running(call: Call, ticket: Ticket) -> RichText:
    """Whose timers run on it, and since when."""
    running = call.context.uow.stopwatches.of_ticket(ticket.id)
    people = call.context.uow.people.find_many({each.agent for each in running})
    told: RichText = ()
    for each in running:
        name = people[each.agent].name if each.agent in people else each.agent
        so_far = _length(call, each.counted(call.context.now))
        told = joined(told, call.say("time.runs", name=name, length=so_far), by="\n")
    return told


def _more(call: Call, ticket: Ticket) -> tuple[Button, ...]:
    """What else can be done from a list."""
    language, reference = call.context.language, ticket.reference
    mine = [
        each
        for each in call.context.uow.stopwatches.of_agents(call.context.accounts)
        if each.ticket == ticket.id
    ]
    timer = ("time.button_stop", verbs.STOP_TIMER) if mine else ("time.button_start", verbs.START_TIMER)
    return (
        Button(
            label=words(language, "time.button_log"),
            verb=verbs.TIME,
            ticket=reference,
            options={FORM: "yes"},
            opens_form=True,
        ),
        Button(label=words(language, timer[0]), verb=timer[1], ticket=reference),
    )


def _length(call: Call, length: timedelta) -> str:
    return working_time(length, call.context.language)


def time_form(call: Call, ticket: Ticket, *, entry: TimeEntry | None = None) -> Form:
    """Asks for a length, a day and words; filled with what the entry says."""
    language, reference = call.context.language, ticket.reference
    asked = (
        (("spent", _typed(entry.length)), ("day", entry.day.isoformat()), ("words", entry.text))
        if entry
        else ()
    )
    held = dict(asked)
    title = "time.form_log" if entry is None else "time.form_edit"
    command = f"{verbs.typed(call.context.desk.command_names, verbs.TIME)} {reference} 25m"
    return Form(
        title=f"{words(language, title)} · {reference}",
        verb=call.command.name,
        ticket=reference,
        fields=tuple(
            Field(
                name=name,
                label=words(language, f"time.ask_{name}"),
                is_required=name == "spent",
                value=held.get(name, ""),
                hint=words(language, f"time.ask_{name}_hint"),
            )
            for name in ("spent", "day", "words")
        ),
        submit=words(language, "time.submit"),
        fixed={FORM: "yes"} if entry is None else {ENTRY: str(entry.id)},
        instead=call.say("time.log_with", command=command),
    )


def given_time(call: Call) -> TypedTime:
    """What such a form says; a number alone is minutes. Raises FieldsRefused with what is wrong."""
    problems: dict[str, Sentence] = {}
    length, rest, day = timedelta(), "", today(call.context)
    try:
        length, rest = read_worked_length(call.option("spent"), is_minutes=True)
    except Refused as refusal:
        problems["spent"] = refusal.sentences[0]
    try:
        day = read_worked_day(call.option("day"), today=day)
    except Refused as refusal:
        problems["day"] = refusal.sentences[0]
    if problems:
        raise FieldsRefused(problems)
    return TypedTime(day=day, length=length, text=" ".join(filter(None, (rest, call.option("words")))))


def _typed(length: timedelta) -> str:
    """`1h 20m`: as it could be typed."""
    hours, minutes = hours_and_minutes(length)
    return " ".join(part for part in (f"{hours}h" if hours else "", f"{minutes}m" if minutes else "") if part)


def ticket_meant(call: Call) -> Ticket | None:
    """The ticket that was named, or whose thread this is; it is not locked. Raises TicketNotFound."""
    uow, prefix = call.context.uow, call.context.desk.prefix
    if typed := call.option("ticket"):
        reference = read_reference(typed, prefix=prefix)
        found = reference and uow.tickets.find(reference.prefix, reference.number)
        if not found:
            raise unknown_ticket(call.context, typed)
        return found
    thread = call.location.thread
    here = uow.conversations.find(call.location.channel, thread) if thread else None
    return uow.tickets.get(here.ticket_id) if here is not None and here.ticket_id is not None else None
