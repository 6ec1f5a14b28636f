"""`migrate`: bring the database's schema to what this version needs."""

from typing import Annotated

import typer

from bot.cli.terminal import said_plainly


def migrate(*, demo: Annotated[bool, typer.Option("--demo", help="The demo's database.")] = False) -> None:
    """Make the database's tables, or bring them up to date. Make a backup first."""
    from bot.cli.actions.migrate import migrate_database

    with said_plainly():
        migrate_database(is_demo=demo)
