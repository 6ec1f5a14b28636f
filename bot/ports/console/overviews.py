"""What the console's pages besides tickets show.

All of them raise StorageUnavailable. What somebody may not see is answered as what there is not.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.domain.tickets.conversation import StoredFile
from bot.ports.console.pages import ConsolePage, ConsoleVisitor


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedTeamForm:
    """A form of a team that was sent and not accepted. `form` is which one, such as `cover-network`."""

    form: str
    reason: str
    typed: Mapping[str, str]

    def typed_in(self, form: str, name: str) -> str:
        """What a field of that form held."""
        return self.typed.get(name, "") if self.form == form else ""


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


class TeamPages(Protocol):
    async def teams(
        self, visitor: ConsoleVisitor, *, said: str = "", given: RefusedTeamForm | None = None
    ) -> ConsolePage:
        """`said` is what was answered to what was just done, as HTML."""
        ...


class FigurePages(Protocol):
    async def report(self, visitor: ConsoleVisitor, choice: FigureChoice) -> ConsolePage: ...

    async def export(
        self, visitor: ConsoleVisitor, choice: FigureChoice, *, as_lines: bool
    ) -> ExportedFile | None:
        """All its tables, as CSV or a JSON object a line; several in one archive. None for what there is not."""
        ...


class HealthPages(Protocol):
    async def health(self, visitor: ConsoleVisitor, *, said: str = "") -> ConsolePage: ...


class KnowledgePages(Protocol):
    async def articles(
        self, visitor: ConsoleVisitor, *, sought: str = "", with_gaps: bool = False, said: str = ""
    ) -> ConsolePage:
        """`with_gaps`: leads are shown what no article answered, too."""
        ...

    async def article(
        self, visitor: ConsoleVisitor, name: str, *, version: str = "", said: str = ""
    ) -> ConsolePage: ...

    async def picture(self, visitor: ConsoleVisitor, name: str, digest: str) -> StoredFile | None: ...

    def read(self, digest: str) -> AsyncIterator[bytes]:
        """Raises FileNotFoundError for what is not kept any more."""
        ...
