"""What replicas on one database tell one another and nobody writes down, such as who looks at a ticket."""

from collections.abc import Callable
from typing import Protocol

HearTold = Callable[[str, str], None]
"""Takes the replica that tells, by a name of its own, and what it tells."""


class Replicas(Protocol):
    def tell(self, text: str) -> None:
        """To the others, soon and without waiting. It may be lost, and what is too long to be told is."""
        ...

    def on_told(self, hear: HearTold) -> None:
        """Call this on the event loop's thread with what others tell; never, where there can be no others."""
        ...
