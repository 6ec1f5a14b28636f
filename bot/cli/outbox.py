"""`outbox`: messages that could not be delivered, for the person who mends the cause."""

from typing import Annotated

import typer

from bot.cli.terminal import Demo, said_plainly

Action = Annotated[str, typer.Argument(help="list, retry or drop.")]
Number = Annotated[int | None, typer.Argument(help="The message’s number, for retry and drop.")]


def outbox(action: Action = "list", number: Number = None, *, demo: Demo = False) -> None:
    """List messages that could not be delivered; retry or drop one."""
    from bot.cli.actions.outbox import mend_outbox

    with said_plainly():
        mend_outbox(action, number, is_demo=demo)
