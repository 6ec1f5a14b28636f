"""What somebody writes to the desk outside any thread: a command, an answer, a greeting or a new request."""

import re
from collections.abc import Sequence

from bot.domain.normalised_text import counted_words, normalised
from bot.domain.tickets.conversation import Conversation
from bot.domain.tickets.ticket import Status, Ticket
from bot.intake.greetings import GREETINGS
from bot.messages import verbs
from bot.messages.inbound import MessagePosted
from bot.messages.outbound import Button, PrivateReply
from bot.ports.storage.tickets import TicketFilter
from bot.services.context.context import Context
from bot.text.sentences import say, words

FEWEST_WORDS = 3
"""Fewer are asked about before a ticket is opened for them."""

_EMOJI = re.compile(r":[\w+'-]+:")
"""A custom emoji, as platforms write those that have no character of their own."""
_OPEN = verbs.OPEN.partition(" ")[2]


def asks_first(context: Context, event: MessagePosted) -> bool:
    """Whether the inbox reads what people write as direct messages are read."""
    inbox = context.desk.inbox_at(event.location.channel)
    return inbox is not None and inbox.asks_first and not event.mentions_desk and not event.actor.is_bot


def is_greeting(event: MessagePosted) -> bool:
    """Whether it only says hello, or only that something is to be opened."""
    return not event.stored and normalised(event.text) in GREETINGS | {_OPEN}


def is_short(event: MessagePosted) -> bool:
    """Whether there is too little in it to be taken for a request."""
    return not event.stored and counted_words(event.text) < FEWEST_WORDS


def has_no_words(event: MessagePosted) -> bool:
    """Whether it is signs alone: emoji, markup, a question mark."""
    return not event.stored and counted_words(_EMOJI.sub(" ", event.text)) == 0


def ask_for_words(context: Context) -> PrivateReply:
    """Nobody is left to think that a ticket was opened."""
    return PrivateReply(
        text=say(context.language, "requester.no_words"),
        buttons=(_open_button(context), _help_button(context)),
    )


def greet(context: Context) -> PrivateReply:
    """What one can do here, with buttons."""
    own = Button(label=words(context.language, "requester.button_own_requests"), verb=verbs.LIST_OWN)
    return PrivateReply(
        text=say(context.language, "requester.greeting", name=context.actor.name),
        buttons=(_open_button(context), own, _help_button(context)),
    )


def _open_button(context: Context) -> Button:
    label = words(context.language, "requester.button_open")
    return Button(label=label, verb=verbs.OPEN, opens_form=True, is_primary=True)


def _help_button(context: Context) -> Button:
    return Button(label=words(context.language, "requester.button_help"), verb=verbs.HELP)


def meant_in(context: Context, event: MessagePosted) -> Sequence[tuple[Ticket, Conversation | None]]:
    """The tickets that a direct message outside threads may go on with, with the conversation it belongs to if any.

    One that waits for its requester goes first, wherever it was asked. Where direct messages have no threads any
    ticket that was asked there goes on, else the newest that is resolved; what was closed does not.
    """
    channel = event.location.channel
    if not event.location.is_direct:
        return ()
    here: dict[int, Conversation] = {}
    if not context.has_threads_in_directs(channel.platform):
        found = context.uow.conversations.unfinished_in(channel, requester=context.actor.key)
        here = {each.ticket_id: each for each in found if each.ticket_id is not None}
    begun = TicketFilter(requester=context.actor.key, statuses=frozenset({Status.OPEN, Status.PENDING}))
    waiting = [each for each in context.uow.tickets.search(begun) if each.waits_for_requester]
    if waiting:
        return [(each, here.get(each.id)) for each in waiting]
    tickets = context.uow.tickets.get_many(here)
    talks = [(tickets[each], talk) for each, talk in here.items()]
    return [each for each in talks if each[0].status.is_live] or talks[:1]
