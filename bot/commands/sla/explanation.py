"""`/desk sla` and `/ticket sla`: why a ticket's clocks say what they say."""

from collections.abc import Sequence

from bot.commands.framework.command import Call, Command, Role
from bot.commands.framework.ticket_filters import of_teams, requested_ever
from bot.documents.document import send_to_actor
from bot.documents.sla_timeline import CLOCKS
from bot.domain.sla.timer import Measure
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, PrivateReply, RichText
from bot.services.context.context import Context
from bot.services.sla.explanation import TimerExplanation, explain
from bot.services.sla.explanation_text import clock_in_words
from bot.text.english import counted

MOST_CLOCKS = 4
"""Of those that a ticket has again and again, this and the open ones are told in full."""


def sla(call: Call, ticket: Ticket) -> PrivateReply:
    """Every clock with its ledger. What chose its policy is for the ticket's team."""
    context = call.context
    if call.option("files") == _PICTURE:
        send_to_actor(context, CLOCKS, about={}, subject=ticket.id)
        return PrivateReply(
            text=("The time line of ", Bold(ticket.reference), " comes in your direct messages.")
        )
    clocks = explain(context.uow, ticket, now=context.now, copies=context.policies)
    if not clocks:
        return PrivateReply(
            text=(Bold(ticket.reference), " has no clocks: no SLA policy promises it anything.")
        )
    told = _told(clocks)
    text: RichText = (Bold(f"The clocks of {ticket.reference} {ticket.subject}"),)
    for clock in told:
        words = clock_in_words(
            clock, ticket, zone=context.actor.time_zone, sees_policy=context.is_agent_of(ticket)
        )
        text += ("\n\n", *words)
    return PrivateReply(text=(*text, *_left_out(clocks, told)), buttons=_buttons(context, ticket))


_EXPLAIN_OWN = "ticket sla"
_PICTURE = "picture"


def _buttons(context: Context, ticket: Ticket) -> tuple[Button, ...]:
    """For those who are sent the picture: others of the desk's agents may only look."""
    is_agent = context.is_agent_of(ticket)
    if not is_agent and context.actor.key != ticket.requester:
        return ()
    verb = verbs.EXPLAIN_SLA if is_agent else _EXPLAIN_OWN
    return (Button(label="As a picture", verb=verb, ticket=ticket.reference, options={"files": _PICTURE}),)


def _told(clocks: Sequence[TimerExplanation]) -> list[TimerExplanation]:
    """What is promised once, what is open, and the newest of the rest; in their order."""
    repeated = [each for each in clocks if not each.is_open and each.timer.measure in _REPEATED]
    left_out = {id(each) for each in repeated[:-MOST_CLOCKS]}
    return [each for each in clocks if id(each) not in left_out]


_REPEATED = (Measure.NEXT_RESPONSE, Measure.PERIODIC_UPDATE)


def _left_out(clocks: Sequence[TimerExplanation], told: Sequence[TimerExplanation]) -> RichText:
    count = len(clocks) - len(told)
    if not count:
        return ()
    shown = {id(each) for each in told}
    missed = sum(each.timer.breached_at is not None for each in clocks if id(each) not in shown)
    promises = counted(count, "earlier promise")
    return (f"\n\n… and {promises} of answers and news, {missed or 'none'} of them missed.",)


COMMANDS: tuple[Command, ...] = (
    Command(
        name=_EXPLAIN_OWN,
        place=90,
        on_ticket=sla,
        fitting=requested_ever,
        reads=True,
        writes_with="files",
        example="sla IT-12",
    ),
    Command(
        name=verbs.EXPLAIN_SLA,
        place=180,
        replies_privately=True,
        who=Role.AGENT,
        on_ticket=sla,
        fitting=of_teams,
        reads=True,
        writes_with="files",
        example="sla IT-12",
        menu_group="ticket",
    ),
)
