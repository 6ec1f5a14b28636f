"""`python -m bot …`, also installed as `deskbell`: every terminal command in one program."""

import sys
from importlib import import_module

import typer

COMMANDS = {
    "demo": "bot.cli.run",
    "run": "bot.cli.run",
    "check": "bot.cli.check",
    "route": "bot.cli.check",
    "schema": "bot.cli.check",
    "migrate": "bot.cli.migrate",
    "import": "bot.cli.import_requests",
    "outbox": "bot.cli.outbox",
    "report": "bot.cli.report",
    "doctor": "bot.cli.doctor",
    "sla": "bot.cli.sla",
    "slack-manifest": "bot.cli.slack_manifest",
}
"""Where each command is; only the one that is asked for is loaded, for idle memory is a feature."""


GROUPS = ("sla",)
"""Commands that have commands of their own; their modules have a function `group`."""


def main() -> None:
    """Run the command named by the first argument."""
    asked = next((word for word in sys.argv[1:] if not word.startswith("-")), None)
    application(only=asked if asked in COMMANDS else None)()


def application(*, only: str | None = None) -> typer.Typer:
    """The command line: all of it, or the one command that was asked for."""
    app = typer.Typer(
        name="deskbell",
        help="A help desk that lives in chat: Slack, Discord and a browser page of its own.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    # A callback keeps the command's name in the usage even when one command is loaded.
    app.callback()(_keep_name)
    for name, module in COMMANDS.items():
        if only not in (None, name):
            continue
        if name in GROUPS:
            app.add_typer(import_module(module).group(), name=name)
        else:
            app.command(name)(getattr(import_module(module), _function(name)))
    return app


def _keep_name() -> None:
    """A help desk that lives in chat: Slack, Discord and a browser page of its own."""


def _function(command: str) -> str:
    return {"import": "import_file", "outbox": "show_outbox", "slack-manifest": "slack_manifest"}.get(
        command, command
    )


if __name__ == "__main__":
    main()
