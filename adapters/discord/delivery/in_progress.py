"""What attempts of this process have begun and not finished, by the message's key, to be gone on with."""

from adapters.discord.delivery.message_ref import MessageRef
from adapters.kit.recent import Recent

REMEMBERED = 1_000


class PostsInProgress:
    def __init__(self) -> None:
        self._parts: Recent[str, dict[int, MessageRef]] = Recent(most=REMEMBERED)
        self._threads: Recent[str, int] = Recent(most=REMEMBERED)

    def parts(self, key: str) -> dict[int, MessageRef]:
        """What stands there already, by its number. It may be written to."""
        return self._parts.setdefault(key, {})

    def thread(self, key: str) -> int | None:
        """The thread that was opened for it."""
        return self._threads.get(key)

    def note_thread(self, key: str, thread: int) -> None:
        self._threads[key] = thread

    def has(self, key: str) -> bool:
        return bool(self._parts.get(key)) or key in self._threads

    def finish(self, key: str) -> None:
        self._parts.pop(key, None)
        self._threads.pop(key, None)
