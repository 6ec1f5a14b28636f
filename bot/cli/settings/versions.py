"""`settings versions`, `show` and `diff`: what desk.yaml was, and who changed it."""

from typing import Annotated

import typer

from bot.cli.terminal import Demo, said_plainly

Number = Annotated[int | None, typer.Argument(help="The version’s number; the newest when left out.", min=1)]


def settings_versions(
    limit: Annotated[int, typer.Option(help="How many are listed, the newest first.", min=1)] = 20,
    *,
    demo: Demo = False,
) -> None:
    """List the versions of desk.yaml: when, who and why."""
    from bot.cli.actions.settings.versions import list_versions

    with said_plainly():
        list_versions(limit, is_demo=demo)


def settings_show(number: Number = None, *, demo: Demo = False) -> None:
    """Print a version’s text."""
    from bot.cli.actions.settings.versions import show_version

    with said_plainly():
        show_version(number, is_demo=demo)


def settings_diff(number: Number = None, *, demo: Demo = False) -> None:
    """Print what a version changed."""
    from bot.cli.actions.settings.versions import show_difference

    with said_plainly():
        show_difference(number, is_demo=demo)
