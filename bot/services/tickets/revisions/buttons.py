"""Buttons beneath what is said to somebody who has just sent something: change it, or take it back."""

from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Button
from bot.services.context.context import Context
from bot.text.sentences import words

MESSAGE = "message"
"""The option that names a message, by its id: one of the actor's, unless `PERSON` says whose."""
PERSON = "person"
"""The option that says whose message a lead recalls."""


def revision_buttons(
    context: Context, ticket: Ticket, message: int | None, *, group: str
) -> tuple[Button, ...]:
    """For the actor's message with this id, which a command of this group sent."""
    is_agents = group == verbs.EDIT.partition(" ")[0]
    edit, recall = (verbs.EDIT, verbs.RECALL) if is_agents else (verbs.EDIT_OWN, verbs.RECALL_OWN)
    language = context.language
    return (
        Button(
            label=words(language, "answers.button_edit"),
            verb=edit,
            ticket=ticket.reference,
            options={MESSAGE: str(message)},
            opens_form=True,
        ),
        recall_button(context, ticket, message, verb=recall),
    )


def recall_button(
    context: Context, ticket: Ticket, message: int | None, *, verb: str, person: str = ""
) -> Button:
    """The same for a lead, of a message of the `person` with this name."""
    return Button(
        label=words(context.language, "answers.button_recall"),
        verb=verb,
        ticket=ticket.reference,
        options={MESSAGE: str(message), **({PERSON: person} if person else {})},
        is_dangerous=True,
        confirm=words(context.language, "answers.confirm_recall"),
    )
