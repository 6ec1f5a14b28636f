"""The console of agents, leads and administrators as pages for browsers: what all of its pages share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from bot.domain.directory import Person
from bot.ports.sessions.sign_ins import Right


class ConsoleSection(StrEnum):
    """A page that the console's navigation leads to; its address is `/console/` and its value."""

    TICKETS = "tickets"
    TEAM = "team"
    FIGURES = "figures"
    KNOWLEDGE = "knowledge"
    HEALTH = "health"
    SETTINGS = "settings"

    @property
    def rights(self) -> frozenset[Right]:
        """Any of them opens it."""
        return _RIGHTS.get(self, frozenset({Right.AGENT}))

    @property
    def path(self) -> str:
        return f"/console/{self}"


_RIGHTS = {
    ConsoleSection.FIGURES: frozenset({Right.AGENT, Right.ADMIN}),
    ConsoleSection.HEALTH: frozenset({Right.LEAD, Right.ADMIN}),
    ConsoleSection.SETTINGS: frozenset({Right.ADMIN}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleVisitor:
    """Whoever is signed in. `token` is what forms carry, `key` makes each of a page's forms one deed."""

    person: Person
    language: str
    token: str = field(repr=False)
    key: str
    rights: frozenset[Right]

    def may_open(self, section: ConsoleSection) -> bool:
        return bool(self.rights & section.rights)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsolePage:
    """`is_found`: else it says that there is nothing, whether or not it is only not theirs to see."""

    html: str
    is_found: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleAsset:
    """A file of the pages: their style sheet or a script."""

    media_type: str
    content: bytes
    packed: bytes
    """The content as gzip."""


class ConsoleFiles(Protocol):
    """What browsers keep of the pages. All files together have one `version`, which stands in their addresses."""

    @property
    def version(self) -> str: ...

    @property
    def files(self) -> Mapping[str, ConsoleAsset]:
        """By their names. Read from disk when first asked for."""
        ...
