"""The outbox: what people must still see, as rows that say what should be true or what happens once.

Rows are wished for in the transaction that decided them, claimed with a lease, and settled when they are shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from bot.domain.sentence import Sentence
from bot.domain.tickets.conversation import Conversation


class RowKind(StrEnum):
    """What an outbox row is about; see `is_state`."""

    ACKNOWLEDGEMENT = "acknowledgement"
    CARD = "card"
    COPY = "copy"
    NOTICE = "notice"
    ALERT = "ping"
    STAFFING_NOTICE = "lookout"
    HOME = "home"
    TRANSCRIPT = "transcript"
    DOCUMENT = "document"
    THREAD_HEADER = "topic"
    BOARD = "board"
    DIGEST = "digest"
    REMOVAL = "removal"

    @property
    def term(self) -> Sentence:
        """What people call it."""
        return Sentence(f"deliveries.kind_{self.name.lower()}")

    @property
    def is_state(self) -> bool:
        """Whether it says what should be true; the others happen once."""
        return self not in (
            RowKind.NOTICE,
            RowKind.ALERT,
            RowKind.STAFFING_NOTICE,
            RowKind.DIGEST,
            RowKind.TRANSCRIPT,
            RowKind.DOCUMENT,
        )


class RowState(StrEnum):
    """due → leased → settled; `parked` waits for an operator because its thread is gone; `dead` failed for good."""

    DUE = "due"
    LEASED = "leased"
    SETTLED = "settled"
    DEAD = "dead"
    PARKED = "parked"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow:
    """A row claimed for delivery, with the conversation it goes to.

    `subject` is the ticket's id (acknowledgement, card), the message's (copy, removal) or the board's number.
    `wanted` is the revision asked for when the row was claimed and `shown` the one delivered last (0: none).
    `parts` are the platform's ids of what is shown. `is_retry`: an earlier attempt's outcome may be unknown.
    """

    id: int
    kind: RowKind
    conversation: Conversation
    subject: int
    payload: Mapping[str, Any] = field(default_factory=dict)
    wanted: int = 1
    shown: int = 0
    parts: tuple[str, ...] = ()
    attempts: int = 0
    is_retry: bool = False
    lease: str = ""
    state: RowState = RowState.DUE
    last_error: Sentence | None = None
    """Why the last attempt did not succeed; None where none failed."""
    key: str = ""
    """What a once row was told under."""
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsentRow:
    """A once row that may still say more. `key` is what it was told under."""

    id: int
    key: str
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentAlert:
    """An alert of a conversation that is shown, or still is to be."""

    id: int
    key: str
    payload: Mapping[str, Any]
    is_shown: bool


class Outbox(Protocol):
    """What another person must still see. Order holds within a conversation among rows not yet shown.

    A row that has never been shown waits for every earlier unsettled, never-shown row of its conversation;
    edits of what is shown neither wait nor hold others up, and a thread's head holds up nothing. Rows other
    than the conversation's first wait until its root is known.
    """

    def put_state(
        self, kind: RowKind, *, conversation: int, subject: int, now: datetime, is_root: bool = False
    ) -> None:
        """State row: what is shown should match the present state. Many wishes become one delivery.

        `is_root`: delivering it gives the conversation its root.
        """
        ...

    def put_once(
        self,
        kind: RowKind,
        *,
        conversation: int,
        key: str,
        payload: Mapping[str, Any],
        now: datetime,
        subject: int = 0,
        is_urgent: bool = False,
        held_for: timedelta | None = None,
    ) -> None:
        """Once row: `payload` (JSON) is rendered when sent. A second call with the same key does nothing.

        `is_urgent` rows are claimed before others. `held_for`: not before this long from now (monotonic time).
        """
        ...

    def unsent(self, kind: RowKind, *, conversation: int) -> UnsentRow | None:
        """The newest row of this kind there that nobody has begun to send.

        Until the commit nobody else can ask this of the conversation, so that two never tell beside one another.
        """
        ...

    def amend(self, row: UnsentRow, *, payload: Mapping[str, Any], held_for: timedelta | None = None) -> None:
        """Let an unsent row say something else; `held_for` as in `tell`, None leaves it as it is."""
        ...

    def may_be_shown(self, kind: RowKind, *, conversation: int, subject: int) -> bool:
        """Whether this state row was shown, or is being sent just now."""
        ...

    def payload_of(self, key: str) -> Mapping[str, Any] | None:
        """What this once row says, sent or not; None where there is none."""
        ...

    def key_shown(self, conversation: int, *, post: str) -> str | None:
        """The key of the once row that this post shows; None where no single one does."""
        ...

    def payloads_of(self, keys: Iterable[str]) -> Mapping[str, Mapping[str, Any]]:
        """The same of several, by their keys; those that there are."""
        ...

    def notices_in(self, conversations: Iterable[int]) -> Mapping[str, Mapping[str, Any]]:
        """The same of all notices that these conversations were told, or will be."""
        ...

    def revise(self, key: str, payload: Mapping[str, Any]) -> None:
        """Let a once row say this instead, sent or not; what is shown already is edited."""
        ...

    def show_again(self, keys: Iterable[str]) -> None:
        """Bring what these once rows show up to date: the messages are edited, none is sent anew."""
        ...

    def show_whole(self, conversations: Iterable[int]) -> None:
        """The same of all that was ever told or shown in these conversations."""
        ...

    def current_alerts(self, conversation: int) -> Sequence[CurrentAlert]:
        """Oldest first; those that were deleted, or never sent, are none."""
        ...

    def has_alert_before(self, row: int, *, conversation: int) -> bool:
        """Whether one of `current_alerts` is older than this row."""
        ...

    def has_unsent_alert_after(self, row: int, *, conversation: int) -> bool:
        """Whether one of `current_alerts` is newer than this row and about to be sent for the first time."""
        ...

    def newest_alert_shown(self, conversation: int) -> int | None:
        """The row of the last of `current_alerts` that is shown."""
        ...

    def show_alerts(self, conversations: Iterable[int]) -> None:
        """Bring all that `current_alerts` gives for these conversations up to date."""
        ...

    def claim(self, *, limit: int, lease: timedelta, new_only: bool = False) -> Sequence[OutboxRow]:
        """Lease due rows whose turn it is, at most one not-yet-shown row a conversation.

        `new_only`: those that nobody has been shown yet; what is to be edited or deleted waits.
        """
        ...

    def settle(self, row: OutboxRow, *, parts: tuple[str, ...] | None) -> None:
        """It is so: `parts` are shown now (None: unchanged). Due again if more was wanted meanwhile.

        Ignored when the lease was lost. Sets the conversation's root when the row is its root.
        """
        ...

    def settle_many(self, shown: Sequence[tuple[OutboxRow, tuple[str, ...] | None]]) -> None:
        """The same of several rows with their parts, which `lock_for` has locked."""
        ...

    def lock_for(self, rows: Sequence[OutboxRow]) -> None:
        """Lock what becomes of these rows, in the order in which all transactions do."""
        ...

    def postpone(self, row: OutboxRow, *, after: timedelta, error: Sentence, is_counted: bool) -> None:
        """Try again after this long (monotonic time); `is_counted` adds to `attempts`."""
        ...

    def give_up(self, row: OutboxRow, state: RowState, *, error: Sentence) -> None:
        """DEAD, PARKED or DROPPED. A dead root parks the rows of its conversation that wait for it."""
        ...

    def park_conversation(self, conversation_id: int, *, error: Sentence) -> None:
        """The thread is gone: every unsettled row of it is parked."""
        ...

    def rescue(self) -> int:
        """Make rows whose lease ran out due again, as retries; returns how many."""
        ...

    def listing(self, states: Iterable[RowState], *, limit: int = 50) -> Sequence[OutboxRow]:
        """For operators: newest first."""
        ...

    def get(self, row_id: int) -> OutboxRow | None: ...

    def retry(self, row_id: int) -> bool:
        """Make a dead or parked row due again; False when there is no such row."""
        ...

    def drop(self, row_id: int) -> bool:
        """Settle a dead or parked row unsent; False when there is no such row."""
        ...

    def count_by_state(self) -> Mapping[RowState, int]:
        """Of those that are due, leased, dead or parked: what was settled or dropped is all of the past."""
        ...

    def oldest_unshown(self) -> datetime | None:
        """When the oldest message was written that is due and has never been shown; None when there is none."""
        ...

    def is_settled(self, *, new_only: bool = False) -> bool:
        """Whether nothing is due or under way; `new_only`: nothing that has never been shown."""
        ...
