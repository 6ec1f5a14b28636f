"""A command for one ticket that was typed with several: a preview of the change of all, or a refusal."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.commands.framework.access import require, unknown_ticket
from bot.commands.framework.command import Call, Command
from bot.commands.framework.lookups import names_known
from bot.commands.framework.parsing import Reference, parse, several_at_start
from bot.domain.bulk_changes.bulk_change import MOST_TICKETS
from bot.domain.errors import Refused
from bot.messages import verbs
from bot.messages.outbound import Form, PrivateReply
from bot.services.bulk_changes.selection import select, visible_tickets
from bot.services.context.context import Context
from bot.text.amounts import listed
from bot.text.sentences import joined

_CHANGE: Final = "change"
OF_MANY: Final = {
    verbs.CLAIM: verbs.BULK_CLAIM,
    verbs.ASSIGN: verbs.BULK_ASSIGN,
    verbs.RELEASE: verbs.BULK_RELEASE,
    verbs.TAG: verbs.BULK_TAG,
    verbs.PRIORITY: verbs.BULK_PRIORITY,
    verbs.SET: verbs.BULK_SET,
    verbs.TRANSFER: verbs.BULK_TRANSFER,
    verbs.SNOOZE: verbs.BULK_SNOOZE,
    verbs.RESOLVE: verbs.BULK_RESOLVE,
}
"""Verbs that can be done with many tickets at once."""


def is_for_several(command: Command, rest: str, *, prefix: str) -> bool:
    """Whether several tickets are named where the command takes one; merging names two."""
    takes_one = command.on_ticket is not None and command.name != verbs.MERGE
    return takes_one and bool(several_at_start(rest, prefix=prefix)[0])


def of_several(call: Call, rest: str) -> PrivateReply | Form | None:
    """What it would do with all of them, to be agreed to. Raises Refused for what is done with one at a time."""
    context, registry = call.context, call.registry
    references, rest = several_at_start(rest, prefix=context.desk.prefix)
    many = registry.named(OF_MANY.get(call.command.name, ""))
    if many is None or many.handler is None:
        typed = verbs.typed(context.desk.command_names, call.command.name)
        named = [f"{each.prefix}-{each.number}" for each in references]
        raise Refused(
            "commands.one_at_a_time",
            command=typed,
            references=listed(named, context.language),
            example=named[0],
        )
    require(context, many, None)
    if call.files:
        raise Refused("commands.takes_no_files", command=many.verb)
    parsed = parse(
        replace(many, on_ticket=None, options=tuple(o for o in many.options if o.name != _CHANGE)),
        rest,
        prefix=context.desk.prefix,
        in_ticket_thread=False,
        name_at_start=names_known(context),
    )
    change, unseen = _selection(context, references)
    options = {**parsed.options, _CHANGE: change}
    if parsed.missing or parsed.unread:
        many = registry.named(verbs.BULK) or many
        options = {_CHANGE: change}
    assert many.handler is not None
    reply = many.handler(replace(call, command=many, options=options))
    if unseen and isinstance(reply, PrivateReply):
        not_seen = call.say("bulk.not_seen", references=listed(unseen, context.language))
        return replace(reply, text=joined(reply.text, not_seen, by="\n"))
    return reply


def _selection(context: Context, references: Sequence[Reference]) -> tuple[str, Sequence[str]]:
    """The change of those that the actor may see, and the numbers of the others. Raises where there are none."""
    find = context.uow.tickets.find
    names = {f"{each.prefix}-{each.number}": find(each.prefix, each.number) for each in references}
    tickets = visible_tickets(context, dict.fromkeys(each.id for each in names.values() if each is not None))
    seen = {each.reference for each in tickets}
    unseen = [each for each in names if each not in seen]
    if not tickets:
        raise unknown_ticket(context, unseen[0])
    return str(select(context, tickets[:MOST_TICKETS], query=" ".join(names)).id), unseen
