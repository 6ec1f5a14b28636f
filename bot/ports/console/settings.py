"""`desk.yaml` in the console: the file as text, previews of changes, and versions. For administrators."""

from dataclasses import dataclass
from typing import Protocol

from bot.ports.console.pages import ConsolePage, ConsoleVisitor


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedSettings:
    """`text` is the whole file as somebody wrote it, `over` the digest of the one that they began with.

    `opened` is that one's text, where their page has it.
    """

    text: str
    over: str
    reason: str = ""
    opened: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedSettings:
    """The page with what they typed, and why it was not taken."""

    page: ConsolePage


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSettings:
    """`said` tells them which version it is, in plain words."""

    said: str


class SettingsPages(Protocol):
    """All of them raise StorageUnavailable."""

    async def editor(self, visitor: ConsoleVisitor, *, said: str = "") -> ConsolePage:
        """`said` is what was answered to what was just done, as HTML."""
        ...

    async def preview(self, visitor: ConsoleVisitor, typed: TypedSettings) -> ConsolePage | RefusedSettings:
        """What the change would do; nothing is saved."""
        ...

    async def save(self, visitor: ConsoleVisitor, typed: TypedSettings) -> SavedSettings | RefusedSettings:
        """A new version. What is sent twice is saved once."""
        ...

    async def versions(self, visitor: ConsoleVisitor, *, said: str = "") -> ConsolePage: ...

    async def version(self, visitor: ConsoleVisitor, number: str) -> ConsolePage:
        """What it changed against the one before, and its text."""
        ...

    async def way_back(self, visitor: ConsoleVisitor, number: str) -> ConsolePage:
        """What going back to this version would do, with the button that does it."""
        ...
