"""`/ticket private` and `/desk private`: an open request goes on between its requester and its team."""

from dataclasses import replace

from bot.commands.framework.access import name_people, require_agent
from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.lookups import find_team
from bot.commands.framework.ticket_filters import of_teams, requested
from bot.domain.errors import AlreadySo, Refused
from bot.domain.sentence import OneOf
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import MessageLink, PrivateReply, RichText
from bot.services.tickets.privacy.confidential_teams import (
    confidential_teams,
    is_still_here,
    offered_teams,
)
from bot.services.tickets.privacy.private_requests import MadePrivate, make_private, own_posts_left
from bot.services.tickets.privacy.sent_requests import leave_request, send_request
from bot.services.tickets.privacy.team_buttons import STAYS, team_buttons
from bot.services.tickets.privacy.team_readers import says_readers, says_who_reads
from bot.text.amounts import listed
from bot.text.sentences import joined, words

MOST_LINKS = 5


def make_own_private(call: Call, ticket: Ticket) -> PrivateReply:
    """What it says takes the place of the notice that offered it: that others read it is true no more."""
    if not call.context.is_requester_of(ticket):
        require_agent(call.context, call.command, ticket)
    if call.option(STAYS):
        return _leave(call, ticket)
    if call.option("team"):
        return _send(call, ticket)
    if ticket.is_private:
        return replace(_offer_again(call, ticket), is_turned=True)
    return replace(_offered(call, ticket, keep_private(call, ticket)), is_turned=True)


def _offered(call: Call, ticket: Ticket, told: PrivateReply) -> PrivateReply:
    """With the teams that may read it instead, to its requester."""
    teams = offered_teams(call.context, ticket) if call.context.is_requester_of(ticket) else ()
    if not teams:
        return told
    question = call.say("answers.private_other_team", team=call.context.team_of(ticket).title)
    buttons = team_buttons(ticket, teams, call.context.language)
    return replace(told, text=joined(told.text, question, by="\n"), buttons=buttons, is_news=True)


def _offer_again(call: Call, ticket: Ticket) -> PrivateReply:
    """Raises AlreadySo where there is no team to choose."""
    refused = AlreadySo("refusals.already_private", reference=ticket.reference)
    told = call.answer("refusals.already_private", reference=ticket.reference)
    offered = _offered(call, ticket, told)
    if not offered.buttons:
        raise refused
    return offered


def _leave(call: Call, ticket: Ticket) -> PrivateReply:
    if call.context.is_requester_of(ticket):
        leave_request(call.context, ticket)
    team = call.context.team_of(ticket).title
    told = call.say("answers.private_stays", reference=ticket.reference, team=team)
    return PrivateReply(text=told, is_turned=True)


def _send(call: Call, ticket: Ticket) -> PrivateReply:
    """To a team that takes such matters, by its requester: made private first where it is not yet."""
    context, reference = call.context, ticket.reference
    if not context.is_requester_of(ticket):
        command = verbs.typed(context.desk.command_names, verbs.TRANSFER)
        raise Refused("refusals.only_requester_sends", reference=reference, command=f"{command} {reference}")
    former, team = context.team_of(ticket), find_team(context, call.option("team"))
    if team.name == former.name:
        raise AlreadySo("refusals.already_with_team", reference=reference)
    if ticket.is_private and ticket.status.is_live and not is_still_here(context, ticket):
        raise Refused("refusals.sent_by_now", reference=reference, team=former.title)
    choices = confidential_teams(context, ticket)
    if team not in choices:
        titles = OneOf(tuple(each.title for each in choices))
        key = "refusals.not_in_confidence" if choices else "refusals.no_team_in_confidence"
        raise Refused(key, team=team.title, reference=reference, **({"teams": titles} if choices else {}))
    made = None if ticket.is_private else make_private(context, ticket)
    left = send_request(context, ticket, team)
    told = call.say("answers.private_sent", reference=reference, team=team.title, former=former.title)
    told = joined(told, _readers(call, ticket))
    if made is not None:
        gone = tuple(dict.fromkeys((*made.left, *left)))
        stay = tuple(each for each in made.invited if each not in gone)
        made = replace(made, left=gone, invited=stay)
        told = joined(told, _posts(call, ticket, made), _followers(call, made))
    elif left:
        told = joined(told, call.say("answers.private_left", people=listed(left, context.language)))
    return PrivateReply(text=told, is_turned=True, is_news=True)


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
    """Some of its team by name: perhaps the very person it is to be kept from is one of them.

    The requester of an anonymous team reads none; an agent reads how many more there are besides themselves.
    """
    context, team = call.context, call.context.team_of(ticket)
    if context.is_requester_of(ticket):
        return says_who_reads(context.uow, context.desk, ticket, language=context.language)
    names = name_people(context, team.staff)
    if not names:
        return call.say("answers.private_readers_alone", team=team.title)
    return says_readers("answers.private_readers_besides", team, names, language=context.language)


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
    if made.outside:
        told = joined(told, call.say("answers.private_wrote", people=listed(made.outside, language)))
    return told


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.MAKE_PRIVATE_OWN,
        place=61,
        aliases=("vertraulich", "privat", "confidential", "confidentiel", "confidencial", "privé", "privado"),
        on_ticket=make_own_private,
        fitting=requested,
        options=(Option(name="team", kind=OptionKind.TEAM, is_required=False),),
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
