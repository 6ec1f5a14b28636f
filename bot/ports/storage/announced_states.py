"""What was announced last of what is monitored."""

from collections.abc import Mapping
from typing import Protocol


class AnnouncedStates(Protocol):
    """What has been told of something that is watched, so that it is told once, whoever watches."""

    def all(self) -> Mapping[str, str]:
        """What was told last, by the name of what is watched."""
        ...

    def tell(self, name: str, *, was: str, told: str) -> bool:
        """From now on this has been told; False when meanwhile something other than `was` has been ("": nothing)."""
        ...
