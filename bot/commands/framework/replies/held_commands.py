"""A command whose words the requester reads, held back for some seconds where its team wants that."""

from copy import copy
from datetime import datetime
from typing import Protocol

from bot.commands.framework.command import Call, OptionKind, ReadBy
from bot.domain import events as happened
from bot.domain.replies.held_reply import HeldReply
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.ask_again import AskAgain
from bot.messages.outbound import Button, PrivateReply
from bot.services.tickets.replies.held_replies import hold_reply
from bot.text.amounts import length
from bot.text.sentences import joined, words


class StatusVerb(Protocol):
    """How a ticket changes its status, such as `Ticket.resolve`. Raises Refused where it cannot."""

    def __call__(self, ticket: Ticket, /, *, actor: str, at: datetime) -> list[happened.Event]: ...


def hold_back(call: Call, ticket: Ticket, *, becomes: StatusVerb | None = None) -> PrivateReply | None:
    """What the agent is told in place of doing it now; None where it is to be done now.

    `becomes` is tried on a copy of the ticket: what would be refused is refused at once, not when it leaves.
    """
    if call.is_released or call.context.team_of(ticket).undo_send is None:
        return None
    if becomes is not None:
        becomes(copy(ticket), actor=call.context.actor.key, at=call.context.now)
    held = hold_reply(
        call.context,
        ticket,
        verb=call.command.name,
        options=call.options,
        files=call.files,
        has_words=_brings_words(call),
    )
    return None if held is None else _told(call, ticket, held)


def _brings_words(call: Call) -> bool:
    """Whether the requester reads something of what was typed, chosen or attached."""
    return bool(call.files) or any(
        call.option(each.name)
        for each in call.command.options
        if each.read_by in (ReadBy.REQUESTER, ReadBy.TEAM) or each.kind is OptionKind.MACRO
    )


def _told(call: Call, ticket: Ticket, held: HeldReply) -> PrivateReply:
    language = call.context.language
    key = (
        "answers.reply_held"
        if held.verb in (verbs.REPLY, verbs.REPLY_OWN, verbs.MACRO)
        else "answers.change_held"
    )
    wait = length((held.leaves_at - call.context.now).total_seconds(), language)
    button = Button(
        label=words(language, "answers.button_take_back"),
        verb=verbs.UNSEND,
        ticket=ticket.reference,
        options={HELD: str(held.id)},
    )
    text = call.say(key, reference=ticket.reference, wait=wait)
    if key == "answers.change_held" and held.words:
        text = joined(text, call.say("answers.change_held_words", button=button.label))
    again = AskAgain(
        verb=verbs.HELD_OUTCOME,
        ticket=ticket.reference,
        options={
            HELD: str(held.id),
            LEAVES_AT: held.leaves_at.isoformat(),
            BECAME: SENT if key == "answers.reply_held" else TOLD if _brings_words(call) else CHANGED,
        },
        after_s=(held.leaves_at - call.context.now).total_seconds(),
    )
    return PrivateReply(text=text, buttons=(button,), is_news=True, again=again)


HELD = "held"
"""The option that says which held reply is meant."""
LEAVES_AT = "leaves_at"
BECAME = "became"
SENT = "sent"
TOLD = "told"
CHANGED = "changed"
"""Whether it becomes a reply, or a change with words or without, for what is said once it is done."""
