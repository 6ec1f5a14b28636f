"""What both sides were told with a change of status, kept as it is said now.

Each notice of it names the change. Where that was told before notices did so, its words tell it.
"""

from collections.abc import Mapping
from typing import Any, Final

from bot.domain import events as happened
from bot.domain.replies.status_words import StatusWordsEdited, StatusWordsRecalled
from bot.domain.tickets.duplicate import DuplicateAdded
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context
from bot.services.context.status_words import CHANGE, change_number
from bot.services.tickets.announcements.requester_questions import WITHDRAWN

_BECAUSE: Final = "_because"
_OF_DUPLICATES: Final = ("requester.duplicate_resolved_because", "requester.duplicate_closed_because")
_SENTENCES: Final = (
    "requester.held_because",
    "requester.resolved_because",
    "requester.closed_because",
    "team.held_because",
    "team.resolved",
    "team.closed_because",
    "team.withdrawn_because",
)
"""What tells the words to each side. Without them the others are told as well, and `team.resolved` is not."""


def told_words(context: Context, ticket: Ticket, event: happened.StatusChanged) -> dict[str, str]:
    """What was said with the change, which the log has as its last one, for the notices that tell of it."""
    if not event.reason:
        return {"reason": ""}
    return {"reason": event.reason, CHANGE: str(change_number(context.uow, ticket))}


def show_status_words(
    context: Context, ticket: Ticket, event: StatusWordsEdited | StatusWordsRecalled
) -> None:
    """Wherever it was told, in threads that a transfer left behind and those of duplicates too."""
    log = context.uow.audit_log.of_ticket(ticket.id)
    duplicates = {each.details["duplicate"] for each in log if each.event == DuplicateAdded.stored_as}
    _show_in([ticket.id], _SENTENCES, context, event)
    _show_in(sorted(duplicates), _OF_DUPLICATES, context, event)


def _show_in(
    tickets: list[int],
    sentences: tuple[str, ...],
    context: Context,
    event: StatusWordsEdited | StatusWordsRecalled,
) -> None:
    threads = [thread.id for each in tickets for thread in context.uow.conversations.of_ticket(each)]
    for key, payload in context.uow.outbox.notices_in(threads).items() if threads else ():
        if payload.get("sentence") in sentences and _tells(payload["words"], event):
            context.uow.outbox.revise(key, _as_said_now(payload, event))


def _tells(words: Mapping[str, Any], event: StatusWordsEdited | StatusWordsRecalled) -> bool:
    return words.get(CHANGE, str(event.change)) == str(event.change) and words.get("reason") == event.before


def _as_said_now(
    payload: Mapping[str, Any], event: StatusWordsEdited | StatusWordsRecalled
) -> Mapping[str, Any]:
    if isinstance(event, StatusWordsEdited):
        return {**payload, "words": {**payload["words"], "reason": event.after}}
    told = {**payload, "words": {**payload["words"], "reason": ""}}
    if not payload["sentence"].endswith(_BECAUSE):
        return {**told, WITHDRAWN: True}
    return {**told, "sentence": payload["sentence"].removesuffix(_BECAUSE)}
