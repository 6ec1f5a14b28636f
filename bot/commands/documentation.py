"""The table of commands in the guide for agents, made from what the commands declare.

`make docs` writes it there: `python -m bot.commands.documentation docs/answering.md`.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from bot.commands.catalogue import all_commands
from bot.commands.framework.command import GROUPS, Command, Role
from bot.text.catalogue import FALLBACK

BEGIN, END = "<!-- commands -->", "<!-- end of commands -->"
"""What stands around the table."""


def command_table(commands: Sequence[Command]) -> str:
    """A line for each group and who may use its verbs."""
    listed = [each for each in commands if each.is_listed]
    lines = ["| in chat | who | does |", "|---|---|---|"]
    for group in GROUPS:
        lines += [
            f"| `/{group}` | {role.label(FALLBACK)} | {', '.join(verbs)} |"
            for role in Role
            if (verbs := [each.verb for each in listed if (each.group, each.who) == (group, role)])
        ]
    return "\n".join(lines)


def with_table(text: str, commands: Sequence[Command]) -> str:
    """The document with the table between its marks. Raises ValueError where they are missing."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"there is no {BEGIN} … {END}")
    return f"{before}{BEGIN}\n{command_table(commands)}\n{END}{after}"


def main(path: Path) -> None:
    path.write_text(with_table(path.read_text(encoding="utf-8"), all_commands()), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
