"""What the requesters of duplicates are shown of their original, and teams of who else asked.

A duplicate's requester reads the team's public words and how it ended. What other requesters say they never read.
"""

from collections.abc import Sequence
from typing import Final

from bot.domain import events as happened
from bot.domain.tickets.conversation import MessageKind, Side
from bot.domain.tickets.duplicate import MERGED, DuplicateAdded, MergeEnded, TicketMerged
from bot.domain.tickets.ticket import Status, Ticket
from bot.services.context.context import Context
from bot.services.tickets.announcements.audience import Audience
from bot.services.tickets.announcements.status_words import told_words
from bot.services.tickets.merges.readers import is_of_one_requester, stays_apart

_WORDS: Final = (
    happened.MessageAdded,
    happened.TicketMessageEdited,
    happened.TicketMessageDeleted,
    happened.TicketMessageRecalled,
)


def similar_key(ticket: Ticket) -> str:
    """Of the question whether this ticket says the same as another."""
    return f"similar:{ticket.id}"


def announce_merge(context: Context, ticket: Ticket, event: happened.Event, audience: Audience) -> None:
    """What both sides are told of a merge and of its end."""
    match event:
        case TicketMerged():
            _merged(context, ticket, event, audience)
        case DuplicateAdded():
            duplicate = context.uow.tickets.get(event.duplicate)
            key = "team.joined_here" if context.is_requester_of(duplicate) else "team.merged_here"
            if stays_apart(context.uow, ticket, duplicate):
                key = f"{key}_apart"
            elif is_of_one_requester(context.uow, ticket, duplicate):
                key = f"{key}_own"
            person = context.uow.people.find(duplicate.requester)
            audience.tell_team(
                key,
                name=context.actor.name,
                person=person.name if person is not None else duplicate.requester,
                duplicate=event.reference,
                subject=duplicate.subject,
            )
        case MergeEnded():
            original = context.uow.tickets.get(event.original)
            beside = Audience(context, original, context.uow.conversations.of_ticket(original.id))
            beside.show_card()
            beside.tell_of(
                Side.TEAM,
                _unmerged_here(context, ticket, original),
                key=f"{ticket.id}:{ticket.version}",
                duplicate=ticket.reference,
            )
        case _:
            pass


def _unmerged_here(context: Context, ticket: Ticket, original: Ticket) -> str:
    """Replies there still reach who asked both."""
    is_own = is_of_one_requester(context.uow, original, ticket)
    return "team.unmerged_here_own" if is_own else "team.unmerged_here"


def _merged(context: Context, ticket: Ticket, event: TicketMerged, audience: Audience) -> None:
    original = context.uow.tickets.get(event.original)
    audience.show_acknowledgement()
    is_known = original.requester == ticket.requester or not original.is_private
    key = "requester.merged" if is_known else "requester.merged_unnamed"
    if stays_apart(context.uow, original, ticket):
        key = "requester.merged_apart"
    audience.tell_requester(key, other=event.reference, team=original.team)
    audience.tell_team("team.merged", name=context.actor.name, other=event.reference)


def is_merge(event: happened.Event) -> bool:
    """Whether it closed the ticket as a duplicate, of which its requester and its team have been told."""
    return isinstance(event, happened.StatusChanged) and event.cause == MERGED


def show_to_duplicates(context: Context, ticket: Ticket, events: Sequence[happened.Event]) -> None:
    """The team's public words on their original, in the threads of those whose tickets were merged into it.

    Not of a private one where its own requester asked in public: they read them where it goes on.
    """
    heard = [each for each in events if isinstance(each, (*_WORDS, happened.StatusChanged))]
    duplicates = context.uow.tickets.duplicates_of(ticket.id) if heard else ()
    for duplicate in duplicates:
        if stays_apart(context.uow, ticket, duplicate):
            continue
        conversations = context.uow.conversations.of_ticket(duplicate.id)
        audience = Audience(context, duplicate, conversations)
        for event in heard:
            _show(context, ticket, event, audience)


def show_to_original(context: Context, ticket: Ticket, events: Sequence[happened.Event]) -> None:
    """A duplicate's requester changed what its original's team reads: what was written since they were merged."""
    changed = {each.message for each in events if isinstance(each, _WORDS[1:])}
    if not changed or ticket.merged_into is None:
        return
    entries = context.uow.audit_log.of_ticket(ticket.id)
    last = max(place for place, each in enumerate(entries) if each.event == TicketMerged.stored_as)
    added = [each for each in entries[last:] if each.event == happened.MessageAdded.stored_as]
    original = context.uow.tickets.get(ticket.merged_into)
    audience = Audience(context, original, context.uow.conversations.of_ticket(original.id))
    for each in added:
        if each.details["message"] in changed:
            audience.show_in_team(context.uow.messages.get(each.details["message"]))


def _show(context: Context, original: Ticket, event: happened.Event, audience: Audience) -> None:
    if isinstance(event, _WORDS):
        message = context.uow.messages.get(event.message)
        if message.kind is MessageKind.REPLY:
            audience.show_to_requester(message)
        return
    assert isinstance(event, happened.StatusChanged)
    after = Status(event.after)
    was_live = Status(event.before).is_live
    if after.is_live and not was_live:
        audience.tell_of(
            Side.REQUESTER, "requester.duplicate_reopened", key=f"{original.id}:{original.version}"
        )
    if after.is_live or not was_live:
        return
    key = "requester.duplicate_resolved" if after is Status.RESOLVED else "requester.duplicate_closed"
    audience.tell_of(
        Side.REQUESTER,
        f"{key}_because" if event.reason else key,
        key=f"{original.id}:{original.version}",
        **told_words(context, original, event),
    )
