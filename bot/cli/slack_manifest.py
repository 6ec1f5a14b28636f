"""`slack-manifest`: what to create the desk's app in Slack from, under the configured command names."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.terminal import said_plainly


def slack_manifest(
    url: Annotated[
        str | None,
        typer.Option(help="Where Slack reaches the desk over HTTP, such as https://desk.example.org."),
    ] = None,
    config: Annotated[
        Path | None, typer.Option("--config", help="Take the commands’ names from this file.")
    ] = None,
    *,
    socket: Annotated[
        bool, typer.Option("--socket", help="Switch Socket Mode on; it is on anyway without --url.")
    ] = False,
) -> None:
    """Print the manifest to create the desk's app in Slack from."""
    from bot.cli.actions.slack_manifest import print_manifest

    with said_plainly():
        print_manifest(url, config, by_socket=socket)
