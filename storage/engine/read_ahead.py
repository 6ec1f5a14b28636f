"""What a reading transaction will ask of many: the first question about one is asked about all, by one statement.

Whoever renders a batch asks for each row's ticket, its messages, its people. The batch names what it begins with;
what is read of that names more. Nothing is read that nobody asks for, and all of it is of one snapshot.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class ReadAhead:
    """Keys of what this transaction will ask for; empty where nobody said so."""

    __slots__ = ("conversations", "messages", "people", "tickets")

    def __init__(self) -> None:
        self.tickets: set[int] = set()
        self.messages: set[int] = set()
        self.conversations: set[int] = set()
        self.people: set[str] = set()


class ReadTogether(Generic[K, V]):
    """One question, answered for all keys that are expected as soon as it is asked about one of them.

    `read` gives what there is by key, and leaves out what there is not.
    """

    __slots__ = ("_expected", "_known", "_read")

    def __init__(self, expected: set[K], read: Callable[[Iterable[K]], Mapping[K, V]]) -> None:
        self._expected = expected
        self._read = read
        self._known: dict[K, V | None] = {}

    def __contains__(self, key: K) -> bool:
        """Whether it can be answered from here."""
        return key in self._expected

    def __getitem__(self, key: K) -> V | None:
        """None where there is nothing."""
        if key not in self._known:
            asked = self._expected - self._known.keys()
            found = self._read(asked)
            self._known |= {each: found.get(each) for each in asked}
        return self._known[key]

    def get(self, key: K) -> V | None:
        """The same; None too where it cannot be answered from here."""
        return self[key] if key in self._expected else None
