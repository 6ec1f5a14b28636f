"""Memory that a start, a report or a burst needed and an idle desk does not, given back to the system.

The C library keeps what is freed for itself; glibc hands it back when it is asked (`man 3 malloc_trim`).
"""

import ctypes


class IdleMemory:
    async def tick(self) -> None:
        give_back()


def give_back() -> None:
    """Nothing happens where the C library has no such call."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
