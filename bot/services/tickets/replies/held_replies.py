"""Replies that can still be taken back: nothing of them has happened until they leave.

What is held back is a row of its ticket, due in desk time. It leaves by the row's removal in the transaction that
does what it says, so that restarts and replicas neither lose nor repeat it.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from bot.domain import events as happened
from bot.domain.directory import DESK
from bot.domain.errors import Refused
from bot.domain.replies.held_reply import HeldReply
from bot.domain.sentence import Sentence
from bot.domain.tickets.conversation import StoredFile
from bot.domain.tickets.ticket import Status, Ticket
from bot.services.context.context import Context
from bot.services.outbox.direct_notices import tell_directly
from bot.services.tickets.merges.readers import is_read_by_anybody
from bot.services.tickets.replies.writers import known_sender

_KEPT: Final = timedelta(days=1)
"""How long the words of a reply that was taken back can be given back once more."""


def hold_reply(
    context: Context,
    ticket: Ticket,
    *,
    verb: str,
    options: Mapping[str, str],
    files: tuple[StoredFile, ...] = (),
    has_words: bool,
) -> HeldReply | None:
    """Hold back what the actor asked for with this command. None where it is to be done at once.

    That is so where the team holds nothing back, where nobody would read it, and where a target would be missed while
    it waits. What brings no words waits only behind what does, so that the requester reads everything in order.
    """
    held_for = context.team_of(ticket).undo_send
    if held_for is None or not is_read_by_anybody(context.uow, ticket):
        return None
    before = context.uow.held_replies.waiting_on(ticket.id)
    if not before and (not has_words or _is_due(context, ticket, within=held_for)):
        return None
    leaves_at = context.now + held_for if has_words else context.now
    held = HeldReply(
        id=context.uow.new_id(),
        ticket=ticket.id,
        author=context.actor.key,
        verb=verb,
        options=options,
        files=files,
        held_at=context.now,
        leaves_at=max([leaves_at, *(each.leaves_at for each in before)]),
    )
    context.uow.held_replies.add(held)
    sender = known_sender(context, ticket, held, name=context.actor.name)
    context.uow.after_commit(lambda: context.writers.note(sender))
    context.uow.held_replies.forget_taken_back(before=context.now - _KEPT)
    return held


def _is_due(context: Context, ticket: Ticket, *, within: timedelta) -> bool:
    return ticket.due_at is not None and context.now < ticket.due_at <= context.now + within


def held_reply_of_actor(context: Context, *, held_id: int | None, ticket_id: int | None) -> HeldReply:
    """The one of this id, else the last that the actor wrote, on this ticket where one is given.

    Raises Refused where there is none, or it has left; what others hold back is none of theirs.
    """
    if held_id is not None:
        held = context.uow.held_replies.get(held_id)
        if held is not None and held.author == context.actor.key:
            return held
        raise Refused("refusals.reply_has_left")
    own = context.uow.held_replies.of_author(context.actor.key)
    found = next((each for each in own if ticket_id in (None, each.ticket)), None)
    if found is None:
        raise Refused("refusals.no_held_reply")
    return found


def take_back_reply(context: Context, ticket: Ticket, held: HeldReply) -> HeldReply:
    """It never leaves; nothing happens where it was taken back already. Raises Refused where it has just left."""
    found = context.uow.held_replies.get(held.id)
    if found is None:
        raise Refused("refusals.reply_has_left")
    if not found.is_taken_back:
        context.uow.held_replies.take_back(held.id, at=context.now)
        ticket_id, author = ticket.id, held.author
        context.uow.after_commit(lambda: context.writers.forget(ticket_id, author, is_sending=True))
        taken_back = happened.HeldReplyTakenBack(actor=context.actor.key, at=context.now)
        context.uow.audit_log.append(ticket.id, [taken_back])
    return found


def require_open_for(context: Context, ticket: Ticket, held: HeldReply) -> None:
    """Raises Refused where somebody else closed or withdrew the ticket while it waited: its author decides anew."""
    if ticket.closed_at is None or ticket.closed_at < held.held_at:
        return
    closing = next(
        (
            each
            for each in reversed(context.uow.audit_log.of_ticket(ticket.id))
            if each.event == happened.StatusChanged.stored_as and each.details["after"] == Status.CLOSED
        ),
        None,
    )
    if closing is None or closing.actor in (held.author, DESK):
        return
    closer = context.uow.people.find(closing.actor)
    name = closer.name if closer is not None else closing.actor
    raise Refused("refusals.closed_before_sent", name=name, reference=ticket.reference)


def give_back_reply(context: Context, ticket: Ticket, held: HeldReply, reason: Sentence) -> None:
    """It could not leave: whoever wrote it is told why, and gets the words back, alone."""
    if not context.uow.held_replies.remove(held.id):
        return
    refused = happened.HeldReplyRefused(actor=held.author, at=context.now, reason=reason, held=held.id)
    context.uow.audit_log.append(ticket.id, [refused])
    tell_directly(
        context,
        held.author,
        "team.held_reply_refused" if held.words else "team.held_change_refused",
        key=str(held.id),
        reference=ticket.reference,
        reason=reason,
        text=held.words,
    )
