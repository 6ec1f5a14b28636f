"""`/desk summary`: a ticket at a glance, and in words too where a language model may read it."""

from bot.commands.framework.command import Call, Command, Role
from bot.commands.framework.ticket_filters import of_teams
from bot.domain.assistant.language_model import ModelTask
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import PrivateReply
from bot.services.assistant.jobs import ask_about_ticket, model_for_ticket
from bot.text.sentences import joined
from bot.views.assistant.ticket_facts import ticket_facts


def summary(call: Call, ticket: Ticket) -> PrivateReply:
    """The facts at once; the words of a model follow directly."""
    facts = ticket_facts(call.context, ticket)
    if model_for_ticket(call.context.desk, ticket) is None:
        return PrivateReply(text=facts)
    ask_about_ticket(call.context, ModelTask.SUMMARY, ticket, language=call.context.language)
    return PrivateReply(text=joined(facts, call.say("assistant.summary_follows"), by="\n\n"))


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.SUMMARY,
        place=172,
        who=Role.AGENT,
        on_ticket=summary,
        fitting=of_teams,
        replies_privately=True,
        lets_followers=True,
        menu_group="assistant",
        example="summary IT-12",
    ),
)
