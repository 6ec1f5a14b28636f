"""`run`: the desk of a team, until it is told to stop."""

from typing import Annotated

import typer

from bot.cli.terminal import Port, said_plainly


def run(
    port: Port = None,
    *,
    open_page: Annotated[bool, typer.Option("--open", help="Open the browser workspace.")] = False,
) -> None:
    """Run the desk for your team, as desk.yaml and the settings say."""
    from bot.cli.actions.run import run_desk

    with said_plainly():
        run_desk(port, is_opened=open_page)
