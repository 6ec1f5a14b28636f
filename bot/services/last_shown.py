"""What this process showed last, so that a message is not edited into what it says already.

Only memory: whoever is not sure (after a restart, or when another replica has shown something since) edits again.
"""

from collections import OrderedDict
from hashlib import blake2b

from bot.messages.outbound import Content
from bot.ports.outbox import OutboxRow, RowKind

KEPT = 10_000
"""Messages remembered, the latest first: some two megabytes."""


class LastShown:
    def __init__(self) -> None:
        self._by_row: OrderedDict[int, tuple[int, bytes]] = OrderedDict()

    def is_so_already(self, row: OutboxRow, content: Content) -> bool:
        """Whether the row's message shows exactly this, as far as is known. Acknowledgements alone are compared:

        They are wished for whenever something might have changed their promise, and requesters are notified of edits.
        """
        if row.kind is not RowKind.ACKNOWLEDGEMENT or not row.parts or row.is_retry:
            return False
        return self._by_row.get(row.id) == (row.shown, _digest(content))

    def remember(self, row: OutboxRow, content: Content) -> None:
        """It has been shown at the revision that was wanted when the row was claimed."""
        if row.kind is not RowKind.ACKNOWLEDGEMENT:
            return
        self._by_row[row.id] = (row.wanted, _digest(content))
        self._by_row.move_to_end(row.id)
        if len(self._by_row) > KEPT:
            self._by_row.popitem(last=False)


def _digest(content: Content) -> bytes:
    return blake2b(repr(content).encode("utf-8", "replace"), digest_size=16).digest()
