"""An open request becomes private: it goes on where only its requester and its team read it.

What the desk posted where others read is removed, and so is what people posted where the platform lets the desk.
Who was invited to follow the ticket goes on following it; who followed it unasked, and is not of its team, does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain import events as happened
from bot.domain.directory import Person
from bot.domain.notices.follower import Follower
from bot.domain.tickets.conversation import Conversation, Side, TicketMessage
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context
from bot.services.tickets.change_recorder import record_changes
from bot.services.tickets.copy_rules import is_as_private, remove_post, stays_readable
from bot.services.tickets.merges.merges import unmerge_ticket
from bot.services.tickets.privacy.bystanders import tell_bystanders
from bot.services.tickets.requester_side import Place, direct_side, place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePrivate:
    """Where a ticket goes on, and who reads it. `posts` are those that their authors alone can delete.

    `left` and `invited` are names: of those who follow it no more, and of those who still do; `outside` of others who
    wrote where it was asked and read no more of it.
    """

    place: Place
    posts: tuple[TicketMessage, ...] = ()
    left: tuple[str, ...] = ()
    invited: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()


def make_private(context: Context, ticket: Ticket) -> MadePrivate:
    """Keep a locked ticket from others from now on. Raises AlreadySo, and Refused for one that is finished."""
    events = ticket.make_private(actor=context.actor.key, at=context.now)
    place = _move(context, ticket)
    stay, go = _followers(context, ticket)
    for each in go:
        context.uow.followers.put(_removed(context, each))
        events.append(
            happened.FollowerRemoved(
                actor=context.actor.key, at=context.now, person=each.person, side=each.side
            )
        )
    _part_from_others(context, ticket)
    record_changes(context, ticket, events)
    return MadePrivate(
        place=place,
        posts=tuple(_remove_posts(context, ticket)),
        left=_names(context, go),
        invited=_names(context, stay),
        outside=tuple(each.name for each in tell_bystanders(context, ticket)),
    )


def own_posts_left(context: Context, ticket: Ticket, made: MadePrivate) -> list[TicketMessage]:
    """Its requester's own, of those that are still to be deleted by hand."""
    own = {ticket.requester, *context.uow.identities.accounts_of(ticket.requester)}
    return [each for each in made.posts if each.author in own]


def _move(context: Context, ticket: Ticket) -> Place:
    """The threads that others read are left behind, and one begins that nobody else reads."""
    uow = context.uow
    sides = [each for each in uow.conversations.of_ticket(ticket.id) if each.side is Side.REQUESTER]
    open_to_all = [each for each in sides if not each.is_retired and not is_as_private(each)]
    if not open_to_all:
        return Place.HERE if any(not each.is_retired for each in sides) else Place.NOWHERE
    for each in open_to_all:
        each.retire()
        uow.conversations.save(each)
    requester = uow.people.find(ticket.requester) or Person(key=ticket.requester, name=ticket.requester)
    place = place_of(context, requester=requester, channel=ticket.origin, is_private=True)
    if place is Place.HERE:
        place = Place.DIRECT if context.reaches(requester) else Place.NOWHERE
    here = Conversation(
        id=uow.new_id(),
        ticket_id=ticket.id,
        side=Side.REQUESTER,
        channel=ticket.origin,
        is_private=place is Place.PRIVATE_THREAD,
    )
    if place is not Place.NOWHERE:
        uow.conversations.add(here if place is Place.PRIVATE_THREAD else direct_side(here, ticket))
    return place


def _followers(context: Context, ticket: Ticket) -> tuple[list[Follower], list[Follower]]:
    """Those who stay because somebody invited them, and those who go. The team's own read it anyway."""
    team = context.team_of(ticket)
    stay: list[Follower] = []
    go: list[Follower] = []
    for each in context.uow.followers.of_ticket(ticket.id):
        person = context.uow.people.find(each.person)
        if each.is_removed or (each.side is Side.TEAM and person is not None and team.has_agent(person)):
            continue
        (go if each.added_by == each.person else stay).append(each)
    return stay, go


def _removed(context: Context, follower: Follower) -> Follower:
    return Follower(
        ticket=follower.ticket,
        person=follower.person,
        side=follower.side,
        added_by=context.actor.key,
        at=context.now,
        is_removed=True,
    )


def _names(context: Context, followers: Sequence[Follower]) -> tuple[str, ...]:
    people = context.uow.people.find_many({each.person for each in followers}) if followers else {}
    named = (people[each.person].name if each.person in people else each.person for each in followers)
    return tuple(dict.fromkeys(named))


def _part_from_others(context: Context, ticket: Ticket) -> None:
    """Whose request was merged into it reads no more of it: theirs is a ticket of its own again."""
    if not ticket.has_duplicates:
        return
    own = {ticket.requester, *context.uow.identities.accounts_of(ticket.requester)}
    for each in context.uow.tickets.duplicates_of(ticket.id):
        if each.requester not in own:
            unmerge_ticket(context, context.uow.tickets.lock(each.id))


def _remove_posts(context: Context, ticket: Ticket) -> list[TicketMessage]:
    """What people said where others read. Returns what the desk can't remove there."""
    places = {each.id: each for each in context.uow.conversations.of_ticket(ticket.id)}
    kept = []
    for message in context.uow.messages.of_ticket(ticket.id):
        said_in = places.get(message.said_in or 0)
        if said_in is None or message.platform_id is None or message.is_deleted:
            continue
        remove_post(context, ticket, message, said_in)
        if stays_readable(context, ticket, said_in):
            kept.append(message)
    return kept
