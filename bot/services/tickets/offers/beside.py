"""A new ticket is looked up once it is open, so that nobody waits for it; its requester is shown what answers it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.domain.directory import DESK, ChannelRef
from bot.domain.knowledge.answer_time import AnswerTime
from bot.domain.knowledge.offer import Offer, OfferState, ShownPassage
from bot.domain.routing.request import Request
from bot.domain.tickets.conversation import Conversation, Side
from bot.domain.tickets.ticket import Ticket
from bot.ports.storage.outbox import RowKind
from bot.services.context.context import Context
from bot.services.lookups.known_facts import known_facts
from bot.services.tickets.announcements.audience import Audience
from bot.services.tickets.offers.look_up import answers_for, is_pressing, still_right
from bot.services.tickets.offers.offer_message import offer_key

LATEST: Final = timedelta(minutes=30)
"""How old a ticket may be that is still looked up: later people have an answer, or wait for one of the team's."""


def plan_look_up(context: Context, ticket: Ticket, *, text: str, was_looked_up: bool) -> None:
    """Have what its requester has just opened looked up, where its inbox wants that and nothing is urgent."""
    mode = context.desk.answers_at(ticket.origin)
    if mode is AnswerTime.OFF or context.actor.key != ticket.requester or context.actor.is_bot:
        return
    if ticket.follows is not None or is_pressing(ticket.priority, text):
        return
    context.uow.offers.add(
        Offer(
            id=context.uow.new_id(),
            person=ticket.requester,
            mode=AnswerTime.BESIDE,
            state=OfferState.SILENT if was_looked_up else OfferState.DUE,
            at=context.now,
            due_at=None if was_looked_up else context.now,
            ticket=ticket.id,
            team=ticket.team,
        ),
        channel=ticket.origin,
    )


def found_for(context: Context, ticket: Ticket) -> tuple[ShownPassage, ...]:
    """What may be shown for a ticket now."""
    if not _is_worth_showing(context, ticket):
        return ()
    person = context.uow.people.find(ticket.requester)
    opening = context.uow.messages.opening_of(ticket)
    if person is None or not person.is_active or opening.is_deleted:
        return ()
    return answers_for(
        context,
        Request(
            text=opening.text,
            platform=ticket.origin.platform,
            inbox=ticket.inbox,
            person=person,
            at=context.now,
            fields=ticket.fields,
            looked_up=known_facts(context.uow, context.desk, person.key)
            if context.desk.knowledge.faq
            else {},
            community=ticket.community,
            is_private=ticket.is_private,
            language=lambda: context.language_of(opening.text),
        ),
        team=ticket.team,
        besides=ticket.id,
    )


def show_answers(context: Context, ticket: Ticket, offer: Offer, found: Sequence[ShownPassage]) -> OfferState:
    """Show what was found for a locked ticket, where only those read it who may; or note that there is nothing."""
    still = still_right(context, ticket, found) if _is_worth_showing(context, ticket) else ()
    place, shown = _place_for(context, ticket, still) if still else (None, ())
    if place is None or not shown:
        context.uow.offers.save(replace(offer, state=OfferState.SILENT, due_at=None))
        return OfferState.SILENT
    told = replace(offer, state=OfferState.SHOWN, due_at=None, shown=tuple(shown), team=ticket.team)
    context.uow.offers.save(told)
    context.uow.audit_log.append(ticket.id, [told.event(actor=DESK, at=context.now)])
    context.uow.outbox.put_once(
        RowKind.NOTICE,
        conversation=place.id,
        key=offer_key(offer.id),
        payload={"offer": offer.id},
        subject=ticket.id,
        now=context.now,
    )
    Audience(context, ticket, context.uow.conversations.of_ticket(ticket.id)).show_card()
    return OfferState.SHOWN


def _is_worth_showing(context: Context, ticket: Ticket) -> bool:
    """Not once somebody of the team works on it, or it was closed, or it was opened long ago."""
    is_fresh = context.now - ticket.opened_at <= LATEST
    return is_fresh and ticket.status.is_live and ticket.first_replied_at is None


def _place_for(
    context: Context, ticket: Ticket, found: Sequence[ShownPassage]
) -> tuple[Conversation | None, Sequence[ShownPassage]]:
    """In the requester's thread what is for everybody; what is not, where they read alone."""
    own = ChannelRef.direct(ticket.requester)
    threads = [
        each
        for each in context.uow.conversations.of_ticket(ticket.id)
        if each.side is Side.REQUESTER and not each.is_retired
    ]
    public = [each for each in found if each.is_for_everybody]
    if threads and (threads[0].channel == own or len(public) == len(found)):
        return threads[0], found
    person = context.uow.people.find(ticket.requester)
    if person is not None and context.reaches(person):
        return context.uow.conversations.of_channel(own), found
    return (threads[0] if threads else None), public
