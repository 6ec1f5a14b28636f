"""The conversations a ticket begins with, and the one place that decides where its requester is answered.

Nothing of a private ticket is posted where others read, wherever and however it was asked: it goes on in a private
thread or in direct messages, or, where its requester cannot be reached so, on the team's side alone.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.directory import ChannelRef, Person
from bot.domain.tickets.conversation import Conversation, Side
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context


class Place(StrEnum):
    """Where the requester of a ticket is answered."""

    HERE = "here"
    """Where it was asked."""
    PRIVATE_THREAD = "private_thread"
    DIRECT = "direct"
    NOWHERE = "nowhere"
    """A private ticket's requester has no account here, or is a bot."""


def place_of(context: Context, *, requester: Person, channel: ChannelRef, is_private: bool) -> Place:
    """Where somebody is answered whose request was made in this channel."""
    inbox = context.desk.inbox_at(channel)
    if inbox is not None and inbox.has_private_threads and requester.platform == channel.platform:
        return Place.PRIVATE_THREAD
    if not is_private or channel == ChannelRef.direct(requester.key):
        return Place.HERE
    return Place.DIRECT if context.reaches(requester) else Place.NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """A new ticket's conversations."""

    requesters: Conversation | None
    teams: Conversation
    asked: Conversation | None = None
    """What is said under the message that asked, where the request goes on elsewhere."""

    @property
    def asked_in(self) -> Conversation | None:
        """Where the message stands that asked."""
        return self.asked or self.requesters

    @property
    def all(self) -> tuple[Conversation, ...]:
        return tuple(each for each in (self.requesters, self.teams, self.asked) if each is not None)


def sides_of(
    context: Context,
    ticket: Ticket,
    *,
    requester: Person,
    channel: ChannelRef,
    root: str | None,
    thread: Conversation | None,
) -> Sides:
    """`root`: the platform's id of the message that asked; `thread`: the closed ticket's that goes on as this one."""
    place = place_of(context, requester=requester, channel=channel, is_private=ticket.is_private)
    if thread is not None and thread.is_private:
        place = Place.HERE
    said_under = thread.root if thread else root
    here = Conversation(
        id=context.uow.new_id(),
        ticket_id=ticket.id,
        side=Side.REQUESTER,
        channel=channel,
        root=said_under,
        is_private=bool(thread and thread.is_private),
    )
    teams = teams_side(context, ticket)
    if place is Place.HERE:
        return Sides(requesters=here, teams=teams)
    asked = replace(here, id=context.uow.new_id(), is_retired=True, is_private=False) if said_under else None
    match place:
        case Place.PRIVATE_THREAD:
            return Sides(requesters=replace(here, root=None, is_private=True), teams=teams, asked=asked)
        case Place.DIRECT:
            return Sides(requesters=direct_side(here, ticket), teams=teams, asked=asked)
        case Place.NOWHERE:
            return Sides(requesters=None, teams=teams, asked=asked)


def sides_of_history(context: Context, ticket: Ticket) -> Sides:
    """What was asked elsewhere is shown to nobody but the team, and to its requester directly."""
    teams = teams_side(context, ticket)
    here = Conversation(
        id=context.uow.new_id(), ticket_id=ticket.id, side=Side.REQUESTER, channel=ticket.origin
    )
    return Sides(requesters=direct_side(here, ticket), teams=teams)


def direct_side(here: Conversation, ticket: Ticket) -> Conversation:
    return replace(here, channel=ChannelRef.direct(ticket.requester), root=None, is_private=False)


def teams_side(context: Context, ticket: Ticket) -> Conversation:
    return Conversation(
        id=context.uow.new_id(), ticket_id=ticket.id, side=Side.TEAM, channel=context.team_of(ticket).channel
    )
