"""Addresses and secrets, from the environment; nothing else in Deskbell reads it.

How the desk behaves is written in desk.yaml. A complaint about a setting never repeats a secret's value.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args
from urllib.parse import unquote, urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    SecretStr,
    ValidationError,
)
from pydantic.fields import FieldInfo

from bot.domain.assistant.language_model import SETTINGS as MODEL_SETTINGS
from bot.domain.errors import ConfigurationError, reason_of
from bot.domain.lookups.lookup import SETTINGS as LOOKUP_SETTINGS
from bot.domain.sentence import Fact, OneOf, Sentence, sentence
from bot.domain.sessions.identity_provider import SETTINGS as SIGN_IN_SETTINGS
from bot.domain.suggestions import nearest

PREFIX = "DESKBELL_"
_NAMES_OF_THEIR_OWN = ("slack_", "discord_")
"""Settings whose variables are called what the platform's own tools call them, without our prefix."""
_PREFIXES = (PREFIX, *(name.upper() for name in _NAMES_OF_THEIR_OWN))
_SURELY_MEANT = 0.85
"""How like one of ours a variable without our prefixes must be: SLAK_BOT_TOKEN, and not what is another program's."""
_PLATFORM_TOKENS = ("slack_bot_token", "discord_bot_token")
_NEEDS = {
    "slack_signing_secret": ("slack_bot_token",),
    "slack_app_token": ("slack_bot_token",),
    "slack_bot_token": ("slack_signing_secret", "slack_app_token"),
}
"""What is of no use without one of the others; nothing that people do in Slack reaches a bot token alone."""
_TOKENS = (*_PLATFORM_TOKENS, "slack_signing_secret", "slack_app_token", "web_token")
_POSTGRESQL = ("postgresql", "postgres")
_SHORTEST_TOKEN = 16
_SLACK_API = "https://slack.com/api"
_DISCORD_API = "https://discord.com/api/v10"
_FACTS_OF_RIGHT: Mapping[str, Mapping[str, Fact]] = {
    "web_token": {"least": _SHORTEST_TOKEN},
    "slack_api_url": {"example": _SLACK_API},
    "discord_api_url": {"example": _DISCORD_API},
}
_DATA_DIR = Path("data")
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 — compared with, not listened on
_COMMENT = re.compile(r"\s#")
# What Kubernetes and Docker put into the environment of their own accord for a service named "deskbell".
_SERVICE_LINK = re.compile(r"(SERVICE_(HOST|PORT)|PORT)(_|$)")


def _only_without_platforms(values: dict[str, Any]) -> bool:
    return not any(values.get(name) for name in _PLATFORM_TOKENS)


def _database_beside(values: dict[str, Any]) -> SecretStr:
    return SecretStr(f"sqlite:///{values.get('data_dir', _DATA_DIR) / 'deskbell.db'}")


_PathOfUser = Annotated[Path, AfterValidator(Path.expanduser)]
"""With `~` for the user's folder, which no shell has read where the value is from `.env`."""


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _database_url(value: SecretStr) -> SecretStr:
    engine, _, place = value.get_secret_value().partition("://")
    person, _, server = place.rpartition("@")
    # A password with a bare / ? # or @ would be taken for a part of the address, and shown as one.
    on_server = engine in _POSTGRESQL and server and not set(person) & set("/?#@") and " " not in place
    if not on_server and not (engine == "sqlite" and place.startswith("/") and place != "/"):
        raise ValueError
    return value


def _unbroken(value: SecretStr) -> SecretStr:
    """A token with white space in it was copied with something else, such as a comment behind it."""
    if any(character.isspace() for character in value.get_secret_value()):
        raise ValueError
    return value


Token = Annotated[SecretStr, AfterValidator(_unbroken)]


def _web_token(value: SecretStr | None) -> SecretStr | None:
    if value and len(value.get_secret_value()) < _SHORTEST_TOKEN:
        raise ValueError
    return value


def _slack_app_token(value: SecretStr | None) -> SecretStr | None:
    if value and not value.get_secret_value().startswith("xapp-"):
        raise ValueError
    return value


def _slack_bot_token(value: SecretStr | None) -> SecretStr | None:
    if value and not value.get_secret_value().startswith("xoxb-"):
        raise ValueError
    return value


def _address(value: str) -> str:
    address = urlsplit(value)
    if address.scheme not in {"http", "https"} or not address.hostname or address.query or address.fragment:
        raise ValueError
    return value.rstrip("/")


def _public_url(value: str) -> str:
    """The pages name their parts from the root of a host on."""
    address = _address(value)
    if urlsplit(address).path:
        raise ValueError
    return address


