"""`/ticket private` and `/desk private`: an open request goes on between its requester and its team."""

from bot.commands.framework.access import name_people, require_agent
from bot.commands.framework.command import Call, Command, Role
from bot.commands.framework.ticket_filters import of_teams, requested
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import MessageLink, PrivateReply, RichText
from bot.services.tickets.privacy.private_requests import MadePrivate, make_private, own_posts_left
from bot.text.amounts import listed
from bot.text.sentences import joined, words

MOST_LINKS = 5
MOST_READERS = 4


def make_own_private(call: Call, ticket: Ticket) -> PrivateReply:
    if not call.context.is_requester_of(ticket):
        require_agent(call.context, call.command, ticket)
    return keep_private(call, ticket)


def keep_private(call: Call, ticket: Ticket) -> PrivateReply:
    made = make_private(call.context, ticket)
    whose = "private_own" if call.context.is_requester_of(ticket) else "private"
    told = call.say(
        f"answers.{whose}_{made.place}",
        reference=ticket.reference,
        team=call.context.team_of(ticket).title,
    )
    return PrivateReply(
        text=joined(told, _readers(call, ticket), _posts(call, ticket, made), _followers(call, made))
    )


def _readers(call: Call, ticket: Ticket) -> RichText:
    """Some of its team by name, to its requester: perhaps the very person it is to be kept from is one of them."""
    team = call.context.team_of(ticket)
    if not call.context.is_requester_of(ticket) or team.is_anonymous:
        return ()
    names = name_people(call.context, team.staff)
    if not names:
        return ()
    if len(names) <= MOST_READERS:
        people = listed(names, call.context.language)
        return call.say("answers.private_readers", team=team.title, people=people)
    people = ", ".join(names[:MOST_READERS])
    return call.say("answers.private_readers_some", team=team.title, people=people)


def _posts(call: Call, ticket: Ticket, made: MadePrivate) -> RichText:
    """What others can still read until its author deletes it: to its author, and to an agent."""
    own = own_posts_left(call.context, ticket, made)
    if not call.context.is_requester_of(ticket):
        return call.say("answers.private_posts_stay") if made.posts else ()
    links: RichText = ()
    for each in own[:MOST_LINKS]:
        said_in = call.context.uow.conversations.get(each.said_in or 0)
        label = words(call.context.language, "requester.open_message")
        links = joined(links, (MessageLink(label, said_in.channel, each.platform_id or "", said_in.root),))
    told = joined(call.say("answers.private_delete_own", count=len(own)), links) if own else ()
    return joined(told, call.say("answers.private_others_stay") if len(own) < len(made.posts) else ())


def _followers(call: Call, made: MadePrivate) -> RichText:
    language = call.context.language
    told: RichText = ()
    if made.invited:
        told = call.say("answers.private_invited", people=listed(made.invited, language))
    if made.left:
        told = joined(told, call.say("answers.private_left", people=listed(made.left, language)))
    return told


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.MAKE_PRIVATE_OWN,
        place=61,
        aliases=("vertraulich", "privat", "confidential", "confidentiel", "confidencial", "privé", "privado"),
        on_ticket=make_own_private,
        fitting=requested,
        confirms_choice=True,
        example="private IT-12",
    ),
    Command(
        name=verbs.MAKE_PRIVATE,
        place=171,
        who=Role.AGENT,
        on_ticket=keep_private,
        fitting=of_teams,
        confirms_choice=True,
        replies_privately=True,
        menu_group="ticket",
        example="private IT-12",
    ),
)
