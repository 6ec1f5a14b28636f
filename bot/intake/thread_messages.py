"""What people say and change in channels and threads, and what it means for a ticket.

Who speaks where decides what it is: in the requester's thread an agent of the team answers in public and
everybody else speaks on the requester's side; in the team's thread it stays inside unless the team shares
it. When in doubt it is internal.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.domain.directory import ChannelRef, Takes, TeamThread
from bot.domain.errors import AlreadySo, LimitReached
from bot.domain.tickets.conversation import Conversation, Side, TicketMessage
from bot.domain.tickets.note_mark import is_marked_note
from bot.domain.tickets.ticket import Status, Ticket
from bot.intake import held_messages
from bot.intake.direct_messages import (
    ask_for_words,
    ask_how_it_stands,
    ask_which_request,
    asked_how_it_stands,
    asks_first,
    greet,
    has_no_words,
    is_greeting,
    is_short,
    meant_in,
)
from bot.intake.privacy.kept_apart import is_kept_apart
from bot.intake.privacy.reader_hints import (
    edited_into_public,
    others_read,
    post_stays,
    requester_reads_note,
    told_of_credential,
    where_it_goes_on,
)
from bot.intake.refusals import no_messages_here, turned_away
from bot.intake.status_questions import answer_news, offer_to_close
from bot.messages import verbs
from bot.messages.inbound import (
    InboundEvent,
    MessageDeleted,
    MessageEdited,
    MessageMarked,
    MessagePosted,
    ThreadArchived,
    message_key,
)
from bot.messages.outbound import Bold, PrivateReply, Reply
from bot.services.context.context import Context
from bot.services.macros.typed_placeholders import sent_as_typed
from bot.services.tickets import actions, follow_ups, questions
from bot.services.tickets.actions import SaidIn
from bot.services.tickets.announcements.audience import Audience
from bot.services.tickets.communities import is_clear, only_community
from bot.services.tickets.copy_rules import is_as_private, is_moved
from bot.services.tickets.courtesy import is_courtesy, is_courtesy_on
from bot.services.tickets.followers.note_mentions import follow_mentioned
from bot.services.tickets.limits import admit
from bot.services.tickets.merges.merges import live_original, write_to_original
from bot.services.tickets.offers.held_requests import open_earlier
from bot.services.tickets.opening import NewRequest, adopt_message, open_ticket
from bot.services.tickets.replies.writers import sent_in_thread
from bot.services.tickets.revisions.changes import record_deletion, record_edit
from bot.text.error_text import tell
from bot.text.sentences import joined, say


class NotForTheDesk(Exception):
    """A message is none of the desk's business.

    Its transaction is undone, so that it leaves no trace and can be taken when it is offered again: a reply
    may be heard before the request that it belongs to was read from the history.
    """


CommandLike = Callable[[], questions.LikelyCommand | None]
"""Finds the command that a message may have been meant for, where it says too little to be a request."""


def take_message(
    context: Context, event: MessagePosted, *, command_like: CommandLike = lambda: None
) -> Reply | None:
    """A message: part of a ticket's conversation, or a new request.

    Raises NotForTheDesk for anything else.
    """
    thread = event.location.thread
    if event.actor.is_bot and not (thread is None and _takes_bots(context, event.location.channel)):
        raise NotForTheDesk
    if not event.text.strip() and not event.stored:
        raise NotForTheDesk
    try:
        return _take(context, event, command_like)
    except LimitReached as refusal:
        return turned_away(context, refusal)


def _take(context: Context, event: MessagePosted, command_like: CommandLike) -> Reply | None:
    thread = event.location.thread
    conversation = context.uow.conversations.find(event.location.channel, thread) if thread else None
    if conversation is None and event.location.is_direct:
        # Where direct messages have no threads, an answer to something else of the desk's begins none.
        thread = thread if context.has_threads_in_directs(event.location.channel.platform) else None
    if conversation is not None and conversation.ticket_id is not None:
        reply = _said_on_ticket(context, event, conversation)
    elif beneath := held_messages.said_beneath(context, event):
        reply = _said_on_ticket(context, event, beneath.thread) if beneath.thread else None
    elif thread is None and _asks_for_help(context, event):
        reply = _take_request(context, event, command_like)
    else:
        return _nothing_taken(context, event)
    _apply_early_change(context, event)
    return told_of_credential(context, event, conversation, reply)


def _take_request(context: Context, event: MessagePosted, command_like: CommandLike) -> Reply | None:
    """What was said outside threads: an answer, the rest of a request, or a new one. In doubt its author is asked."""
    is_careful = event.location.is_direct or asks_first(context, event)
    if is_careful and is_greeting(context, event):
        return greet(context)
    if not _is_courtesy(context, event, ()) and not has_no_words(event):
        open_earlier(context, event.location.channel)
    meant = meant_in(context, event)
    courtesy = _is_courtesy(context, event, [ticket for ticket, _ in meant.tickets])
    is_answer = meant.is_clear and meant.tickets[0][0].waits_for_requester
    is_kept = not courtesy and is_kept_apart(context, event)
    is_asked = is_careful and not courtesy and not is_kept
    if is_asked and not is_answer and (command := command_like()):
        return questions.ask_whether_command(context, event, command)
    if meant.goes_on_at_once(context, event):
        return _go_on(context, event, *meant.tickets[0], is_courtesy=courtesy)
    joined = follow_ups.ticket_to_join(context, event)
    if joined is not None and (joined.is_private or not is_kept):
        follow_ups.join(context, event, joined)
        return post_stays(context, event, joined) or others_read(context, event, joined)
    if not is_kept and (asked_of := asked_how_it_stands(context, event, meant, courtesy=courtesy)):
        return ask_how_it_stands(context, event, asked_of)
    if meant.tickets and not courtesy:
        ask_which_request(context, event, meant)
    elif has_no_words(event):
        return ask_for_words(context)
    elif not courtesy and is_clear(context, event):
        if is_short(event) and is_asked:
            return questions.ask_whether_new(context, event)
        return _open(context, event)
    return None


def _is_courtesy(context: Context, event: MessagePosted, tickets: Sequence[Ticket]) -> bool:
    """Whether it only thanks; who has one of these tickets may be thanked by name."""
    if event.stored:
        return False
    named = any(is_courtesy_on(context, each, event.text) for each in tickets)
    return named or is_courtesy(event.text, context.desk)


def _go_on(
    context: Context, event: MessagePosted, ticket: Ticket, talk: Conversation | None, *, is_courtesy: bool
) -> Reply | None:
    """A direct message that goes on with this ticket; `talk` is its own conversation there, where it has one."""
    if talk is not None:
        is_expected = ticket.waits_for_requester or not ticket.status.is_live
        reply = _said_on_ticket(context, event, talk)
        if not is_expected and not is_courtesy:
            follow_ups.tell_where(context, event, ticket, talk)
        return reply
    if ticket.status is Status.CLOSED and not is_courtesy:
        if follow_ups.join_original(context, event, context.uow.tickets.lock(ticket.id)):
            return None
        return _open(context, event, follows=ticket)
    follow_ups.join(context, event, context.uow.tickets.lock(ticket.id), is_courtesy=is_courtesy)
    return None


def mark_message(context: Context, event: MessageMarked) -> Reply | None:
    """A reaction that asks for a ticket: its author's, whoever put it there. A second one changes nothing."""
    inbox = context.desk.inbox_at(event.location.channel)
    if inbox is None or not inbox.is_asked_by(event.mark):
        raise NotForTheDesk
    try:
        adopt_message(context, event.about)
    except AlreadySo:
        return None
    except LimitReached as refusal:
        return turned_away(context, refusal)
    _apply_early_change(context, event.about)
    return None


