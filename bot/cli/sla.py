"""`sla …`: commands about promises, each in a file of its own."""

import typer

from bot.cli.sla_apply import apply
from bot.cli.sla_what_if import what_if


def group() -> typer.Typer:
    """The commands under `deskbell sla`."""
    commands = typer.Typer(
        help="Apply changed SLA policies to open tickets, and rehearse them on past ones.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    commands.command("apply")(apply)
    commands.command("what-if")(what_if)
    return commands
