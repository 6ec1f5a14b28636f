"""What somebody writes to the desk outside any thread: a command, an answer, a greeting or a new request."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.commands.tickets.requests import OPENING_ALIASES
from bot.domain.macros.placeholders import first_name
from bot.domain.normalised_text import counted_words, normalised, words_of
from bot.domain.search.stop_words import (
    ANYBODY_WORDS,
    ASKING_WORDS,
    HOW_OFTEN_WORDS,
    NEW_WORDS,
    STOP_WORDS,
)
from bot.domain.tickets.conversation import Conversation
from bot.domain.tickets.privacy_words import wants_confidence
from bot.domain.tickets.ticket import Status, Ticket
from bot.intake.greetings import says_nothing_yet
from bot.intake.privacy.kept_apart import is_in_confidence
from bot.intake.status_questions import with_states
from bot.messages import verbs
from bot.messages.inbound import MessagePosted
from bot.messages.outbound import Button, PrivateReply
from bot.ports.storage.tickets import TicketFilter
from bot.services.context.context import Context
from bot.services.tickets import questions
from bot.services.tickets.courtesy import is_courtesy
from bot.services.tickets.offers.topics import asks_of_something_new, may_be_something_new
from bot.services.tickets.status_questions import asks_how_it_stands, asks_state_of
from bot.text.sentences import say, words

FEWEST_WORDS = 3
"""Fewer are asked about before a ticket is opened for them."""

_EMOJI = re.compile(r":[\w+'-]+:")
"""A custom emoji, as platforms write those that have no character of their own."""
_SAID_OF_ANYTHING = STOP_WORDS | ASKING_WORDS | HOW_OFTEN_WORDS | NEW_WORDS | ANYBODY_WORDS
_OPEN = frozenset(map(normalised, (verbs.OPEN.partition(" ")[2], *OPENING_ALIASES)))


def asks_first(context: Context, event: MessagePosted) -> bool:
    """Whether the inbox reads what people write as direct messages are read."""
    inbox = context.desk.inbox_at(event.location.channel)
    return inbox is not None and inbox.asks_first and not event.mentions_desk and not event.actor.is_bot


def is_greeting(context: Context, event: MessagePosted) -> bool:
    """Whether it only says hello or asks for help with nothing yet, or only that something is to be opened."""
    if event.stored or is_courtesy(event.text, context.desk):
        return False
    return normalised(event.text) in _OPEN or says_nothing_yet(event.text)


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
        text=say(context.language, "requester.greeting", name=first_name(context.actor.name)),
        buttons=(_open_button(context), own, _help_button(context)),
    )


def _open_button(context: Context) -> Button:
    label = words(context.language, "requester.button_open")
    return Button(label=label, verb=verbs.OPEN, opens_form=True, is_primary=True)


def _help_button(context: Context) -> Button:
    return Button(label=words(context.language, "requester.button_help"), verb=verbs.HELP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """The tickets that a direct message may go on with, each with the conversation it belongs to if any.

    Unless it `is_clear` which, its author is asked, with `others` besides: what they say may be about any of theirs.
    """

    tickets: Sequence[tuple[Ticket, Conversation | None]] = ()
    is_clear: bool = False
    is_named: bool = False
    others: Sequence[Ticket] = ()

    def goes_on_at_once(self, context: Context, event: MessagePosted) -> bool:
        """Whether it needs no question. What is said in confidence goes on with no public request unasked.

        Of one that its author names by number their words alone decide, and no rule.
        """
        if not self.is_clear or self.tickets[0][0].is_private:
            return self.is_clear
        return not (wants_confidence(event.text) if self.is_named else is_in_confidence(context, event))

    @property
    def all(self) -> Sequence[Ticket]:
        return [*(ticket for ticket, _ in self.tickets), *self.others]


def ask_which_request(context: Context, event: MessagePosted, meant: Meant) -> None:
    """The likeliest is offered first: one whose subject shares telling words, or that waits for its requester.

    In confidence private ones come before others; what nothing is likely for is something new.
    """
    found, in_confidence = _by_words(meant.all, event.text), is_in_confidence(context, event)
    if in_confidence:
        found = sorted(found, key=lambda each: not each.is_private)
    is_likely = found[0].waits_for_requester or bool(_shared_words(found[0], event.text))
    questions.ask_which(context, event, found, is_likely=is_likely, in_confidence=in_confidence)


def meant_in(context: Context, event: MessagePosted) -> Meant:
    """What a direct message outside threads may go on with: the tickets it names, else those that are worked on.

    Of these, one that waits for its requester counts wherever it was asked, and any that only they and the team
    read: what is written here may be about it, and is nothing for another team. Where direct messages have no
    threads a lone ticket that was asked there goes on, else the newest that is resolved; what was closed does not,
    unless it was merged into one that is worked on.
    """
    if not event.location.is_direct:
        return Meant()
    channel = event.location.channel
    found = context.uow.conversations.unfinished_in(channel, requester=context.actor.key)
    here = {each.ticket_id: each for each in found if each.ticket_id is not None}
    has_threads = context.has_threads_in_directs(channel.platform)
    talks = {} if has_threads else here
    if named := _named_in(context, event):
        return Meant(
            tickets=[(each, talks.get(each.id)) for each in named], is_clear=len(named) == 1, is_named=True
        )
    live = context.uow.tickets.search(TicketFilter(requester=context.actor.key))
    open_ = sorted(
        (each for each in live if each.waits_for_requester or each.is_private), key=_expectation, reverse=True
    )
    merged = _merged(context)
    if not open_:
        resolved = list(context.uow.tickets.get_many(list(here)[:1]).values())
        return Meant(
            tickets=[*((each, talks.get(each.id)) for each in resolved), *((each, None) for each in merged)],
            is_clear=bool(resolved and talks),
            others=_besides(resolved, live),
        )
    is_expected = open_[0].waits_for_requester or open_[0].id in talks
    return Meant(
        tickets=[(each, talks.get(each.id)) for each in open_],
        is_clear=len(open_) == 1 and is_expected,
        others=[*_besides(open_, live), *merged],
    )


def asked_how_it_stands(
    context: Context, event: MessagePosted, meant: Meant, *, courtesy: bool
) -> Sequence[Ticket]:
    """The author's tickets that a question how one stands may be about; the likeliest, by its words, first.

    Nothing where it is no such question: what is asked is answered, and opens no ticket.
    """
    if courtesy or event.stored or not asks_how_it_stands(event.text):
        return ()
    named = {each.id for each in _named_in(context, event)}
    likely = meant.all if event.location.is_direct else _asked_about_in_an_inbox(context, event)
    about = _by_words(_as_listed(likely), event.text)
    if not named and asks_of_something_new(event.text, about):
        return ()
    if event.location.is_direct and is_in_confidence(context, event):
        about = sorted(about, key=lambda each: not each.is_private)
    return sorted(about, key=lambda each: each.id not in named)


def ask_how_it_stands(
    context: Context, event: MessagePosted, tickets: Sequence[Ticket]
) -> PrivateReply | None:
    """The question which of them is meant, with how each stands; nothing where it goes into direct messages."""
    is_new = may_be_something_new(event.text, tickets[0])
    asked = questions.ask_which_is_meant(context, event, tickets, may_be_new=is_new)
    return asked and with_states(context, asked, tickets, may_be_new=is_new)


def asked_state_of(context: Context, event: MessagePosted) -> str | None:
    """The author's one ticket whose state a message asks for and about which it says nothing."""
    written = _reference(context).search(event.text)
    if event.stored or written is None or not asks_state_of(event.text, written.group()):
        return None
    named = _named_in(context, event)
    return named[0].reference if len(named) == 1 else None


