"""What the workspace's request handlers work with: its parts, made once and handed to each."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

from adapters.http.rights import Handler
from adapters.web.server.channel_list import ChannelList
from adapters.web.server.event_queue import EventQueue
from adapters.web.server.live_updates import LiveUpdates
from adapters.web.server.responder import Responder
from adapters.web.store.store import Store
from adapters.web.workspace import Workspace
from bot.ports.clock import Clock
from bot.ports.file_store import FileStore

FastForward = Callable[[timedelta, Callable[[datetime], None]], Awaitable[datetime]]
"""Puts the desk's clock forward and answers the new desk time; the second argument hears of it on the way."""

Route = tuple[str, str, Handler]
"""HTTP method, path and handler."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependencies:
    desk_name: Callable[[], str]
    clock: Clock
    fast_forward: FastForward | None
    files: FileStore
    file_limit: int
    store: Store
    workspace: Workspace
    channels: ChannelList
    live: LiveUpdates
    event_queue: EventQueue
    answering: Responder
    token_of: Callable[[web.Request], str]
    """What the page sends along with whatever changes something."""
    still_in: Callable[[web.Request], Awaitable[bool]]
    """Whether whoever opened a live connection may still hear what is said."""
