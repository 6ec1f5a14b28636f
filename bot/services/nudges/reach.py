"""Whether the requester of a ticket can be asked again where they asked."""

from enum import StrEnum

from bot.domain.events import RequesterLeft
from bot.domain.notices.notice_record import NoticeEvent, NoticeHold, NoticeRecord
from bot.domain.tickets.conversation import Side
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context


class RequesterReach(StrEnum):
    """In a thread of theirs · they have left · there is no thread that they could have read, as of an import."""

    THREAD = "thread"
    LEFT = "left"
    NOWHERE = "nowhere"


def requester_reach(context: Context, ticket: Ticket) -> RequesterReach:
    conversations = context.uow.conversations.of_ticket(ticket.id)
    threads = [each for each in conversations if each.side is Side.REQUESTER and not each.is_retired]
    if not any(each.root is not None for each in threads):
        return RequesterReach.NOWHERE
    accounts = context.uow.identities.accounts_of(ticket.requester)
    for entry in reversed(context.uow.audit_log.of_ticket(ticket.id)):
        if entry.event == RequesterLeft.stored_as:
            return RequesterReach.LEFT
        if entry.actor in accounts:
            break  # they were there after that
    return RequesterReach.THREAD


def record_left(context: Context, ticket: Ticket) -> None:
    """Write down that they were not asked, and why not."""
    context.uow.notices.add(
        NoticeRecord(
            ticket=ticket.id,
            event=NoticeEvent.NUDGED,
            recipient=ticket.requester,
            at=context.now,
            hold=NoticeHold.NO_ACCESS,
        )
    )
