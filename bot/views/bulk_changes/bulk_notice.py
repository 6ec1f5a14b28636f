"""The direct messages of a change: how it goes, for its actor, and what it did to theirs, for those it concerns."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.domain.bulk_changes.bulk_change import (
    UNDO_WITHIN,
    BulkAction,
    BulkChange,
    BulkItem,
    BulkOutcome,
    BulkStage,
)
from bot.domain.notices.notice_record import NoticeEvent
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Button, Moment, Notice, RichText
from bot.ports.storage.outbox import OutboxRow
from bot.services.bulk_changes.preview_marks import SINCE
from bot.services.bulk_changes.progress import CHANGE
from bot.services.context.sight import Sight
from bot.services.context.view import View
from bot.text.sentences import joined, say, words
from bot.views.bulk_changes.change_text import assignee_away, change_title, left_lines, references


def is_of_change(payload: Mapping[str, Any]) -> bool:
    """Whether a notice's row is one of these."""
    return CHANGE in payload


def bulk_notice(view: View, row: OutboxRow) -> Notice | None:
    change = view.uow.bulk_changes.find(int(row.payload[CHANGE]))
    if change is None:
        return None
    if row.payload["reader"] == change.actor:
        return progress_notice(view, change)
    return _told(view, change, str(row.payload["reader"]))


def undo_button(change: BulkChange, *, language: str) -> Button:
    return Button(
        label=words(language, "bulk.button_undo"), verb=verbs.BULK_UNDO, options={"change": str(change.id)}
    )


def progress_notice(view: View, change: BulkChange) -> Notice:
    """How far one is that has begun, or what became of it."""
    title = change_title(change, uow=view.uow, desk=view.desk, language=view.language)
    counts = view.uow.bulk_changes.count(change.id)
    match change.stage:
        case BulkStage.RUNNING:
            total = sum(counts.values())
            done = total - counts[BulkOutcome.WAITING]
            return Notice(
                text=joined(title, say(view.language, "bulk.progress", done=done, total=total), by="\n")
            )
        case BulkStage.UNDOING:
            done = counts[BulkOutcome.UNDONE] + counts[BulkOutcome.KEPT]
            total = done + counts[BulkOutcome.CHANGED]
            return Notice(
                text=joined(title, say(view.language, "bulk.undoing", done=done, total=total), by="\n")
            )
        case BulkStage.UNDONE:
            return Notice(text=_undone(view, change, title, counts))
        case _:
            return _done(view, change, title, counts)


def _done(view: View, change: BulkChange, title: RichText, counts: Mapping[BulkOutcome, int]) -> Notice:
    done = joined(
        say(view.language, "bulk.done", count=counts[BulkOutcome.CHANGED]),
        assignee_away(change, view.uow, view.desk, now=view.now, language=view.language),
        by="\n",
    )
    left = _left(view, change, BulkOutcome.LEFT)
    again = _again_buttons(view, change)
    may_undo = (
        change.stage is BulkStage.DONE and change.ended_at is not None and counts[BulkOutcome.CHANGED] > 0
    )
    if not may_undo or change.ended_at is None:
        return Notice(text=(*joined(title, done, by="\n"), *left), buttons=again)
    until = say(view.language, "bulk.undo_until", until=Moment(change.ended_at + UNDO_WITHIN))
    return Notice(
        text=joined((*joined(title, done, by="\n"), *left), until, by="\n"),
        buttons=(*again, undo_button(change, language=view.language)),
    )


def _again_buttons(view: View, change: BulkChange) -> tuple[Button, ...]:
    """The way to change those all the same that others changed after the preview."""
    items = view.uow.bulk_changes.items(change.id)
    left = [each for each in items if each.reason is not None and each.reason.key in SINCE]
    if not left:
        return ()
    label = words(view.language, "bulk.button_again", count=len(left))
    return (Button(label=label, verb=verbs.BULK_AGAIN, options={"change": str(change.id)}),)


def _undone(view: View, change: BulkChange, title: RichText, counts: Mapping[BulkOutcome, int]) -> RichText:
    """What the requesters have read stays read."""
    undone = say(view.language, "bulk.undone", count=counts[BulkOutcome.UNDONE])
    has_said = change.action is BulkAction.RESOLVE and counts[BulkOutcome.UNDONE] > 0
    unsaid = say(view.language, "bulk.words_stay") if has_said else ()
    return (*joined(title, undone, unsaid, by="\n"), *_left(view, change, BulkOutcome.KEPT))


def _left(view: View, change: BulkChange, outcome: BulkOutcome) -> RichText:
    items = [each for each in view.uow.bulk_changes.items(change.id) if each.outcome is outcome]
    tickets = view.uow.tickets.get_many(each.ticket for each in items)
    left = [
        (tickets[each.ticket], each.reason)
        for each in items
        if each.ticket in tickets
        and each.reason is not None
        and view.sight(tickets[each.ticket], change.actor) > Sight.NOTHING
    ]
    return left_lines(left, action=change.action, language=view.language)


def _told(view: View, change: BulkChange, reader: str) -> Notice | None:
    """What one person hears of all that concerns them; None where that is nothing they may see any more."""
    items = view.uow.bulk_changes.items(change.id)
    tickets = view.uow.tickets.get_many(each.ticket for each in items)
    seen = [
        each
        for each in items
        if each.ticket in tickets and view.sight(tickets[each.ticket], reader) is Sight.TEAMS_SIDE
    ]
    name = view.person(change.actor).name
    lines = [
        line
        for key, absent, own in _by_what(seen, reader)
        if (line := _line(view, key, name, absent, [tickets[each.ticket] for each in own]))
    ]
    if not lines:
        return None
    undone = [each for each in seen if each.outcome is BulkOutcome.UNDONE and _concerns(each, reader)]
    taken_back = say(view.language, "bulk.notice_undone", name=name, count=len(undone)) if undone else ()
    return Notice(text=joined(*lines, taken_back, by="\n"))


def _concerns(item: BulkItem, reader: str) -> bool:
    return any(told.recipient == reader for told in item.told)


_TOLD: Final = {
    NoticeEvent.OPENED: "bulk.notice_opened",
    NoticeEvent.TAKEN_OVER: "bulk.notice_taken_over",
    NoticeEvent.ANSWERED_FOR: "bulk.notice_resolved_for",
    NoticeEvent.RESOLVED_FOR: "bulk.notice_resolved_for",
}
"""What is said of these; the rest makes a ticket somebody's."""


def _by_what(items: Sequence[BulkItem], reader: str) -> list[tuple[str, str, list[BulkItem]]]:
    """By what somebody is told: the sentence, whom they stand in for, and the tickets."""
    found: dict[tuple[str, str], list[BulkItem]] = {}
    for item in items:
        for told in item.told:
            if told.recipient == reader:
                found.setdefault((_TOLD.get(told.event, "bulk.notice_assigned"), told.absent), []).append(
                    item
                )
    return [(key, absent, own) for (key, absent), own in found.items()]


def _line(view: View, key: str, name: str, absent: str, tickets: Sequence[Ticket]) -> RichText:
    named = references([each.reference for each in tickets], view.language)
    if absent:
        person = view.person(absent).name
        return say(
            view.language,
            "bulk.notice_instead",
            name=name,
            absent=person,
            count=len(tickets),
            references=named,
        )
    return say(view.language, key, name=name, count=len(tickets), references=named)
