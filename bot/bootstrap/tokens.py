"""The secret of the browser workspace: the given one, or one made once and kept in the data folder."""

import secrets
from pathlib import Path

from pydantic import SecretStr

from bot.domain.errors import ConfigurationError, reason_of
from bot.domain.sentence import sentence
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
    token = _kept_token(web_token_file(settings)) or _new_token(settings)
    return settings.model_copy(update={"web_token": SecretStr(token)})


def _kept_token(path: Path) -> str:
    """Empty when there is none, or when a full disk left the file without its content."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        raise ConfigurationError(
            sentence("operations.web_token_unreadable", file=str(path), reason=reason_of(error))
        ) from None


def _new_token(settings: Settings) -> str:
    """Written to a file of its own first, so that nobody ever reads half a secret."""
    token, path = secrets.token_urlsafe(24), web_token_file(settings)
    new = settings.make_data_dir() / f"{path.name}.new"
    try:
        new.unlink(missing_ok=True)
        new.touch(mode=0o600)
        new.write_text(token, encoding="utf-8")
        new.replace(path)
    except OSError as error:
        raise ConfigurationError(
            sentence(
                "operations.data_folder_unwritable", folder=str(settings.data_dir), reason=reason_of(error)
            )
        ) from None
    return token


def shown(value: SecretStr | None) -> str | None:
    """The secret itself, for the one who must send it."""
    return value.get_secret_value() if value else None
