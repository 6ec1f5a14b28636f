"""What became of a reply that could be taken back: asked by the platform that shows it, never typed."""

from datetime import datetime

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.replies.held_commands import BECAME, CHANGED, HELD, LEAVES_AT, SENT
from bot.domain.errors import Refused
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import PrivateReply
from bot.services.tickets.replies.held_outcome import outcome_of_held
from bot.services.tickets.revisions.buttons import revision_buttons

_GROUP = verbs.REPLY.partition(" ")[0]


def held_outcome(call: Call, ticket: Ticket) -> PrivateReply | None:
    """Sent, with ways to change it, or given back; nothing while it waits."""
    try:
        held_id, leaves_at = int(call.option(HELD)), datetime.fromisoformat(call.option(LEAVES_AT))
    except ValueError:
        raise Refused("refusals.button_too_old") from None
    became = call.option(BECAME)
    outcome = outcome_of_held(
        call.context, ticket, held_id=held_id, leaves_at=leaves_at, is_with_status=became != SENT
    )
    if outcome is None:
        return None
    if outcome.is_returned:
        text = call.say("answers.held_returned", reference=ticket.reference)
        return PrivateReply(text=text, is_turned=True)
    key = "answers.reply_sent" if became == SENT else "answers.change_made"
    buttons = (
        revision_buttons(call.context, ticket, outcome.sent, group=_GROUP)
        if outcome.sent and became != CHANGED
        else ()
    )
    return PrivateReply(
        text=call.say(key, reference=ticket.reference), buttons=buttons, is_turned=True, is_news=True
    )


def _unseen(name: str) -> Option:
    return Option(name=name, kind=OptionKind.WORD, is_required=False, is_form_only=True)


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.HELD_OUTCOME,
        place=65,
        who=Role.AGENT,
        on_ticket=held_outcome,
        options=(_unseen(HELD), _unseen(LEAVES_AT), _unseen(BECAME)),
        replies_privately=True,
        is_listed=False,
        reads=True,
    ),
)
