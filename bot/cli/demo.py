"""`demo`: a desk to play with, until it is told to stop."""

from typing import Annotated

import typer

from bot.cli.terminal import Port, said_plainly

Fresh = Annotated[bool, typer.Option("--fresh", help="Forget what was tried before.")]


def demo(port: Port = None, *, fresh: Fresh = False) -> None:
    """Open a desk to play with in the browser: three teams, a little history, and a clock to put forward."""
    from bot.cli.actions.demo import run_demo

    with said_plainly():
        run_demo(port, is_fresh=fresh)
