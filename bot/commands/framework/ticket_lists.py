"""Lists of tickets, page by page: how many there are, what is due first, and a way to each of them.

A number leads to the ticket's card, or for its requester to its thread, where the actor's platform has it; otherwise
a button shows the ticket.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.commands.framework.command import Call
from bot.domain.errors import Refused
from bot.domain.sla.timer import SlaTimer
from bot.domain.tickets.conversation import Side
from bot.domain.tickets.ticket import Ticket, subject_of
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, MessageLink, Moment, PrivateReply, RichText, Tone
from bot.ports.storage.tickets import TicketFilter
from bot.services.context.context import Context
from bot.services.context.stage_tone import stage_tone
from bot.text import terms
from bot.text.amounts import number
from bot.text.sentences import joined, say, words
from bot.views.bulk_changes.offer import change_several

LISTED = 20
"""Tickets on a page. With two buttons to turn it they are 22, and Discord shows 25."""
SUBJECT = 60
"""Characters of a subject in a list: a page is one message, whose pages are turned in place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketList:
    """`nothing` is said where there is none; `options` are those that the command needs for the same list again.

    `query` lists the same in the search language; empty where none does.
    """

    wanted: TicketFilter
    title: str
    nothing: str
    options: Mapping[str, str] = field(default_factory=dict)
    query: str = ""


def read_page(text: str) -> int:
    """A page's number, from 1; without words the first. Raises Refused."""
    if not text:
        return 1
    if not text.isdecimal() or int(text) < 1:
        raise Refused("commands.not_a_page", text=text)
    return int(text)


def ticket_page(call: Call, listed: TicketList, *, page: int) -> PrivateReply:
    """A page of the list; the last one where there are fewer, since lists grow shorter between two presses."""
    context, language = call.context, call.context.language
    count = context.uow.tickets.count(listed.wanted)
    if not count:
        return PrivateReply(text=(listed.nothing,), is_turned=bool(call.option("page")))
    pages = -(-count // LISTED)
    missing = call.say("commands.no_such_page", number=page, total=pages) if page > pages else ()
    page = min(page, pages)
    first = (page - 1) * LISTED
    tickets = context.uow.tickets.search(listed.wanted, limit=LISTED, offset=first)
    text: RichText = (Bold(listed.title), f" · {range_of(first, len(tickets), count, language)}")
    references, shows = ways_to(context, tickets)
    timers = context.uow.sla_timers.of_tickets(each.id for each in tickets)
    names = context.uow.people.find_many({each.assignee for each in tickets if each.assignee})
    for ticket in tickets:
        holder = names.get(ticket.assignee or "")
        owner = context.name_of(ticket, holder) if holder else words(language, "commands.unassigned")
        status, priority = terms.status(ticket.status, language), terms.priority(ticket.priority, language)
        subject = subject_of(ticket.subject, limit=SUBJECT)
        state = f" {subject} · {status} · {priority} · {owner}"
        text += ("\n", references[ticket.id], state, *_nearest_due(context, timers[ticket.id]))
    several = (change_several(listed.query, language=language),) if listed.query and count > 1 else ()
    return PrivateReply(
        text=joined(text, missing, by="\n"),
        buttons=(*shows, *turn_buttons(call, listed.options, page=page, pages=pages), *several),
        is_page=True,
        is_turned=bool(call.option("page")),
    )


def range_of(first: int, many: int, count: int, language: str) -> str:
    """`21–40 of 63`, or `3` where one page holds them all."""
    if count <= many:
        return number(count, language)
    return words(language, "commands.range", first=first + 1, last=first + many, total=count)


def turn_buttons(call: Call, again: Mapping[str, str], *, page: int, pages: int) -> tuple[Button, ...]:
    """To the pages beside this one; `again` are the options that the command needs for the same list."""
    ways = [("commands.previous_page", page - 1), ("commands.next_page", page + 1)]
    return tuple(
        Button(
            label=words(call.context.language, label),
            verb=call.command.name,
            options={**again, "page": str(to)},
        )
        for label, to in ways
        if 1 <= to <= pages
    )


def ways_to(
    context: Context, tickets: Sequence[Ticket]
) -> tuple[Mapping[int, MessageLink | Bold], tuple[Button, ...]]:
    """By their ids the tickets' numbers, which lead to them; buttons for those whose numbers do not."""
    context.uow.conversations.read_ahead(each.id for each in tickets)
    links = {each.id: _link(context, each) for each in tickets}
    references = {each.id: links[each.id] or Bold(each.reference) for each in tickets}
    shows = (
        Button(label=each.reference, verb=verbs.SHOW, ticket=each.reference)
        for each in tickets
        if links[each.id] is None
    )
    return references, tuple(shows)


def _link(context: Context, ticket: Ticket) -> MessageLink | None:
    """Nothing on the requester's side leads to a team's channel."""
    side = Side.TEAM if context.is_agent_of(ticket) else Side.REQUESTER
    for conversation in context.uow.conversations.of_ticket(ticket.id):
        channel = conversation.channel
        is_here = channel.platform == context.actor.platform and not conversation.is_retired
        if conversation.side is side and conversation.root and is_here:
            return MessageLink(ticket.reference, channel, conversation.root)
    return None


def _nearest_due(context: Context, timers: Sequence[SlaTimer]) -> RichText:
    running = [(timer.due_at, timer) for timer in timers if timer.due_at is not None]
    if not running:
        return ()
    due_at, first = min(running, key=lambda pair: pair[0])
    if due_at <= context.now:
        return (" · ", *say(context.language, "commands.overdue_since", at=Moment(due_at)))
    key = "commands.due_at_risk" if stage_tone(first) is Tone.WARNING else "commands.due"
    return (" · ", *say(context.language, key, at=Moment(due_at)))
