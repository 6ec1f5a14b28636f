"""`route`: where a request would go; it touches nothing."""

from typing import Annotated

import typer

from bot.cli.terminal import Config, said_plainly


def route(
    text: Annotated[str, typer.Argument(help="What somebody writes.")],
    inbox: Annotated[
        str,
        typer.Option(
            help="The inbox, by its name or as platform:channel; without, the only one.", show_default=False
        ),
    ] = "",
    person: Annotated[str, typer.Option(help="Who asks, as platform:id or an e-mail address.")] = "",
    category: Annotated[str, typer.Option(help="The form's category.")] = "",
    config: Config = None,
    *,
    demo: Annotated[bool, typer.Option("--demo", help="Look at the demo's desk.")] = False,
) -> None:
    """Say where a request would go and why, rule by rule, without opening a ticket."""
    from bot.cli.actions.route import show_route

    with said_plainly():
        show_route(text, inbox=inbox, person=person, category=category, config=config, is_demo=demo)
