"""`/desk time start` and `stop`: a timer on one ticket at a time; what it counts is logged when it ends."""

from bot.commands.framework.access import require_agent
from bot.commands.framework.command import ByMention, Call, Command, Option, OptionKind, Role
from bot.commands.framework.listings import OFFERED, choose_ticket
from bot.commands.framework.ticket_filters import assigned
from bot.commands.framework.worked_time.entries import ticket_meant
from bot.messages import verbs
from bot.messages.outbound import Button, PrivateReply, RichText
from bot.ports.storage.tickets import MOST_COUNTED
from bot.services.tickets.worked_time.timers import StoppedTimer, running_timer, start_timer, stop_timer
from bot.text.amounts import working_time
from bot.text.sentences import joined, words
from bot.text.worked_time import entry_in_words
from bot.views.card import TOGGLE
from bot.views.worked_time.entry_buttons import entry_buttons


def start(call: Call) -> PrivateReply:
    """Where no ticket is named, those of the actor are offered. A timer of theirs that runs is stopped first."""
    context = call.context
    meant = ticket_meant(call)
    if meant is None:
        return _offered(call)
    require_agent(context, call.command, meant)
    running = running_timer(context) if call.option(TOGGLE) else None
    if running is not None and running.ticket == meant.id:
        return stop(call)
    ticket, stopped = start_timer(context, meant.id)
    before = _stopped(call, stopped) if stopped is not None else ()
    text = call.say(
        "time.started",
        reference=ticket.reference,
        longest=working_time(context.team_of(ticket).longest_timer, context.language),
    )
    ending = Button(label=words(context.language, "time.button_stop"), verb=verbs.STOP_TIMER)
    corrections = entry_buttons(stopped.entry.id, language=context.language) if stopped is not None else ()
    return PrivateReply(text=joined(before, text, by="\n"), buttons=(ending, *corrections))


def _offered(call: Call) -> PrivateReply:
    fitting = assigned(call.context)
    tickets = call.context.uow.tickets
    return choose_ticket(
        call.context,
        tickets.search(fitting, limit=OFFERED),
        count=tickets.count(fitting, at_most=MOST_COUNTED),
        command=call.command,
        options={},
        opens_form=False,
    )


def stop(call: Call) -> PrivateReply:
    stopped = stop_timer(call.context, text=call.option("words"))
    buttons = entry_buttons(stopped.entry.id, language=call.context.language)
    return PrivateReply(text=_stopped(call, stopped), buttons=buttons)


def _stopped(call: Call, stopped: StoppedTimer) -> RichText:
    entry, language = stopped.entry, call.context.language
    return call.say(
        "time.stopped_forgotten" if stopped.is_forgotten else "time.stopped",
        reference=stopped.ticket.reference,
        entry=entry_in_words(entry.length, day=entry.day, text=entry.text, language=language),
        total=working_time(stopped.ticket.worked, language),
    )


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.START_TIMER,
        place=108,
        who=Role.AGENT,
        handler=start,
        options=(
            Option(name="ticket", kind=OptionKind.WORD, is_required=False),
            Option(name=TOGGLE, kind=OptionKind.WORD, is_required=False, is_form_only=True),
        ),
        replies_privately=True,
        menu_group="ticket",
        by_mention=ByMention.NEVER,
        example="time start IT-12",
    ),
    Command(
        name=verbs.STOP_TIMER,
        place=109,
        who=Role.AGENT,
        handler=stop,
        options=(Option(name="words", is_required=False),),
        replies_privately=True,
        menu_group="ticket",
        by_mention=ByMention.NEVER,
        example="time stop fixed the switch",
    ),
)
