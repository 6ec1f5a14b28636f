"""The settings of a terminal command, from the environment and `.env`; nothing else reads those."""

import os
from importlib.resources import files
from pathlib import Path

import typer
from dotenv import dotenv_values

from bot.cli.terminal import say
from bot.domain.findings import Severity
from bot.logging_setup import set_up_logging
from bot.settings import Settings, unknown_variables

DOTENV = Path(".env")


def load_settings(*, is_demo: bool = False, is_telling: bool = True) -> Settings:
    """Settings of the environment and `.env`; the demo keeps to a folder and a configuration of its own.

    `is_telling`: misspelt settings are told at once.
    """
    environ = _environment()
    for sentence in unknown_variables(environ) if is_telling else ():
        say(f"{Severity.WARNING}: {sentence}", is_error=True, color=typer.colors.YELLOW)
    if is_demo:
        data = Path(environ.get("DESKBELL_DATA_DIR") or "data") / "demo"
        environ = {**environ, "DESKBELL_DATA_DIR": str(data), "DESKBELL_DATABASE_URL": ""}
        environ["DESKBELL_CONFIG"] = environ.get("DESKBELL_CONFIG") or str(files("bot.demo") / "desk.yaml")
    settings = Settings.from_environ(environ)
    set_up_logging(settings)
    return settings


def misspelt_settings() -> list[str]:
    """What `load_settings` tells, for commands that count what is wrong."""
    return unknown_variables(_environment())


def keep_private() -> None:
    """What this process makes from now on is for its own user alone: it holds what people wrote, and secrets."""
    os.umask(0o077)


def _environment() -> dict[str, str]:
    """The process's variables over those of `.env`."""
    in_file = {name: value for name, value in dotenv_values(DOTENV).items() if value is not None}
    return {**in_file, **os.environ}
