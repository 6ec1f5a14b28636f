"""`/desk similar`: which tickets say the same as one, why, how they ended, and a button that merges it."""

from collections.abc import Sequence
from typing import Final

from bot.commands.framework.command import Call, Command, Role
from bot.commands.framework.ticket_filters import of_teams
from bot.domain.tickets.subject import subject_of
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, Moment, PrivateReply, RichText
from bot.services.demand.similar_requests import SimilarTicket, last_resolution, similar_for_reader
from bot.services.search.ticket_search import SearchScope, visibility_in
from bot.text.amounts import listed
from bot.text.sentences import joined, say, words

LISTED: Final = 5
"""Of the open ones, and of those that ended."""
OFFERED: Final = 3
"""Open ones that it can be merged into by a button."""
ENDING: Final = 200
"""Characters of how a ticket ended."""


def similar(call: Call, ticket: Ticket) -> PrivateReply:
    context = call.context
    visibility = visibility_in(context, SearchScope.SEEN)
    found = similar_for_reader(context, ticket, visibility=visibility, policy=context.desk.similar)
    alive = [each for each in found if each.is_open][:LISTED]
    ended = [each for each in found if not each.is_open][:LISTED]
    if not alive and not ended:
        return call.answer("answers.nothing_similar", reference=ticket.reference)
    parts = [call.say("answers.similar_to", reference=Bold(ticket.reference), subject=ticket.subject)]
    parts += _section(call, "answers.similar_open_heading", alive)
    parts += _section(call, "answers.similar_ended_heading", ended)
    return PrivateReply(text=joined(*parts, by="\n"), buttons=_buttons(call, ticket, alive), is_page=True)


def _section(call: Call, heading: str, found: Sequence[SimilarTicket]) -> list[RichText]:
    if not found:
        return []
    return [(Bold(words(call.context.language, heading)),), *(_line(call, each) for each in found)]


def _line(call: Call, similar: SimilarTicket) -> RichText:
    context, other = call.context, similar.ticket
    language = context.language
    requester = context.uow.people.find(other.requester)
    at = other.opened_at if similar.is_open else (other.resolved_at or other.opened_at)
    line = say(
        language,
        "answers.similar_open_line" if similar.is_open else "answers.similar_ended_line",
        reference=Bold(other.reference),
        name=requester.name if requester is not None else other.requester,
        at=Moment(at, context.actor.time_zone),
        subject=subject_of(other.subject),
        words=listed(similar.words, language),
    )
    return line if similar.is_open else joined(line, _ending(call, other), by=" ")


def _ending(call: Call, other: Ticket) -> RichText:
    ending = last_resolution(call.context.uow, other)
    if ending.is_silent:
        return call.say("answers.similar_silent")
    ended = subject_of(ending.words, limit=ENDING)
    return call.say("answers.similar_how", text=ended) if ended else ()


def _buttons(call: Call, ticket: Ticket, alive: Sequence[SimilarTicket]) -> tuple[Button, ...]:
    """For those who may merge it."""
    if not ticket.status.is_live or not call.context.is_agent_of(ticket):
        return ()
    return tuple(
        Button(
            label=words(call.context.language, "answers.button_merge", other=each.ticket.reference),
            verb=verbs.MERGE,
            ticket=ticket.reference,
            options={"into": each.ticket.reference},
            opens_form=True,
        )
        for each in alive[:OFFERED]
    )


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.SIMILAR,
        place=155,
        who=Role.AGENT,
        on_ticket=similar,
        fitting=of_teams,
        reads=True,
        replies_privately=True,
        lets_followers=True,
        menu_group="ticket",
        example="similar IT-12",
    ),
)
