"""Desk time: what SLAs, history and snoozing go by. It may jump; tests and the demo fast-forward it."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The present desk time, aware, UTC."""
        ...
