"""What the workspace's request handlers work with: its parts, made once and handed to each."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from adapters.web.answering import Answering
from adapters.web.channel_list import ChannelList
from adapters.web.gate import Handler
from adapters.web.live import Live
from adapters.web.offering import Offering
from adapters.web.store import Store
from adapters.web.workspace import Workspace
from bot.ports.clock import Clock
from bot.ports.file_store import FileStore

FastForward = Callable[[timedelta], Awaitable[datetime]]
"""Puts the desk's clock forward and answers the new desk time."""

Route = tuple[str, str, Handler]
"""HTTP method, path and handler."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Premises:
    desk_name: Callable[[], str]
    clock: Clock
    fast_forward: FastForward | None
    files: FileStore
    file_limit: int
    store: Store
    workspace: Workspace
    channels: ChannelList
    live: Live
    offering: Offering
    answering: Answering
