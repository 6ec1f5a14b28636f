"""All commands: whatever the modules of this package declare as `COMMANDS`, so that a new verb is one new file.

Modules are found by their place: every one but the framework's and those of `_APART` declares commands.
"""

import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from types import ModuleType

from bot import commands
from bot.commands.framework.command import GROUPS, Command

_APART = frozenset({"catalogue", "documentation"})


@cache
def all_commands() -> tuple[Command, ...]:
    """By group and, within it, by place. Raises TypeError for a module that declares none."""
    found = [command for module in command_modules() for command in _commands_of(module)]
    return tuple(sorted(found, key=lambda each: (GROUPS.index(each.group), each.place, each.verb)))


def command_modules() -> Iterator[ModuleType]:
    prefix = f"{commands.__name__}."
    for each in pkgutil.walk_packages(commands.__path__, prefix):
        first = each.name.removeprefix(prefix).partition(".")[0]
        if not each.ispkg and first != "framework" and first not in _APART:
            yield import_module(each.name)


def _commands_of(module: ModuleType) -> tuple[Command, ...]:
    declared = getattr(module, "COMMANDS", None)
    if not isinstance(declared, tuple) or not all(isinstance(each, Command) for each in declared):
        raise TypeError(f"{module.__name__} declares no commands: it has no tuple of them called COMMANDS")
    return declared
