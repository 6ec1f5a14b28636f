"""The settings of a terminal command, from the environment and `.env`; nothing else reads those."""

import os
from importlib.resources import files
from pathlib import Path

import typer
from dotenv import dotenv_values

from bot.logging_setup import set_up_logging
from bot.settings import Settings, unknown_variables


def load_settings(*, is_demo: bool = False) -> Settings:
    """Settings of the environment and `.env`; the demo keeps to a folder and a configuration of its own."""
    environ = _environment()
    for sentence in unknown_variables(environ):
        typer.secho(sentence, err=True, fg=typer.colors.YELLOW)
    if is_demo:
        data = Path(environ.get("DESKBELL_DATA_DIR") or "data") / "demo"
        environ = {**environ, "DESKBELL_DATA_DIR": str(data), "DESKBELL_DATABASE_URL": ""}
        environ["DESKBELL_CONFIG"] = environ.get("DESKBELL_CONFIG") or str(files("bot.demo") / "desk.yaml")
    settings = Settings.from_environ(environ)
    set_up_logging(settings)
    return settings


def keep_private() -> None:
    """What this process makes from now on is for its own user alone: it holds what people wrote, and secrets."""
    os.umask(0o077)


def _environment() -> dict[str, str]:
    """The process's variables over those of `.env`."""
    in_file = {name: value for name, value in dotenv_values(".env").items() if value is not None}
    return {**in_file, **os.environ}
