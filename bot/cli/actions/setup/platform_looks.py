"""What a new desk must know of its platform: the link that makes its app, the tokens, and what they show."""

import asyncio
import webbrowser
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

import typer
from rich.console import Console

from adapters.discord.capabilities import PLATFORM as DISCORD
from adapters.slack.capabilities import PLATFORM as SLACK
from bot.cli.actions.setup.questions import Questions
from bot.cli.actions.slack_manifest import manifest_text
from bot.cli.terminal import say
from bot.commands.framework.command import GROUPS
from bot.domain.errors import ConfigurationError, UsageError
from bot.domain.findings import Severity
from bot.domain.sentence import sentence
from bot.ports.first_look import FirstLook
from bot.settings import Settings, variable_for
from bot.text.error_text import english

NEW_SLACK_APP: Final = "https://api.slack.com/apps?new_app=1&manifest_yaml="
NEW_DISCORD_APP: Final = "https://discord.com/developers/applications"
TOKENS: Final[Mapping[str, tuple[str, ...]]] = {
    SLACK: ("slack_bot_token", "slack_app_token"),
    DISCORD: ("discord_bot_token",),
}
"""Settings that each platform needs; Slack over HTTP has a signing secret instead of the second."""
_COLORS: Final = {
    Severity.ERROR: typer.colors.RED,
    Severity.WARNING: typer.colors.YELLOW,
    Severity.HINT: None,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """`tokens` are new or as they were, by the variables that hold them."""

    tokens: Mapping[str, str]
    look: FirstLook


def slack_link() -> str:
    """Opens Slack's page for a new app with everything filled in."""
    manifest = manifest_text({group: group for group in GROUPS}, url=None, by_socket=True)
    return NEW_SLACK_APP + quote(manifest.partition("\n")[2], safe="")


def page_of(link: str, *, is_opened: bool) -> None:
    """Show a link, and open it where that was asked for."""
    typer.secho(f"\n{link}\n", fg=typer.colors.CYAN)
    if is_opened:
        webbrowser.open(link)


@dataclass(frozen=True, slots=True, kw_only=True)
class Approach:
    """The way to a platform. `environ` are the settings as they are now."""

    platform: str
    questions: Questions
    environ: Mapping[str, str]
    is_opened: bool

    def connect(self) -> Connection:
        """Shows how to make the app, takes its tokens and asks the platform about them, until it takes them.

        Raises ConfigurationError where nobody can be asked and the platform refuses them or does not answer.
        """
        names = self._needed()
        if self.questions.is_terminal:
            say(sentence(f"terminal.init_steps_{self.platform}"))
            link = slack_link() if self.platform == SLACK else NEW_DISCORD_APP
            page_of(link, is_opened=self.is_opened)
        known = {name: self._set(name) for name in names}
        while True:
            tokens = {variable_for(name): self._token(name, known[name]) for name in names}
            look = self._look(tokens)
            if not look.is_refused:
                return Connection(tokens=tokens, look=self._let_in(tokens, look))
            if look.is_unanswered:
                if not self.questions.is_terminal or not self._is_asked_again():
                    raise ConfigurationError(
                        sentence("terminal.init_unanswered", platform=self.platform.capitalize())
                    )
                known = {name: tokens[variable_for(name)] for name in names}
                continue
            if not self.questions.is_terminal:
                raise ConfigurationError(
                    sentence("terminal.init_refused", platform=self.platform.capitalize())
                )
            say(sentence("terminal.init_tokens_again", platform=self.platform.capitalize()))
            known = dict.fromkeys(known, "")

    def _let_in(self, tokens: Mapping[str, str], look: FirstLook) -> FirstLook:
        """As it is once the desk was let in, and nothing is wrong that somebody puts right now."""
        while not look.places or look.has_errors:
            if not look.places:
                self._invite(look)
            elif not self.questions.is_terminal or not self._is_asked_again():
                break
            look = self._look(tokens)
        say(sentence("terminal.init_signed_in", places=tuple(look.places)), color=typer.colors.GREEN)
        return look

    def _is_asked_again(self) -> bool:
        return self.questions.confirm(sentence("terminal.init_check_again"), default=True)

    def _invite(self, look: FirstLook) -> None:
        if not self.questions.is_terminal:
            raise ConfigurationError(sentence("operations.discord_no_server", link=look.link))
        say(sentence("terminal.init_invite"))
        page_of(look.link, is_opened=self.is_opened)
        self.questions.pause(sentence("terminal.init_enter"))

    def _needed(self) -> tuple[str, ...]:
        by_http = self.platform == SLACK and self._set("slack_signing_secret")
        return TOKENS[self.platform][:1] if by_http else TOKENS[self.platform]

    def _set(self, name: str) -> str:
        return self.environ.get(variable_for(name), "").strip()

    def _token(self, name: str, known: str) -> str:
        """What is set already is taken as it is. Raises UsageError where nobody can be asked."""
        variable = variable_for(name)
        if known:
            say(sentence("terminal.init_token_known", variable=variable))
            return _checked_token(name, known)
        if not self.questions.is_terminal:
            raise UsageError(sentence("terminal.init_no_token", variable=variable))
        return self.questions.secret(
            f"terminal.init_token_{name}", lambda typed: _checked_token(name, typed.strip())
        )

    def _look(self, tokens: Mapping[str, str]) -> FirstLook:
        with Console(stderr=True).status(english(sentence("terminal.init_looking"))):
            look = asyncio.run(_asked(self.platform, tokens, self.environ))
        for finding in look.findings:
            say(f"{finding.severity}: {english(finding.sentence)}", color=_COLORS[finding.severity])
        return look


def _checked_token(name: str, token: str) -> str:
    """Raises UsageError for what the settings would refuse; the token is not repeated."""
    variable = variable_for(name)
    if not token:
        raise UsageError(sentence("terminal.init_token_needed", variable=variable))
    others = {variable_for(each): _EXAMPLES[each] for each in _EXAMPLES if each[:5] == name[:5]}
    try:
        Settings.from_environ({**others, variable: token})
    except ConfigurationError as error:
        raise UsageError(*error.lines) from None
    return token


_EXAMPLES: Final = {"slack_bot_token": "xoxb-", "slack_app_token": "xapp-"}
"""What is sound beside the one that is checked: no half of Slack's tokens is."""


async def _asked(platform: str, tokens: Mapping[str, str], environ: Mapping[str, str]) -> FirstLook:
    addresses = (variable_for("slack_api_url"), variable_for("discord_api_url"))
    settings = Settings.from_environ({name: environ[name] for name in addresses if environ.get(name)})
    if platform == SLACK:
        from adapters.slack.first_look import look_at_slack

        return await look_at_slack(
            bot_token=tokens[variable_for("slack_bot_token")],
            app_token=tokens.get(variable_for("slack_app_token")),
            api_url=settings.slack_api_url,
        )
    from adapters.discord.first_look import look_at_discord

    return await look_at_discord(
        bot_token=tokens[variable_for("discord_bot_token")], api_url=settings.discord_api_url
    )
