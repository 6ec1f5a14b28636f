"""Who is writing on a ticket, kept while their form is open, so that two who write at once hear of one another."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.caches.known_writers import KnownWriter
from bot.domain.replies.held_reply import HeldReply
from bot.domain.replies.writer import Writer
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import RichText
from bot.services.context.context import Context
from bot.text.amounts import length
from bot.text.sentences import say

_A_MINUTE_S = 60


def begin_writing(context: Context, ticket: Ticket, *, is_note: bool) -> None:
    """The actor has opened a form of the ticket. Nothing for whoever does not work on it."""
    if not context.is_agent_of(ticket):
        return
    writer = Writer(ticket=ticket.id, person=context.actor.key, is_note=is_note, since=context.now)
    context.uow.writers.put(writer)
    known = _known(context, ticket, writer, name=context.actor.name)
    context.uow.after_commit(lambda: context.writers.note(known))


def end_writing(context: Context, ticket: Ticket) -> None:
    """The actor has sent it, or closed the form."""
    context.uow.writers.remove(ticket.id, context.actor.key)
    ticket_id, person = ticket.id, context.actor.key
    context.uow.after_commit(lambda: context.writers.forget(ticket_id, person))


def known_writers(context: Context, writers: Iterable[Writer]) -> Sequence[KnownWriter]:
    """What must be known of them to say who writes where."""
    found = list(writers)
    people = context.uow.people.find_many({each.person for each in found})
    return [
        _known(context, context.uow.tickets.get(each.ticket), each, name=people[each.person].name)
        for each in found
        if each.person in people
    ]


def known_senders(context: Context, held: Iterable[HeldReply]) -> Sequence[KnownWriter]:
    """The same of those whose replies can still be taken back."""
    waiting = list(held)
    people = context.uow.people.find_many({each.author for each in waiting})
    return [
        known_sender(context, context.uow.tickets.get(each.ticket), each, name=people[each.author].name)
        for each in waiting
        if each.author in people
    ]


def known_sender(context: Context, ticket: Ticket, held: HeldReply, *, name: str) -> KnownWriter:
    writer = Writer(ticket=ticket.id, person=held.author, since=held.held_at)
    return replace(_known(context, ticket, writer, name=name), leaves_at=held.leaves_at)


def _known(context: Context, ticket: Ticket, writer: Writer, *, name: str) -> KnownWriter:
    conversations = context.uow.conversations.of_ticket(ticket.id)
    return KnownWriter(
        writer=writer,
        name=name,
        reference=ticket.reference,
        team=context.team_of(ticket).name,
        requester=ticket.requester,
        threads=frozenset((each.channel, each.root) for each in conversations if each.root is not None),
    )


def others_writing(context: Context, ticket: Ticket) -> Sequence[tuple[str, Writer]]:
    """Names of the others who write on it just now, who began last first; nobody for the requester's side."""
    if not context.is_agent_of(ticket):
        return []
    found = [
        each
        for each in reversed(context.uow.writers.of_ticket(ticket.id))
        if each.person != context.actor.key and each.is_shown(context.now)
    ]
    people = context.uow.people.find_many({each.person for each in found})
    return [(people[each.person].name, each) for each in found if each.person in people]


def others_sending(context: Context, ticket: Ticket) -> Sequence[str]:
    """Names of the others whose replies on it can still be taken back; nobody for the requester’s side."""
    if context.team_of(ticket).undo_send is None or not context.is_agent_of(ticket):
        return []
    waiting = context.uow.held_replies.waiting_on(ticket.id)
    authors = dict.fromkeys(each.author for each in waiting if each.author != context.actor.key)
    people = context.uow.people.find_many(authors)
    return [people[each].name for each in authors if each in people]


def says_who_sends(language: str, name: str) -> RichText:
    """`Bo is sending a reply.`"""
    return say(language, "answers.sends_reply", name=name)


def says_who_writes(language: str, name: str, *, is_note: bool, for_s: float) -> RichText:
    """`Bo is answering this (2 min).`"""
    key = "answers.writes_note" if is_note else "answers.writes_reply"
    if for_s < _A_MINUTE_S:
        return say(language, f"{key}_now", name=name)
    return say(language, key, name=name, since=length(for_s, language))


def sent_in_thread(context: Context, ticket: Ticket) -> None:
    """What the actor was writing they have said in a thread."""
    if context.writers.knows(ticket.id, context.actor.key):
        end_writing(context, ticket)
