"""What a command is: its place, its words, who may use it, and the function that does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from bot.domain.desk import Desk
from bot.domain.tickets.conversation import StoredFile
from bot.domain.tickets.ticket import Ticket
from bot.messages.inbound import Location, MessagePosted
from bot.messages.outbound import PrivateReply
from bot.ports.storage.tickets import TicketFilter
from bot.services.context.context import Context


class Role(StrEnum):
    """Who may use a command. An agent here is an agent or lead of the ticket's team."""

    EVERYONE = "everyone"
    AGENT = "agents and leads"
    STAFF = "agents, leads and the desk’s admins"
    ADMIN = "the desk's admins"


class OptionKind(StrEnum):
    """What an option's value is. A text takes all the words that are left."""

    TEXT = "text"
    PERSON = "person"
    TEAM = "team"
    PRIORITY = "priority"
    TAGS = "tags"
    WORD = "word"
    CATEGORY = "category"
    YES_NO = "yes_no"
    MACRO = "macro"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """`name` is also the placeholder in the usage. `is_form_only`: offered by forms, never typed."""

    name: str
    kind: OptionKind = OptionKind.TEXT
    label: str = ""
    hint: str = ""
    is_required: bool = True
    is_form_only: bool = False


class Operations(Protocol):
    """What an operator may ask of the running process."""

    def reload(self) -> str:
        """Read `desk.yaml` again; returns what happened. Raises ConfigurationError, and the old one stays."""
        ...

    def status_lines(self) -> list[str]:
        """What this process is: its version, platforms and configuration."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One use of a command. `about` is the message that a message shortcut was used on."""

    context: Context
    location: Location
    options: Mapping[str, str] = field(default_factory=dict)
    about: MessagePosted | None = None
    files: tuple[StoredFile, ...] = ()
    """Files that came with a form."""
    operations: Operations
    registry: "CommandSource"

    def option(self, name: str) -> str:
        """The value, or nothing."""
        return self.options.get(name, "").strip()


Fitting = Callable[[Context], TicketFilter]
Handler = Callable[[Call], PrivateReply | None]
TicketHandler = Callable[[Call, Ticket], PrivateReply | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """`/group verb`. A command that works on a ticket has `on_ticket`; any other has `handler`.

    `fitting` says which tickets to offer when none was named. `takes_files`: files may come with its form. `reads`
    commands change nothing and lock nothing, unless the option `writes_with` is given. `form_title` lets forms ask
    for the options. `is_in_menus`: worth one of the few places of a platform's menu of commands; typed and by button
    it works anyway.
    """

    group: str
    verb: str
    summary: str
    who: Role = Role.EVERYONE
    options: tuple[Option, ...] = ()
    handler: Handler | None = None
    on_ticket: TicketHandler | None = None
    fitting: Fitting | None = None
    reads: bool = False
    writes_with: str = ""
    form_title: str = ""
    takes_files: bool = False
    is_in_menus: bool = True
    example: str = ""

    @property
    def name(self) -> str:
        return f"{self.group} {self.verb}"

    @property
    def usage(self) -> str:
        """The verb with its placeholders: optional ones in brackets, free text with dots."""
        words = [self.verb]
        if self.on_ticket is not None:
            words.append("[TICKET]")
        for option in self.options:
            if not option.is_form_only:
                dots = "…" if option.kind in (OptionKind.TEXT, OptionKind.TAGS) else ""
                word = option.name.upper() + dots
                words.append(word if option.is_required else f"[{word}]")
        return " ".join(words)


class CommandSource(Protocol):
    """The registry, as handlers see it."""

    def all(self) -> tuple[Command, ...]: ...

    def find(self, group: str, verb: str) -> Command | None: ...

    def name_of(self, group: str, desk: Desk) -> str:
        """The configured top-level name of a group, with its slash."""
        ...
