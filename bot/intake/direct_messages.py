"""What somebody writes to the desk outside any thread: a command, an answer, a greeting or a new request."""

import re
from collections.abc import Sequence

from bot.domain.normalised_text import counted_words, normalised
from bot.domain.tickets.conversation import Conversation
from bot.domain.tickets.ticket import Status, Ticket
from bot.messages import verbs
from bot.messages.inbound import MessagePosted
from bot.messages.outbound import Button, PrivateReply
from bot.ports.storage.tickets import TicketFilter
from bot.services.context.context import Context

FEWEST_WORDS = 3
"""Fewer are asked about before a ticket is opened for them."""

_OPEN_BUTTON = Button(label="Open a ticket", verb=verbs.OPEN, opens_form=True, is_primary=True)
_EMOJI = re.compile(r":[\w+'-]+:")
"""A custom emoji, as platforms write those that have no character of their own."""
_GREETINGS = """
    hi, hi there, hello, hello there, hey, hey there, hiya, good morning, morning, good afternoon, good evening,
    hallo, guten morgen, guten tag, guten abend, moin, servus, grüezi, bonjour, bonsoir, salut, coucou, hola,
    buenos días, buenas tardes, ciao, buongiorno, buonasera, salve, olá, oi, bom dia, boa tarde, hoi, goedemorgen,
    goedemiddag, hej, hei, cześć, dzień dobry, bună, bună ziua, salutare, ahoj, szia, merhaba, привет, здравствуйте,
    你好, こんにちは
"""
GREETINGS = frozenset(normalised(each) for each in _GREETINGS.split(","))
"""The whole message must be one of them."""
_OPEN = verbs.OPEN.partition(" ")[2]


def is_greeting(event: MessagePosted) -> bool:
    """Whether it only says hello, or only that something is to be opened."""
    return not event.stored and normalised(event.text) in GREETINGS | {_OPEN}


def is_short(event: MessagePosted) -> bool:
    """Whether there is too little in it to be taken for a request."""
    return not event.stored and counted_words(event.text) < FEWEST_WORDS


def has_no_words(event: MessagePosted) -> bool:
    """Whether it is signs alone: emoji, markup, a question mark."""
    return not event.stored and counted_words(_EMOJI.sub(" ", event.text)) == 0


def ask_for_words() -> PrivateReply:
    """Nobody is left to think that a ticket was opened."""
    return PrivateReply(
        text=("No ticket was opened: your message has no words. Tell me in a sentence what you need.",),
        buttons=(_OPEN_BUTTON, Button(label="Help", verb=verbs.HELP)),
    )


def greet(context: Context) -> PrivateReply:
    """What one can do here, with buttons."""
    hello = f"Hi {context.actor.name}! Tell me in a sentence what you need, and I'll open a ticket for you."
    return PrivateReply(
        text=(hello, " To add to a request, reply in its thread."),
        buttons=(
            _OPEN_BUTTON,
            Button(label="My requests", verb=verbs.LIST_OWN),
            Button(label="Help", verb=verbs.HELP),
        ),
    )


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
