"""The answer where what was said last went with a change of status: it is refused, and no older words go instead."""

from bot.commands.framework.command import Call, excerpt
from bot.domain.credentials import hide_credentials
from bot.domain.tickets.conversation import TicketMessage
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Button, PrivateReply
from bot.services.tickets.revisions.buttons import PERSON, recall_button, revision_buttons
from bot.services.tickets.revisions.sent_message import SaidWithStatus
from bot.text import terms
from bot.text.sentences import joined


def words_stay(call: Call, ticket: Ticket, said: SaidWithStatus) -> PrivateReply:
    """Refused: what was said, how to correct it, and buttons for what was sent before it."""
    context, words = call.context, said.words
    facts = {
        "reference": ticket.reference,
        "text": excerpt(hide_credentials(words.text)),
        "command": f"{verbs.typed(context.desk.command_names, _reply(call))} {ticket.reference}",
    }
    status = terms.status(words.status, context.language)
    if words.actor == context.actor.key:
        text = call.say("answers.last_words_stay", status=status, **facts)
    else:
        author = context.uow.people.find(words.actor)
        name = words.actor if author is None else author.name
        text = call.say("answers.last_words_of_stay", name=name, status=status, **facts)
    if said.before is None:
        return PrivateReply(text=text, is_error=True)
    sent_before = call.say("answers.sent_before_that", text=quoted(said.before))
    return PrivateReply(
        text=joined(text, sent_before), buttons=_buttons(call, ticket, said.before), is_error=True
    )


def quoted(message: TicketMessage) -> str:
    """The beginning of what it says; of a message without words, its files."""
    return excerpt(hide_credentials(message.text)) or ", ".join(each.name for each in message.files)


def _buttons(call: Call, ticket: Ticket, before: TicketMessage) -> tuple[Button, ...]:
    if before.author == call.context.actor.key:
        return revision_buttons(call.context, ticket, before.id, group=call.command.group)
    person = call.option(PERSON)
    return (recall_button(call.context, ticket, before.id, verb=verbs.RECALL, person=person),)


def _reply(call: Call) -> str:
    is_agents = call.command.group == verbs.REPLY.partition(" ")[0]
    return verbs.REPLY if is_agents else verbs.REPLY_OWN
