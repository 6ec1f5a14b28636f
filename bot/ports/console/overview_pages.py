"""What the console's other pages show, and what they show again after something was done from them.

All of them raise StorageUnavailable. What somebody may not see is answered as what there is not.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bot.domain.tickets.conversation import StoredFile
from bot.messages.outbound import Form, FormRefused, PrivateReply
from bot.ports.console_pages import ConsolePage, ConsoleVisitor


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the desk answered to what was sent from a page.

    `refused` is shown beside what was `typed` into the form called `form`.
    """

    reply: PrivateReply | None = None
    refused: FormRefused | None = None
    form: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    had_files: bool = False

    def typed_in(self, form: str, name: str, otherwise: str = "") -> str:
        """What a field of that form held."""
        return (
            self.typed.get(name, otherwise) if self.refused is not None and self.form == form else otherwise
        )


NOTHING_DONE = Outcome()


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChoice:
    """Which report somebody looks at, as they typed it; empty for the usual one, all their teams, four weeks."""

    report: str = ""
    team: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedFile:
    """A file that a browser saves."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedForm:
    """A form that a command asked for, which was given these `options`. `back` is the page it was asked for on."""

    form: Form
    action: str
    back: str
    options: Mapping[str, str]


class FormPages(Protocol):
    def form(
        self, visitor: ConsoleVisitor, asked: AskedForm, *, given: Outcome = NOTHING_DONE
    ) -> ConsolePage: ...


class TeamPages(Protocol):
    async def teams(self, visitor: ConsoleVisitor, *, given: Outcome = NOTHING_DONE) -> ConsolePage: ...


class FigurePages(Protocol):
    async def report(self, visitor: ConsoleVisitor, choice: FigureChoice) -> ConsolePage: ...

    async def export(
        self, visitor: ConsoleVisitor, choice: FigureChoice, *, as_lines: bool
    ) -> ExportedFile | None:
        """All its tables, as CSV or a JSON object a line; several in one archive. None for what there is not."""
        ...


class HealthPages(Protocol):
    async def health(self, visitor: ConsoleVisitor, *, given: Outcome = NOTHING_DONE) -> ConsolePage: ...


class KnowledgePages(Protocol):
    async def articles(
        self, visitor: ConsoleVisitor, *, sought: str = "", given: Outcome = NOTHING_DONE
    ) -> ConsolePage: ...

    async def article(
        self, visitor: ConsoleVisitor, name: str, *, version: str = "", given: Outcome = NOTHING_DONE
    ) -> ConsolePage: ...

    async def picture(self, visitor: ConsoleVisitor, name: str, digest: str) -> StoredFile | None: ...

    def read(self, digest: str) -> AsyncIterator[bytes]:
        """Raises FileNotFoundError for what is not kept any more."""
        ...
