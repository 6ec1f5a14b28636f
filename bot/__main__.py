"""`python -m bot …`, also installed as `deskbell`: every terminal command in one program.

A command's module holds only what may be typed; what it does is imported when it runs. So help, completion and the
version answer at once.
"""

import sys
from collections.abc import Mapping
from importlib import import_module
from types import ModuleType
from typing import Annotated, Any, Final, cast

import typer
from typer.core import TyperGroup

COMMANDS: Final[Mapping[str, str]] = {
    "demo": "demo",
    "init": "setup.init:init",
    "run": "run",
    "check": "check",
    "route": "route",
    "schema": "schema",
    "migrate": "migrate",
    "reindex": "reindex",
    "import": "import_requests",
    "outbox": "outbox",
    "report": "report",
    "sign-in": "sessions.sign_in:sign_in",
    "doctor": "doctor",
    "settings versions": "settings.versions:settings_versions",
    "settings show": "settings.versions:settings_show",
    "settings diff": "settings.versions:settings_diff",
    "settings set": "settings.changes:settings_set",
    "settings add": "settings.changes:settings_add",
    "settings remove": "settings.changes:settings_remove",
    "settings apply": "settings.changes:settings_apply",
    "settings undo": "settings.changes:settings_undo",
    "sla apply": "sla.apply:sla_apply",
    "sla what-if": "sla.what_if:sla_what_if",
    "triage evaluate": "triage.evaluate:triage_evaluate",
    "kb evaluate": "kb.evaluation:kb_evaluate",
    "slack-manifest": "slack_manifest",
}
"""The module in `bot/cli` of each command, which is the name of its function too where none is given."""

GROUPS: Final[Mapping[str, str]] = {
    "kb": "See how well articles answer what people ask.",
    "settings": "Change desk.yaml step by step, see its versions and go back to one.",
    "sla": "Apply changed SLA policies to open tickets, and rehearse them on past ones.",
    "triage": "Sorting learned from history: measure it before a desk uses it.",
}
"""Commands that have commands of their own."""


DESKS: Final = frozenset({"run", "demo"})
"""Commands that run for long."""


class QuickGroup(TyperGroup):
    """A group whose own options are flags: typer loads all of pydantic to check one that is None when not given."""

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401  typer names no type for it
        flags = super().get_params(ctx)
        for flag in flags:
            flag.default = flag.default or False
        return flags


def main() -> None:
    """Run the command that the arguments name; only its module is loaded."""
    asked = next((word for word in sys.argv[1:] if not word.startswith("-")), None)
    if asked in DESKS:
        load_log_library()
    application(only=asked)()


def load_log_library() -> None:
    """Without what it would load beside it: for tracebacks that the desk prints plainly, `rich`, three megabytes."""
    sys.modules.update(rich=cast("ModuleType", None))  # as where it is not installed
    try:
        import_module("structlog")
    finally:
        del sys.modules["rich"]


def application(*, only: str | None = None) -> typer.Typer:
    """The command line: all of it, or the one command or group of this name, if there is such a one."""
    app = typer.Typer(
        name="deskbell",
        cls=QuickGroup,
        help="A help desk that lives in chat: Slack, Discord and a browser page of its own.",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    # A callback keeps the command's name in the usage even when one command is loaded.
    app.callback()(_options)
    groups: dict[str, typer.Typer] = {}
    first_words = {name.partition(" ")[0] for name in COMMANDS}
    for name, module in COMMANDS.items():
        first, _, second = name.partition(" ")
        if only in first_words and only != first:
            continue
        path, _, function = module.partition(":")
        command = getattr(import_module(f"bot.cli.{path}"), function or path)
        if not second:
            app.command(first)(command)
            continue
        if first not in groups:
            groups[first] = typer.Typer(
                cls=QuickGroup, help=GROUPS[first], no_args_is_help=True, rich_markup_mode=None
            )
            app.add_typer(groups[first], name=first)
        groups[first].command(second)(command)
    return app


def _print_version(is_asked: bool) -> None:
    if is_asked:
        from importlib.metadata import version

        typer.echo(f"deskbell {version('deskbell')}")
        raise typer.Exit


def _options(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """A help desk that lives in chat: Slack, Discord and a browser page of its own."""


if __name__ == "__main__":
    main()
