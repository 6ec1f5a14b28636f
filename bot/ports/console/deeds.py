"""What somebody does in the console: the forms, questions and answers of commands, as pages or parts of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.messages.outbound import Form, PrivateReply
from bot.ports.console.pages import ConsolePage, ConsoleVisitor
from bot.ports.request_pages import RefusedForm


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedPlace:
    """`ticket` is the reference it is done on, empty for none; `back` the path of the page it is done from.

    `is_part`: a script puts it into that page. `began_with` are the options with which a form was asked for.
    """

    ticket: str = ""
    back: str
    is_part: bool = False
    began_with: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedVerb:
    """A command that somebody may use. `verb` is `group verb`, `about` what it does, in their language."""

    verb: str
    typed: str
    about: str
    on_ticket: bool
    reads: bool


class DeedPages(Protocol):
    """All but `reads` and `said` raise StorageUnavailable."""

    def reads(self, verb: str, options: Collection[str]) -> bool:
        """Whether the command with these options changes nothing, so that opening an address may do it."""
        ...

    async def offered(self, visitor: ConsoleVisitor, ticket: str) -> Sequence[OfferedVerb]:
        """The commands that they may use, on this ticket where one is named that they may know of."""
        ...

    async def form(
        self, visitor: ConsoleVisitor, form: Form, place: DeedPlace, *, given: RefusedForm | None = None
    ) -> ConsolePage: ...

    async def reply(self, visitor: ConsoleVisitor, reply: PrivateReply, place: DeedPlace) -> ConsolePage: ...

    async def confirm(self, visitor: ConsoleVisitor, verb: str, place: DeedPlace) -> ConsolePage:
        """Of a command that needs no form and changes something: a button that does it."""
        ...

    def said(self, visitor: ConsoleVisitor, reply: PrivateReply, place: DeedPlace) -> str:
        """What it says, with its buttons, as HTML that may stand in a page."""
        ...
