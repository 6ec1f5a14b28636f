"""Servers that share a desk are kept apart: a request from one never reaches a team of another.

Where `desk.yaml` names no communities there is nothing to keep apart.
"""

from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef, Community, Team
from bot.domain.errors import Refused
from bot.domain.ticket import Ticket
from bot.messages.inbound import MessagePosted
from bot.messages.outbound import Button, PrivateReply
from bot.services.work import Work

NOT_SERVED = "This server is not served by this desk. Ask whoever looks after the desk to add it."
IN_NONE = "You are in no server that this desk serves, so nobody here could help you."


def is_served(desk: Desk, channel: ChannelRef, community: str | None) -> bool:
    """Whether what happens there is the desk's business; what has no server always is."""
    served = {each.reference for each in desk.communities_on(channel.platform)}
    return not served or community is None or community in served


def community_of_request(desk: Desk, channel: ChannelRef, reference: str | None) -> Community | None:
    """The community that a request is from: that of its place, else of where it was made. Raises Refused."""
    place = desk.place_at(channel)
    if place is not None and place.community is not None:
        return desk.communities[place.community]
    if reference is None:
        return None
    if not is_served(desk, channel, reference):
        raise Refused(NOT_SERVED)
    return desk.community_called(reference)


def community_of_ticket(desk: Desk, ticket: Ticket) -> str | None:
    """The name of the community that a ticket belongs to: its place's, else its team's."""
    place = desk.places.get(ticket.place or "")
    return (place.community if place is not None else None) or desk.team_of(ticket).community


def check_transfer(work: Work, ticket: Ticket, team: Team) -> None:
    """Raises Refused for a team of another community."""
    community = community_of_ticket(work.desk, ticket)
    if community is not None and team.community not in (None, community):
        raise Refused(
            f"{team.title} serves another server, so {ticket.reference} cannot go there: it belongs to "
            f"{work.desk.communities[community].title}."
        )


def question_for(work: Work, event: MessagePosted) -> PrivateReply | None:
    """For a direct message that is to become a ticket: what must be asked first, or why there will be none."""
    served = work.desk.communities_on(event.spot.channel.platform)
    if not served or event.spot.community is not None:
        return None
    theirs = [each for each in served if each.reference in event.communities]
    if not theirs:
        return PrivateReply(text=(IN_NONE,), is_error=True)
    if len(theirs) == 1:
        return None
    buttons = tuple(
        Button(
            label=each.title,
            verb="ticket open",
            options={"community": each.reference, "message": event.message_id},
        )
        for each in theirs
    )
    return PrivateReply(text=("Which server is it for?",), buttons=buttons)


def only_community(work: Work, event: MessagePosted) -> str | None:
    """The community of a message: where it was said, or the only one of its author's that is served."""
    if event.spot.community is not None or not event.spot.is_direct:
        return event.spot.community
    served = [each.reference for each in work.desk.communities_on(event.spot.channel.platform)]
    theirs = [each for each in served if each in event.communities]
    return theirs[0] if len(theirs) == 1 else None
