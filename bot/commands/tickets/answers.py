"""`/desk reply` and `/desk note`: what agents say on a ticket, to the requester or among themselves."""

from bot.commands.framework.command import Call, Command, Option, ReadBy, Role
from bot.commands.framework.replies.held_commands import hold_back
from bot.commands.framework.ticket_filters import assigned
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import PrivateReply
from bot.ports.intake import ShortcutOn
from bot.services.tickets import actions
from bot.services.tickets.followers.note_mentions import follow_mentioned
from bot.services.tickets.revisions.buttons import revision_buttons
from bot.text.error_text import tell
from bot.text.sentences import joined


def reply(call: Call, ticket: Ticket) -> PrivateReply:
    if held := hold_back(call, ticket):
        return held
    sent = actions.reply_as_agent(call.context, ticket, text=call.option("text"), files=call.files)
    return PrivateReply(
        text=call.say("answers.reply_sent", reference=ticket.reference),
        buttons=revision_buttons(call.context, ticket, sent.id, group=call.command.group),
        is_news=True,
    )


def note(call: Call, ticket: Ticket) -> PrivateReply:
    said = actions.add_note(call.context, ticket, text=call.option("text"), files=call.files)
    refused = follow_mentioned(call.context, ticket, said)
    added = call.say("answers.note_added", reference=ticket.reference)
    return PrivateReply(
        text=joined(added, *(tell(call.context.language, each) for each in refused)),
        buttons=revision_buttons(call.context, ticket, said.id, group=call.command.group),
        is_news=True,
    )


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.REPLY,
        place=60,
        shortcuts=(ShortcutOn.THREAD,),
        who=Role.AGENT,
        on_ticket=reply,
        fitting=assigned,
        options=(Option(name="text", read_by=ReadBy.REQUESTER),),
        takes_files=True,
        has_form=True,
        example="reply IT-12 it is on its way",
    ),
    Command(
        name=verbs.NOTE,
        place=70,
        shortcuts=(ShortcutOn.THREAD,),
        who=Role.AGENT,
        on_ticket=note,
        fitting=assigned,
        options=(Option(name="text", read_by=ReadBy.NOTE),),
        lets_followers=True,
        takes_files=True,
        has_form=True,
    ),
)
