"""What can be done with the tickets that were chosen: each says what it would do, before it is done."""

from collections.abc import Mapping
from dataclasses import replace

from bot.commands.framework.command import Call, Command, Option, OptionKind, ReadBy, Role
from bot.commands.framework.fields.assignments import read_assignments
from bot.commands.framework.lookups import find_person, find_team
from bot.commands.framework.parsing import read_tags
from bot.commands.framework.when import read_instant, zone_of
from bot.domain.bulk_changes.bulk_change import BulkAction
from bot.domain.directory import Person
from bot.domain.errors import Refused
from bot.domain.sentence import OneOf
from bot.domain.tickets.custom_field import RESOLUTION
from bot.domain.tickets.ticket import Priority
from bot.messages import verbs
from bot.messages.outbound import PrivateReply
from bot.services.bulk_changes.preview import preview
from bot.services.bulk_changes.selection import chosen_tickets, own_change
from bot.services.bulk_changes.ticket_actions import FIELD, WITH_UNANSWERED
from bot.services.context.context import Context
from bot.services.context.named_people import is_oneself, people_named
from bot.services.tickets.fields.entries import read_field
from bot.views.bulk_changes.menu import CHANGE, preview_of

LONGEST_REASON = 200
"""Characters of why tickets are snoozed."""


def claim(call: Call) -> PrivateReply:
    return _preview(call, BulkAction.CLAIM)


def release(call: Call) -> PrivateReply:
    return _preview(call, BulkAction.RELEASE)


def assign(call: Call) -> PrivateReply:
    return _preview(call, BulkAction.ASSIGN, person=_agent(call.context, call.option("person")).key)


def tag(call: Call) -> PrivateReply:
    add, remove = read_tags(call.option("tags"))
    if not add and not remove:
        raise Refused("answers.tags_needed")
    return _preview(call, BulkAction.TAG, add=" ".join(add), remove=" ".join(remove))


def set_priority(call: Call) -> PrivateReply:
    word = call.option("level").lower()
    if word not in set(Priority):
        raise Refused("answers.not_a_priority", text=word, choices=OneOf(tuple(map(str, Priority))))
    return _preview(call, BulkAction.PRIORITY, priority=word)


def set_category(call: Call) -> PrivateReply:
    field = call.context.desk.custom_fields.category
    if field is None:
        raise Refused("bulk.no_categories")
    return _preview(
        call,
        BulkAction.SET_FIELDS,
        **{f"{FIELD}{field.name}": read_field(call.context, field, call.option("category"))},
    )


def set_fields(call: Call) -> PrivateReply:
    """As the first of the tickets that has all of these fields understands them."""
    refusal: Refused | None = None
    for ticket in chosen_tickets(call.context, own_change(call.context, call.option(CHANGE))):
        try:
            typed = read_assignments(call.context, ticket, call.option("fields"))
            values = {
                f"{FIELD}{field.name}": read_field(call.context, field, given) for field, given in typed
            }
        except Refused as refused:
            refusal = refusal or refused
        else:
            return _preview(call, BulkAction.SET_FIELDS, **values)
    raise refusal or Refused("bulk.choose_some")


def transfer(call: Call) -> PrivateReply:
    team = find_team(call.context, call.option("team"))
    return _preview(call, BulkAction.TRANSFER, team=team.name, reason=call.option("reason"))


def snooze(call: Call) -> PrivateReply:
    until = read_instant(call.option("until"), now=call.context.now, zone=zone_of(call.context))
    reason = call.option("reason")[:LONGEST_REASON]
    return _preview(call, BulkAction.SNOOZE, until=until.isoformat(), reason=reason)


def resolve(call: Call) -> PrivateReply:
    """Pressed in a preview, with those of it that were left out because nobody had answered them."""
    if call.option(WITH_UNANSWERED):
        change = own_change(call.context, call.option(CHANGE))
        words = change.details.get(RESOLUTION, "")
        again = _preview(call, BulkAction.RESOLVE, **{RESOLUTION: words, WITH_UNANSWERED: "yes"})
        return replace(again, is_turned=True)
    return _preview(call, BulkAction.RESOLVE, resolution=call.option(RESOLUTION))


def _preview(call: Call, action: BulkAction, **details: str) -> PrivateReply:
    change = own_change(call.context, call.option(CHANGE))
    change.mean(action, _given(details))
    call.context.uow.bulk_changes.save(change)
    return preview_of(call.context, change, preview(call.context, change))


def _given(details: Mapping[str, str]) -> Mapping[str, str]:
    """Without what was left out; a custom field may be cleared."""
    return {name: value for name, value in details.items() if value or name.startswith(FIELD)}


def _agent(context: Context, words: str) -> Person:
    """The actor, or somebody who works here: of two people of one name, the one who is an agent."""
    if is_oneself(words):
        return context.actor
    agents = [each for each in people_named(context, words) if context.desk.teams_of(each)]
    return agents[0] if len(agents) == 1 else find_person(context, words)


_CHANGE = Option(name=CHANGE, kind=OptionKind.WORD, is_required=False, is_typed_only=True)
_PRESSED = replace(_CHANGE, is_form_only=True)
"""Neither read from what is typed nor asked for: the button has it."""


def _button(name: str, *options: Option) -> Command:
    """Pressed, and never typed: it needs the tickets that were chosen."""
    handler = _HANDLERS[name]
    return Command(
        name=name,
        place=27,
        who=Role.AGENT,
        replies_privately=True,
        handler=handler,
        is_listed=False,
        has_form=bool(options),
        options=(*options, _PRESSED) if options else (_CHANGE,),
    )


_HANDLERS = {
    verbs.BULK_CLAIM: claim,
    verbs.BULK_ASSIGN: assign,
    verbs.BULK_RELEASE: release,
    verbs.BULK_TAG: tag,
    verbs.BULK_PRIORITY: set_priority,
    verbs.BULK_CATEGORY: set_category,
    verbs.BULK_SET: set_fields,
    verbs.BULK_TRANSFER: transfer,
    verbs.BULK_SNOOZE: snooze,
    verbs.BULK_RESOLVE: resolve,
}

COMMANDS: tuple[Command, ...] = (
    _button(verbs.BULK_CLAIM),
    _button(verbs.BULK_ASSIGN, Option(name="person", kind=OptionKind.AGENT)),
    _button(verbs.BULK_RELEASE),
    _button(verbs.BULK_TAG, Option(name="tags", kind=OptionKind.TAGS)),
    _button(verbs.BULK_PRIORITY, Option(name="level", kind=OptionKind.PRIORITY)),
    _button(verbs.BULK_CATEGORY, Option(name="category", kind=OptionKind.CATEGORY)),
    _button(verbs.BULK_SET, Option(name="fields", kind=OptionKind.FIELDS)),
    _button(
        verbs.BULK_TRANSFER,
        Option(name="team", kind=OptionKind.TEAM),
        Option(name="reason", is_required=False, read_by=ReadBy.NOTE),
    ),
    _button(
        verbs.BULK_SNOOZE,
        Option(name="until", kind=OptionKind.WORD),
        Option(name="reason", is_required=False, read_by=ReadBy.NOTE),
    ),
    _button(
        verbs.BULK_RESOLVE,
        Option(name=RESOLUTION, is_required=False, read_by=ReadBy.REQUESTER),
        Option(name=WITH_UNANSWERED, kind=OptionKind.WORD, is_required=False, is_typed_only=True),
    ),
)
