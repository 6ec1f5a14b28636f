"""What may answer a request, shown to whoever asked; once they have chosen, what came of it."""

from collections.abc import Mapping
from typing import Any, Final

from bot.domain.knowledge.answer_time import AnswerTime
from bot.domain.knowledge.offer import Offer, OfferState
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import Bold, Notice, RichText, Tone
from bot.ports.storage.outbox import OutboxRow
from bot.services.context.view import View
from bot.services.tickets.offers.offer_message import (
    judging_buttons,
    offer_text,
    reading_buttons,
    titles_for_team,
    titles_shown,
)
from bot.text.catalogue import best
from bot.text.sentences import joined, say, words

_SHOWN: Final = (OfferState.SHOWN, OfferState.HELD, OfferState.ASKED, OfferState.OPENED)


def is_offer(payload: Mapping[str, Any]) -> bool:
    return "offer" in payload


def offer_notice(view: View, row: OutboxRow) -> Notice | None:
    """Nothing once the message that asked is gone."""
    offer = view.uow.offers.get(int(row.payload["offer"]))
    if offer is None:
        return None
    language = best(view.person(offer.person).language, view.desk.language)
    ticket = view.uow.tickets.get(offer.ticket) if offer.ticket is not None else None
    if offer.state is OfferState.SOLVED:
        return Notice(text=_solved(language, offer, ticket), tone=Tone.GOOD)
    if offer.state not in _SHOWN:
        return None
    text = offer_text(language, offer)
    if ticket is not None and offer.mode is AnswerTime.BEFORE:
        key = "answers_asked" if offer.state is OfferState.ASKED else "answers_opened"
        text = joined(text, say(language, f"requester.{key}", reference=Bold(ticket.reference)), by="\n\n")
    is_open = ticket is None or ticket.status.is_live
    may_judge = is_open and offer.state is not OfferState.ASKED
    buttons = judging_buttons(language, offer) if may_judge else ()
    if offer.state is OfferState.OPENED:
        buttons = buttons[:1]
    return Notice(text=text, buttons=(*buttons, *reading_buttons(language, offer)), files=offer.pictures)


def _solved(language: str, offer: Offer, ticket: Ticket | None) -> RichText:
    titles = titles_shown(language, offer)
    if ticket is None:
        return say(language, "requester.answers_solved", title=titles)
    return say(language, "requester.answers_closed", title=titles, reference=Bold(ticket.reference))


def shown_line(view: View, ticket: Ticket) -> tuple[tuple[str, str], ...]:
    """For the team: what its requester was shown, and what they said of it."""
    if not view.desk.looks_up_requests:
        return ()
    offer = view.uow.offers.of_ticket(ticket.id)
    if offer is None or not offer.shown:
        return ()
    titles = titles_for_team(view.language, offer, team=ticket.team)
    key = {OfferState.SOLVED: "solved", OfferState.ASKED: "unsolved"}.get(offer.state, "unjudged")
    return (
        (
            words(view.language, "team.label_answers"),
            words(view.language, f"team.answers_{key}", title=titles),
        ),
    )
