"""Macros that were written in chat: each name once for an owner, in any letter case."""

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.domain.macros.written_macro import MacroOwner, WrittenMacro


class WrittenMacros(Protocol):
    def of(self, owners: Collection[MacroOwner]) -> Sequence[WrittenMacro]:
        """Everything that these have, by name."""
        ...

    def add(self, macro: WrittenMacro) -> bool:
        """False where its owner has one of that name, and nothing is written."""
        ...

    def replace(self, macro: WrittenMacro) -> bool:
        """In place of its version before this one; its name and owner stay.

        False where that is not the newest, or there is none any more.
        """
        ...

    def remove(self, macro: WrittenMacro) -> bool:
        """False where it is not the newest version, or there is none any more."""
        ...
