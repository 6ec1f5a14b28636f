"""`/desk morning`: a message when one's day begins, with what is due and who waits; off unless one wants it."""

from datetime import time

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.config.file.hours import clock, minute_of
from bot.domain.calendars.calendar import MIDNIGHT
from bot.domain.errors import Refused
from bot.domain.reminders.morning_message import MorningMessage
from bot.messages import verbs
from bot.messages.outbound import Button, PrivateReply
from bot.services.reminders.mornings import clock_of, morning_of, zone_of_agent
from bot.text.sentences import joined, words

ON = frozenset({"on", "yes"})
OFF = frozenset({"off", "no", "never"})


def morning(call: Call) -> PrivateReply:
    """What is chosen now, after what was typed is chosen: `on`, `off` or a time."""
    messages, person = call.context.uow.morning_messages, call.context.actor.key
    typed = call.option("when").strip().casefold()
    if typed in OFF:
        messages.remove(person)
    elif typed:
        messages.put(_begun(call, MorningMessage(person=person, minute=_minute(call, typed))))
    return _shown(call, messages.of(person))


def _minute(call: Call, typed: str) -> int | None:
    """Of the day; None for when business hours begin. Raises Refused for what is no time."""
    if typed in ON:
        return None
    try:
        minute = minute_of(typed.removeprefix("at ").strip())
    except ValueError:
        minute = MIDNIGHT
    if minute >= MIDNIGHT:
        raise Refused("answers.morning_not_understood", text=typed, command=_typed(call, "8:30"))
    return minute


def _begun(call: Call, message: MorningMessage) -> MorningMessage:
    """Not with today where today's time is over already."""
    context = call.context
    day = context.now.astimezone(zone_of_agent(context.desk, context.actor)).date()
    at = morning_of(context.desk, context.actor, message, day=day)
    is_over = at is None or at <= context.now
    return MorningMessage(person=message.person, minute=message.minute, told=day if is_over else None)


def _shown(call: Call, message: MorningMessage | None) -> PrivateReply:
    if message is None:
        text = call.say("answers.morning_off")
    elif (at := _clock(call, message)) is None:
        text = call.say("answers.morning_on")
    else:
        text = call.say("answers.morning_at", time=clock(at.hour * 60 + at.minute))
    change = call.say("answers.morning_change", command=_typed(call, "8:30"))
    choices = ("on",) if message is None else ("off",)
    buttons = tuple(
        Button(
            label=words(call.context.language, f"answers.button_morning_{each}"),
            verb=call.command.name,
            options={"when": each},
        )
        for each in choices
    )
    return PrivateReply(text=joined(text, change, by="\n"), buttons=buttons)


def _clock(call: Call, message: MorningMessage) -> time | None:
    """Also where the team is there around the clock, so that no business hours begin."""
    context = call.context
    day = context.now.astimezone(zone_of_agent(context.desk, context.actor)).date()
    return clock_of(context.desk, context.actor, message, day=day)


def _typed(call: Call, when: str) -> str:
    return f"{verbs.typed(call.context.desk.command_names, call.command.name)} {when}"


COMMANDS: tuple[Command, ...] = (
    Command(
        name="desk morning",
        place=236,
        who=Role.AGENT,
        handler=morning,
        options=(Option(name="when", kind=OptionKind.TEXT, is_required=False),),
        replies_privately=True,
        menu_group="team",
        example="morning 8:30",
    ),
)
