"""The chat port: listen, deliver, and what a desk that was away must ask; limits are data."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef
from bot.domain.findings import Finding
from bot.messages.inbound import InboundEvent
from bot.messages.outbound import Delivery, OutboundMessage
from bot.ports.intake import Intake


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """A platform's limits, as data. Lengths are in characters."""

    text_limit: int
    button_label_limit: int
    buttons_per_message: int
    commands_per_group: int
    """How many verbs one top-level command may have; 0 for no limit."""
    command_name_limit: int
    command_description_limit: int
    role_visibility: bool
    """Whether the platform can hide the agents' commands from other people."""
    slash_in_threads: bool
    file_limit: int
    """Largest file in bytes."""
    keeps_history: bool
    """Whether what was said while the desk was away must be read from the platform's history."""
    has_home: bool
    """Whether each person has a page that the desk fills with their tickets (`Home`)."""
    threads_in_directs: bool
    """Whether direct messages have threads; without, what somebody writes there goes on with their last ticket."""
    removes_posts: bool
    """Whether the desk can be given the right to remove what people wrote."""
    has_thread_headers: bool
    """Whether a thread has a head of its own (`Topic`): a title, tags, an end."""


class ChatPlatform(Protocol):
    """A chat service. `name` is the first part of its channels' and people's keys."""

    name: str
    capabilities: Capabilities

    @property
    def is_connected(self) -> bool:
        """Whether what people do reaches the intake just now."""
        ...

    async def listen(self, intake: Intake) -> None:
        """Connect and pass what people do to the intake, in order within a conversation; returns when closed."""
        ...

    async def deliver(self, message: OutboundMessage) -> Delivery:
        """Make it so. Never raises for what the platform answered; idempotent by `message.key`."""
        ...

    async def close(self) -> None:
        """Stop taking events, let those under way finish, and disconnect."""
        ...

    def history(
        self, channel: ChannelRef, *, since: datetime, thread: str | None = None
    ) -> AsyncIterator[InboundEvent]:
        """What people said since then in this channel outside threads, or in this thread, oldest first.

        A thread's history begins with its first message, whenever that was said. Each message is a
        `MessagePosted` as it reads now, with the key it had when it was new; one that was edited is followed
        by its `MessageEdited`, one that carries a wanted mark by its `MessageMarked`, and a message of which
        only a trace is left is a `MessageDeleted`. What the desk posted itself is left out. It is read at
        most as fast as the platform allows. Raises HistoryUnavailable, so that what was read is known to be
        everything only when the end is reached. A platform that offers its own events again yields nothing.
        """
        ...

    async def direct_channels(self) -> Sequence[ChannelRef]:
        """The direct messages that people have with the desk, last used first as far as is known.

        Raises HistoryUnavailable.
        """
        ...

    async def diagnose(self, desk: Desk) -> Sequence[Finding]:
        """What stands in this desk's way on the platform, as an operator can mend it. Never raises for that."""
        ...
