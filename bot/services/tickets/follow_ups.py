"""A second message that only adds to the first joins its ticket; a button makes it a ticket of its own.

Joined wrongly, a request hides in another's ticket; opened wrongly, it is one ticket too many. So only what
reads like the rest of a sentence joins, and the person is told at once where it went.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta

from bot.domain import events as happened
from bot.domain.directory import ChannelRef, Person
from bot.domain.errors import Refused
from bot.domain.sla.ticket_history import is_followed, moves_of, ticket_history
from bot.domain.tickets.conversation import Conversation, MessageKind, Side, TicketMessage
from bot.domain.tickets.privacy_words import is_marked_private
from bot.domain.tickets.ticket import Status, Ticket
from bot.messages import verbs
from bot.messages.inbound import MessagePosted, message_key
from bot.services.context.context import Context
from bot.services.tickets import actions, questions
from bot.services.tickets.actions import SaidIn
from bot.services.tickets.announcements.audience import Audience
from bot.services.tickets.change_recorder import record_changes
from bot.services.tickets.copy_rules import is_as_private, is_moved, remove_post
from bot.services.tickets.follow_up_detection import continues
from bot.services.tickets.merges.merges import live_original, write_to_original
from bot.services.tickets.opening import NewRequest, open_ticket

WITHIN = timedelta(seconds=60)
CLOCKS_APART = timedelta(minutes=5)
"""How far a platform's clock may be from the desk's; Slack's signatures are refused beyond it:
https://docs.slack.dev/authentication/verifying-requests-from-slack"""


def ticket_to_join(context: Context, event: MessagePosted) -> Ticket | None:
    """The ticket, locked, that this top-level message adds to. Asks the database only where it may join."""
    inbox = context.desk.inbox_at(event.location.channel)
    if (inbox is not None and not inbox.joins) or is_marked_private(event.text):
        return None
    if not continues(event.text, has_files=bool(event.stored)):
        return None
    newest = context.uow.tickets.newest_of(event.actor.key, event.location.channel)
    if newest is None or not _is_fresh(context, newest, event):
        return None
    ticket = context.uow.tickets.lock(newest.id)
    return ticket if ticket.status is Status.NEW else None


def _is_fresh(context: Context, ticket: Ticket, event: MessagePosted) -> bool:
    """Whether nobody has the ticket yet and its request was made a moment ago.

    Two messages are compared by the platform's clock; a command or form has the desk's time alone.
    """
    if ticket.status is not Status.NEW or ticket.follows is not None:
        return False
    opening = context.uow.messages.opening_of(ticket)
    if opening.said_in is not None:
        return timedelta() <= event.at - opening.said_at <= WITHIN
    is_said_now = abs(context.now - event.at) <= WITHIN + CLOCKS_APART
    return is_said_now and timedelta() <= context.now - ticket.opened_at <= WITHIN


def join(
    context: Context,
    event: MessagePosted,
    ticket: Ticket,
    *,
    is_courtesy: bool = False,
    is_told: bool = False,
) -> None:
    """Add the message to the ticket; its own thread leads there, and what is said in it counts too.

    Its author reads where it went, unless it is a courtesy or `is_told`: they chose the ticket themselves.
    """
    said = _said_apart(context, event, ticket)
    conversation = said.conversation
    message = actions.write_as_requester(
        context, ticket, text=event.text, said=said, files=event.stored, is_courtesy=is_courtesy
    )
    audience = take_along(context, ticket, message, conversation)
    if not is_courtesy and not is_told:
        audience.tell_joined(_where_told(context, ticket, conversation), message)


def join_original(
    context: Context, event: MessagePosted, duplicate: Ticket, *, is_told: bool = False
) -> bool:
    """Show the message to those who work on the original of a duplicate. False where that is finished.

    `duplicate` is locked.
    """
    original = live_original(context, duplicate)
    if original is None:
        return False
    said = _said_apart(context, event, duplicate)
    message = write_to_original(context, duplicate, original, text=event.text, said=said, files=event.stored)
    if not is_told:
        audience = take_along(context, duplicate, message, said.conversation)
        audience.tell_joined(_where_told(context, duplicate, said.conversation), message)
    return True


def _said_apart(context: Context, event: MessagePosted, ticket: Ticket) -> SaidIn:
    """In a thread of its own; news of the ticket go to its first thread alone."""
    conversation = Conversation(
        id=context.uow.new_id(),
        ticket_id=ticket.id,
        side=Side.REQUESTER,
        channel=event.location.channel,
        root=event.message_id,
        is_retired=True,
    )
    context.uow.conversations.add(conversation)
    return SaidIn(
        conversation=conversation,
        platform_id=event.message_id,
        at=event.at,
        platform_revision=event.revision,
        quote=event.quote,
    )


def take_along(context: Context, ticket: Ticket, message: TicketMessage, said_in: Conversation) -> Audience:
    """Where what is said there goes on elsewhere, its post is removed and shown to the requester there."""
    audience = Audience(context, ticket, context.uow.conversations.of_ticket(ticket.id))
    if is_moved(context, ticket, said_in):
        remove_post(context, ticket, message, said_in)
        audience.show_to_requester(message)
    return audience


