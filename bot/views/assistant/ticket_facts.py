"""A ticket at a glance, made of what is known of it: who asked what, how it went, the last words, what is promised.

No language model is needed for it, so it is always there; the team alone reads it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.credentials import hide_credentials
from bot.domain.tickets.conversation import MessageKind, TicketMessage
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import Bold, Moment, RichText
from bot.services.context.context import Context
from bot.text import terms
from bot.text.amounts import working_time
from bot.text.audit_text import names_in, what_happened
from bot.text.sentences import joined, say
from bot.views.lists.ticket_line import private_mark

FIRST_WORDS: Final = 300
LAST_WORDS: Final = 200
"""Characters that are repeated of what was said."""
MOST_CHANGES: Final = 5
_CHANGES: Final = frozenset(
    {"TicketAssigned", "TicketReleased", "TicketTransferred", "StatusChanged", "PriorityChanged"}
)


def ticket_facts(context: Context, ticket: Ticket) -> RichText:
    said = [each for each in context.uow.messages.of_ticket(ticket.id) if not each.is_deleted]
    facts = _Facts(context, ticket, said)
    heading: RichText = (Bold(ticket.reference), f" {ticket.subject}")
    return joined(
        heading,
        facts.state(),
        *facts.asked(),
        *facts.last_words(),
        *facts.changes(),
        *facts.promises(),
        by="\n",
    )


@dataclass(frozen=True, slots=True)
class _Facts:
    context: Context
    ticket: Ticket
    said: Sequence[TicketMessage]

    def state(self) -> RichText:
        ticket, language = self.ticket, self.context.language
        owner = self.context.uow.people.find(ticket.assignee) if ticket.assignee else None
        has_it: RichText = (owner.name,) if owner else say(language, "commands.unassigned")
        opened = say(language, "commands.opened", at=self._at(ticket.opened_at))
        status, priority = terms.status(ticket.status, language), terms.priority(ticket.priority, language)
        team = self.context.team_of(ticket).title
        mark = private_mark(ticket, language)
        status = f"{mark} · {status}" if mark else status
        return (f"{status} · {priority} · {team} · ", *has_it, " · ", *opened)

    def asked(self) -> Iterator[RichText]:
        first = next((each for each in self.said if each.id == self.ticket.opening), None)
        if first is not None:
            yield self._words("assistant.asked", first, most=FIRST_WORDS)

    def last_words(self) -> Iterator[RichText]:
        """Of each side, where they are not what was asked."""
        for kind in (MessageKind.REQUEST, MessageKind.REPLY, MessageKind.NOTE):
            last = next((each for each in reversed(self.said) if each.kind is kind), None)
            if last is not None and last.id != self.ticket.opening:
                yield self._words(f"assistant.last_{kind}", last, most=LAST_WORDS)

    def changes(self) -> Iterator[RichText]:
        entries = [
            each for each in self.context.uow.audit_log.of_ticket(self.ticket.id) if each.event in _CHANGES
        ]
        names = names_in(self.context.uow, self.context.desk, entries)
        if len(entries) > MOST_CHANGES:
            yield say(self.context.language, "assistant.earlier_changes", count=len(entries) - MOST_CHANGES)
        for each in entries[-MOST_CHANGES:]:
            yield (self._at(each.at), " · ", *what_happened(self.context.language, each, names))

    def promises(self) -> Iterator[RichText]:
        """Those that are open; one that is paused says how much is left."""
        language = self.context.language
        for timer in self.context.uow.sla_timers.of_ticket(self.ticket.id):
            if timer.stopped_at is not None:
                continue
            name = terms.measure_title(timer.measure, language)
            if timer.due_at is not None:
                yield say(language, "assistant.promise", name=name, at=self._at(timer.due_at))
            else:
                left = working_time(max(timer.target - timer.spent, timedelta()), language)
                yield say(language, "assistant.promise_paused", name=name, left=left)

    def _words(self, key: str, message: TicketMessage, *, most: int) -> RichText:
        line = " ".join(hide_credentials(message.text).split())
        cut = line if len(line) <= most else f"{line[:most]}…"
        files = ", ".join(each.name for each in message.files)
        at, text = self._at(message.said_at), cut or files
        return say(self.context.language, key, name=message.author_name, at=at, text=text)

    def _at(self, at: datetime) -> Moment:
        return Moment(at, self.context.actor.time_zone)
