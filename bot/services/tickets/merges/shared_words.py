"""What the requester of a duplicate was sent of its original, to be read again with what they said themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain import events as happened
from bot.domain.replies.status_words import StatusWords
from bot.domain.tickets.conversation import PublicMessage
from bot.domain.tickets.duplicate import DuplicateAdded, TicketMerged
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.storage.audit_log import AuditEntry
from bot.ports.unit_of_work import UnitOfWork
from bot.services.context.status_words import words_in
from bot.services.tickets.merges.readers import stays_apart
from bot.services.tickets.merges.salutation import as_said_to
from bot.text import terms
from bot.text.sentences import words


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedWords:
    """The team's public replies since the merge, and how the original ended; nothing that its requester wrote."""

    original: Ticket
    replies: Sequence[PublicMessage]
    told: Sequence[StatusWords]


def words_of_original(uow: UnitOfWork, ticket: Ticket) -> SharedWords | None:
    """None for a ticket that is no duplicate, and where the original's words stay apart."""
    if ticket.merged_into is None:
        return None
    original = uow.tickets.get(ticket.merged_into)
    if stays_apart(uow, original, ticket):
        return None
    entries = _since_merge(uow, ticket, original)
    added = {each.details["message"] for each in entries if each.event == happened.MessageAdded.stored_as}
    said = uow.messages.said_in_public(original.id)
    ended = (Status.RESOLVED, Status.CLOSED)
    return SharedWords(
        original=original,
        replies=[
            replace(each, text=as_said_to(uow, each.text, original=original, duplicate=ticket))
            for each in said
            if each.is_reply and each.id in added
        ],
        told=[each for each in words_in(entries) if each.status in ended],
    )


def merged_status(uow: UnitOfWork, ticket: Ticket, *, language: str) -> str:
    """A ticket's status as its requester reads it: of a duplicate that it is one, and its original's status."""
    if ticket.merged_into is None:
        return terms.status(ticket.status, language)
    status = terms.status(uow.tickets.get(ticket.merged_into).status, language)
    return words(language, "commands.merged_status", status=status)


def _since_merge(uow: UnitOfWork, ticket: Ticket, original: Ticket) -> Sequence[AuditEntry]:
    """The audit log's order decides; one that came along with its own original is told apart by the time alone."""
    entries = uow.audit_log.of_ticket(original.id)
    for place in reversed(range(len(entries))):
        entry = entries[place]
        if entry.event == DuplicateAdded.stored_as and entry.details["duplicate"] == ticket.id:
            return entries[place:]
    own = uow.audit_log.of_ticket(ticket.id)
    merged_at = max(each.at for each in own if each.event == TicketMerged.stored_as)
    return [each for each in entries if each.at >= merged_at]