def bring_back(context: Context, event: ThreadArchived) -> None:
    """A platform hides idle threads; one whose ticket is not closed comes back."""
    conversation = context.uow.conversations.find(event.location.channel, event.location.thread or "")
    if conversation is None or conversation.ticket_id is None or conversation.is_retired:
        raise NotForTheDesk
    ticket = context.uow.tickets.get(conversation.ticket_id)
    if ticket.status is not Status.CLOSED:
        Audience(context, ticket, [conversation]).show_thread_headers()


def edit_message(context: Context, event: MessageEdited) -> Reply | None:
    """The newest text wins; both are kept. An edit without a change of text is nothing."""
    message = context.uow.messages.find(event.location.channel, event.message_id)
    if message is None:
        asked = message_key(event.location.channel, event.message_id)
        facts = {"text": event.text, "revision": event.revision}
        if not held_messages.follow_edit(context, asked, **facts):
            _keep_early(context, event, {"revision": event.revision, "text": event.text})
        return None
    ticket = context.uow.tickets.lock(message.ticket_id)
    message = context.uow.messages.get(message.id)
    before = message.text
    _apply_edit(context, ticket, message, text=event.text, revision=event.revision)
    if message.text == before or context.now - event.at > questions.JUST_SAID:
        return None  # an older edit, or one that was read from the history
    said_in = context.uow.conversations.get(message.said_in) if message.said_in is not None else None
    return edited_into_public(context, event, ticket, said_in, before=before)


