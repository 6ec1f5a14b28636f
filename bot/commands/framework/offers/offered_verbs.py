"""The commands that somebody may use, on a ticket or anywhere: what a list of all of them offers."""

from collections.abc import Sequence
from typing import Final

from bot.commands.framework.access import may_use
from bot.commands.framework.command import AGENTS, Command
from bot.commands.framework.registry import Registry
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.ports.console.deeds import OfferedVerb
from bot.services.context.context import Context

_OF_CHANNELS: Final = frozenset({verbs.ACKNOWLEDGE_ALL, verbs.SNOOZE_ALL, verbs.UNSNOOZE_ALL})
"""They are about the alerts of the channel that they are typed in: there is none where lists are offered."""


def offered_verbs(registry: Registry, context: Context, ticket: Ticket | None) -> Sequence[OfferedVerb]:
    """Those that work on a ticket only where one is given; agents' commands before everybody's, each in its place."""
    usable = [each for each in registry.all() if each.is_listed and _is_usable(context, each, ticket)]
    usable.sort(key=lambda each: (each.on_ticket is None, each.group != AGENTS, each.place))
    return [
        OfferedVerb(
            verb=each.name,
            typed=verbs.typed(context.desk.command_names, each.name),
            about=each.summary(context.language),
            on_ticket=each.on_ticket is not None,
            reads=each.reads or each.only_shows,
        )
        for each in usable
    ]


def may_do(registry: Registry, context: Context, ticket: Ticket, verb: str) -> bool:
    """Whether a button on the ticket is theirs to press; what belongs to no command is anybody's who sees it."""
    command = registry.named(verb)
    return command is None or may_use(context, command, ticket)


def _is_usable(context: Context, command: Command, ticket: Ticket | None) -> bool:
    if command.name in _OF_CHANNELS:
        return False
    if command.name == verbs.CLAIM and ticket is not None and ticket.assignee == context.actor.key:
        return False
    if command.on_ticket is not None:
        return ticket is not None and may_use(context, command, ticket)
    return may_use(context, command, None)
