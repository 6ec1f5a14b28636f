"""What all terminal commands share: settings from the environment and `.env`, and errors as sentences."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from importlib.resources import files
from pathlib import Path

import typer

from bot.domain.errors import DeskbellError
from bot.logging_setup import set_up_logging
from bot.ports.unit_of_work import Storage
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


@asynccontextmanager
async def opened_storage(settings: Settings) -> AsyncIterator[Storage]:
    """The desk's database for the time of a command; loaded only then, for most commands need none."""
    from storage.opening import open_storage

    storage = open_storage(settings.database_url.get_secret_value())
    try:
        yield storage
    finally:
        await storage.close()


def _environment() -> dict[str, str]:
    """The process's variables over those of `.env`."""
    from dotenv import dotenv_values

    in_file = {name: value for name, value in dotenv_values(".env").items() if value is not None}
    return {**in_file, **os.environ}


@contextmanager
def said_plainly() -> Iterator[None]:
    """An error of ours ends the command with its sentence and exit code 1, not with a traceback."""
    try:
        yield
    except DeskbellError as error:
        typer.secho(error.sentence, err=True, fg=typer.colors.RED)
        raise typer.Exit(1) from None
