"""Commands that a model proposes for somebody: which there are for them, which of the proposed ones they could type.

Whatever a model says, nothing comes of it but a list of such commands; each is done by the ordinary dispatch, with
its person's rights, once they have seen it as it stands and pressed the button.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.commands.framework.access import has_role
from bot.commands.framework.command import AGENTS, EVERYBODY, Command
from bot.commands.framework.lookups import names_known
from bot.commands.framework.parsing import parse
from bot.commands.framework.registry import Registry
from bot.domain.assistant.job import MOST_STEPS
from bot.messages import verbs
from bot.services.context.context import Context
from bot.text.catalogue import FALLBACK

LONGEST_COMMAND: Final = 250
"""Characters: a command is shown whole, or it is none."""
_APART: Final = frozenset(
    {
        verbs.ASK,
        verbs.SUMMARY,
        verbs.DRAFT,
        verbs.REPHRASE,
        verbs.TRANSLATE,
        verbs.BULK,
        verbs.LINK,
        verbs.HELP,
    }
)
"""What asks a model again, or goes on with buttons of its own."""


@dataclass(frozen=True, slots=True)
class CheckedPlan:
    """`left_out` counts what was proposed and is no command of this person's."""

    commands: tuple[str, ...]
    left_out: int


def verbs_told(context: Context, registry: Registry) -> str:
    """A line for each command that the actor has, in English, as models read it best."""
    return "\n".join(
        f"{registry.name_of(each.group, context.desk)} {each.usage(FALLBACK)}: {each.summary(FALLBACK)}"
        for each in registry.all()
        if _may_be_proposed(context, each)
    )


def checked_plan(context: Context, registry: Registry, proposed: Iterable[object]) -> CheckedPlan:
    """Those that the actor could type, each once and in their order."""
    wanted = list(proposed)
    found = dict.fromkeys(
        line for each in wanted if (line := _line(each)) and _is_understood(context, registry, line)
    )
    kept = tuple(found)[:MOST_STEPS]
    return CheckedPlan(kept, left_out=len(wanted) - len(kept))


def read_line(context: Context, registry: Registry, line: str) -> tuple[str, Command, str] | None:
    """The group that is typed, the command it means, and the words after the group; None for what is no command."""
    name, _, words = line.removeprefix("/").partition(" ")
    groups = {typed: group for group, typed in context.desk.command_names.items()}
    group = groups.get(name)
    command = registry.read(group, words)[0] if group is not None and words.strip() else None
    return (group, command, words) if group is not None and command is not None else None


def _line(proposed: object) -> str:
    """What is shown is all there is: no line break, nothing that is not seen or turns what is."""
    if not isinstance(proposed, str):
        return ""
    line = proposed.strip()
    is_whole = (
        line.startswith("/") and line.isprintable() and len(line) <= LONGEST_COMMAND and "`" not in line
    )
    return line if is_whole else ""


def _is_understood(context: Context, registry: Registry, line: str) -> bool:
    read = read_line(context, registry, line)
    if read is None or not _may_be_proposed(context, read[1]):
        return False
    group, command, words = read
    rest = registry.read(group, words)[1]
    parsed = parse(
        command, rest, prefix=context.desk.prefix, in_ticket_thread=False, name_at_start=names_known(context)
    )
    is_about_something = command.on_ticket is None or parsed.reference is not None
    return is_about_something and not parsed.missing and not parsed.unread


def _may_be_proposed(context: Context, command: Command) -> bool:
    is_theirs = command.is_listed and has_role(context.desk, context.actor, command)
    return is_theirs and command.group in (EVERYBODY, AGENTS) and command.name not in _APART
