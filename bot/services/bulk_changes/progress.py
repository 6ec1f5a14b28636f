"""How a change goes: one message to its actor that stays current, and one notice to each whom it concerns."""

from collections.abc import Iterable

from bot.domain.bulk_changes.bulk_change import BulkChange, BulkItem
from bot.domain.directory import ChannelRef
from bot.ports.storage.outbox import RowKind
from bot.services.context.context import Context

CHANGE = "bulk"
"""Under this name the payload of a notice holds the id of the change that it tells of."""


def begin_progress(context: Context, change: BulkChange) -> None:
    """A direct message to the actor, that says from now on how far it has come."""
    _send(context, change, change.actor, key=_progress_key(change))


def show_progress(context: Context, change: BulkChange) -> None:
    context.uow.outbox.show_again([_progress_key(change)])


def tell_bundles(context: Context, change: BulkChange, *, is_undone: bool) -> None:
    """Each hears once of all tickets that became theirs; undone, what they were told is put right."""
    recipients = sorted(recipients_of(context.uow.bulk_changes.items(change.id)))
    if is_undone:
        context.uow.outbox.show_again([_notice_key(change, each) for each in recipients])
        return
    for each in recipients:
        _send(context, change, each, key=_notice_key(change, each))


def recipients_of(items: Iterable[BulkItem]) -> set[str]:
    """Keys of the people who are told of some of these tickets."""
    return {told.recipient for item in items for told in item.told}


def _send(context: Context, change: BulkChange, recipient: str, *, key: str) -> None:
    direct = context.uow.conversations.of_channel(ChannelRef.direct(recipient))
    context.uow.outbox.put_once(
        RowKind.NOTICE,
        conversation=direct.id,
        key=key,
        payload={CHANGE: change.id, "reader": recipient},
        now=context.now,
    )


def _progress_key(change: BulkChange) -> str:
    return f"bulk:{change.id}"


def _notice_key(change: BulkChange, recipient: str) -> str:
    return f"bulk:{change.id}:{recipient}"
