"""A ticket is merged into another as its duplicate, and taken apart again.

The duplicate is closed and keeps its thread, in which its requester reads what the team says on the original, and
nothing of what other requesters say there. What they go on to write is theirs and the team's alone.

The duplicate is locked before its original, here and where its requester writes.
"""

from bot.domain import events as happened
from bot.domain.desk import Desk
from bot.domain.errors import Refused
from bot.domain.sentence import sentence
from bot.domain.sla.policy import SlaPolicy
from bot.domain.sla.policy_choice import PolicyChoice
from bot.domain.tickets.conversation import StoredFile, TicketMessage
from bot.domain.tickets.duplicate import DuplicateAdded
from bot.domain.tickets.ticket import Priority, Ticket
from bot.services.context.context import Context
from bot.services.sla.timers import policy_of
from bot.services.tickets import actions
from bot.services.tickets.actions import SaidIn
from bot.services.tickets.announcements.audience import Audience
from bot.services.tickets.announcements.duplicates import similar_key
from bot.services.tickets.change_recorder import record_changes, record_policy


def merge_tickets(context: Context, duplicate: Ticket, original: Ticket) -> None:
    """Both are locked, and the actor may see both. Raises Refused where this would show somebody too much."""
    check_merge(context, duplicate, original)
    promised = promised_by(context, duplicate, original)
    actor, at = context.actor.key, context.now
    for each in context.uow.tickets.duplicates_of(duplicate.id) if duplicate.has_duplicates else ():
        moved = context.uow.tickets.lock(each.id)
        events = moved.move_merge(original=original.id, reference=original.reference, actor=actor, at=at)
        record_changes(context, moved, events)
    events = duplicate.merge(
        into=original, original=original.id, reference=original.reference, actor=actor, at=at
    )
    record_changes(context, duplicate, events)
    added = DuplicateAdded(actor=actor, at=at, duplicate=duplicate.id, reference=duplicate.reference)
    record_changes(context, original, [added, *_raised(context, duplicate, original)])
    if promised is not None:
        why = sentence("sla.why_merged", reference=duplicate.reference)
        record_policy(context, original, PolicyChoice(policy=promised, why=why), by=actor)
    context.uow.outbox.show_again([similar_key(duplicate)])


def raised_by(duplicate: Ticket, original: Ticket) -> Priority | None:
    """Whichever of both is more urgent, they are after a merge: what the original becomes, None for what it is."""
    order = list(Priority)
    return duplicate.priority if order.index(duplicate.priority) > order.index(original.priority) else None


def promised_by(context: Context, duplicate: Ticket, original: Ticket) -> SlaPolicy | None:
    """The policy that an original without one takes over, so that nothing promised is dropped; else None."""
    is_promised = original.sla_policy_copy is None and duplicate.status.is_live
    return policy_of(context, duplicate) if is_promised else None


def _raised(context: Context, duplicate: Ticket, original: Ticket) -> list[happened.Event]:
    priority = raised_by(duplicate, original)
    if priority is None:
        return []
    return original.set_priority(priority, actor=context.actor.key, at=context.now)


def unmerge_ticket(context: Context, ticket: Ticket) -> None:
    """Reopen a duplicate as a ticket of its own. Raises Refused for one that is none."""
    if ticket.merged_into is None:
        raise Refused("refusals.not_merged", reference=ticket.reference)
    is_by_requester = context.is_requester_of(ticket)
    events = ticket.reopen(actor=context.actor.key, at=context.now, is_by_requester=is_by_requester)
    record_changes(context, ticket, events)


def write_to_original(
    context: Context,
    ticket: Ticket,
    original: Ticket,
    *,
    text: str,
    said: SaidIn | None = None,
    files: tuple[StoredFile, ...] = (),
) -> TicketMessage:
    """What a duplicate's side goes on to write: theirs, and shown to those who work on its `live_original`."""
    message = actions.write_as_requester(context, ticket, text=text, said=said, files=files, is_courtesy=True)
    audience = Audience(context, original, context.uow.conversations.of_ticket(original.id))
    audience.show_from_duplicate(message, duplicate=ticket.reference)
    return message


def live_original(context: Context, ticket: Ticket) -> Ticket | None:
    """The original, locked, of a duplicate; None where it is finished, or the ticket is none."""
    if ticket.merged_into is None:
        return None
    original = context.uow.tickets.lock(ticket.merged_into)
    return original if original.status.is_live else None


def check_merge(context: Context, duplicate: Ticket, original: Ticket) -> None:
    """Raises Refused where they cannot be merged."""
    desk = context.desk
    if duplicate.id == original.id:
        raise Refused("refusals.merged_into_itself", reference=duplicate.reference)
    if original.merged_into is not None:
        other = context.uow.tickets.get(original.merged_into).reference
        raise Refused("refusals.merged_original", reference=original.reference, other=other)
    if not original.status.is_live:
        raise Refused("refusals.original_finished", reference=original.reference, status=original.status.term)
    if desk.community_of(duplicate) != desk.community_of(original):
        raise Refused("refusals.merged_across_servers", reference=duplicate.reference)
    if shows_too_much(desk, duplicate, original):
        team = desk.team_of(original).title
        raise Refused("refusals.merged_private", reference=duplicate.reference, team=team)


def shows_too_much(desk: Desk, duplicate: Ticket, original: Ticket) -> bool:
    """Whether merged another team would read what is private."""
    is_own_team = desk.team_of(duplicate).name == desk.team_of(original).name
    return not is_own_team and (duplicate.is_private or original.is_private)
