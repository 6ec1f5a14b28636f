"""The code that links two accounts: given to one, typed in the other, good once and for a few minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without those that look alike: I and 1, O and 0."""
LENGTH: Final = 8
"""Letters: 40 bits."""
LIFE: Final = timedelta(minutes=10)
MOST_TRIES: Final = 5
"""Wrong codes that one account may type within `TRIES_WITHIN`."""
TRIES_WITHIN: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCode:
    """`account` is the key of whoever asked for it; `made_at` desk time, UTC."""

    account: str
    code: str
    made_at: datetime

    def is_good_at(self, now: datetime) -> bool:
        """Not before it was made either: desk time may be set back."""
        return self.made_at <= now < self.made_at + LIFE


def read_code(typed: str) -> str:
    """As it is kept: in capital letters, without spaces and dashes."""
    return "".join(each for each in typed.upper() if each.isalnum())


def is_code(typed: str) -> bool:
    """Whether it may be one, good or not: `discord` is none."""
    return len(read_code(typed)) == LENGTH


def written_code(code: str) -> str:
    """As people read it: `7KQ2-MXPA`."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"
