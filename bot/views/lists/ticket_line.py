"""A ticket's line in a list, the same in every list: what it is about, its state, who waits for whom, when it is due.

Where words were looked for, the sentence that holds them is below it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.directory import Person
from bot.domain.search.marks import Excerpt, excerpt_of
from bot.domain.search.stems import Variant
from bot.domain.tickets.queue_order import is_overdue
from bot.domain.tickets.subject import subject_of
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import Bold, Moment, RichText, Span
from bot.services.context.context import Context
from bot.services.context.sight import Sight
from bot.services.search.excerpts import FoundWords
from bot.services.tickets.merges.shared_words import merged_status
from bot.text import terms
from bot.text.sentences import say, words
from bot.views.lists.wait_phrase import waiting

SUBJECT = 60
"""Characters of a subject in a list: a page is one message, whose pages are turned in place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedTickets:
    """What the lines of a page are made of. `sought` are the variants of each word that was looked for."""

    context: Context
    people: Mapping[str, Person]
    excerpts: Mapping[int, FoundWords] = field(default_factory=dict)
    sought: Sequence[Sequence[Variant]] = ()

    def line(self, ticket: Ticket, *, reference: Span) -> RichText:
        """`IT-12 No VPN · open · high · Bo Berg · Ana Alves has waited 2 h · due 14:00`."""
        language = self.context.language
        status, priority = terms.status(ticket.status, language), terms.priority(ticket.priority, language)
        if ticket.merged_into is not None and self.context.is_requester_of(ticket):
            status = merged_status(self.context.uow, ticket, language=language)
        states = [
            private_mark(ticket, language),
            status,
            priority,
            self._asker(ticket),
            self._owner(ticket),
            self._waiting(ticket),
            self._mood(ticket),
        ]
        state = "".join(f" · {each}" for each in states if each)
        line: RichText = (
            reference,
            " ",
            *self._subject(ticket),
            state,
            *self._rest(ticket),
            *self._due(ticket),
        )
        found = self.excerpts.get(ticket.id)
        return line if found is None else (*line, "\n", *_quotation(found, language))

    def _subject(self, ticket: Ticket) -> RichText:
        subject = subject_of(ticket.subject, limit=SUBJECT)
        marked = excerpt_of(subject, self.sought) if self.sought else None
        is_whole = marked is not None and marked.text == subject
        return _bold(marked) if marked is not None and is_whole else (subject,)

    def _asker(self, ticket: Ticket) -> str:
        """Whose request it is that was shared with the reader."""
        if self.context.is_requester_of(ticket) or self.context.sight(ticket) is Sight.TEAMS_SIDE:
            return ""
        asker = self.people.get(ticket.requester)
        name = asker.name if asker is not None else ticket.requester.partition(":")[2]
        return words(self.context.language, "lists.asked_by", name=name)

    def _owner(self, ticket: Ticket) -> str:
        """A finished ticket that nobody had needs nobody."""
        holder = self.people.get(ticket.assignee or "")
        if holder is not None:
            return self.context.name_of(ticket, holder)
        return words(self.context.language, "commands.unassigned") if ticket.status.is_live else ""

    def _waiting(self, ticket: Ticket) -> str:
        asker = self.people.get(ticket.requester)
        return waiting(
            ticket,
            requester=asker.name if asker is not None else ticket.requester.partition(":")[2],
            is_own=ticket.requester == self.context.actor.key,
            now=self.context.now,
            language=self.context.language,
        )

    def _mood(self, ticket: Ticket) -> str:
        """That its requester sounded unhappy, which is its team's to know; a finished ticket's is history."""
        flags = self.context.desk.sorting.flags_unhappy
        is_told = flags and ticket.is_unhappy and ticket.status.is_live and self.context.is_agent_of(ticket)
        return words(self.context.language, "lists.unhappy") if is_told else ""

    def _rest(self, ticket: Ticket) -> RichText:
        """Until when it is snoozed, which is its team's to know."""
        until = ticket.snoozed_until
        if until is None or until <= self.context.now or not self.context.is_agent_of(ticket):
            return ()
        return (" · ", *say(self.context.language, "commands.snoozed_until", until=Moment(until)))

    def _due(self, ticket: Ticket) -> RichText:
        if ticket.due_at is None:
            return ()
        key = "commands.due_at_risk" if ticket.is_warned else "commands.due"
        if is_overdue(ticket, self.context.now):
            key = "commands.overdue_since"
        return (" · ", *say(self.context.language, key, at=Moment(ticket.due_at)))


def private_mark(ticket: Ticket, language: str) -> str:
    """`🔒 private`, as its card has it; empty for any other."""
    return words(language, "lists.private") if ticket.is_private else ""


def _quotation(found: FoundWords, language: str) -> RichText:
    if not found.author:
        return _bold(found.excerpt)
    key = "search.in_note" if found.is_note else "search.in_message"
    return say(language, key, name=found.author, text=_bold(found.excerpt))


def _bold(excerpt: Excerpt) -> RichText:
    """The words that were found stand out."""
    spans: list[Span] = []
    at = 0
    for since, until in excerpt.marks:
        spans += [excerpt.text[at:since], Bold(excerpt.text[since:until])]
        at = until
    return tuple(each for each in (*spans, excerpt.text[at:]) if each)
