"""A macro that was written in chat: whose it is, and who changed it last."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.macros.macro import Macro

MOST_OF_ONE_OWNER = 200
LONGEST_TEXT = 3_000
"""Characters; as much as Slack's text inputs take: https://docs.slack.dev/reference/block-kit/block-elements"""


class MacroScope(StrEnum):
    PERSON = "person"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class MacroOwner:
    """One person's own, by their key, or a team's, by its name."""

    scope: MacroScope
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenMacro:
    """`version` grows by one with each change. `changed_by` is a person's key."""

    id: int
    owner: MacroOwner
    macro: Macro
    version: int = 1
    changed_by: str
    changed_at: datetime
