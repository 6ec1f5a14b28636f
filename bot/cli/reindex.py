"""`reindex`: what the search finds, read anew from what is stored."""

from bot.cli.terminal import Demo, said_plainly


def reindex(*, demo: Demo = False) -> None:
    """Rebuild the search index in small steps; the desk may go on running, and searches go on finding."""
    from bot.cli.actions.search.reindex import rebuild_index

    with said_plainly():
        rebuild_index(is_demo=demo)
