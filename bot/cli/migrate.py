"""`migrate`: bring the database's schema to what this version needs."""

from typing import Annotated

import typer

from bot.cli.terminal import said_plainly, say


def migrate(*, demo: Annotated[bool, typer.Option("--demo", help="The demo's database.")] = False) -> None:
    """Create the database's tables, or upgrade them to this version. Back up the database before an upgrade."""
    from bot.cli.actions.database import only_desk
    from bot.cli.actions.environment import keep_private, load_settings
    from storage.schema import migrate as bring_up_to_date
    from storage.schema import schema_state

    with said_plainly():
        settings = load_settings(is_demo=demo)
        keep_private()
        settings.make_data_dir()
        url = settings.database_url.get_secret_value()
        state = schema_state(url)
        if not state.is_current:
            with only_desk(settings):  # one that runs knows the tables as they were
                state = bring_up_to_date(url)
        say(state.sentence)
