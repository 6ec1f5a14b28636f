"""`/desk hand-over`: all that somebody has open goes to a colleague, or back to the queue."""

from typing import Final

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.lookups import find_person
from bot.domain.bulk_changes.bulk_change import HANDED_OVER, MOST_TICKETS, BulkAction
from bot.domain.directory import Person, kept_as
from bot.domain.errors import NotAllowed
from bot.domain.search.query import FilterName
from bot.messages import verbs
from bot.messages.outbound import PrivateReply
from bot.ports.storage.tickets import TicketFilter
from bot.services.bulk_changes.preview import preview
from bot.services.bulk_changes.selection import select, visible_tickets
from bot.services.context.context import Context
from bot.services.context.named_people import is_oneself
from bot.views.bulk_changes.menu import preview_of

QUEUE: Final = frozenset({verbs.word(verbs.QUEUE), "warteschlange", "file", "cola", "fila"})
"""In each language that Deskbell speaks, since it is typed in it too."""
_FROM: Final = ("from ", "von ", "de ")


def hand_over(call: Call) -> PrivateReply:
    """A preview; alerts and snoozes stay with their tickets."""
    context, to = call.context, call.option("colleague")
    holder = _holder(call)
    teams = _teams(context, holder)
    wanted = TicketFilter(assignee=holder.key, teams=teams)
    found = context.uow.tickets.search(wanted, limit=MOST_TICKETS)
    tickets = visible_tickets(context, (each.id for each in found))
    if not tickets:
        key = "bulk.nothing_open_own" if holder.key == context.actor.key else "bulk.nothing_open"
        return call.answer(key, **({} if holder.key == context.actor.key else {"name": holder.name}))
    change = select(context, tickets, query=f'{FilterName.ASSIGNED}:"{holder.name}"')
    if to.casefold() in QUEUE:
        change.mean(BulkAction.RELEASE, {})
    else:
        person = context.actor if is_oneself(to) else find_person(context, to)
        change.mean(BulkAction.ASSIGN, {"person": person.key, HANDED_OVER: holder.key})
    context.uow.bulk_changes.save(change)
    return preview_of(context, change, preview(context, change))


def _holder(call: Call) -> Person:
    words = call.option("from")
    for each in _FROM:
        if words.casefold().startswith(each):
            words = words[len(each) :].strip()
            break
    return find_person(call.context, words) if words and not is_oneself(words) else call.context.actor


def _teams(context: Context, holder: Person) -> frozenset[str] | None:
    """Of whose tickets this may be asked: one's own are all, another's those of the teams that one leads."""
    if holder.key == context.actor.key:
        return None
    led = kept_as(team for team in context.desk.teams.values() if team.has_lead(context.actor))
    if not led:
        raise NotAllowed("bulk.leads_only", name=holder.name)
    return led


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.HAND_OVER,
        place=55,
        who=Role.AGENT,
        replies_privately=True,
        handler=hand_over,
        has_form=True,
        menu_group="team",
        options=(
            Option(name="colleague", kind=OptionKind.AGENT, or_queue=True),
            Option(name="from", is_required=False, is_typed_only=True),
        ),
        example="hand-over @bo",
    ),
)
