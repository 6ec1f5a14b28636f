"""The secret of the browser workspace: the given one, or one made once and kept in the data folder."""

import secrets
from pathlib import Path

from pydantic import SecretStr

from bot.settings import Settings


def web_token_file(settings: Settings) -> Path:
    """Where the secret of the browser workspace is kept when no setting gives one."""
    return settings.data_dir / "web-token"


def with_web_token(settings: Settings) -> Settings:
    """The settings with the secret that opens the browser workspace: the given one, or one made once and kept.

    Logging that is set up with these keeps the secret out of the log.
    """
    if settings.web_token is not None:
        return settings
    path = web_token_file(settings)
    try:
        token = path.read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        token = secrets.token_urlsafe(24)
        settings.make_data_dir()
        path.touch(mode=0o600)
        path.write_text(token, encoding="utf-8")
    return settings.model_copy(update={"web_token": SecretStr(token)})


def shown(value: SecretStr | None) -> str | None:
    """The secret itself, for the one who must send it."""
    return value.get_secret_value() if value else None
