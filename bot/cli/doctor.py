"""`doctor`: what stands in the desk's way, asked of its platforms and its database."""

from typing import Annotated

import typer

from bot.cli.terminal import said_plainly


def doctor(*, demo: Annotated[bool, typer.Option("--demo", help="Look at the demo’s desk.")] = False) -> None:
    """Ask the platforms and the database what is wrong, and how to mend it. Changes nothing."""
    from bot.cli.actions.doctor import examine_desk

    with said_plainly():
        examine_desk(is_demo=demo)
