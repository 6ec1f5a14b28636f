"""Views that were saved in chat: each owner's own and each team's."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from bot.domain.views.saved_view import SavedView


class SavedViews(Protocol):
    """One owner has a folded name once, and so has one team."""

    def add(self, view: SavedView) -> bool:
        """Whether it was saved: False where its owner or its team has one of that name, also one of this moment."""
        ...

    def rename(self, view: SavedView) -> bool:
        """Give the view of this id this name. False where that is taken."""
        ...

    def remove(self, view: SavedView) -> None: ...

    def seen_by(self, accounts: Iterable[str], *, teams: Iterable[str]) -> Sequence[SavedView]:
        """Those of these accounts of one person and of these teams, by their names, own ones first."""
        ...
