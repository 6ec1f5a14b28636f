"""What was decided about one person and one thing that happened on a ticket: told how, or why not."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NoticeEvent(StrEnum):
    """What somebody may be told of: the requester wrote or reopened, or a ticket became theirs or no longer is."""

    WROTE = "wrote"
    REOPENED = "reopened"
    ASSIGNED = "assigned"
    """By somebody else."""
    ROUTED = "routed"
    """Assigned by a rule, in turn, or because they are on call."""
    TAKEN_OVER = "taken_over"
    """Somebody else has what was theirs."""
    OPENED = "opened"
    """A request is new to their team, which chose that they hear of it."""
    ADDED = "added"
    """They follow it on the team's side, because a colleague said so."""
    MENTIONED = "mentioned"
    """A note names them."""
    SNOOZE_OVER = "snooze_over"
    """What they have is back in the lists, because its time has come."""
    SNOOZE_ENDED = "snooze_ended"
    """What they snoozed is back before its time, because its requester wrote."""
    SHARED = "shared"
    """They follow it on the requester's side."""
    REPLIED = "replied"
    RESOLVED = "resolved"
    RATED = "rated"
    """The requester said how it went, or changed that."""
    NUDGED = "nudged"
    """The requester of a pending ticket is asked once more."""
    LAPSING = "lapsing"
    """Their ticket goes back to the queue unless they give a sign."""
    LAPSED = "lapsed"
    """It has gone back."""
    ANSWERED_FOR = "answered_for"
    """A colleague answered the requester of what is theirs."""
    RESOLVED_FOR = "resolved_for"
    CLOSED_FOR = "closed_for"
    RECALLED = "recalled"
    """A lead took back what they had sent."""

    @property
    def is_by_colleague(self) -> bool:
        """Whether a colleague did with their ticket what they might have done."""
        return self in (NoticeEvent.ANSWERED_FOR, NoticeEvent.RESOLVED_FOR, NoticeEvent.CLOSED_FOR)


class NoticeReach(StrEnum):
    """Where it was told: by a mention in the team's thread or on the card, directly, or in the team's channel.

    A bundle is one direct notice about all tickets that somebody changed at once. A requester is told in their own
    thread.
    """

    THREAD = "thread"
    DIRECT = "direct"
    CHANNEL = "channel"
    CARD = "card"
    BUNDLE = "bundle"
    REQUESTERS_THREAD = "requesters_thread"


class NoticeHold(StrEnum):
    """Why it was not told."""

    CHOICE = "choice"
    QUIET_HOURS = "quiet_hours"
    AWAY = "away"
    BURST = "burst"
    SLA_ALERT = "sla_alert"
    NO_ACCESS = "no_access"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRecord:
    """One decision; either `reach` or `hold` is given.

    `recipient` is a person's key, or a channel as `platform:channel`; `instead_of` the key of who would have heard.
    `message` is the id of what was said, where something was; `conversation` that of the thread in which its copy
    or the card mentions them. `at` is desk time, UTC.
    """

    ticket: int
    event: NoticeEvent
    recipient: str
    at: datetime
    reach: NoticeReach | None = None
    hold: NoticeHold | None = None
    instead_of: str = ""
    message: int | None = None
    conversation: int | None = None
