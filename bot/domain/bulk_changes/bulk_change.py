"""One change of many tickets: chosen once, then done to each of them once, and undone where that is asked in time.

Which tickets it is for is fixed when they are chosen: what is opened or changed later is never drawn in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.bulk_changes.ticket_snapshot import TicketSnapshot
from bot.domain.errors import AlreadySo, Refused
from bot.domain.notices.notice_record import NoticeEvent
from bot.domain.sentence import Sentence

MOST_TICKETS: Final = 500
"""Of one change."""
UNDO_WITHIN: Final = timedelta(minutes=30)
"""After its last ticket."""


HANDED_OVER = "handed_over_by"
"""The detail of a change by which somebody's open tickets go to a colleague: whose they were."""


class BulkAction(StrEnum):
    CLAIM = "claim"
    ASSIGN = "assign"
    RELEASE = "release"
    TAG = "tag"
    PRIORITY = "priority"
    SET_FIELDS = "set"
    TRANSFER = "transfer"
    SNOOZE = "snooze"
    RESOLVE = "resolve"


class BulkStage(StrEnum):
    """How far a change has come; one that is final cannot be undone any more."""

    CHOSEN = "chosen"
    RUNNING = "running"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"
    FINAL = "final"


class BulkOutcome(StrEnum):
    """What became of one ticket. One that was undone is as it was before; a kept one was changed since by others."""

    WAITING = "waiting"
    CHANGED = "changed"
    LEFT = "left"
    UNDONE = "undone"
    KEPT = "kept"


@dataclass(slots=True, kw_only=True)
class BulkChange:
    """`actor` is the key of who does it, `query` what they looked for; `details` say what `action` is to do.

    Instants are desk time, UTC; `ended_at` is when its last ticket had been changed.
    """

    id: int
    actor: str
    query: str
    chosen_at: datetime
    action: BulkAction | None = None
    details: Mapping[str, str] = field(default_factory=dict)
    stage: BulkStage = BulkStage.CHOSEN
    ended_at: datetime | None = None

    def mean(self, action: BulkAction, details: Mapping[str, str]) -> None:
        """Say what is to be done. Raises Refused once it has begun."""
        self._must_be_ahead()
        self.action, self.details = action, details

    def drop(self) -> None:
        """Nothing is to be done any more, until somebody says so again. Raises AlreadySo once it has begun."""
        self._must_be_ahead()
        self.action, self.details = None, {}

    def keep(self, **details: str) -> None:
        """What is to be remembered of it besides what it is to do."""
        self.details = {**self.details, **details}

    def start(self) -> None:
        """Raises Refused where it has begun already, or where nobody said what is to be done."""
        self._must_be_ahead()
        if self.action is None:
            raise Refused("bulk.choose_action_first")
        self.stage = BulkStage.RUNNING

    def finish(self, *, at: datetime) -> None:
        """All its tickets are changed, or all are put back."""
        if self.stage is BulkStage.UNDOING:
            self.stage = BulkStage.UNDONE
        else:
            self.stage, self.ended_at = BulkStage.DONE, at

    def undo(self, *, at: datetime) -> None:
        """Begin to put its tickets back. Raises AlreadySo, and Refused while it runs or when it is too late."""
        match self.stage:
            case BulkStage.CHOSEN:
                raise Refused("bulk.nothing_to_undo")
            case BulkStage.RUNNING:
                raise Refused("bulk.still_running")
            case BulkStage.UNDOING | BulkStage.UNDONE:
                raise AlreadySo("bulk.already_undone")
            case BulkStage.DONE | BulkStage.FINAL:
                if not self.may_be_undone(at):
                    raise Refused("bulk.too_late_to_undo")
                self.stage = BulkStage.UNDOING

    def may_be_undone(self, at: datetime) -> bool:
        return self.stage is BulkStage.DONE and self.ended_at is not None and at < self.ended_at + UNDO_WITHIN

    @property
    def is_undone(self) -> bool:
        """Or on the way there."""
        return self.stage in (BulkStage.UNDOING, BulkStage.UNDONE)

    def become_final(self) -> None:
        """The time to undo it is over."""
        self.stage = BulkStage.FINAL

    @property
    def is_at_work(self) -> bool:
        return self.stage in (BulkStage.RUNNING, BulkStage.UNDOING)

    def _must_be_ahead(self) -> None:
        if self.stage is not BulkStage.CHOSEN:
            raise AlreadySo("bulk.already_started")


@dataclass(frozen=True, slots=True, kw_only=True)
class BundledNotice:
    """What somebody is told of one ticket together with the others. `absent` is the key of whom they stand in for."""

    event: NoticeEvent
    recipient: str
    absent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkItem:
    """One ticket of a change, by its id. `place` is its own in the list, from 0.

    `reason` says why it was left as it is. `before` and `after` are given while it can be put back. `told` are the
    notices that were kept for the one that tells of all.
    """

    change: int
    ticket: int
    place: int
    is_chosen: bool = True
    outcome: BulkOutcome = BulkOutcome.WAITING
    reason: Sentence | None = None
    before: TicketSnapshot | None = None
    after: TicketSnapshot | None = None
    told: tuple[BundledNotice, ...] = ()