class Settings(BaseModel):
    """Every setting. What would be right for a field is `operations.right_…`, by its name; complaints quote it."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    data_dir: _PathOfUser = _DATA_DIR
    config: _PathOfUser = Path("desk.yaml")
    database_url: Annotated[SecretStr, AfterValidator(_database_url)] = Field(
        default_factory=_database_beside
    )
    http_host: str = "127.0.0.1"
    http_port: int = Field(8470, ge=0, le=65535)
    public_url: Annotated[str, AfterValidator(_public_url)] | None = None
    file_limit_mb: int = Field(50, ge=1, le=2048)
    slack_signing_secret: Token | None = None
    slack_app_token: Annotated[Token | None, AfterValidator(_slack_app_token)] = None
    slack_bot_token: Annotated[Token | None, AfterValidator(_slack_bot_token)] = None
    slack_api_url: Annotated[str, AfterValidator(_address)] = _SLACK_API
    discord_bot_token: Token | None = None
    discord_api_url: Annotated[str, AfterValidator(_address)] = _DISCORD_API
    web_enabled: bool = Field(default_factory=_only_without_platforms)
    web_token: Annotated[Token | None, AfterValidator(_web_token)] = None
    webhook_secret: SecretStr | None = None
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lower)] = "info"
    log_format: Annotated[Literal["text", "json"], BeforeValidator(_lower)] = "text"
    _lookup_secrets: dict[str, SecretStr] = PrivateAttr(default_factory=dict)
    _model_keys: dict[str, SecretStr] = PrivateAttr(default_factory=dict)
    _sign_in_secrets: dict[str, SecretStr] = PrivateAttr(default_factory=dict)

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Self:
        """The settings in these variables; an empty variable counts as not set. Raises ConfigurationError."""
        given = {name: environ.get(variable_for(name), "").strip() for name in cls.model_fields}
        _refuse_comments(given)
        halves = list(_missing_halves(given))
        try:
            settings = cls.model_validate({name: value for name, value in given.items() if value})
        except ValidationError as error:
            wrong = dict.fromkeys(
                str(problem["loc"][0])
                for problem in error.errors(include_input=False)
                if problem["type"] != "default_factory_not_called"  # a default that waits for the others
            )
            complaints = [_complaint(name, given[name]) for name in wrong]
            raise ConfigurationError(*complaints, *halves) from None
        if halves:
            raise ConfigurationError(*halves)
        return settings.with_lookup_secrets(environ)

    def with_lookup_secrets(self, environ: Mapping[str, str]) -> Self:
        """These settings, which from now on hold what look-ups, language models and identity providers may use.

        Raises ConfigurationError.
        """
        self._lookup_secrets.update(_secrets_named(LOOKUP_SETTINGS, environ))
        self._model_keys.update(_secrets_named(MODEL_SETTINGS, environ))
        self._sign_in_secrets.update(_secrets_named(SIGN_IN_SETTINGS, environ))
        return self

    @property
    def lookup_secrets(self) -> dict[str, str]:
        """What headers of look-ups may hold, by the names of the variables."""
        return {name: secret.get_secret_value() for name, secret in self._lookup_secrets.items()}

    @property
    def model_keys(self) -> dict[str, str]:
        """Keys of language models, by the names of the variables."""
        return {name: secret.get_secret_value() for name, secret in self._model_keys.items()}

    @property
    def sign_in_secrets(self) -> dict[str, str]:
        """Secrets of identity providers, by the names of the variables."""
        return {name: secret.get_secret_value() for name, secret in self._sign_in_secrets.items()}

    @property
    def file_limit_bytes(self) -> int:
        return self.file_limit_mb * 1024 * 1024

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names, besides this machine's own for itself, under which people may open our pages."""
        public = urlsplit(self.public_url).hostname if self.public_url else None
        return tuple(host for host in (public, self.http_host) if host and host not in _EVERYWHERE)

    @property
    def listens_everywhere(self) -> bool:
        """Whether other machines reach the port."""
        return self.http_host in _EVERYWHERE

    @property
    def is_opened_where_it_listens(self) -> bool:
        """Whether people have nothing but the page, and it is listened for under a name that they can open."""
        return self.web_enabled and not self.listens_everywhere and not self.has_chat

    @property
    def has_chat(self) -> bool:
        return bool(self.slack_bot_token or self.discord_bot_token)

    def make_data_dir(self) -> Path:
        """The data folder, made if it is new. Raises ConfigurationError when that cannot be."""
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigurationError(
                sentence(
                    "operations.data_folder_not_made", folder=str(self.data_dir), reason=reason_of(error)
                )
            ) from None
        return self.data_dir

    @property
    def secrets(self) -> frozenset[str]:
        """What no log line may show."""
        person = self.database_url.get_secret_value().partition("://")[2].rpartition("@")[0]
        password = person.partition(":")[2]
        tokens = (
            self.web_token,
            self.slack_bot_token,
            self.slack_signing_secret,
            self.slack_app_token,
            self.discord_bot_token,
            self.webhook_secret,
        )
        secrets = (each.get_secret_value() for each in tokens if each)
        return frozenset(
            filter(
                None,
                (
                    password,
                    unquote(password),
                    *secrets,
                    *self.lookup_secrets.values(),
                    *self.model_keys.values(),
                    *self.sign_in_secrets.values(),
                ),
            )
        )

    @property
    def database_place(self) -> str:
        """Where the database is, without a password: what a log or `check` may show."""
        engine, _, place = self.database_url.get_secret_value().partition("?")[0].partition("://")
        return f"{engine}://{place if engine == 'sqlite' else place.rpartition('@')[2]}"


