"""Messages that are commands: a verb said to the desk, `desk reply IT-3 …` without its slash, and a verb mistyped."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.commands.framework.access import has_role, may_see
from bot.commands.framework.command import (
    ADMINS,
    AGENTS,
    EVERYBODY,
    KNOWLEDGE,
    ByMention,
    Command,
    OptionKind,
    Role,
    excerpt,
)
from bot.commands.framework.parsing import GOES_ON, ParsedOptions, parse, read_reference, split_verb
from bot.commands.framework.registry import Registry
from bot.domain.desk import Desk
from bot.domain.directory import Person, TeamThread
from bot.domain.tickets.conversation import Side
from bot.domain.tickets.ticket import Status
from bot.intake.direct_messages import asked_state_of, asks_first
from bot.messages import verbs
from bot.messages.inbound import CommandGiven, MessagePosted
from bot.messages.outbound import Bold, Button, PrivateReply
from bot.services.context.context import Context
from bot.services.tickets.questions import LikelyCommand
from bot.text.sentences import say, words

LATE = timedelta(minutes=5)
"""What was said longer ago, and read from the history, is nobody's concern any more."""
LONGEST_SENT: Final = 1_000
"""Characters that a button carries."""
MOST_WORDS = 2
"""Of a message in which a verb may be mistyped; a longer one is something that somebody says."""

_ASKED_ABOUT: Final = {
    verbs.CLOSE_OWN: ("commands.button_close_own", "commands.bare_close"),
    verbs.REOPEN_OWN: ("commands.button_reopen_own", "commands.bare_reopen"),
}
"""A requester's verbs that may be a whole message: the button, and what it is asked with."""


def command_in(context: Context, event: MessagePosted, registry: Registry) -> CommandGiven | None:
    """The command that a message is, where it is said to the desk alone; None for talk."""
    if event.actor.is_bot or not (event.mentions_desk or _is_plain(context, event)):
        return None
    if (named := _with_name(context, event, registry)) is not None:
        return named
    if _is_plain(context, event) and (ticket := asked_state_of(context, event)) is not None:
        return _given(event, EVERYBODY, f"{verbs.word(verbs.SHOW)} {ticket}")
    words, desk = registry.as_typed(event.text), context.desk
    in_thread = event.location.thread is not None
    if not _is_order(registry, words, desk=desk, actor=event.actor, in_thread=in_thread):
        return None
    command, _ = registry.read(EVERYBODY, words)
    if command is None or not (event.mentions_desk or _is_for(context, command)):
        return None
    return _given(event, EVERYBODY, words)


def command_like(context: Context, event: MessagePosted, registry: Registry) -> LikelyCommand | None:
    """The command that is one slip of the finger away from a message of a word or two."""
    if event.actor.is_bot or not _is_plain(context, event):
        return None
    group, words = _without_name(context, event.text)
    if not 0 < len(words.split()) <= MOST_WORDS:
        return None
    number = read_reference(words, prefix=context.desk.prefix)
    is_number = number is not None and not number.is_bare
    meant = f"{verbs.word(verbs.SHOW)} {words}" if is_number else registry.spelled_right(words)
    if meant is None:
        return None
    command, rest = registry.read(EVERYBODY, meant)
    if command is None or not _is_for(context, command) or group not in (None, EVERYBODY, command.group):
        return None
    is_opening = command.name == verbs.OPEN and not rest
    if not is_opening and not _is_order(
        registry, meant, desk=context.desk, actor=event.actor, in_thread=False
    ):
        return None
    parsed = _parsed(context.desk, command, rest)
    ticket = f"{context.desk.prefix}-{parsed.reference.number}" if parsed.reference else None
    has_ticket = command.on_ticket is None or ticket is not None
    return LikelyCommand(
        verb=command.name,
        words=meant,
        ticket=ticket,
        options=parsed.options,
        opens_form=command.has_form and bool(parsed.missing) and has_ticket,
    )


