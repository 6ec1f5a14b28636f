"""What people say and change in channels and threads, and what it means for a ticket.

Who speaks where decides what it is: in the requester's thread an agent of the team answers in public and
everybody else speaks on the requester's side; in the team's thread it stays inside unless the team shares
it. When in doubt it is internal.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain import events as happened
from bot.domain.directory import ChannelRef, Takes, TeamThread
from bot.domain.errors import AlreadySo, LimitReached
from bot.domain.tickets.conversation import Conversation, Side, TicketMessage
from bot.domain.tickets.ticket import Status, Ticket
from bot.intake.direct_messages import goes_on_here
from bot.messages.inbound import (
    InboundEvent,
    MessageDeleted,
    MessageEdited,
    MessageMarked,
    MessagePosted,
    ThreadArchived,
    message_key,
)
from bot.messages.outbound import Code, PrivateReply, Reply
from bot.services.context.context import Work
from bot.services.tickets import actions, follow_ups
from bot.services.tickets.actions import Said
from bot.services.tickets.announcements import Audience
from bot.services.tickets.change_recorder import record
from bot.services.tickets.communities import is_clear, only_community
from bot.services.tickets.courtesy import is_courtesy
from bot.services.tickets.limits import admit
from bot.services.tickets.opening import NewRequest, adopt_message, open_ticket
from bot.text.sentences import marked

_NOTE_MARK = "note:"


class NotForTheDesk(Exception):
    """A message is none of the desk's business.

    Its transaction is undone, so that it leaves no trace and can be taken when it is offered again: a reply
    may be heard before the request that it belongs to was read from the history.
    """


def take_message(work: Work, event: MessagePosted) -> Reply | None:
    """A message: part of a ticket's conversation, or a new request.

    Raises NotForTheDesk for anything else.
    """
    thread = event.spot.thread
    if event.actor.is_bot and not (thread is None and _takes_bots(work, event.spot.channel)):
        raise NotForTheDesk
    if not event.text.strip() and not event.stored:
        raise NotForTheDesk
    try:
        return _take(work, event)
    except LimitReached as refusal:
        return _turned_away(refusal)


def _take(work: Work, event: MessagePosted) -> Reply | None:
    thread = event.spot.thread
    conversation = work.uow.conversations.find(event.spot.channel, thread) if thread else None
    if conversation is None and event.spot.is_direct:
        conversation = goes_on_here(work, event.spot.channel)
        # Where direct messages have no threads, an answer to something else of the desk's begins none.
        thread = thread if work.has_threads_in_directs(event.spot.channel.platform) else None
    if conversation is not None and conversation.ticket_id is not None:
        _said_on_ticket(work, event, conversation)
    elif thread is None and _asks_for_help(work, event):
        ticket = follow_ups.ticket_to_join(work, event)
        if ticket is not None:
            follow_ups.join(work, event, ticket)
        elif (event.stored or not is_courtesy(event.text, work.desk)) and is_clear(work, event):
            _open(work, event)
    else:
        return _nothing_taken(work, event)
    _apply_early_change(work, event)
    return None


def mark_message(work: Work, event: MessageMarked) -> Reply | None:
    """A reaction that asks for a ticket: its author's, whoever put it there. A second one changes nothing."""
    place = work.desk.place_at(event.spot.channel)
    if place is None or not place.is_asked_by(event.mark):
        raise NotForTheDesk
    try:
        adopt_message(work, event.about)
    except AlreadySo:
        return None
    except LimitReached as refusal:
        return _turned_away(refusal)
    _apply_early_change(work, event.about)
    return None


def bring_back(work: Work, event: ThreadArchived) -> None:
    """A platform hides idle threads; one whose ticket is not closed comes back."""
    conversation = work.uow.conversations.find(event.spot.channel, event.spot.thread or "")
    if conversation is None or conversation.ticket_id is None or conversation.is_retired:
        raise NotForTheDesk
    ticket = work.uow.tickets.get(conversation.ticket_id)
    if ticket.status is not Status.CLOSED:
        Audience(work, ticket, [conversation]).show_topics()


def edit_message(work: Work, event: MessageEdited) -> None:
    """The newest text wins; both are kept. An edit without a change of text is nothing."""
    message = work.uow.messages.find(event.spot.channel, event.message_id)
    if message is None:
        _keep_early(work, event, {"revision": event.revision, "text": event.text})
        return
    ticket = work.uow.tickets.lock(message.ticket_id)
    message = work.uow.messages.get(message.id)
    _apply_edit(work, ticket, message, text=event.text, revision=event.revision)


def delete_message(work: Work, event: MessageDeleted) -> None:
    """Its copies disappear; what it said stays in the history. An unanswered request is withdrawn."""
    message = work.uow.messages.find(event.spot.channel, event.message_id)
    if message is None:
        _keep_early(work, event, {"revision": "~", "is_deleted": True})
        return
    ticket = work.uow.tickets.lock(message.ticket_id)
    _apply_deletion(work, ticket, work.uow.messages.get(message.id))


def _asks_for_help(work: Work, event: MessagePosted) -> bool:
    """Whether a message outside any thread is a request here, and not an aside among people."""
    if work.desk.aside and event.text.lstrip().startswith(work.desk.aside):
        return False
    if event.spot.is_direct or event.mentions_desk:
        return event.spot.is_direct or _may_ask_here(work, event.spot.channel)
    place = work.desk.place_at(event.spot.channel)
    return place is not None and place.takes is Takes.EVERY_MESSAGE


