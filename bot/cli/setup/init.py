"""`init`: a first desk, asked for question by question, or from a file of answers."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.terminal import said_plainly

Answer = str | None


def init(
    platform: Annotated[Answer, typer.Option(help="Where the team works: slack, discord or page.")] = None,
    server: Annotated[Answer, typer.Option(help="The Discord server, by its name.")] = None,
    desk: Annotated[Answer, typer.Option(help="What people call the help desk.")] = None,
    prefix: Annotated[Answer, typer.Option(help="What ticket numbers begin with, such as IT.")] = None,
    inbox: Annotated[Answer, typer.Option(help="The channel people ask in, by its name or id.")] = None,
    team_channel: Annotated[Answer, typer.Option(help="The channel of the team, by its name or id.")] = None,
    escalation_channel: Annotated[
        Answer, typer.Option(help="The channel for alerts, by its name or id.")
    ] = None,
    team: Annotated[Answer, typer.Option(help="The team’s name.")] = None,
    members: Annotated[
        Answer, typer.Option(help="Who is on the team: names, groups or addresses, with commas.")
    ] = None,
    lead: Annotated[Answer, typer.Option(help="Who leads the team and may use /desk-admin.")] = None,
    hours: Annotated[Answer, typer.Option(help="Office hours: “mon-fri 9:00-17:00”, or 24x7.")] = None,
    zone: Annotated[Answer, typer.Option(help="The office’s time zone, such as Europe/Berlin.")] = None,
    answers: Annotated[
        Path | None, typer.Option(help="A YAML file of answers, each under its option’s name.")
    ] = None,
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace what is there without asking; a copy is kept.")
    ] = False,
    open_pages: Annotated[
        bool, typer.Option("--open", help="Open links in a browser; for a page, start the desk and open it.")
    ] = False,
) -> None:
    """Set up a first desk: asks what it needs to know, and writes desk.yaml and .env.

    Tokens are typed unseen, or taken from the environment or .env.
    """
    from bot.cli.actions.setup.init import set_up

    given = {
        "platform": platform,
        "server": server,
        "desk": desk,
        "prefix": prefix,
        "inbox": inbox,
        "team-channel": team_channel,
        "escalation-channel": escalation_channel,
        "team": team,
        "members": members,
        "lead": lead,
        "hours": hours,
        "zone": zone,
    }
    with said_plainly():
        set_up(
            {name: text for name, text in given.items() if text is not None},
            answers,
            is_replaced=replace,
            is_opened=open_pages,
        )