def bare_command(context: Context, event: MessagePosted, registry: Registry) -> PrivateReply | None:
    """What a team's agent is told who typed `resolve IT-11` among the team, which is said and not done.

    A verb, a ticket's number written as one and what fits the verb; in a ticket's thread the verb alone, too, and
    `reply` with what is to be replied. "Close IT-11 is what I would do" is a sentence.
    """
    team = context.desk.team_at(event.location.channel)
    is_theirs = team is not None and team.has_agent(event.actor)
    if not is_theirs or event.actor.is_bot or event.mentions_desk or event.stored:
        return None
    if context.desk.inbox_at(event.location.channel) is not None or context.now - event.at > LATE:
        return None
    verb, rest = split_verb(event.text)
    command = registry.find(AGENTS, verb) or registry.find(EVERYBODY, verb)
    if command is None or command.on_ticket is None or not command.is_in(context.desk):
        return None
    if command.name in (verbs.REPLY, verbs.REPLY_OWN) and (unsent := _unsent_reply(context, event, rest)):
        return unsent
    return _told_how(context, command, rest) if _is_said_as_order(context, event, command, rest) else None


def _unsent_reply(context: Context, event: MessagePosted, text: str) -> PrivateReply | None:
    """In the team's thread of a ticket, what begins with `reply` is a note: a button sends the rest."""
    thread = event.location.thread
    found = context.uow.conversations.find(event.location.channel, thread) if thread else None
    first = text.split(maxsplit=1)[:1]
    if found is None or found.ticket_id is None or found.side is not Side.TEAM or not first:
        return None
    is_named = (number := read_reference(first[0], prefix=context.desk.prefix)) and not number.is_bare
    if is_named or first[0].casefold() in GOES_ON or len(text) > LONGEST_SENT:
        return None
    ticket = context.uow.tickets.get(found.ticket_id)
    is_shared = context.team_of(ticket).team_thread is TeamThread.SHARED and not found.is_retired
    if is_shared or not context.is_agent_of(ticket):
        return None
    label = words(context.language, "commands.button_send_as_reply")
    button = Button(label=label, verb=verbs.REPLY, ticket=ticket.reference, options={"text": text})
    told = say(context.language, "commands.bare_reply", reference=Bold(ticket.reference))
    return PrivateReply(text=told, buttons=(button,))


@dataclass(frozen=True, slots=True, kw_only=True)
class BareOwn:
    """What a requester is asked who typed a bare verb in their request's thread; `is_all`: it is nothing else."""

    reply: PrivateReply
    is_all: bool


def bare_own_command(context: Context, event: MessagePosted, registry: Registry) -> BareOwn | None:
    """`close` or `reopen` alone, said by the requester in their own thread, where nobody takes commands.

    On a ticket that is over it would reopen what they want closed, or ask anew: then the question is all there is.
    """
    thread = event.location.thread
    is_word = thread is not None and len(event.text.split()) == 1 and not event.stored
    if not is_word or event.actor.is_bot or event.mentions_desk or context.now - event.at > LATE:
        return None
    command = registry.find(EVERYBODY, event.text.strip().rstrip(".!").lower())
    if command is None or command.name not in _ASKED_ABOUT:
        return None
    found = context.uow.conversations.find(event.location.channel, thread or "")
    if found is None or found.ticket_id is None or found.side is not Side.REQUESTER:
        return None
    ticket = context.uow.tickets.get(found.ticket_id)
    closes = command.name == verbs.CLOSE_OWN
    is_over = ticket.status is Status.CLOSED if closes else ticket.status is not Status.CLOSED
    if not context.is_requester_of(ticket) or context.is_agent_of(ticket) or is_over:
        return None
    label, question = _ASKED_ABOUT[command.name]
    button = Button(
        label=words(context.language, label),
        verb=command.name,
        ticket=ticket.reference,
        is_primary=True,
    )
    told = say(context.language, question, reference=Bold(ticket.reference))
    return BareOwn(reply=PrivateReply(text=told, buttons=(button,)), is_all=not ticket.status.is_live)


