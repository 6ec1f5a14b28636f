"""What follows when somebody's words on a ticket change or go, whoever's they are and wherever they were said.

Copies follow from the events. A target that a reply met stays met when the reply goes, since the requester had it,
unless nobody can have read it; but they wait for an answer again from then on, unless another one is left.
"""

from bot.domain import events as happened
from bot.domain.errors import AlreadySo, Refused
from bot.domain.replies.status_words import StatusWords
from bot.domain.routing.quoted_reason import without_finding
from bot.domain.tickets.conversation import MessageKind, TicketMessage
from bot.domain.tickets.ticket import Status, Ticket
from bot.services.context.context import Context
from bot.services.context.status_words import closing_words, words_since
from bot.services.tickets import actions
from bot.services.tickets.change_recorder import record_changes
from bot.services.tickets.revisions.sent_message import Sent
from bot.services.tickets.revisions.unread_answers import undo_unread
from bot.text.sentences import words


def edit_sent(context: Context, ticket: Ticket, sent: Sent, *, text: str) -> None:
    """The author says this instead of what they sent. Raises AlreadySo for the same words, and Refused."""
    require_changeable(context, ticket, sent)
    if not text.strip() and not (isinstance(sent, TicketMessage) and sent.files):
        raise Refused("refusals.empty_message")
    before = sent.text
    edited = sent.reword(text, actor=context.actor.key, at=context.now)
    if not edited:
        raise AlreadySo("refusals.sent_already_reads", reference=ticket.reference)
    if isinstance(sent, TicketMessage):
        record_edit(context, ticket, sent, edited, before=before)
    else:
        record_changes(context, ticket, edited)


def recall_sent(context: Context, ticket: Ticket, sent: Sent) -> bool:
    """Take back what was sent, everywhere; returns whether the requester is owed an answer again.

    A request that nobody has answered is withdrawn with its words; what was said with a change of status goes without
    that change. Raises Refused for a closed ticket, unless it was said with the closing.
    """
    require_changeable(context, ticket, sent)
    if isinstance(sent, StatusWords):
        return _recall_words(context, ticket, sent)
    sent.recall()
    context.uow.messages.revise(sent, at=context.now)
    answers = _owed_again(context, ticket, sent)
    recalled = happened.TicketMessageRecalled(
        actor=context.actor.key,
        at=context.now,
        message=sent.id,
        author=sent.author,
        is_owed=bool(answers),
    )
    _record_loss(context, ticket, sent, [recalled, *answers])
    return bool(answers)


def require_changeable(context: Context, ticket: Ticket, sent: Sent) -> None:
    """Raises Refused for a closed ticket: only what was said with its closing can be changed there."""
    if ticket.status is Status.CLOSED and sent != closing_words(context.uow, ticket):
        raise Refused("refusals.sent_stays", reference=ticket.reference)


def _recall_words(context: Context, ticket: Ticket, words: StatusWords) -> bool:
    own = context.uow.identities.accounts_of(ticket.requester)
    is_answer = words.actor not in own and not _is_answered(context, ticket, besides=words)
    actor, at = context.actor.key, context.now
    answers = ticket.answer_taken_back(actor=actor, at=at) if is_answer else []
    recalled = words.recall(actor=actor, at=at, is_owed=bool(answers))
    record_changes(context, ticket, [*recalled, *answers])
    return bool(answers)


def record_edit(
    context: Context,
    ticket: Ticket,
    message: TicketMessage,
    edited: list[happened.Event],
    *,
    before: str,
) -> None:
    """Write down that a message reads differently; an edited request gives its ticket another subject."""
    context.uow.messages.revise(message, at=context.now)
    if message.id == ticket.opening:
        otherwise = words(ticket.language, "requester.subject_without_words")
        ticket.opening_edited(before=before, after=message.text, otherwise=otherwise)
    record_changes(context, ticket, edited)


def record_deletion(
    context: Context, ticket: Ticket, message: TicketMessage, deleted: list[happened.Event]
) -> None:
    """Write down that its author deleted a message where they wrote it."""
    context.uow.messages.revise(message, at=context.now)
    _record_loss(context, ticket, message, [*deleted, *_owed_again(context, ticket, message)])


def _record_loss(
    context: Context, ticket: Ticket, message: TicketMessage, events: list[happened.Event]
) -> None:
    """A request that is gone lives on in neither its ticket's subject nor its reason; unanswered it is withdrawn."""
    is_opening = message.id == ticket.opening
    if is_opening:
        otherwise = words(ticket.language, "requester.subject_deleted")
        why_here = without_finding(ticket.why_here)
        ticket.opening_deleted(text=message.text, otherwise=otherwise, why_here=why_here)
    record_changes(context, ticket, events)
    if is_opening and actions.is_unanswered(ticket):
        actions.withdraw_ticket(context, ticket)


def _owed_again(context: Context, ticket: Ticket, message: TicketMessage) -> list[happened.Event]:
    """What it does to the ticket that this reply is gone: nothing while another one answers the requester."""
    if message.kind is not MessageKind.REPLY:
        return []
    if unread := undo_unread(context, ticket, message):
        return unread
    if _is_answered(context, ticket):
        return []
    return ticket.answer_taken_back(actor=context.actor.key, at=context.now)


def _is_answered(context: Context, ticket: Ticket, *, besides: StatusWords | None = None) -> bool:
    """Whether an agent said the last of all that is still said, in a reply or with a change of status."""
    left = [each for each in context.uow.messages.of_ticket(ticket.id) if not each.is_deleted]
    last = max((each for each in left if each.kind.is_public), key=lambda each: each.id, default=None)
    if last is not None and last.kind is MessageKind.REPLY:
        return True
    own = context.uow.identities.accounts_of(ticket.requester)
    told = words_since(context.uow, ticket, last)
    return any(each.actor not in own and each != besides for each in told)
