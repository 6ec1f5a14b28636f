"""Asking later: the transaction that opens a ticket writes down what is to be asked, and a worker asks it."""

from collections.abc import Iterable

from bot.domain.lookups.lookup_answer import LookupAnswer
from bot.domain.tickets.conversation import Side
from bot.ports.storage.outbox import RowKind
from bot.ports.storage.tickets import TicketFilter
from bot.services.context.context import Context

MOST_CARDS = 50
"""Open tickets of one person whose cards are drawn again when something new is known of them."""


def want_facts(context: Context, person: str) -> None:
    """Have this person looked up soon, by every look-up whose answer is not good any more."""
    if not context.desk.lookups:
        return
    kept = {each.lookup: each for each in context.uow.lookups.of_person(person)}
    for name, lookup in context.desk.lookups.items():
        answer = kept.get(name) or LookupAnswer(person=person, lookup=name)
        if not answer.is_good(lookup, now=context.now):
            context.uow.lookups.put(answer.wanted(now=context.now))


def refresh_facts(context: Context, people: Iterable[str]) -> None:
    """Have those of these people asked about again of whom something is known that has grown old.

    Whom no request brought here is not asked about, and what is to be tried again anyway keeps its time.
    """
    lookups = context.desk.lookups
    if not lookups:
        return
    for answers in context.uow.lookups.of_people(sorted(people)).values():
        for answer in answers:
            was_asked = answer.answered_at is not None or answer.failures > 0
            if answer.lookup not in lookups or answer.due_at is not None or not was_asked:
                continue
            if not answer.is_good(lookups[answer.lookup], now=context.now):
                context.uow.lookups.put(answer.wanted(now=context.now))


def keep_facts(context: Context, before: LookupAnswer, after: LookupAnswer) -> None:
    """Keep what came of asking; the person's cards are drawn again where the team reads something else now."""
    context.uow.lookups.put(after)
    if before.facts != after.facts or bool(before.failures) != bool(after.failures):
        show_cards(context, after.person)


def show_cards(context: Context, person: str) -> None:
    """The cards of this person's open tickets, as they should look now."""
    for found in context.uow.tickets.search(TicketFilter(requester=person), limit=MOST_CARDS):
        ticket = context.uow.tickets.lock(found.id)
        for conversation in context.uow.conversations.of_ticket(ticket.id):
            if conversation.side is Side.TEAM and not conversation.is_retired:
                context.uow.outbox.put_state(
                    RowKind.CARD,
                    conversation=conversation.id,
                    subject=ticket.id,
                    now=context.now,
                    is_root=conversation.root is None,
                )