def _is_said_as_order(context: Context, event: MessagePosted, command: Command, rest: str) -> bool:
    parsed = _parsed(context.desk, command, rest)
    if not rest:
        return event.location.thread is not None and not parsed.missing
    number, _, more = rest.partition(" ")
    reference = read_reference(number, prefix=context.desk.prefix)
    if reference is None or reference.is_bare or parsed.unread or parsed.missing:
        return False
    if more.split(maxsplit=1)[:1] and more.split()[0].casefold() in GOES_ON:
        return False
    ticket = context.uow.tickets.find(reference.prefix, reference.number)
    return ticket is not None and may_see(context, ticket)


def _told_how(context: Context, command: Command, rest: str) -> PrivateReply:
    typed = f"{verbs.typed(context.desk.command_names, command.name)} {excerpt(rest)}".rstrip()
    return PrivateReply(text=say(context.language, "commands.bare", word=command.verb, command=typed))


def _is_plain(context: Context, event: MessagePosted) -> bool:
    is_alone = event.location.thread is None and not event.stored
    return is_alone and (event.location.is_direct or asks_first(context, event))


def _with_name(context: Context, event: MessagePosted, registry: Registry) -> CommandGiven | None:
    """What begins with the name of a group, `/desk reply` or `desk reply`.

    With its slash it can be nothing else. Without, a verb must follow, and one that is not the author's to use needs
    a ticket besides: "desk close to the door" is said of furniture.
    """
    group, words = _without_name(context, event.text)
    if group is None:
        return None
    if group == KNOWLEDGE and not words:
        words = verbs.word(verbs.LIST_ARTICLES)  # the form that searches them needs more than a message
    if event.text.lstrip().startswith("/"):
        return _given(event, group, words)
    command, rest = registry.read(group, registry.as_typed(words, group=group))
    if command is None or not command.is_in(context.desk):
        return None
    if command.is_for_words and split_verb(words)[0] != command.verb:
        return None  # "kb article is wrong" looks for nothing
    if has_role(context.desk, event.actor, command):
        is_meant = bool(words) or group not in (AGENTS, ADMINS)
    else:
        parsed = _parsed(context.desk, command, rest)
        names_ticket = parsed.reference is not None or bool(parsed.mistaken)
        is_meant = bool(words) and (not rest or (command.on_ticket is not None and names_ticket))
    return _given(event, group, words) if is_meant else None


def _without_name(context: Context, text: str) -> tuple[str | None, str]:
    """The group that a text begins with the name of, and what follows it."""
    first, _, rest = text.strip().removeprefix("/").partition(" ")
    names = {name.casefold(): group for group, name in context.desk.command_names.items()}
    group = names.get(first.casefold())
    return (group, rest.strip()) if group is not None else (None, text.strip())


def _given(event: MessagePosted, group: str, words: str) -> CommandGiven:
    return CommandGiven(
        key=event.key,
        actor=event.actor,
        location=event.location,
        at=event.at,
        group=group,
        words=words,
        stored=event.stored,
    )


def _is_order(registry: Registry, words: str, *, desk: Desk, actor: Person, in_thread: bool) -> bool:
    """Whether words are a command of `/ticket`, and not a sentence that begins like one.

    "claim", "show IT-3" and, in a thread, "reply on my way" are; "help my screen is dark" is not.
    """
    command, rest = registry.read(EVERYBODY, words)
    if command is None or command.by_mention is ByMention.NEVER or not command.is_in(desk):
        return False
    if not rest or command.by_mention in (ByMention.ALWAYS, ByMention.ALONE):
        return not rest or (command.by_mention is ByMention.ALWAYS and has_role(desk, actor, command))
    if command.on_ticket is not None:
        return in_thread or _parsed(desk, command, rest).reference is not None
    if any(option.kind is OptionKind.VERB for option in command.options):
        return registry.find(EVERYBODY, rest.lower()) is not None
    return len(rest.split()) <= 1


def _is_for(context: Context, command: Command) -> bool:
    """Whether the actor may use such commands somewhere: for others it is a word like any other."""
    is_staff = bool(context.desk.teams_of(context.actor)) or context.desk.is_admin(context.actor)
    return command.who is Role.EVERYONE or is_staff


def _parsed(desk: Desk, command: Command, rest: str) -> ParsedOptions:
    return parse(command, rest, prefix=desk.prefix, in_ticket_thread=False, is_command=False)
