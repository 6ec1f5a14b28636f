"""`/desk accept`: what Deskbell suggests of a ticket becomes a change of whoever accepts it."""

from collections.abc import Sequence

from bot.commands.framework.command import Call, Command, Option, OptionKind, Role
from bot.commands.framework.replies.moved_ticket import moved_ticket
from bot.commands.framework.ticket_filters import of_teams
from bot.domain.errors import Refused
from bot.domain.sorting.policy import SortedField
from bot.domain.sorting.suggestion import Suggestion
from bot.domain.tickets.ticket import Priority, Ticket
from bot.messages import verbs
from bot.messages.outbound import PrivateReply
from bot.services.context.context import Context
from bot.services.sla.due_times import due_times, moved_due_times
from bot.services.sorting.suggestions import suggestions_shown
from bot.services.tickets import actions
from bot.services.tickets.fields.changes import set_fields
from bot.text import terms
from bot.text.amounts import listed
from bot.text.sentences import joined


def accept(call: Call, ticket: Ticket) -> PrivateReply:
    """All that is suggested, one field of it or one tag; the team last, which may take the ticket from the actor."""
    context, asked = call.context, call.option("field").lower()
    shown = suggestions_shown(context.uow, context.desk, ticket)
    found = _found(shown, asked)
    if not found and asked and asked not in set(SortedField):
        raise Refused("refusals.no_sorted_field", text=asked, choices=tuple(map(str, SortedField)))
    if not found:
        raise Refused("refusals.nothing_suggested", reference=ticket.reference)
    if tags := tuple(each.label for each in found if each.field is SortedField.TAGS):
        actions.tag_ticket(context, ticket, add=tags, remove=())
    before = due_times(context, ticket)
    for each in sorted(found, key=lambda each: each.field is SortedField.TEAM):
        _accept(context, ticket, each)
    labels = listed([_label(context, each) for each in found], context.language)
    told = call.say("answers.suggestion_accepted", reference=ticket.reference, labels=labels)
    if any(each.field is SortedField.TEAM for each in found):
        return moved_ticket(call, ticket, told, before=before)
    return PrivateReply(text=joined(told, moved_due_times(context, ticket, before), by="\n"))


def _found(shown: Sequence[Suggestion], asked: str) -> list[Suggestion]:
    """All, those of a field, or a tag."""
    of_field = [each for each in shown if asked in ("", each.field)]
    return of_field or [
        each for each in shown if each.field is SortedField.TAGS and each.label.lower() == asked
    ]


def _accept(context: Context, ticket: Ticket, suggestion: Suggestion) -> None:
    label = suggestion.label
    match suggestion.field:
        case SortedField.TEAM:
            actions.transfer_ticket(context, ticket, team=context.desk.teams[label])
        case SortedField.CATEGORY:
            category = context.desk.custom_fields.category
            assert category is not None
            set_fields(context, ticket, [(category, label)])
        case SortedField.PRIORITY:
            actions.set_priority(context, ticket, Priority(label))
        case SortedField.TAGS:
            pass  # all of them were one change


def _label(context: Context, each: Suggestion) -> str:
    if each.field is SortedField.TEAM:
        return context.desk.title_of(each.label)
    return terms.priority(each.label, context.language) if each.field is SortedField.PRIORITY else each.label


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.ACCEPT,
        place=112,
        who=Role.AGENT,
        on_ticket=accept,
        fitting=of_teams,
        options=(Option(name="field", kind=OptionKind.WORD, is_required=False),),
        menu_group="assistant",
        example="accept IT-12",
    ),
)
