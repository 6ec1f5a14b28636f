"""Who reads it: told at once to somebody who wrote where more people read than they may have thought."""

from dataclasses import replace

from bot.commands.framework.replies.open_readers import (
    only_team_reads,
    privacy_button,
    warned_of_readers,
)
from bot.domain.credentials import HIDDEN, has_credential, hide_credentials
from bot.domain.tickets.conversation import Conversation, MessageKind, Side
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.inbound import Location, MessageEdited, MessagePosted
from bot.messages.outbound import Bold, PrivateReply, Reply, RichText
from bot.services.context.context import Context
from bot.services.context.sight import Sight
from bot.services.tickets.copy_rules import is_moved, stays_readable
from bot.services.tickets.privacy.bystanders import LEFT_OUTSIDE, quoted_words
from bot.services.tickets.requester_side import Place, place_of
from bot.text.sentences import joined, say


def requester_reads_note(context: Context, ticket: Ticket) -> PrivateReply:
    """To an agent who marked a message as a note in the requester's own thread."""
    command = verbs.typed(context.desk.command_names, verbs.NOTE)
    text = say(
        context.language,
        "team.note_where_requester_reads",
        reference=Bold(ticket.reference),
        command=f"{command} {ticket.reference}",
    )
    return PrivateReply(text=text, is_error=True)


def where_it_goes_on(context: Context, event: MessagePosted, ticket: Ticket) -> PrivateReply | None:
    """To who asked for something private in a channel, or in confidence; None where it goes on in its place."""
    place = place_of(
        context, requester=event.actor, channel=event.location.channel, is_private=ticket.is_private
    )
    if not ticket.is_private or place in (Place.HERE, Place.NOWHERE):
        return others_read(context, event, ticket, is_new=True)
    context.uow.tickets.take_number(ticket)
    key = "requester.private_in_directs" if place is Place.DIRECT else "requester.private_in_thread"
    told = say(context.language, key, reference=Bold(ticket.reference))
    stays = post_stays(context, event, ticket)
    return PrivateReply(text=joined(told, stays.text if stays else only_team_reads(context, ticket)))


def post_stays(context: Context, event: MessagePosted, ticket: Ticket) -> PrivateReply | None:
    """That others still read what was written of a private request, where the desk can't remove it.

    Whoever else wrote it hears that the team has it, and that they read no more of the request.
    """
    message = context.uow.messages.find(event.location.channel, event.message_id)
    if message is None or message.said_in is None:
        return None
    said_in = context.uow.conversations.get(message.said_in)
    if context.sight(ticket) is Sight.NOTHING and is_moved(context, ticket, said_in):
        return PrivateReply(text=say(context.language, LEFT_OUTSIDE, text=quoted_words(message.text)))
    if not stays_readable(context, ticket, said_in):
        return None
    return PrivateReply(text=say(context.language, "requester.post_stays"))


def told_of_credential(
    context: Context, event: MessagePosted, said_in: Conversation | None, reply: Reply | None
) -> Reply | None:
    """The reply, and to who wrote a password or key where others read, to take it out and change it."""
    hint = _hint(context, event, said_in) if has_credential(event.text) else None
    if hint is None:
        return reply
    if isinstance(reply, PrivateReply):
        return replace(reply, text=joined(hint, reply.text, by="\n"))
    return PrivateReply(text=hint) if reply is None else reply


def edited_into_public(
    context: Context, event: MessageEdited, ticket: Ticket, said_in: Conversation | None, *, before: str
) -> Reply | None:
    """The same to whoever writes one, or a wish for confidence, into what they said there earlier."""
    if hide_credentials(event.text).count(HIDDEN) > hide_credentials(before).count(HIDDEN):
        hint = _hint(context, event, said_in)
        return None if hint is None else PrivateReply(text=hint)
    if event.actor.is_bot or not _is_open_to_all(event.location, said_in):
        return None
    was_warned = warned_of_readers(context, ticket, before, is_new=False) is not None
    return None if was_warned else others_read(context, event, ticket)


def _hint(
    context: Context, event: MessagePosted | MessageEdited, said_in: Conversation | None
) -> RichText | None:
    """To its author; None where nobody reads it who may not, or where it is a team's answer to its requester."""
    if event.actor.is_bot:
        return None
    if _is_open_to_all(event.location, said_in):
        return say(context.language, "requester.credential_in_public")
    if said_in is None or said_in.side is not Side.TEAM:
        return None
    message = context.uow.messages.find(event.location.channel, event.message_id)
    is_note = message is not None and message.kind is MessageKind.NOTE
    return say(context.language, "team.credential_in_thread") if is_note else None


def _is_open_to_all(location: Location, said_in: Conversation | None) -> bool:
    if location.is_direct:
        return False
    return said_in is None or not (said_in.is_private or said_in.side is not Side.REQUESTER)


def others_read(
    context: Context, event: MessagePosted | MessageEdited, ticket: Ticket, *, is_new: bool = False
) -> PrivateReply | None:
    """To who wishes for confidence in a message that all in the channel read, or asks what deserves it."""
    if event.location.is_direct or event.actor.is_bot:
        return None
    text = warned_of_readers(context, ticket, event.text, is_new=is_new)
    if text is None:
        return None
    return PrivateReply(text=text, buttons=(privacy_button(context, ticket),))
