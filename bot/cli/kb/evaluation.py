"""`kb evaluate`: how well a folder of articles answers questions whose articles are known; needs no desk."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.terminal import said_plainly


def kb_evaluate(
    articles: Annotated[Path, typer.Option(help="The folder of Markdown.")],
    questions: Annotated[
        Path, typer.Option(help="A CSV file with the columns question and article (empty: none answers it).")
    ],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    misses: Annotated[
        bool, typer.Option("--misses", help="List the questions that were answered wrongly or not at all.")
    ] = False,
) -> None:
    """Measure how often the right article is found, and how often silence is kept: by words, by meaning, by both."""
    from bot.cli.actions.kb.evaluation import evaluate

    with said_plainly():
        evaluate(articles, questions, is_json=as_json, shows_misses=misses)
