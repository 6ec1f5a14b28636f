"""The chat port: listen, deliver, and what a desk that was away must ask; limits are data."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.desk import Desk
from bot.domain.directory import ChannelRef, Person
from bot.domain.findings import Finding
from bot.messages.inbound import CommandGiven, InboundEvent, SuggestionsWanted, VerbChosen
from bot.messages.outbound import Delivery, Form, OutboundMessage, Reply


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
    has_topics: bool
    """Whether a thread has a head of its own (`Topic`): a title, tags, an end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionHelp:
    """One option of a verb, for platforms with typed options.

    `kind` is text, word, person, team, priority, tags, category, yes_no or macro. `choices` are (value, label),
    all there are; with `is_suggested` the platform asks `Intake.suggest` while somebody types.
    """

    name: str
    kind: str
    summary: str
    is_required: bool
    choices: tuple[tuple[str, str], ...] = ()
    is_suggested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandHelp:
    """One verb as a platform may offer it: `/group verb usage`, and its options by name.

    `group` is the configured name, `key` the canonical one (`ticket`, `desk`, `desk-admin`).
    """

    group: str
    verb: str
    usage: str
    summary: str
    for_agents: bool
    key: str = ""
    takes_ticket: bool = False
    has_form: bool = False
    """Whether a form asks for what is left out."""
    is_in_menus: bool = True
    """Whether it is worth a place where a platform offers a limited number."""
    options: tuple[OptionHelp, ...] = ()


class Intake(Protocol):
    """What a platform calls when people do something."""

    async def take(self, event: InboundEvent) -> Reply | None:
        """Commit the event; returns what to show its actor at once.

        When it returns, the event is committed and may be acknowledged. Raises StorageUnavailable when it
        could not be: then a message must be offered again, and the person who pressed a button, sent a
        form or a command is told "not done, try again".
        """
        ...

    def form_for(self, event: CommandGiven | VerbChosen) -> Form | None:
        """The form to open at once for this command or button, or None when it needs none. No transaction.

        For a submitted form with `is_step` it is the form that comes next.
        """
        ...

    def command_helps(self) -> Sequence[CommandHelp]:
        """Every command, for menus and completion, under its configured names."""
        ...

    async def suggest(self, wanted: SuggestionsWanted) -> Sequence[tuple[str, str]]:
        """Values for an option that is being typed, best first, as (value, label); nothing the actor may not see.

        Reads only; raises StorageUnavailable.
        """
        ...

    def communities(self, platform: str) -> Mapping[str, str]:
        """The communities of this platform that the desk serves, with their titles; empty for any."""
        ...

    def wants_mark(self, channel: ChannelRef, mark: str) -> bool:
        """Whether this reaction means something there, so that the message under it is worth fetching."""
        ...

    def named_people(self) -> frozenset[str]:
        """Whom the configuration names: keys, e-mail addresses and groups, of every platform."""
        ...

    async def meet(self, people: Sequence[Person]) -> None:
        """Know these people, though they have done nothing yet: they can be given tickets, and be pinged."""
        ...

    async def was_away(self, platform: str, *, since: datetime, until: datetime) -> None:
        """Nothing that was said there between these instants (the platform's clock) may have been heard.

        Returns at once; what was missed is read from the platform's history by and by.
        """
        ...


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
