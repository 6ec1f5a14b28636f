"""Who waits for whom, and for how long: what a list says of a ticket besides its status."""

from datetime import datetime

from bot.domain.tickets.ticket import Status, Ticket
from bot.text.amounts import ago, length
from bot.text.sentences import words


def waiting(ticket: Ticket, *, requester: str, is_own: bool, now: datetime, language: str) -> str:
    """`Ana has waited 2 h`, `waiting for Ana, 3 d`; of a finished ticket how long ago that was; else the last answer.

    `is_own`: whoever reads it is the requester. Empty where nobody waits and nobody has answered.
    """
    if not ticket.status.is_live:
        return _ago(ticket.closed_at or ticket.resolved_at or ticket.updated_at, now, language)
    if ticket.status is Status.PENDING:
        key = "lists.awaits_you" if is_own else "lists.awaits_requester"
        return _since(key, ticket.last_update_at or ticket.updated_at, requester, now, language)
    if ticket.owes_answer and ticket.status is not Status.ON_HOLD:
        key = "lists.you_wait" if is_own else "lists.requester_waits"
        return _since(key, ticket.awaits_reply_since or ticket.opened_at, requester, now, language)
    if ticket.last_update_at is None:
        return ""
    return words(language, "lists.last_answer", ago=_ago(ticket.last_update_at, now, language))


def _since(key: str, at: datetime, requester: str, now: datetime, language: str) -> str:
    lasted = length((now - at).total_seconds(), language)
    return words(language, key, name=requester, length=lasted)


def _ago(at: datetime, now: datetime, language: str) -> str:
    return ago((now - at).total_seconds(), language)
