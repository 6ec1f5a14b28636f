"""`settings set`, `add`, `remove`, `apply` and `undo`: each shows what it would do, and asks."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.terminal import Demo, said_plainly

Place = Annotated[str, typer.Argument(help="Where, such as teams.it.title or routing.rules[outage].team.")]
Value = Annotated[str, typer.Argument(help="Text; in brackets or braces a list or keys, as YAML.")]
Reason = Annotated[str, typer.Option(help="Why, for the list of versions.")]
Yes = Annotated[bool, typer.Option("--yes", help="Don’t ask.")]


def settings_set(
    path: Place, value: Value, reason: Reason = "", *, yes: Yes = False, demo: Demo = False
) -> None:
    """Set a key of desk.yaml; its comments and order stay."""
    from bot.cli.actions.settings.changes import change_file

    with said_plainly():
        change_file("set", path, value, reason=reason, is_sure=yes, is_demo=demo)


def settings_add(
    path: Place, value: Value, reason: Reason = "", *, yes: Yes = False, demo: Demo = False
) -> None:
    """Add an entry to a list of desk.yaml."""
    from bot.cli.actions.settings.changes import change_file

    with said_plainly():
        change_file("add", path, value, reason=reason, is_sure=yes, is_demo=demo)


def settings_remove(path: Place, reason: Reason = "", *, yes: Yes = False, demo: Demo = False) -> None:
    """Remove a key, or an entry of a list, from desk.yaml."""
    from bot.cli.actions.settings.changes import change_file

    with said_plainly():
        change_file("remove", path, "", reason=reason, is_sure=yes, is_demo=demo)


def settings_apply(
    file: Annotated[Path, typer.Argument(help="The whole new desk.yaml.")],
    reason: Reason = "",
    *,
    yes: Yes = False,
    demo: Demo = False,
) -> None:
    """Take another file’s text as the new desk.yaml."""
    from bot.cli.actions.settings.changes import apply_file

    with said_plainly():
        apply_file(file, reason=reason, is_sure=yes, is_demo=demo)


def settings_undo(
    number: Annotated[
        int | None, typer.Argument(help="The version to go back to; the one before when left out.", min=1)
    ] = None,
    reason: Reason = "",
    *,
    yes: Yes = False,
    demo: Demo = False,
) -> None:
    """Go back to an earlier version of desk.yaml; that is a new version."""
    from bot.cli.actions.settings.changes import undo_change

    with said_plainly():
        undo_change(number, reason=reason, is_sure=yes, is_demo=demo)
