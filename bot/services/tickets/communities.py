"""Servers that share a desk are kept apart: a request from one never reaches a team of another.

Where `desk.yaml` names no communities there is nothing to keep apart.
"""

from collections.abc import Sequence

from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef, Community, Team
from bot.domain.errors import Refused
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.inbound import Location, MessagePosted
from bot.messages.outbound import Button
from bot.ports.storage.outbox import RowKind
from bot.services.context.context import Context


def is_served(desk: Desk, channel: ChannelRef, community: str | None) -> bool:
    """Whether what happens there is the desk's business; what has no server always is.

    So are the desk's own channels wherever they are: those who help several servers may have one of their own.
    """
    served = {each.reference for each in desk.communities_on(channel.platform)}
    if not served or community is None or community in served:
        return True
    return any(named == channel for _, named in desk.channels(channel.platform))


def which_server(desk: Desk) -> Refused:
    """For whoever asked by a command, where nothing says which of the servers it is for."""
    return Refused("refusals.which_server", command=verbs.typed(desk.command_names, verbs.OPEN))


def server_meant(desk: Desk, location: Location, *, chosen: str) -> str | None:
    """The server that a command is for: the one it was given in, else the one that was chosen in its form."""
    return location.community if tells_server(desk, location) else chosen or None


def tells_server(desk: Desk, location: Location) -> bool:
    """Whether it is known from where something is done which server it is for."""
    return location.community in {each.reference for each in desk.communities_on(location.channel.platform)}


def community_of_request(desk: Desk, channel: ChannelRef, reference: str | None) -> Community | None:
    """The community that a request is from: that of its inbox, else of where it was made.

    Raises Refused where it is none of the desk's, or one of several and nobody said which.
    """
    inbox = desk.inbox_at(channel)
    if inbox is not None and inbox.community is not None:
        return desk.communities[inbox.community]
    served = desk.communities_on(channel.platform)
    if not served:
        return None
    if reference is None and len(served) == 1:
        return served[0]
    if reference is None:
        raise which_server(desk)
    found = next((each for each in served if each.reference == reference), None)
    if found is None:
        raise Refused("refusals.server_not_covered")
    return found


def check_transfer(context: Context, ticket: Ticket, team: Team) -> None:
    """Raises Refused for a team of another community."""
    if context.desk.serves(team, ticket):
        return
    community = context.desk.communities[context.desk.community_of(ticket) or ""]
    raise Refused(
        "refusals.team_of_another_server",
        team=team.title,
        reference=ticket.reference,
        server=community.title,
    )


def is_clear(context: Context, event: MessagePosted) -> bool:
    """Whether it is known which server a message is for; asks its author where it is not."""
    served = context.desk.communities_on(event.location.channel.platform)
    if not served or not event.location.is_direct or event.location.community is not None:
        return True
    theirs = [each.reference for each in served if each.reference in event.communities]
    if len(theirs) != 1:
        _ask_which(context, event, theirs)
    return len(theirs) == 1


def _ask_which(context: Context, event: MessagePosted, theirs: list[str]) -> None:
    """By the outbox, so that it is asked too where the message was read long after it was written."""
    context.uow.outbox.put_once(
        RowKind.NOTICE,
        conversation=context.uow.conversations.of_channel(event.location.channel).id,
        key=f"which server:{event.key}",
        payload={
            "sentence": "requester.which_server" if theirs else "requester.no_server",
            "words": {},
            "servers": theirs,
            "message": event.message_id,
        },
        now=context.now,
        is_urgent=True,
    )


def server_buttons(desk: Desk, *, servers: Sequence[str], message: str) -> tuple[Button, ...]:
    """One for each of these that is still served; pressing it makes the message a ticket there."""
    found = [desk.community_called(each) for each in servers]
    return tuple(
        Button(
            label=each.title,
            verb=verbs.OPEN,
            options={"community": each.reference, "message": message},
        )
        for each in found
        if each is not None
    )


def only_community(context: Context, event: MessagePosted) -> str | None:
    """The community of a message: where it was said, or the only one of its author's that is served."""
    if event.location.community is not None or not event.location.is_direct:
        return event.location.community
    served = [each.reference for each in context.desk.communities_on(event.location.channel.platform)]
    theirs = [each for each in served if each in event.communities]
    return theirs[0] if len(theirs) == 1 else None
