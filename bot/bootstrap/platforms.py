"""Which platforms a desk has: the table of their names and of what makes each from the settings.

A platform's package is imported when it is made: a desk that is not in Slack does not pay for its libraries.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from adapters.http.server import HttpServer
from adapters.web.platform import WebPlatform
from adapters.web.server.dependencies import FastForward
from bot.bootstrap.configuration import ReloadableConfiguration
from bot.bootstrap.sessions.entrance import Entrance
from bot.bootstrap.tokens import shown
from bot.domain.desk import Desk
from bot.ports.clock import Clock
from bot.ports.file_store import FileStore
from bot.ports.platform import Platform
from bot.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformParts:
    """What platforms are made of. `scale`: real seconds for each second of a platform's rate limits."""

    settings: Settings
    in_force: ReloadableConfiguration
    clock: Clock
    file_store: FileStore
    http: HttpServer
    sign_in: Entrance
    fast_forward: FastForward | None
    """Puts desk time forward, where people may."""
    scale: float


def configuration_of(settings: Settings, *, now: Callable[[], datetime]) -> ReloadableConfiguration:
    """What these settings name as the desk's configuration. Raises ConfigurationError."""
    return ReloadableConfiguration(
        settings.config, now=now, set_up=lambda desk: platforms_set_up(settings, desk)
    )


def make_platforms(parts: PlatformParts) -> dict[str, Platform]:
    """The platforms that the settings and desk.yaml ask for, by name."""
    wanted = platforms_set_up(parts.settings, parts.in_force.desk())
    return {name: FACTORIES[name].make(parts) for name in FACTORIES if name in wanted}


def platforms_set_up(settings: Settings, desk: Desk) -> frozenset[str]:
    """The names of the platforms that such a desk has; nothing is made or connected."""
    return frozenset(name for name, factory in FACTORIES.items() if factory.is_set_up(settings, desk))


def _web(parts: PlatformParts) -> Platform:
    settings, configuration = parts.settings, parts.in_force.configuration
    is_demo = parts.fast_forward is not None
    web = WebPlatform(
        settings.data_dir / "workspace.db",
        people=configuration.workspace.people,
        channels=configuration.workspace.channels,
        files=parts.file_store,
        clock=parts.clock,
        token=shown(settings.web_token) or "",
        desk_name=configuration.desk.name,
        language=configuration.desk.language,
        pretends=is_demo or configuration.workspace.pretends,
        visits=parts.sign_in.visits,
        gate=parts.sign_in.gate,
        is_secure=(settings.public_url or "").startswith("https://"),
        fast_forward=parts.fast_forward,
        address=lambda: settings.public_url or parts.http.url,
        file_limit=settings.file_limit_bytes,
    )
    parts.in_force.follow(
        lambda new: web.replace(
            people=new.workspace.people,
            channels=new.workspace.channels,
            desk_name=new.desk.name,
            language=new.desk.language,
            pretends=is_demo or new.workspace.pretends,
        )
    )
    parts.http.mount(web.routes(), on_stop=web.part)
    parts.http.watch({"workspace": web.health})
    return web.parts()


def _slack(parts: PlatformParts) -> Platform:
    settings = parts.settings
    from adapters.slack.platform import SlackPlatform

    slack = SlackPlatform(
        bot_token=shown(settings.slack_bot_token) or "",
        signing_secret=shown(settings.slack_signing_secret),
        app_token=shown(settings.slack_app_token),
        api_url=settings.slack_api_url,
        files=parts.file_store,
        file_limit=settings.file_limit_bytes,
        scale=parts.scale,
    )
    parts.http.mount(slack.routes())
    return slack.parts()


def _discord(parts: PlatformParts) -> Platform:
    settings = parts.settings
    from adapters.discord.platform import DiscordPlatform

    discord = DiscordPlatform(
        bot_token=shown(settings.discord_bot_token) or "",
        api_url=settings.discord_api_url,
        files=parts.file_store,
        file_limit=settings.file_limit_bytes,
        scale=parts.scale,
    )
    return discord.parts()


def _webhook(parts: PlatformParts) -> Platform:
    from adapters.webhook.platform import WebhookPlatform

    webhook = WebhookPlatform(
        urls=lambda: parts.in_force.desk().webhooks, secret=shown(parts.settings.webhook_secret)
    )
    return webhook.parts()


@dataclass(frozen=True, slots=True)
class PlatformFactory:
    """`make` makes the platform of a desk for whose settings and configuration `is_set_up` holds."""

    is_set_up: Callable[[Settings, Desk], bool]
    make: Callable[[PlatformParts], Platform]


FACTORIES: Final[Mapping[str, PlatformFactory]] = {
    "web": PlatformFactory(lambda settings, _: settings.web_enabled, _web),
    "slack": PlatformFactory(lambda settings, _: settings.slack_bot_token is not None, _slack),
    "discord": PlatformFactory(lambda settings, _: settings.discord_bot_token is not None, _discord),
    "webhook": PlatformFactory(lambda _, desk: bool(desk.webhooks), _webhook),
}
"""A new platform is one function and one line."""
