"""A private reply that says what is still to happen: how to learn what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAgain:
    """`verb` says so, as a pressed button does, once `after_s` seconds have passed, and nothing while it is open.

    What it answers takes the place of the reply that this belongs to, where the platform can change that.
    """

    verb: str
    ticket: str
    options: Mapping[str, str]
    after_s: float
