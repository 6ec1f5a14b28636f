"""What was said on a ticket before it was edited or recalled, for its team's history and transcript.

What an author deleted where they wrote it is gone for the team too; what was recalled is not. A password that was
in it is hidden.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain import events as happened
from bot.domain.credentials import hide_credentials
from bot.domain.replies.status_words import StatusWordsEdited, StatusWordsRecalled
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import RichText
from bot.ports.storage.audit_log import AuditEntry
from bot.ports.unit_of_work import UnitOfWork
from bot.services.tickets.copy_rules import EXCERPT_LIMIT
from bot.text.sentences import say

_EDITED, _RECALLED = happened.TicketMessageEdited.stored_as, happened.TicketMessageRecalled.stored_as
_REWORDED = (StatusWordsEdited.stored_as, StatusWordsRecalled.stored_as)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What was said before a change, and after it; nothing after one that took it back."""

    before: str
    after: str = ""

    def told(self, language: str, *, is_whole: bool = False) -> RichText:
        """`It said: “…”`, each as far as `EXCERPT_LIMIT` unless `is_whole`."""
        both = (self.before, self.after)
        before, after = both if is_whole else map(_excerpt, both)
        if not after:
            return say(language, "history.read_before", text=before)
        return say(language, "history.reads_now", before=before, text=after)

    @property
    def is_cut(self) -> bool:
        """Whether more was said than `told` shows."""
        return any(len(text) > EXCERPT_LIMIT for text in (self.before, self.after))


def _excerpt(text: str) -> str:
    return text if len(text) <= EXCERPT_LIMIT else f"{text[:EXCERPT_LIMIT]}…"


def recalled_in(entries: Iterable[AuditEntry]) -> frozenset[int]:
    """The ids of the messages that these lines of the audit log say were recalled."""
    return frozenset(int(each.details["message"]) for each in entries if each.event == _RECALLED)


def who_recalled(uow: UnitOfWork, ticket: Ticket) -> Mapping[int, str]:
    """By the ids of the ticket's messages that were recalled, the names of those who did it."""
    entries = [each for each in uow.audit_log.of_ticket(ticket.id) if each.event == _RECALLED]
    people = uow.people.find_many({each.actor for each in entries})
    return {
        int(each.details["message"]): people[each.actor].name if each.actor in people else each.actor
        for each in entries
    }


def changes_in(uow: UnitOfWork, ticket: Ticket, entries: Sequence[AuditEntry]) -> Mapping[int, Change]:
    """Each change of words that the team may read, by the place in the audit log of the line that tells of it."""
    told = {index: each for index, each in enumerate(entries) if each.event in (_EDITED, _RECALLED)}
    return {**_of_messages(uow, ticket, told), **status_changes_in(entries)}


def status_changes_in(entries: Iterable[AuditEntry]) -> Mapping[int, Change]:
    """The same of what was said with changes of status alone."""
    told = ((index, each.details) for index, each in enumerate(entries) if each.event in _REWORDED)
    return {
        index: Change(
            before=hide_credentials(words["before"]), after=hide_credentials(words.get("after", ""))
        )
        for index, words in told
    }


def _of_messages(uow: UnitOfWork, ticket: Ticket, told: Mapping[int, AuditEntry]) -> Mapping[int, Change]:
    if not told:
        return {}
    messages = uow.messages.of_ticket(ticket.id)
    kept = {each.id for each in messages if not each.is_deleted} | recalled_in(told.values())
    texts: dict[int, Mapping[int, str]] = {}
    changes: dict[int, Change] = {}
    for index, entry in told.items():
        message = int(entry.details["message"])
        if message not in kept:
            continue
        if message not in texts:
            texts[message] = {revision: text for revision, text, _ in uow.messages.history(message)}
        changes[index] = _change(entry, texts[message])
    return changes


def _change(entry: AuditEntry, texts: Mapping[int, str]) -> Change:
    if entry.event == _RECALLED:
        return Change(before=hide_credentials(texts[max(texts)]))
    revision = int(entry.details["revision"])
    return Change(before=hide_credentials(texts[revision - 1]), after=hide_credentials(texts[revision]))