def _as_listed(tickets: Sequence[Ticket]) -> Sequence[Ticket]:
    """In the order of the author's own list: what waits for them, then what changed last; finished ones last."""
    listed = sorted(tickets, key=lambda each: each.updated_at, reverse=True)
    return sorted(listed, key=lambda each: (not each.status.is_live, not each.waits_for_requester))


def _by_words(tickets: Sequence[Ticket], text: str) -> Sequence[Ticket]:
    """Those first whose subjects share most words with it that say something; the others stay in their order."""
    return sorted(tickets, key=lambda each: -len(_shared_words(each, text)))


def _shared_words(ticket: Ticket, text: str) -> frozenset[str]:
    return frozenset(words_of(text)).intersection(words_of(ticket.subject)) - _SAID_OF_ANYTHING


def _asked_about_in_an_inbox(context: Context, event: MessagePosted) -> Sequence[Ticket]:
    """Of the inbox's own server where several share the desk; nothing where the inbox does not ask first."""
    inbox = context.desk.inbox_at(event.location.channel)
    if inbox is None or not asks_first(context, event):
        return ()
    if inbox.community is None and context.desk.communities:
        return ()
    live = context.uow.tickets.search(TicketFilter(requester=context.actor.key))
    return _besides((), [each for each in live if each.community == inbox.community])


def _besides(likely: Sequence[Ticket], live: Sequence[Ticket]) -> Sequence[Ticket]:
    """Those that somebody works on, besides the likely ones; the one with the newest word first."""
    known = {each.id for each in likely}
    return sorted((each for each in live if each.id not in known), key=_expectation, reverse=True)


def _merged(context: Context) -> Sequence[Ticket]:
    """The author's duplicates of tickets that are worked on: those who do so read what is said on them."""
    closed = frozenset({Status.CLOSED})
    wanted = TicketFilter(requester=context.actor.key, statuses=closed, is_duplicate=True)
    found = context.uow.tickets.search(wanted)
    originals = context.uow.tickets.get_many([each.merged_into for each in found if each.merged_into])
    live = {each.id for each in originals.values() if each.status.is_live}
    return [each for each in found if each.merged_into in live]


def _expectation(ticket: Ticket) -> tuple[bool, datetime]:
    """How likely a ticket is meant: one that waits for its requester, and of these the one with the newest word."""
    return ticket.waits_for_requester, ticket.last_update_at or ticket.opened_at


def _named_in(context: Context, event: MessagePosted) -> Sequence[Ticket]:
    """The author's own tickets that the message says something about, as in "any news on IT-5?"."""
    reference = _reference(context)
    if not event.stored and counted_words(reference.sub(" ", event.text)) == 0:
        return ()
    numbers = dict.fromkeys(int(each) for each in reference.findall(event.text))
    found = [context.uow.tickets.find(context.desk.prefix, each) for each in numbers]
    return [each for each in found if each is not None and each.requester == context.actor.key]


def _reference(context: Context) -> re.Pattern[str]:
    """A ticket's number with the desk's prefix."""
    return re.compile(
        rf"(?<![\w-]){re.escape(context.desk.prefix)}-(\d{{1,12}})(?![\w-])", re.ASCII | re.IGNORECASE
    )
