"""`check`: what is wrong with a desk.yaml; it touches nothing."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.terminal import Config, said_plainly


def check(
    file: Annotated[Path | None, typer.Argument(help="The same as --config.", show_default=False)] = None,
    config: Config = None,
    samples: Annotated[
        Path | None,
        typer.Option(help="Texts people might write: one a line, or a .csv with a column `text`."),
    ] = None,
    *,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 for warnings, too.")] = False,
    demo: Annotated[bool, typer.Option("--demo", help="Look at the demo's desk.")] = False,
) -> None:
    """Check desk.yaml: what is wrong, and what is probably not meant. Exit code 1: there are errors."""
    from bot.cli.actions.check import check_file

    with said_plainly():
        check_file(config or file, samples, is_strict=strict, is_demo=demo)