def delete_message(context: Context, event: MessageDeleted) -> None:
    """Its copies disappear, and no transcript says it. An unanswered request is withdrawn."""
    message = context.uow.messages.find(event.location.channel, event.message_id)
    if message is None:
        asked = message_key(event.location.channel, event.message_id)
        if not held_messages.follow_deletion(context, asked):
            _keep_early(context, event, {"revision": "~", "is_deleted": True})
        return
    ticket = context.uow.tickets.lock(message.ticket_id)
    _apply_deletion(context, ticket, context.uow.messages.get(message.id))


def _asks_for_help(context: Context, event: MessagePosted) -> bool:
    """Whether a message outside any thread is a request here, and not an aside among people."""
    if context.desk.aside and event.text.lstrip().startswith(context.desk.aside):
        return False
    if event.location.is_direct or event.mentions_desk:
        return event.location.is_direct or _may_ask_here(context, event.location.channel)
    inbox = context.desk.inbox_at(event.location.channel)
    return inbox is not None and inbox.takes is Takes.EVERY_MESSAGE


def _takes_bots(context: Context, channel: ChannelRef) -> bool:
    inbox = context.desk.inbox_at(channel)
    return inbox is not None and inbox.takes_bots


def _may_ask_here(context: Context, channel: ChannelRef) -> bool:
    inbox = context.desk.inbox_at(channel)
    return inbox is not None and inbox.takes is not Takes.COMMANDS_ONLY


def _nothing_taken(context: Context, event: MessagePosted) -> Reply:
    """Silence, unless the desk was spoken to."""
    if not event.mentions_desk:
        raise NotForTheDesk
    return no_messages_here(context)


def _open(
    context: Context,
    event: MessagePosted,
    *,
    follows: Ticket | None = None,
    thread: Conversation | None = None,
) -> Reply | None:
    """What is said to the person alone: where a private request went on."""
    admit(context, event.actor, event.location.channel, is_new=follows is None)
    request = NewRequest(
        requester=event.actor,
        text=event.text,
        channel=event.location.channel,
        root=event.message_id,
        said_at=event.at,
        files=event.stored,
        platform_revision=event.revision,
        quote=event.quote,
        follows=follows,
        thread=thread,
        community=only_community(context, event),
        is_number_awaited=False,
    )
    looked_up = held_messages.hold_message(context, event, request)
    if looked_up.offer is not None:
        return looked_up.reply
    request = replace(request, was_looked_up=looked_up.is_done)
    return where_it_goes_on(context, event, open_ticket(context, request))


def _said_on_ticket(context: Context, event: MessagePosted, conversation: Conversation) -> Reply | None:
    if conversation.ticket_id is None:
        return None
    ticket = context.uow.tickets.lock(conversation.ticket_id)
    said = SaidIn(
        conversation=conversation,
        platform_id=event.message_id,
        at=event.at,
        platform_revision=event.revision,
        quote=event.quote,
    )
    if conversation.side is Side.TEAM:
        return _said_to_team(context, event, ticket, said)
    return _said_to_requester(context, event, ticket, said)


