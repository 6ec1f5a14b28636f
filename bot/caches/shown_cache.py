"""What this process showed last, so that a message is not edited into what it says already.

Only memory: whoever is not sure (after a restart, or when another replica has shown something since) edits again.
"""

from collections import OrderedDict
from hashlib import blake2b

from bot.messages.outbound import Content
from bot.ports.storage.outbox import OutboxRow, RowKind

KEPT = 10_000
"""Messages remembered, the latest first: some two megabytes."""

_COMPARED = (RowKind.ACKNOWLEDGEMENT, RowKind.BOARD, RowKind.ALERT)
"""What is wished for whenever something on it might have changed: a promise, of whose edits requesters are notified,
a board, which is to be calm while nothing is at risk, or an alert, for which many tickets do."""


class ShownCache:
    def __init__(self) -> None:
        self._by_row: OrderedDict[int, tuple[int, bytes]] = OrderedDict()

    def is_so_already(self, row: OutboxRow, content: Content) -> bool:
        """Whether the row's message shows exactly this, as far as is known; only `_COMPARED` kinds are compared."""
        if row.kind not in _COMPARED or not row.parts or row.is_retry:
            return False
        return self._by_row.get(row.id) == (row.shown, _digest(content))

    def remember(self, row: OutboxRow, content: Content) -> None:
        """It has been shown at the revision that was wanted when the row was claimed."""
        if row.kind not in _COMPARED:
            return
        self._by_row[row.id] = (row.wanted, _digest(content))
        self._by_row.move_to_end(row.id)
        if len(self._by_row) > KEPT:
            self._by_row.popitem(last=False)


def _digest(content: Content) -> bytes:
    return blake2b(repr(content).encode("utf-8", "replace"), digest_size=16).digest()
