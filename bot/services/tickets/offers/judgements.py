"""What requesters say of what they were shown: it solved it, or they need the team."""

from dataclasses import replace

from bot.domain.errors import AlreadySo, Refused
from bot.domain.events import SOLVED_BY_ANSWER
from bot.domain.knowledge.offer import AnswersJudged, Offer, OfferState
from bot.domain.tickets.ticket import Ticket
from bot.services.context.context import Context
from bot.services.tickets import actions
from bot.services.tickets.announcements.audience import Audience
from bot.services.tickets.offers.held_requests import open_held
from bot.services.tickets.offers.offer_message import offer_key
from bot.services.tickets.offers.words_beneath import drop_words
from bot.text.amounts import listed
from bot.text.sentences import words


def offer_to_judge(context: Context, offer_id: int) -> tuple[Offer, Ticket | None]:
    """Locked, its ticket first. Raises Refused where it is not the actor's, AlreadySo where it has just opened."""
    found = context.uow.offers.get(offer_id)
    if found is None or found.person not in context.accounts:
        raise Refused("refusals.offer_over")
    ticket = context.uow.tickets.lock(found.ticket) if found.ticket is not None else None
    offer = context.uow.offers.lock(offer_id)
    assert offer is not None
    if (
        ticket is None and offer.ticket is not None
    ):  # it was opened while this waited, and tickets are locked first
        opened = context.uow.tickets.get(offer.ticket)
        raise AlreadySo("refusals.already_part_of", reference=opened.reference)
    return offer, ticket


def was_solved(context: Context, offer: Offer, ticket: Ticket | None) -> None:
    """Nothing opens; or the ticket that is open is closed, as one that its requester solved."""
    if offer.state is OfferState.SOLVED:
        raise AlreadySo("refusals.offer_solved")
    if offer.state is OfferState.DROPPED:
        raise Refused("refusals.offer_over")
    if ticket is not None:
        reason = _reason(offer, ticket.language)
        actions.close_ticket(context, ticket, reason=reason, cause=SOLVED_BY_ANSWER)
    _note(context, offer, ticket, is_solved=True)


def asks_on(context: Context, offer: Offer, ticket: Ticket | None) -> Ticket:
    """The ticket that is open now. Raises Refused where it was solved or deleted before."""
    if offer.state is OfferState.HELD:
        opened = open_held(context, offer)
        assert opened is not None
        return opened
    if ticket is None:
        key = "refusals.offer_solved" if offer.state is OfferState.SOLVED else "refusals.offer_over"
        raise Refused(key)
    if offer.state is OfferState.SHOWN:
        _note(context, offer, ticket, is_solved=False)
    return ticket


def _reason(offer: Offer, language: str) -> str:
    """Read by the team, too."""
    if not offer.public_titles:
        return words(language, "requester.solved_by_unnamed")
    return words(language, "requester.solved_by", title=listed(offer.public_titles, language))


def _note(context: Context, offer: Offer, ticket: Ticket | None, *, is_solved: bool) -> None:
    state = OfferState.SOLVED if is_solved else OfferState.ASKED
    context.uow.offers.save(replace(offer, state=state, due_at=None, request={}))
    context.uow.outbox.show_again([offer_key(offer.id)])
    if ticket is None:
        if offer.source:
            drop_words(context, offer.source)
        return
    judged = AnswersJudged(actor=context.actor.key, at=context.now, is_solved=is_solved)
    context.uow.audit_log.append(ticket.id, [judged])
    Audience(context, ticket, context.uow.conversations.of_ticket(ticket.id)).show_card()
