"""`run`: the desk of a team, until it is told to stop."""

from bot.cli.terminal import Port, said_plainly


def run(port: Port = None) -> None:
    """Run the desk for your team, as desk.yaml and the settings say."""
    from bot.cli.actions.run import run_desk

    with said_plainly():
        run_desk(port)
