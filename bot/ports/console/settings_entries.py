"""Teams, inboxes, rules, hours, rotas and SLA policies of `desk.yaml` as forms in the console. For administrators."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from bot.ports.console.pages import ConsolePage, ConsoleVisitor
from bot.ports.console.settings import RefusedSettings, TypedSettings


class EntryKind(StrEnum):
    TEAM = "team"
    INBOX = "inbox"
    RULE = "rule"
    CALENDAR = "calendar"
    ROTA = "rota"
    POLICY = "policy"


class EntryStep(StrEnum):
    """What a form was sent for: a preview of the change, or the form again with more to choose from."""

    PREVIEW = "preview"
    AGAIN = "again"


class EntryDeed(StrEnum):
    """What somebody did to an entry, of which a preview was made."""

    SENT = "sent"
    REMOVED = "removed"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPlace:
    """`name` is the entry's in the file; empty for a new one. `sought` narrows what is offered by name."""

    kind: EntryKind
    name: str = ""
    sought: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedEntry:
    """`over` is the digest of the file that the form was made from, `opened` its text."""

    typed: Mapping[str, str]
    over: str
    reason: str = ""
    step: EntryStep = EntryStep.PREVIEW
    opened: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryChange:
    """What a preview was made of: `typed` is the form, and empty for what a button asked for."""

    place: EntryPlace
    deed: EntryDeed
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_form(self) -> bool:
        return self.deed is EntryDeed.SENT


class SettingsEntryPages(Protocol):
    """Each change leads to the preview that the whole file has. All of them raise StorageUnavailable."""

    async def form(self, visitor: ConsoleVisitor, place: EntryPlace) -> ConsolePage: ...

    async def sent(
        self, visitor: ConsoleVisitor, place: EntryPlace, typed: TypedEntry
    ) -> ConsolePage | RefusedSettings:
        """What the change would do; else the form with what was typed, and why not."""
        ...

    async def removal(
        self, visitor: ConsoleVisitor, place: EntryPlace, *, over: str
    ) -> ConsolePage | RefusedSettings:
        """What removing it would do; refused where something names it."""
        ...

    async def move(
        self, visitor: ConsoleVisitor, place: EntryPlace, *, over: str, is_up: bool
    ) -> ConsolePage | RefusedSettings:
        """What it would do if the rule changed places with the one before or behind it."""
        ...

    async def again(
        self, visitor: ConsoleVisitor, change: EntryChange, typed: TypedSettings
    ) -> ConsolePage | None:
        """The same change of the file as it says now, with what others did to it since `typed` was previewed.

        None where nobody did anything.
        """
        ...
