"""`migrate`: bring the database's schema to what this version needs."""

from typing import Annotated

import typer

from bot.cli.terminal import said_plainly, say


def migrate(*, demo: Annotated[bool, typer.Option("--demo", help="The demo's database.")] = False) -> None:
    """Create the database's tables, or upgrade them to this version. Back up the database before an upgrade."""
    from bot.cli.actions.database import migrate_database
    from bot.cli.actions.environment import keep_private, load_settings

    with said_plainly():
        settings = load_settings(is_demo=demo)
        keep_private()
        say(migrate_database(settings).sentence)