def tell_where(context: Context, event: MessagePosted, ticket: Ticket, talk: Conversation) -> None:
    """Say so where direct messages without threads went on with a ticket of which nobody had asked anything."""
    message = context.uow.messages.find(event.location.channel, event.message_id)
    if message is not None and message.ticket_id == ticket.id:
        Audience(context, ticket, context.uow.conversations.of_ticket(ticket.id)).tell_joined(talk, message)


def said_directly(context: Context, ticket: Ticket, channel: ChannelRef) -> SaidIn | None:
    """Where a command in direct messages said something on a ticket whose own thread others read.

    It stays between the person and the team, like anything else that is written there. None where the ticket's
    thread is as private, and for commands used elsewhere.
    """
    requesters = [
        each
        for each in context.uow.conversations.of_ticket(ticket.id)
        if each.side is Side.REQUESTER and (not each.is_retired or each.channel == channel)
    ]
    if not channel.is_direct or all(is_as_private(each) for each in requesters):
        return None
    beside = next((each for each in requesters if each.channel == channel and each.root is None), None)
    if beside is None:
        beside = Conversation(
            id=context.uow.new_id(),
            ticket_id=ticket.id,
            side=Side.REQUESTER,
            channel=channel,
            is_retired=True,
        )
        context.uow.conversations.add(beside)
    return SaidIn(conversation=beside, platform_id=None, at=context.now)


def _where_told(context: Context, ticket: Ticket, joined: Conversation) -> Conversation:
    """Under the message; but what a private thread or private inbox is about is told to its requester alone."""
    conversations = context.uow.conversations.of_ticket(ticket.id)
    requesters = [each for each in conversations if each.side is Side.REQUESTER and not each.is_retired]
    is_open_to_all = is_moved(context, ticket, joined) or not is_as_private(joined)
    return next((each for each in requesters if is_as_private(each) and is_open_to_all), joined)


def separate(context: Context, ticket: Ticket, *, message_id: int | None) -> Ticket:
    """Make a joined message, and what was said in its thread, a ticket of its own; the last one if none is named."""
    said = _joined_thread(context, ticket, message_id)
    opening, *others = said
    author = context.uow.people.find(opening.author) or Person(key=opening.author, name=opening.author_name)
    old = context.uow.conversations.get(opening.said_in or 0)
    if opening.platform_id is not None:
        questions.show_answer(context, message_key(old.channel, opening.platform_id))
    is_undone = _take_back(context, ticket, said)
    record_changes(context, ticket, [_separated(context, each, is_undone=is_undone) for each in said])
    return open_ticket(
        context,
        NewRequest(
            requester=author,
            text=opening.text,
            channel=old.channel,
            root=old.root if old.is_retired else opening.platform_id,
            said_at=opening.said_at,
            files=opening.files,
            opening=opening,
            more=tuple(others),
            is_private=is_moved(context, ticket, old),
            community=_community(context, ticket),
        ),
    )


def _community(context: Context, ticket: Ticket) -> str | None:
    name = context.desk.community_of(ticket)
    return context.desk.communities[name].reference if name is not None else None


def _joined_thread(context: Context, ticket: Ticket, message_id: int | None) -> list[TicketMessage]:
    """What was said in the joined thread that is meant, its first message first."""
    sides = [each for each in context.uow.conversations.of_ticket(ticket.id) if each.side is Side.REQUESTER]
    joined = {each.id for each in sides if each.is_retired}
    talks = {each.id for each in sides if not each.is_retired and _has_no_threads(context, each.channel)}
    # The first message asked for the ticket itself, wherever it stands.
    said = [each for each in context.uow.messages.of_ticket(ticket.id) if each.id != ticket.opening]
    messages = [each for each in said if each.said_in in joined or _is_own_word_in(talks, each)]
    meant = [each for each in messages if message_id in (None, each.id)]
    if not meant:
        if message_id is None and any(each.kind is MessageKind.REQUEST for each in said):
            opened = verbs.typed(context.desk.command_names, verbs.OPEN)
            raise Refused("refusals.replies_stay", reference=ticket.reference, command=opened)
        raise Refused("refusals.nothing_to_separate", reference=ticket.reference)
    last = meant[-1]
    return [last] if last.said_in in talks else [each for each in messages if each.said_in == last.said_in]


def _has_no_threads(context: Context, channel: ChannelRef) -> bool:
    """Whether everything written there to the desk goes on with a ticket that was asked there."""
    return channel.is_direct and not context.has_threads_in_directs(channel.platform)


def _is_own_word_in(talks: Collection[int], message: TicketMessage) -> bool:
    is_posted = message.kind is MessageKind.REQUEST and message.platform_id is not None
    return is_posted and message.said_in in talks


def _take_back(context: Context, ticket: Ticket, said: Sequence[TicketMessage]) -> bool:
    """Put the ticket into the state that it was in without these messages.

    False where they did nothing to it, and where somebody has gone on with it since: that stays.
    """
    entries = context.uow.audit_log.of_ticket(ticket.id)
    moves = [index for each in said for index in moves_of(entries, each.id)]
    if not moves or is_followed(entries, moves):
        return False
    *_, before = ticket_history(ticket, entries, without=[each.id for each in said])
    ticket.take_back_reply(before.ticket)
    return True


def _separated(context: Context, message: TicketMessage, *, is_undone: bool) -> happened.MessageSeparated:
    return happened.MessageSeparated(
        actor=context.actor.key, at=context.now, message=message.id, is_undone=is_undone
    )
