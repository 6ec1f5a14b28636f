"""What is asked where a requester would be left without an answer: the form with its words, or whether to close."""

from copy import copy
from dataclasses import replace
from typing import Final

from bot.commands.framework.command import Call
from bot.commands.framework.forms import form_of
from bot.commands.framework.replies.held_commands import StatusVerb
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Button, Form, PrivateReply
from bot.services.tickets.copy_rules import is_read_by_requester, owes_words
from bot.text.sentences import words
from bot.views.card import OWED

UNANSWERED: Final = "unanswered"
"""The option of the button that closes a request which nobody has answered."""


def ask_owed(call: Call, ticket: Ticket, *, becomes: StatusVerb) -> Form | None:
    """The form that the card's button opens, where the words that the requester is owed were left out.

    `becomes` is tried on a copy of the ticket: what would be refused is refused at once.
    """
    command = call.command
    if call.is_form or call.is_released or call.files or call.option(command.owed_words):
        return None
    if not owes_words(call.context.uow, ticket) or _has_held_reply(call, ticket):
        return None
    becomes(copy(ticket), actor=call.context.actor.key, at=call.context.now)
    form = form_of(
        command,
        call.context.desk,
        ticket=ticket.reference,
        given={**call.options, OWED: "yes"},
        language=call.context.language,
    )
    needed = call.say(f"refusals.{command.owed_words}_needed", reference=ticket.reference)
    return None if form is None else replace(form, instead=needed)


def ask_unanswered(call: Call, ticket: Ticket) -> PrivateReply | None:
    """Whether to close a request without a word to who made it; None where there was an answer, or is a reason."""
    context = call.context
    if call.is_released or call.option("reason") or call.option(UNANSWERED):
        return None
    if not ticket.status.is_live or ticket.first_replied_at is not None or _has_held_reply(call, ticket):
        return None
    if context.is_requester_of(ticket) or not is_read_by_requester(context.uow, ticket):
        return None
    requester = context.uow.people.find(ticket.requester)
    name = requester.name if requester is not None else ticket.requester
    return PrivateReply(
        text=call.say("answers.close_unanswered", name=name, reference=ticket.reference),
        buttons=(
            Button(
                label=words(context.language, "answers.button_close_anyway"),
                verb=verbs.CLOSE,
                ticket=ticket.reference,
                options={UNANSWERED: "yes"},
            ),
            Button(
                label=words(context.language, "answers.button_resolve_with_reply"),
                verb=verbs.RESOLVE,
                ticket=ticket.reference,
                options={OWED: "yes"},
                opens_form=True,
                is_primary=True,
            ),
        ),
        is_question=True,
    )


def _has_held_reply(call: Call, ticket: Ticket) -> bool:
    """Whether a reply is about to leave, behind which this waits."""
    is_holding = call.context.team_of(ticket).undo_send is not None
    return is_holding and bool(call.context.uow.held_replies.waiting_on(ticket.id))
