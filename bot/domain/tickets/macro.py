"""A macro: a canned reply with the changes that go with it. One word of an agent does all of them, or none."""

from dataclasses import dataclass

from bot.domain.tickets.ticket import Priority, Status

SETS = (Status.PENDING, Status.ON_HOLD, Status.RESOLVED)
"""The statuses a macro may set; the others follow from what people do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Macro:
    """`text` goes to the requester as the agent's public reply; what is None or empty stays as it is."""

    name: str
    title: str
    text: str
    status: Status | None = None
    priority: Priority | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    team: str | None = None
    """The name of the team it moves the ticket to."""
    counts_as_reply: bool = True
    """False for an automatic acknowledgement: it keeps no promise of an answer."""
