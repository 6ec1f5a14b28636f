"""A view: a search that has a name. Its text is read again each time, for whoever looks and what they may see.

A view saved in chat is its owner's or its team's; nobody else sees it, nor that there is one.
"""

from dataclasses import dataclass, replace
from typing import Final

from bot.domain.errors import Refused
from bot.domain.search.query import SearchOrder

LONGEST_NAME: Final = 40
"""Characters."""
MOST_SAVED: Final = 50
"""Views of one owner."""
RESERVED: Final = frozenset({"save", "rename", "remove"})
"""Verbs that may follow `view`."""
BY_TEAM: Final = "/"
"""Parts the name of a team's view from that of the team, where that must be said: `network/printers`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """`title` is what people read: of one saved in chat its name; of a built-in one it comes from the catalogue.

    Without `owner` it was saved by nobody: it is built in or stands in `desk.yaml`. With `team` it is that team's,
    otherwise its owner's, or every agent's.
    """

    name: str
    query: str
    id: int = 0
    """0 outside the database."""
    title: str = ""
    owner: str = ""
    """The key of who saved it."""
    team: str | None = None
    order: SearchOrder | None = None
    """Where its text says none."""
    is_built_in: bool = False

    @property
    def folded(self) -> str:
        """What tells names apart."""
        return folded_name(self.name)

    def renamed(self, name: str) -> "SavedView":
        return replace(self, name=name, title=name)


def _built_in(name: str, *filters: str, order: SearchOrder) -> SavedView:
    return SavedView(name=name, query=" ".join(filters), order=order, is_built_in=True)


BUILT_IN: Final = (
    _built_in("unassigned", "is:unassigned", "-is:snoozed", "team:mine", order=SearchOrder.DUE),
    _built_in("mine", "assigned:me", "is:open", order=SearchOrder.DUE),
    _built_in(
        "waiting-on-us",
        "is:unanswered",
        "-status:pending,on-hold",
        "-is:snoozed",
        "team:mine",
        order=SearchOrder.DUE,
    ),
    _built_in("waiting-on-requester", "status:pending", "team:mine", order=SearchOrder.OLDEST),
    _built_in("at-risk", "sla:overdue,at-risk", "team:mine", order=SearchOrder.DUE),
    _built_in("snoozed", "is:snoozed", "team:mine", order=SearchOrder.DUE),
    _built_in("recently-closed", "is:finished", "updated:<2w", "team:mine", order=SearchOrder.LAST_WORD),
    _built_in("followed", "is:followed", "is:open", order=SearchOrder.LAST_WORD),
)
"""Every agent's, in the order in which they are shown."""


def folded_name(name: str) -> str:
    return " ".join(name.casefold().split())


def read_name(text: str) -> str:
    """A new view's name. Raises Refused for one that could not be typed again."""
    name = " ".join(text.split())
    if not name:
        raise Refused("lists.name_missing")
    if len(name) > LONGEST_NAME:
        raise Refused("lists.name_too_long", number=len(name), most=LONGEST_NAME)
    if folded_name(name).partition(" ")[0] in RESERVED or name.isdecimal() or BY_TEAM in name or '"' in name:
        raise Refused("lists.not_a_name", text=name)
    return name
