"""What became of a message that was given to a platform."""

from dataclasses import dataclass

from bot.domain.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Delivered:
    """It is shown; `parts` are the platform's message ids, the first one being the thread's root if it is one."""

    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Postponed:
    """Not now: rate limit, time-out, connection lost. `after_s` seconds from now at the earliest.

    `is_counted`: it counts as a failed attempt; a rate limit does not.
    """

    after_s: float
    reason: Sentence
    is_counted: bool = True


@dataclass(frozen=True, slots=True)
class RootGone:
    """The conversation's root is gone: nothing may be posted there any more."""

    reason: Sentence


@dataclass(frozen=True, slots=True)
class RefusedByPlatform:
    """Never, unless a person changes something. `reason` says what and how to fix it."""

    reason: Sentence


Delivery = Delivered | Postponed | RootGone | RefusedByPlatform
