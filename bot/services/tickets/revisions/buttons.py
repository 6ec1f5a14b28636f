"""Buttons beneath what is said to somebody who has just sent something: change it, or take it back."""

from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Button
from bot.services.context.context import Context
from bot.text.sentences import words

MESSAGE = "message"
"""The option that names one of the actor's messages, by its id."""


def revision_buttons(
    context: Context, ticket: Ticket, message: int | None, *, group: str
) -> tuple[Button, ...]:
    """For the message with this id, which a command of this group sent."""
    is_agents = group == verbs.EDIT.partition(" ")[0]
    edit, recall = (verbs.EDIT, verbs.RECALL) if is_agents else (verbs.EDIT_OWN, verbs.RECALL_OWN)
    language, options = context.language, {MESSAGE: str(message)}
    return (
        Button(
            label=words(language, "answers.button_edit"),
            verb=edit,
            ticket=ticket.reference,
            options=options,
            opens_form=True,
        ),
        Button(
            label=words(language, "answers.button_recall"),
            verb=recall,
            ticket=ticket.reference,
            options=options,
            is_dangerous=True,
            confirm=words(language, "answers.confirm_recall"),
        ),
    )
