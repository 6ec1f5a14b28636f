"""`/desk sla` and `/ticket sla`: why a ticket's clocks say what they say."""

from collections.abc import Sequence
from dataclasses import replace

from bot.commands.framework.access import may_see
from bot.commands.framework.command import Call, Command, Role
from bot.commands.framework.ticket_filters import of_teams, requested_ever
from bot.documents.document import send_to_actor
from bot.documents.sla_timeline import CLOCKS
from bot.domain.sla.timer import Measure
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, PrivateReply, RichText
from bot.services.context.context import Context
from bot.services.context.sight import Sight
from bot.services.sla.explanation import TimerExplanation, explain
from bot.services.sla.explanation_text import Reader, clock_in_words
from bot.services.sla.promise_text import promise_in_words
from bot.text.sentences import joined, words

MOST_CLOCKS = 4
"""Of those that a ticket has again and again, this and the open ones are told in full."""


def sla(call: Call, ticket: Ticket) -> PrivateReply:
    """Every clock with its ledger, for the ticket's team; of each a sentence for others."""
    context = call.context
    if ticket.merged_into is not None:
        return _part_of(call, ticket, context.uow.tickets.get(ticket.merged_into))
    if call.option("files") == _PICTURE:
        send_to_actor(context, CLOCKS, about={}, subject=ticket.id)
        return call.answer("answers.sla_picture", reference=ticket.reference)
    clocks = explain(context.uow, ticket, now=context.now, copies=context.policies)
    if not clocks:
        return call.answer("answers.sla_none", reference=ticket.reference)
    reader = Reader(
        language=context.language,
        zone=context.actor.time_zone,
        sees_policy=context.sight(ticket) is Sight.TEAMS_SIDE,
    )
    told = _told(clocks)
    title = words(context.language, "answers.sla", reference=ticket.reference, subject=ticket.subject)
    in_words = clock_in_words if reader.sees_policy else promise_in_words
    each_told = (in_words(clock, ticket, reader) for clock in told)
    text = joined((Bold(title),), *each_told, _left_out(call, clocks, told), by="\n\n")
    return PrivateReply(text=text, buttons=_buttons(context, ticket))


def _part_of(call: Call, ticket: Ticket, original: Ticket) -> PrivateReply:
    """Merging keeps and misses nothing. A private original is named to those alone who may see it."""
    context = call.context
    sees = may_see(context, original)
    if not sees and original.is_private:
        team = context.team_of(original).title
        return call.answer("answers.sla_merged_unnamed", reference=ticket.reference, team=team)
    told = call.answer("answers.sla_merged", reference=ticket.reference, other=original.reference)
    if not sees:
        return told
    verb = verbs.EXPLAIN_SLA if context.is_agent_of(original) else _EXPLAIN_OWN
    label = words(context.language, "answers.button_sla_of", reference=original.reference)
    return replace(told, buttons=(Button(label=label, verb=verb, ticket=original.reference),))


_EXPLAIN_OWN = "ticket sla"
_PICTURE = "picture"


def _buttons(context: Context, ticket: Ticket) -> tuple[Button, ...]:
    """For those who are sent the picture: others of the desk's agents may only look."""
    is_agent = context.is_agent_of(ticket)
    if not is_agent and not context.is_requester_of(ticket):
        return ()
    verb = verbs.EXPLAIN_SLA if is_agent else _EXPLAIN_OWN
    label = words(context.language, "answers.button_picture")
    return (Button(label=label, verb=verb, ticket=ticket.reference, options={"files": _PICTURE}),)


def _told(clocks: Sequence[TimerExplanation]) -> list[TimerExplanation]:
    """What is promised once, what is open, and the newest of the rest; in their order."""
    repeated = [each for each in clocks if not each.is_open and each.timer.measure in _REPEATED]
    left_out = {id(each) for each in repeated[:-MOST_CLOCKS]}
    return [each for each in clocks if id(each) not in left_out]


_REPEATED = (Measure.NEXT_RESPONSE, Measure.PERIODIC_UPDATE)


def _left_out(call: Call, clocks: Sequence[TimerExplanation], told: Sequence[TimerExplanation]) -> RichText:
    count = len(clocks) - len(told)
    if not count:
        return ()
    shown = {id(each) for each in told}
    missed = sum(each.timer.breached_at is not None for each in clocks if id(each) not in shown)
    if not missed:
        return call.say("answers.sla_earlier", count=count)
    return call.say("answers.sla_earlier_missed", count=count, missed=missed)


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
        lets_followers=True,
        on_ticket=sla,
        fitting=of_teams,
        reads=True,
        writes_with="files",
        example="sla IT-12",
        menu_group="ticket",
    ),
)
