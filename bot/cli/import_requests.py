"""`import`: requests from a file into the desk, whether it is running or not; resumable."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.terminal import said_plainly


def import_requests(
    file: Annotated[Path, typer.Argument(help="A .csv or .jsonl file.")],
    inbox: Annotated[str, typer.Option(help="The inbox that the requests are filed under.")],
    mapping: Annotated[
        list[str] | None,
        typer.Option("--map", help="FIELD=COLUMN; fields: text, id, requester, email, category."),
    ] = None,
    *,
    demo: Annotated[bool, typer.Option("--demo", help="Into the demo's desk.")] = False,
) -> None:
    """Import requests from a file. Run it again after an interruption: nothing comes in twice."""
    from bot.cli.actions.import_requests import import_file

    with said_plainly():
        import_file(file, inbox=inbox, mapping=tuple(mapping or ()), is_demo=demo)
