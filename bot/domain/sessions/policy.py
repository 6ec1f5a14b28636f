"""How long somebody stays signed in."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPolicy:
    """A session is over `idle` after it was used last, and `longest` after it began, whichever comes first."""

    idle: timedelta = timedelta(hours=12)
    longest: timedelta = timedelta(days=30)


USUAL_POLICY: Final = SignInPolicy()
