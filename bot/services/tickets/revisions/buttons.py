"""Buttons beneath what is said to somebody who has just sent something: change it, or take it back."""

from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Button
from bot.services.context.context import Context
from bot.text.sentences import words

MESSAGE = "message"
"""The option that names what was sent (`sent_name`): something of the actor's, unless `PERSON` says whose."""
PERSON = "person"
"""The option that says whose message a lead recalls."""


def revision_buttons(context: Context, ticket: Ticket, sent: str, *, group: str) -> tuple[Button, ...]:
    """For what the actor sent of this name, with a command of this group."""
    is_agents = group == verbs.EDIT.partition(" ")[0]
    edit, recall = (verbs.EDIT, verbs.RECALL) if is_agents else (verbs.EDIT_OWN, verbs.RECALL_OWN)
    language = context.language
    return (
        Button(
            label=words(language, "answers.button_edit"),
            verb=edit,
            ticket=ticket.reference,
            options={MESSAGE: sent},
            opens_form=True,
        ),
        Button(
            label=words(language, "answers.button_recall"),
            verb=recall,
            ticket=ticket.reference,
            options={MESSAGE: sent},
            is_dangerous=True,
            confirm=words(language, "answers.confirm_recall"),
        ),
    )
