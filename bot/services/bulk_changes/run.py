"""A change, done and undone ticket by ticket: each in a transaction of its own, under the ticket's lock, once.

Whoever holds the lock looks first whether the ticket's turn is still to come, so that several replicas, and one that
starts again where another stopped, do nothing twice.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.domain import events as happened
from bot.domain.bulk_changes.bulk_change import BulkChange, BulkItem, BulkOutcome, BulkStage
from bot.domain.bulk_changes.ticket_snapshot import is_in_the_way, put_back_events
from bot.domain.directory import Person
from bot.domain.errors import Refused
from bot.domain.sentence import Sentence, sentence
from bot.domain.tickets.ticket import Ticket
from bot.ports.unit_of_work import UnitOfWork
from bot.services.bulk_changes.preview_marks import require_as_seen
from bot.services.bulk_changes.progress import show_progress, tell_bundles
from bot.services.bulk_changes.snapshots import field_names, put_back, snapshot_of
from bot.services.bulk_changes.ticket_actions import action_of, check_action
from bot.services.context.context import Context, ContextFactory
from bot.services.context.notice_bundle import NoticeBundle
from bot.services.tickets.change_recorder import record_put_back

FAILED: Final = sentence("bulk.failed")
"""Why a ticket was left that could not be changed for no fault of anybody's."""


class ChangedSince(Refused):
    """Somebody changed the ticket after the change that is to be undone."""

    default = "bulk.changed_since"


def still_to_do(uow: UnitOfWork, change: BulkChange) -> Sequence[int]:
    """Ids of the tickets whose turn is to come: those to change, or those to put back, in their order."""
    wanted = _ahead(change.stage)
    return [
        each.ticket for each in uow.bulk_changes.items(change.id) if each.is_chosen and each.outcome is wanted
    ]


def do_next(uow: UnitOfWork, contexts: ContextFactory, change_id: int, ticket_id: int) -> bool:
    """Change the ticket, or put it back; False where it had its turn already.

    Raises Refused where that is not possible; then nothing of it may be committed, and `leave` keeps why.
    """
    ticket = uow.tickets.lock(ticket_id)
    turn = _turn(uow, change_id, ticket_id)
    if turn is None:
        return False
    change, item = turn
    if change.stage is BulkStage.UNDOING:
        _put_back(_context(uow, contexts, change, NoticeBundle(is_silent=True)), ticket, change, item)
    else:
        _change(_context(uow, contexts, change, NoticeBundle()), ticket, change, item)
    return True


def leave(uow: UnitOfWork, change_id: int, ticket_id: int, *, reason: Sentence) -> None:
    """The ticket stays as it is."""
    uow.tickets.lock(ticket_id)
    turn = _turn(uow, change_id, ticket_id)
    if turn is None:
        return
    change, item = turn
    outcome = BulkOutcome.KEPT if change.stage is BulkStage.UNDOING else BulkOutcome.LEFT
    uow.bulk_changes.settle(replace(item, outcome=outcome, reason=reason))


def finish(uow: UnitOfWork, contexts: ContextFactory, change_id: int) -> None:
    """All tickets had their turn: those whom it concerns are told once, and its actor sees how it went."""
    change = uow.bulk_changes.lock(change_id)
    if change is None or not change.is_at_work or still_to_do(uow, change):
        return
    context = contexts.context(uow, _actor(uow, change))
    is_undone = change.stage is BulkStage.UNDOING
    change.finish(at=context.now)
    uow.bulk_changes.save(change)
    tell_bundles(context, change, is_undone=is_undone)
    show_progress(context, change)
    if is_undone:
        uow.bulk_changes.forget_states(change.id)


def _ahead(stage: BulkStage) -> BulkOutcome:
    """What an item whose turn is to come has come to so far."""
    return BulkOutcome.CHANGED if stage is BulkStage.UNDOING else BulkOutcome.WAITING


def _turn(uow: UnitOfWork, change_id: int, ticket_id: int) -> tuple[BulkChange, BulkItem] | None:
    """Asked under the ticket's lock."""
    change, item = uow.bulk_changes.find(change_id), uow.bulk_changes.item(change_id, ticket_id)
    if change is None or item is None or not change.is_at_work:
        return None
    return (change, item) if item.outcome is _ahead(change.stage) else None


def _actor(uow: UnitOfWork, change: BulkChange) -> Person:
    return uow.people.find(change.actor) or Person(key=change.actor, name=change.actor)


def _context(uow: UnitOfWork, contexts: ContextFactory, change: BulkChange, bundle: NoticeBundle) -> Context:
    return contexts.context(uow, _actor(uow, change), bundle=bundle)


def _change(context: Context, ticket: Ticket, change: BulkChange, item: BulkItem) -> None:
    action = action_of(context, change)
    check_action(context, action, ticket)
    require_as_seen(context, change, ticket)
    before = snapshot_of(context, ticket)
    action.apply(context, ticket)
    after, told = snapshot_of(context, ticket), context.bundle.notices if context.bundle is not None else ()
    done = replace(item, outcome=BulkOutcome.CHANGED, before=before, after=after, told=tuple(told))
    context.uow.bulk_changes.settle(done)


def _put_back(context: Context, ticket: Ticket, change: BulkChange, item: BulkItem) -> None:
    before, after = item.before, item.after
    assert before is not None, "what was changed has a state before"
    assert after is not None, "what was changed has a state after"
    if is_in_the_way(snapshot_of(context, ticket), before=before, after=after):
        raise ChangedSince(reference=ticket.reference)
    names = field_names(context, ticket, after=after)
    put_back(context, ticket, before=before, after=after)
    undone = happened.ChangeUndone(
        actor=context.actor.key, at=context.now, change=change.id, first=before.entries, last=after.entries
    )
    events = put_back_events(before=before, after=after, names=names, undone=undone)
    record_put_back(context, ticket, events, fields=after.fields_touched_since(before))
    settled = replace(item, outcome=BulkOutcome.UNDONE, before=None, after=None)
    context.uow.bulk_changes.settle(settled)
