"""`triage evaluate`: how well sorting would do that learns from one file, on the requests of another."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.terminal import said_plainly


def triage_evaluate(
    train: Annotated[Path, typer.Option(help="A .csv file to learn from.")],
    test: Annotated[Path, typer.Option(help="A .csv file of other requests, to be compared with.")],
    text: Annotated[str, typer.Option(help="The column of what was written.")] = "text",
    label: Annotated[str, typer.Option(help="The column of what it was sorted under.")] = "label",
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print all figures as JSON.")] = False,
) -> None:
    """Say how often learned sorting is right, how sure it is, and whether that is true. It touches nothing."""
    from bot.cli.actions.triage.evaluate import LabelColumns, evaluate

    with said_plainly():
        evaluate(train, test, columns=LabelColumns(text=text, label=label), is_json=as_json)