def variable_for(name: str) -> str:
    """The environment variable of a field of `Settings`."""
    return name.upper() if name.startswith(_NAMES_OF_THEIR_OWN) else PREFIX + name.upper()


def unknown_variables(environ: Mapping[str, str]) -> list[Sentence]:
    """A sentence for each variable that no setting reads and that was probably meant for one.

    All with our own prefix; others, which may be for other programs, where one of ours is like them and not set.
    """
    known = [variable_for(name) for name in Settings.model_fields]
    found = []
    for name in sorted(set(environ) - set(known)):
        is_ours = name.startswith(PREFIX)
        if name.startswith((LOOKUP_SETTINGS, MODEL_SETTINGS, SIGN_IN_SETTINGS)):
            continue
        if is_ours and _SERVICE_LINK.match(name.removeprefix(PREFIX)):
            continue
        meant = _meant_by(name, known)
        if is_ours or (meant and not environ.get(meant)):
            found.append(
                sentence("operations.setting_misspelt", variable=name, meant=meant)
                if meant
                else sentence("operations.setting_unknown", variable=name)
            )
    return found


def _secrets_named(prefix: str, environ: Mapping[str, str]) -> dict[str, SecretStr]:
    """Every variable whose name begins so; desk.yaml says what each is for."""
    given = {name: value.strip() for name, value in environ.items() if name.startswith(prefix)}
    if commented := sorted(name for name, value in given.items() if _COMMENT.search(value)):
        raise ConfigurationError(
            *(sentence("operations.setting_commented", variable=each) for each in commented)
        )
    return {name: SecretStr(value) for name, value in given.items() if value}


def _meant_by(name: str, known: list[str]) -> str | None:
    for prefix in _PREFIXES:
        if name.startswith(prefix):
            # Compared without the prefix, which alone would make any two of them look alike.
            rests = [each.removeprefix(prefix) for each in known if each.startswith(prefix)]
            meant = nearest(name.removeprefix(prefix), rests)
            return prefix + meant if meant else None
    return nearest(name, known, likeness=_SURELY_MEANT)


def _missing_halves(given: Mapping[str, str]) -> Iterator[Sentence]:
    """A sentence for each setting that has a value while all those that it needs have none."""
    for name, needed in _NEEDS.items():
        if given[name] and not any(given[each] for each in needed):
            missing = OneOf(tuple(variable_for(each) for each in needed))
            yield sentence("operations.setting_half", variable=variable_for(name), missing=missing)


def _refuse_comments(given: Mapping[str, str]) -> None:
    """A comment behind a value is cut off by Docker and by us in .env, but is a part of the value to systemd."""
    if commented := [variable_for(name) for name, value in given.items() if _COMMENT.search(value)]:
        raise ConfigurationError(
            *(sentence("operations.setting_commented", variable=each) for each in commented)
        )


def _complaint(name: str, value: str) -> Sentence:
    variable = variable_for(name)
    if name in _TOKENS and any(character.isspace() for character in value):
        return sentence("operations.token_with_space", variable=variable)
    right = sentence(f"operations.right_{name}", **_FACTS_OF_RIGHT.get(name, {}))
    if _is_secret(Settings.model_fields[name]):
        return sentence("operations.secret_unusable", variable=variable, right=right)
    return sentence("operations.setting_unusable", variable=variable, value=value, right=right)


def _is_secret(field: FieldInfo) -> bool:
    parts = (field.annotation, *get_args(field.annotation))
    return any(SecretStr in (part, *get_args(part)) for part in parts)
