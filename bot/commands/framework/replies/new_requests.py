"""A request that was typed or filled in: it is opened, or answered first, and its author is told so."""

from dataclasses import dataclass, replace

from bot.commands.framework.command import Call
from bot.commands.framework.replies.open_readers import privacy_button, told_of_readers
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import PrivateReply
from bot.services.tickets.offers.held_requests import hold_request, shown_on_the_spot
from bot.services.tickets.opening import NewRequest, open_ticket
from bot.services.tickets.requester_side import Place, place_of
from bot.services.tickets.revisions.buttons import revision_buttons
from bot.text.sentences import joined


@dataclass(frozen=True, slots=True)
class OpenedRequest:
    """`ticket` is None while its author reads what may answer it."""

    reply: PrivateReply
    ticket: Ticket | None


def open_and_tell(call: Call, request: NewRequest, *, offers_teams: bool) -> OpenedRequest:
    """`offers_teams`: of a private one also how another team gets it."""
    context = call.context
    looked_up = hold_request(context, request)
    if looked_up.offer is not None:
        return OpenedRequest(shown_on_the_spot(context, looked_up.offer), None)
    ticket = open_ticket(context, replace(request, was_looked_up=looked_up.is_done))
    team = context.team_of(ticket).title
    created = call.say(_created(call, request, ticket), reference=ticket.reference, team=team)
    readers = told_of_readers(context, ticket, request.text, offers_teams=offers_teams)
    privacy = (privacy_button(context, ticket),) if readers and not ticket.is_private else ()
    group = verbs.OPEN.partition(" ")[0]
    reply = PrivateReply(
        text=joined(created, readers) if readers else created,
        buttons=(*privacy, *revision_buttons(context, ticket, str(ticket.opening), group=group)),
    )
    return OpenedRequest(reply, ticket)


def _created(call: Call, request: NewRequest, ticket: Ticket) -> str:
    """The sentence that says where the requester is answered."""
    place = place_of(
        call.context, requester=request.requester, channel=request.channel, is_private=ticket.is_private
    )
    if place is Place.PRIVATE_THREAD:
        return "answers.created_in_private_thread"
    if request.channel.is_direct:
        return "answers.created"
    return "answers.created_in_directs" if place is Place.DIRECT else "answers.created_in_thread"