def _said_to_requester(context: Context, event: MessagePosted, ticket: Ticket, said: SaidIn) -> Reply | None:
    if context.is_agent_of(ticket):
        if is_marked_note(event.text):
            return requester_reads_note(context, ticket)
        sent = actions.reply_as_agent(context, ticket, text=event.text, said=said, files=event.stored)
        if is_moved(context, ticket, said.conversation):
            follow_ups.take_along(context, ticket, sent, said.conversation)
        sent_in_thread(context, ticket)
        return sent_as_typed(context, ticket, event.text)
    courtesy = is_courtesy_on(context, ticket, event.text) and not event.stored
    if ticket.status is Status.CLOSED and not courtesy:
        return _said_after_the_end(context, event, ticket, said)
    was_live = ticket.status.is_live
    message = actions.write_as_requester(
        context, ticket, text=event.text, said=said, files=event.stored, is_courtesy=courtesy
    )
    if not is_moved(context, ticket, said.conversation):
        hint = others_read(context, event, ticket)
        if hint is not None or not was_live:
            return hint
        return offer_to_close(context, ticket, message) or answer_news(context, ticket)
    follow_ups.take_along(context, ticket, message, said.conversation)
    return post_stays(context, event, ticket)


def _said_after_the_end(context: Context, event: MessagePosted, ticket: Ticket, said: SaidIn) -> Reply | None:
    """Whoever says it in a closed ticket's thread: its original's team reads it, or it is a request of theirs."""
    if (original := live_original(context, ticket)) is not None:
        sent = write_to_original(context, ticket, original, text=event.text, said=said, files=event.stored)
        if is_moved(context, ticket, said.conversation):
            follow_ups.take_along(context, ticket, sent, said.conversation)
        return post_stays(context, event, ticket)
    is_known = not ticket.is_private or is_as_private(said.conversation) or context.is_requester_of(ticket)
    return _open(context, event, follows=ticket if is_known else None, thread=said.conversation)


def _said_to_team(context: Context, event: MessagePosted, ticket: Ticket, said: SaidIn) -> Reply | None:
    """Who spoke to the desk itself is told that it became a note, since it may have been meant as a command."""
    is_shared = context.team_of(ticket).team_thread is TeamThread.SHARED and not said.conversation.is_retired
    if is_shared and context.is_agent_of(ticket) and not is_marked_note(event.text):
        said = replace(said, quote="")  # what it answers may be a note: that stays here
        actions.reply_as_agent(context, ticket, text=event.text, said=said, files=event.stored)
        sent_in_thread(context, ticket)
        return sent_as_typed(context, ticket, event.text)
    note = actions.add_note(context, ticket, text=event.text, said=said, files=event.stored)
    sent_in_thread(context, ticket)
    told = [tell(context.language, each) for each in follow_mentioned(context, ticket, note).refused]
    if event.mentions_desk:
        command = verbs.REPLY.partition(" ")[2]
        told.insert(0, say(context.language, "team.noted", reference=Bold(ticket.reference), command=command))
    return PrivateReply(text=joined(*told)) if told else None


def _apply_edit(
    context: Context, ticket: Ticket, message: TicketMessage, *, text: str, revision: str
) -> None:
    before = message.text
    if edited := message.edit(text, platform_revision=revision, actor=context.actor.key, at=context.now):
        record_edit(context, ticket, message, edited, before=before)


def _apply_deletion(context: Context, ticket: Ticket, message: TicketMessage) -> None:
    if _is_moved(context, ticket, message):
        return
    if deleted := message.delete(actor=context.actor.key, at=context.now):
        record_deletion(context, ticket, message, deleted)


def _is_moved(context: Context, ticket: Ticket, message: TicketMessage) -> bool:
    said_in = context.uow.conversations.get(message.said_in) if message.said_in is not None else None
    return said_in is not None and is_moved(context, ticket, said_in)


def _keep_early(context: Context, event: MessageEdited | MessageDeleted, change: Mapping[str, Any]) -> None:
    """An edit or deletion that overtook its message waits for it."""
    context.uow.inbound_events.keep_early(
        message_key(event.location.channel, event.message_id), change, now=context.now
    )


def _apply_early_change(context: Context, event: InboundEvent) -> None:
    """What overtook this message is applied now, so that the last word is the last."""
    change = context.uow.inbound_events.take_early(event.key)
    if change is None or not isinstance(event, MessagePosted):
        return
    message = context.uow.messages.find(event.location.channel, event.message_id)
    if message is None:
        held_messages.follow_early(context, event.key, change)
        return
    ticket = context.uow.tickets.lock(message.ticket_id)
    if change.get("is_deleted"):
        _apply_deletion(context, ticket, message)
    else:
        _apply_edit(context, ticket, message, text=str(change["text"]), revision=str(change["revision"]))
