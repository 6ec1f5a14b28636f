"""What a transfer leaves behind in the thread of the team that had the ticket."""

from collections.abc import Mapping
from typing import Final

from bot.domain import events as happened

TRANSFERRED: Final[Mapping[str, str]] = {
    "": "team.transferred",
    happened.BY_REQUESTER: "team.transferred_by_requester",
    happened.NEXT_LEVEL: "team.escalated",
    happened.NEXT_REGION: "team.handed_over",
}
"""What is told there, by what caused it: all that is left there of a private ticket."""
