"""The chat port: two methods and a record of what the platform can do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.messages.inbound import CommandGiven, InboundEvent, VerbChosen
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


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandHelp:
    """One verb as a platform may offer it: `/group verb usage`, and its options by name."""

    group: str
    verb: str
    usage: str
    summary: str
    for_agents: bool


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
        """The form to open at once for this command or button, or None when it needs none. No transaction."""
        ...

    def command_helps(self) -> Sequence[CommandHelp]:
        """Every command, for menus and completion, under its configured names."""
        ...


class ChatPlatform(Protocol):
    """A chat service. `name` is the first part of its channels' and people's keys."""

    name: str
    capabilities: Capabilities

    async def listen(self, intake: Intake) -> None:
        """Connect and pass what people do to the intake, in order within a conversation; returns when closed."""
        ...

    async def deliver(self, message: OutboundMessage) -> Delivery:
        """Make it so. Never raises for what the platform answered; idempotent by `message.key`."""
        ...

    async def close(self) -> None:
        """Stop taking events, let those under way finish, and disconnect."""
        ...
