"""What attempts of this process have begun and not finished, by the message's key, to be gone on with."""

from collections import OrderedDict

from adapters.discord.delivery.message_ref import MessageRef

REMEMBERED = 1_000


class PostsInProgress:
    def __init__(self) -> None:
        self._parts: OrderedDict[str, dict[int, MessageRef]] = OrderedDict()
        self._threads: OrderedDict[str, int] = OrderedDict()

    def parts(self, key: str) -> dict[int, MessageRef]:
        """What stands there already, by its number. It may be written to."""
        parts = self._parts.setdefault(key, {})
        while len(self._parts) > REMEMBERED:
            self._parts.popitem(last=False)
        return parts

    def thread(self, key: str) -> int | None:
        """The thread that was opened for it."""
        return self._threads.get(key)

    def note_thread(self, key: str, thread: int) -> None:
        self._threads[key] = thread
        while len(self._threads) > REMEMBERED:
            self._threads.popitem(last=False)

    def has(self, key: str) -> bool:
        return bool(self._parts.get(key)) or key in self._threads

    def finish(self, key: str) -> None:
        self._parts.pop(key, None)
        self._threads.pop(key, None)
