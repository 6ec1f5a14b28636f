"""What pages are made of."""

from collections.abc import Mapping
from dataclasses import dataclass

from adapters.http.cookies import Cookies
from adapters.http.gate import Gate
from bot.bootstrap.configuration import ReloadableConfiguration
from bot.commands.framework.registry import Registry
from bot.ports.console.replicas import Replicas
from bot.ports.file_store import FileStore
from bot.ports.health import DeskHealth
from bot.ports.intake import Intake
from bot.ports.platform import Platform
from bot.ports.unit_of_work import Storage
from bot.services.context.context import ContextFactory
from bot.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class PageParts:
    """`is_home`: a desk without a browser workspace has nothing else at its address.

    `platforms` are those that the desk is connected to, by name.
    """

    settings: Settings
    in_force: ReloadableConfiguration
    storage: Storage
    contexts: ContextFactory
    files: FileStore
    gate: Gate
    cookies: Cookies
    replicas: Replicas
    intake: Intake
    registry: Registry
    health: DeskHealth
    platforms: Mapping[str, Platform]
    is_home: bool
