"""Bring the database's schema to what this version needs."""

import typer

from bot.cli.actions.environment import keep_private, load_settings
from storage.schema import migrate


def migrate_database(*, is_demo: bool) -> None:
    settings = load_settings(is_demo=is_demo)
    keep_private()
    settings.make_data_dir()
    typer.echo(migrate(settings.database_url.get_secret_value()).sentence)
