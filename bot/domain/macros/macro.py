"""A macro: a canned reply with the changes that go with it. One word of an agent does all of them, or none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.tickets.ticket import Priority, Status

SETS = (Status.PENDING, Status.ON_HOLD, Status.RESOLVED)
"""The statuses a macro may set; the others follow from what people do."""
LONGEST_NAME = 40
"""Characters of a name: it is typed, and stands in the buttons of a preview."""
TAKEN_NAMES = frozenset({"new", "edit", "list", "remove", "send", "now"})
"""What follows `/desk macro` in a meaning of its own."""


class MacroAssignee(StrEnum):
    """Whom a macro gives the ticket to: whoever sends it, or nobody, which puts it back into the queue."""

    SENDER = "me"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Macro:
    """`text` goes to the requester as the agent's public reply; what is None or empty stays as it is."""

    name: str
    title: str
    text: str
    texts: Mapping[str, str] = field(default_factory=dict, hash=False)
    """By language, instead of `text` for requesters who read it."""
    status: Status | None = None
    priority: Priority | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    assign: MacroAssignee | None = None
    fields: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What custom fields are set to, by name: in canonical form, people by their keys."""
    team: str | None = None
    """The name of the team it moves the ticket to."""
    counts_as_reply: bool = True
    """False for an automatic acknowledgement: it keeps no promise of an answer."""

    def text_in(self, language: str) -> str:
        return self.texts.get(language, self.text)

    @property
    def every_text(self) -> tuple[str, ...]:
        return (self.text, *self.texts.values())

    def is_called(self, words: str) -> bool:
        """By its name or title, in any letter case."""
        return words.casefold() in (self.name.casefold(), self.title.casefold())
