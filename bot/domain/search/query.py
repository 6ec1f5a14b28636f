"""A search as it was typed, understood: terms that must be there, terms that must not, filters and an order.

A query is kept as its `text` and read again when it is used, since `opened:<1d` means another day tomorrow.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final


class FilterName(StrEnum):
    """What stands before the colon, in the order in which people are offered it."""

    STATUS = "status"
    TEAM = "team"
    ASSIGNED = "assigned"
    FROM = "from"
    TAG = "tag"
    PRIORITY = "priority"
    IS = "is"
    SLA = "sla"
    HAS = "has"
    CATEGORY = "category"
    INBOX = "inbox"
    GROUP = "group"
    """One that its requester is in: of a platform, `slack:@netops`, or of `desk.yaml`."""
    LANGUAGE = "language"
    FIELD = "field"
    """A custom field, `asset_tag=12`, or one that holds anything, `asset_tag`."""
    RATING = "rating"
    DUE = "due"
    OPENED = "opened"
    UPDATED = "updated"
    ANSWERED = "answered"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"
    LAPSED = "lapsed"
    """A claim whose agent gave no sign."""
    MISSED = "missed"
    MET = "met"
    RATED = "rated"
    WAS_OPEN = "was-open"
    """At the end of a period: of a day, say."""
    WORKED = "worked"
    """Time was logged for days of a period; its value is the zone whose days they are."""
    SHOWN = "shown"
    """What Deskbell showed the requester of what is known, as an answer."""
    ARTICLE = "article"
    """The one that was shown, by its name; of a fixed answer its title."""
    BY = "by"
    """Whom it counts for, of the filters that ask what happened; so do the three that follow."""
    TEAM_THEN = "team-then"
    PRIORITY_THEN = "priority-then"
    POLICY_THEN = "policy-then"
    HOUR = "hour"
    """Of the week, when it was opened; its values are the zone, and hours from Monday's midnight."""
    ZONE = "zone"
    """By which clock days and hours are meant."""
    TIME = "time"
    """What agents logged on it; its values are a sign and minutes: `>`, `120`."""
    SORT = "sort"


class TicketState(StrEnum):
    """What `is:` asks for. An unassigned or snoozed ticket that is finished is nobody's concern."""

    UNASSIGNED = "unassigned"
    OPEN = "open"
    """Neither resolved nor closed: unlike the status of that name, also what is new, pending or on hold."""
    FINISHED = "finished"
    FOLLOWED = "followed"
    """The person who asks follows it."""
    SNOOZED = "snoozed"
    """It rests until a time, or until its requester writes."""
    UNANSWERED = "unanswered"
    """The requester waits for an agent's word."""
    PRIVATE = "private"
    RATED = "rated"
    """Its requester said how it went, and not anonymously."""
    UNHAPPY = "unhappy"
    """Words of its requester sounded so, on a desk that flags it."""


class OwnRequests(StrEnum):
    """Which of their own requests somebody lists; to whoever asked, what is resolved is closed as well."""

    OPEN = "open"
    CLOSED = "closed"
    ALL = "all"

    @property
    def state(self) -> TicketState | None:
        return {self.OPEN: TicketState.OPEN, self.CLOSED: TicketState.FINISHED}.get(self)


class SlaState(StrEnum):
    AT_RISK = "at-risk"
    """People were warned of it, and nothing of it is overdue."""
    OVERDUE = "overdue"


class TicketContent(StrEnum):
    """What `has:` asks for."""

    FILE = "file"
    NOTE = "note"


class RatingState(StrEnum):
    """What `rating:` asks for."""

    GOOD = "good"
    LOW = "low"


class EventDetail(StrEnum):
    """Which of what happened is meant, as reports tell them apart. Targets are told apart by their measures."""

    LATE = "late"
    """After the target of a first response; of missed targets those that were met after all."""
    STILL_OPEN = "still-open"
    """A missed target that is not met yet."""
    STILL = "still"
    """It has not been undone since."""
    NO_REPLY = "no-reply"
    """Deskbell resolved it, as its requester didn't reply."""
    ONE_TOUCH = "one-touch"
    FIRST_CONTACT = "first-contact"
    """One agent alone answered it, and it was not reopened in that time."""
    IN = "in"
    OUT = "out"
    SOLVED = "solved"
    """What was shown did, so its requester said."""
    NO_HELP = "no-help"
    EARLIER = "earlier"
    """Answers of agents to others were shown."""
    NOTHING = "nothing"
    """No sure answer was found to be shown."""


class SearchOrder(StrEnum):
    BEST = "best"
    DUE = "due"
    """As queues are ordered."""
    NEWEST = "newest"
    OLDEST = "oldest"
    LAST_WORD = "last-word"
    """What changed last comes first."""
    NEXT = "next"
    """What should be answered next: overdue first responses, what else is overdue, what is at risk, then what has the
    higher priority, and of equals what was opened first."""

    YOURS = "yours"
    """As whoever asked looks for one: what waits for their reply comes first, then what changed last,
    and what is finished comes last."""


OFFERED_ORDERS: Final = (
    SearchOrder.DUE,
    SearchOrder.OLDEST,
    SearchOrder.NEWEST,
    SearchOrder.LAST_WORD,
)
"""Those that every list offers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWindow:
    """From `since` (included) to `until` (excluded), UTC; None leaves an end open."""

    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_empty(self) -> bool:
        return self.since is not None and self.until is not None and self.since >= self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Words that stand side by side, as `index_words` writes them. `number` is a ticket's, if they can be one."""

    words: tuple[str, ...]
    is_prefix: bool = False
    """The last word may go on."""
    is_literal: bool = False
    """It was quoted: other endings of the words do not count."""
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One filter: any of the values, or a window of time; of what happened both, where they were typed.

    Values are as `desk.yaml` and the enumerations spell them, with `-` for `_` in the latter; people as typed.
    """

    name: FilterName
    values: tuple[str, ...] = ()
    window: TimeWindow | None = None
    is_excluded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """All terms and all criteria must hold; an `order` of None is the best for what is asked."""

    text: str
    terms: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    order: SearchOrder | None = None

    @property
    def leaves_out_new(self) -> bool:
        """Whether open tickets are asked for by their status, which new ones do not have."""
        statuses = [
            each.values for each in self.criteria if each.name is FilterName.STATUS and not each.is_excluded
        ]
        return any("open" in each and "new" not in each for each in statuses)

    @property
    def sorted_by(self) -> SearchOrder:
        """Words have a best match; filters alone list what is new."""
        if self.order is not None:
            return self.order
        return SearchOrder.BEST if self.terms else SearchOrder.NEWEST

    def with_criterion(self, criterion: Criterion) -> "Query":
        return replace(self, criteria=(*self.criteria, criterion))
