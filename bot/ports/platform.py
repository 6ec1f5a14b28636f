"""The chat port, cut by direction: to send, to receive, to read the past, to diagnose.

A platform is a `Platform` record of the parts that it has; only sending is asked of every one. What a platform
can do is data, in its `Capabilities`; its limits are its adapter's own.
"""

from collections.abc import AsyncIterator, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef
from bot.domain.findings import Finding
from bot.domain.sentence import Sentence
from bot.messages.delivery import Delivery
from bot.messages.inbound import InboundEvent
from bot.messages.outbound import MessageLink, OutboundMessage
from bot.ports.first_look import FirstLook
from bot.ports.intake import Intake


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelIds:
    """How a platform's channels are named in `desk.yaml` where that takes the platform's own ids.

    `pattern` is a regular expression of whole ids; `found` is a sentence that says where a person reads one.
    """

    pattern: str
    example: str
    found: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What the desk must know of a platform to decide what to say there, and what `desk.yaml` may ask of it."""

    has_home_pages: bool = False
    """Whether each person has a page that the desk fills with their tickets (`Home`)."""
    has_threads_in_directs: bool = True
    """Whether direct messages have threads; without, what somebody writes there goes on with their last ticket."""
    removes_posts: bool = False
    """Whether the desk can be given the right to remove what people wrote."""
    has_thread_headers: bool = False
    """Whether a thread has a header of its own (`ThreadHeader`): a title, tags, an end."""
    has_private_threads: bool = False
    """Whether a thread can be for a few people of its channel."""
    answers_in_channels: bool = False
    """Whether what is answered to a message in a channel is shown there, to its author alone."""
    has_number_inputs: bool = False
    """Whether its forms have inputs for numbers, which give them as in `1234.5`; else they come as typed."""
    most_form_choices: int = 25
    """How many of the choices that a form offers can be chosen from together."""
    has_listed_people: bool = False
    """Whether its people and channels are those that `workspace` lists in `desk.yaml`."""
    follows_forms: bool = False
    """Whether another form can take the place of one that was sent."""
    vouches_for_addresses: bool = False
    """Whether an e-mail address that it tells of somebody is theirs, as their organisation says."""
    vouches_for_accounts: bool = False
    """Whether it tells a web site whose account somebody has there, so that they sign in with it."""
    message_length: int = 8_000
    """Characters of one message, where each sign that may have to be escaped counts twice."""
    suggests_while_typing: bool = False
    """Whether what may be meant is offered while somebody types a command."""
    patience_s: float = 2.0
    """How long it waits, in seconds, until what it told of is committed; Slack repeats it after three."""
    is_machine: bool = False
    """Whether its channels are programs that are told what happens: nobody reads, writes or presses there."""
    set_up_by: str = ""
    """What `.env` must say for the desk to be there, such as `CHAT_TOKEN`; empty where `desk.yaml` decides that."""
    channel_ids: ChannelIds | None = None
    """How its channels are named; None where they have the names that `desk.yaml` gives them."""


class Sender(Protocol):
    """The desk's way to show something. `name` is the first part of the platform's channel and person keys."""

    @property
    def name(self) -> str: ...

    async def deliver(self, message: OutboundMessage) -> Delivery:
        """Make it so. Never raises for what the platform answered; idempotent by `message.key`."""
        ...

    async def close(self) -> None:
        """Stop taking events, let those under way finish, and disconnect."""
        ...


class Receiver(Protocol):
    """Where people act."""

    @property
    def is_connected(self) -> bool:
        """Whether what people do reaches the intake just now."""
        ...

    @property
    def outage(self) -> Sentence | None:
        """Why it does not, and what an operator can do; None while it does, and where that is not known."""
        ...

    async def listen(self, intake: Intake) -> None:
        """Connect and pass what people do to the intake, in order within a conversation; returns when closed."""
        ...


class ThreadRef(NamedTuple):
    """A thread, by its channel and the platform's id of its first message, or of itself where it begins with none."""

    channel: ChannelRef
    root: str


class History(Protocol):
    """Where what was said while the desk was away can be read, and is not offered again by itself."""

    def past_events(
        self, channel: ChannelRef, *, since: datetime, thread: str | None = None
    ) -> AsyncIterator[InboundEvent]:
        """What people said since then in this channel outside threads, or in this thread, oldest first.

        A thread's history begins with its first message, whenever that was said. Each message is a
        `MessagePosted` as it reads now, with the key it had when it was new; one that was edited is followed
        by its `MessageEdited`, one that carries a wanted mark by its `MessageMarked`, and a message of which
        only a trace is left is a `MessageDeleted`. What the desk posted itself is left out. It is read at
        most as fast as the platform allows. Raises HistoryUnavailable, so that what was read is known to be
        everything only when the end is reached.
        """
        ...

    async def quiet_threads(self, threads: Collection[ThreadRef], *, since: datetime) -> frozenset[ThreadRef]:
        """Those of these threads in which surely nothing was said since then, found without reading each.

        What cannot be told is not among them, so the caller reads it. Never raises for what the platform answered.
        """
        ...

    async def direct_channels(self) -> Sequence[ChannelRef]:
        """The direct messages that people have with the desk, last used first as far as is known.

        Raises HistoryUnavailable.
        """
        ...


class Links(Protocol):
    """Where people open what was said."""

    def address_of(self, message: MessageLink) -> str:
        """The address of a message of this platform; empty where it has none that its readers can open."""
        ...


class Diagnostics(Protocol):
    """What an operator can ask about the platform."""

    async def diagnose(self, desk: Desk) -> Sequence[Finding]:
        """What is in this desk's way on the platform, as an operator can mend it. Never raises for that."""
        ...

    async def known_addresses(self, addresses: Collection[str]) -> frozenset[str] | None:
        """Those of these e-mail addresses, in lower case, that people there have; None where that cannot be told now.

        Each may cost a call. Never raises for what the platform answered.
        """
        ...


class Directory(Protocol):
    """What can be chosen there by name, for whoever changes `desk.yaml`."""

    async def look(self) -> FirstLook:
        """Its channels, people and groups, as far as it lists them. Never raises for what the platform answered."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """What a platform has, and None for what it has not."""

    capabilities: Capabilities
    sender: Sender
    receiver: Receiver | None = None
    history: History | None = None
    diagnostics: Diagnostics | None = None
    links: Links | None = None
    directory: Directory | None = None
    workspace: Callable[[], str] | None = None
    """The id of the workspace in which the desk is, empty while it is not known; None where there are none."""

    @property
    def name(self) -> str:
        return self.sender.name