def _takes_bots(work: Work, channel: ChannelRef) -> bool:
    place = work.desk.place_at(channel)
    return place is not None and place.takes_bots


def _may_ask_here(work: Work, channel: ChannelRef) -> bool:
    place = work.desk.place_at(channel)
    return place is not None and place.takes is not Takes.COMMANDS_ONLY


def _nothing_taken(work: Work, event: MessagePosted) -> Reply:
    """Silence, unless the desk was spoken to."""
    if not event.mentions_desk:
        raise NotForTheDesk
    name = f"/{work.desk.command_names['ticket']}"
    return PrivateReply(
        text=(
            "That opened no ticket: requests are not taken from messages here. Use ",
            Code(f"{name} open"),
            " with what you need, or ",
            Code(f"{name} help"),
            ".",
        ),
        is_error=True,
    )


def _turned_away(refusal: LimitReached) -> Reply:
    """Said instead of raised: the message has had its answer, and must open nothing when it is read once more."""
    return PrivateReply(text=marked(refusal.sentence), is_error=True)


def _open(
    work: Work, event: MessagePosted, *, follows: Ticket | None = None, thread: Conversation | None = None
) -> None:
    admit(work, event.actor, event.spot.channel, is_new=follows is None)
    open_ticket(
        work,
        NewRequest(
            requester=event.actor,
            text=event.text,
            channel=event.spot.channel,
            root=event.message_id,
            said_at=event.at,
            files=event.stored,
            platform_revision=event.revision,
            quote=event.quote,
            follows=follows,
            thread=thread,
            community=only_community(work, event),
        ),
    )


def _said_on_ticket(work: Work, event: MessagePosted, conversation: Conversation) -> None:
    if conversation.ticket_id is None:
        return
    ticket = work.uow.tickets.lock(conversation.ticket_id)
    said = Said(
        conversation=conversation,
        platform_id=event.message_id,
        at=event.at,
        platform_revision=event.revision,
        quote=event.quote,
    )
    if conversation.side is Side.TEAM:
        _said_to_team(work, event, ticket, said)
    else:
        _said_to_requester(work, event, ticket, said)


def _said_to_requester(work: Work, event: MessagePosted, ticket: Ticket, said: Said) -> None:
    if work.is_agent_of(ticket):
        actions.reply_as_agent(work, ticket, text=event.text, said=said, files=event.stored)
        return
    courtesy = is_courtesy(event.text, work.desk) and not event.stored
    if ticket.status is Status.CLOSED and work.actor.key == ticket.requester and not courtesy:
        _open(work, event, follows=ticket, thread=said.conversation)
        return
    actions.write_as_requester(
        work, ticket, text=event.text, said=said, files=event.stored, is_courtesy=courtesy
    )


def _said_to_team(work: Work, event: MessagePosted, ticket: Ticket, said: Said) -> None:
    is_shared = work.team_of(ticket).team_thread is TeamThread.SHARED and not said.conversation.is_retired
    text = event.text
    is_marked = text.lstrip().lower().startswith(_NOTE_MARK)
    if is_shared and work.is_agent_of(ticket) and not is_marked:
        # What it answers may be a note: that stays here.
        unquoted = replace(said, quote="")
        actions.reply_as_agent(work, ticket, text=text, said=unquoted, files=event.stored)
        return
    actions.add_note(work, ticket, text=text, said=said, files=event.stored)


def _apply_edit(work: Work, ticket: Ticket, message: TicketMessage, *, text: str, revision: str) -> None:
    if message.is_deleted or message.platform_revision >= revision or message.text == text:
        return
    before, message.text = message.text, text
    message.platform_revision = revision
    message.revision += 1
    work.uow.messages.revise(message, at=work.now)
    if _is_opening(work, ticket, message):
        actions.revise_opening(ticket, before=before, after=text)
    edited = happened.MessageEdited(
        actor=work.actor.key, at=work.now, message=message.id, revision=message.revision
    )
    record(work, ticket, [edited])


def _apply_deletion(work: Work, ticket: Ticket, message: TicketMessage) -> None:
    if message.is_deleted:
        return
    message.is_deleted = True
    message.revision += 1
    work.uow.messages.revise(message, at=work.now)
    is_opening = _is_opening(work, ticket, message)
    if is_opening:
        actions.forget_opening(ticket, text=message.text)
    record(work, ticket, [happened.MessageDeleted(actor=work.actor.key, at=work.now, message=message.id)])
    if is_opening and actions.is_unanswered(ticket):
        actions.withdraw_ticket(work, ticket)


def _is_opening(work: Work, ticket: Ticket, message: TicketMessage) -> bool:
    return work.uow.messages.of_ticket(ticket.id)[0].id == message.id


def _keep_early(work: Work, event: MessageEdited | MessageDeleted, change: Mapping[str, Any]) -> None:
    """An edit or deletion that overtook its message waits for it."""
    work.uow.inbound_events.keep_early(
        message_key(event.spot.channel, event.message_id), change, now=work.now
    )


def _apply_early_change(work: Work, event: InboundEvent) -> None:
    """What overtook this message is applied now, so that the last word is the last."""
    change = work.uow.inbound_events.take_early(event.key)
    if change is None or not isinstance(event, MessagePosted):
        return
    message = work.uow.messages.find(event.spot.channel, event.message_id)
    if message is None:
        return
    ticket = work.uow.tickets.lock(message.ticket_id)
    if change.get("is_deleted"):
        _apply_deletion(work, ticket, message)
    else:
        _apply_edit(work, ticket, message, text=str(change["text"]), revision=str(change["revision"]))
