"""`/desk notify`: how an agent is told of what concerns them, and when nothing of it may ping them."""

from dataclasses import replace

from bot.commands.framework.command import Call, Command, Option, Role
from bot.config.file.hours import clock, spans_of
from bot.domain.calendars.calendar import Span
from bot.domain.errors import Refused
from bot.domain.notices.choice import NoticeChoice, NoticeWay, Quiet
from bot.messages import verbs
from bot.messages.outbound import Button, PrivateReply
from bot.text.sentences import joined, words

_QUIET = "quiet"
_RULES = {"team": Quiet.TEAM, "off": Quiet.NEVER, "never": Quiet.NEVER}
"""What may follow `quiet` besides hours."""


def notify(call: Call) -> PrivateReply:
    """What is chosen now, after what was typed is chosen: `direct`, `quiet 22:00-7:00`, or both."""
    choices, person = call.context.uow.notice_choices, call.context.actor.key
    choice = choices.of(person)
    if typed := call.option("how"):
        choice = _read(call, typed, choice)
        choices.put(choice)
    return _shown(call, choice)


def _read(call: Call, typed: str, choice: NoticeChoice) -> NoticeChoice:
    """Raises Refused for words that choose nothing."""
    how, quiet, hours = typed.casefold().partition(_QUIET)
    how, hours = how.strip(), hours.strip()
    if how:
        if how not in frozenset(NoticeWay):
            raise _not_understood(call, typed)
        choice = replace(choice, way=NoticeWay(how))
    if not quiet:
        return choice
    if hours in _RULES:
        return replace(choice, quiet=_RULES[hours], hours=None)
    span = _span(hours)
    if span is None:
        raise _not_understood(call, typed)
    return replace(choice, quiet=Quiet.OWN, hours=span)


def _span(hours: str) -> Span | None:
    """None for what is not one span of a day."""
    try:
        spans = spans_of(hours)
    except ValueError:
        return None
    return spans[0] if len(spans) == 1 else None


def _not_understood(call: Call, typed: str) -> Refused:
    return Refused("answers.notify_not_understood", text=typed, command=_typed(call, "quiet 22:00-7:00"))


def _shown(call: Call, choice: NoticeChoice) -> PrivateReply:
    text = call.say(f"answers.notify_{choice.way}")
    if choice.way is not NoticeWay.NOTHING:
        begins, ends = choice.hours or (0, 0)
        hours = {"since": clock(begins), "until": clock(ends)} if choice.quiet is Quiet.OWN else {}
        text = joined(text, call.say(f"answers.notify_quiet_{choice.quiet}", **hours))
    change = call.say(
        "answers.notify_change",
        own=_typed(call, "quiet 22:00-7:00"),
        theirs=_typed(call, "quiet team"),
        never=_typed(call, "quiet off"),
    )
    buttons = tuple(
        Button(
            label=words(call.context.language, f"answers.button_notify_{way}"),
            verb=call.command.name,
            options={"how": str(way)},
        )
        for way in NoticeWay
        if way is not choice.way
    )
    return PrivateReply(text=joined(text, change, by="\n"), buttons=buttons)


def _typed(call: Call, how: str) -> str:
    return f"{verbs.typed(call.context.desk.command_names, call.command.name)} {how}"


COMMANDS: tuple[Command, ...] = (
    Command(
        name="desk notify",
        place=235,
        who=Role.AGENT,
        handler=notify,
        options=(Option(name="how", is_required=False),),
        menu_group="team",
        example="notify direct quiet 22:00-7:00",
    ),
)
