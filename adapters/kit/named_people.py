"""People whom the configuration names, to be made known to the desk before they do anything.

So a lead who never wrote a word is pinged, and an agent can be given a ticket.
"""

import time

from bot.ports.intake import Intake

LOOK_S = 60.0
"""How often it is asked whether the configuration names somebody new."""
RENEW_S = 3_600.0
"""After so long everybody is looked up again: names, and who is in a group, change."""


class NamedPeople:
    def __init__(self) -> None:
        self._known: frozenset[str] | None = None
        self._told_at = 0.0

    def news(self, intake: Intake) -> list[str] | None:
        """All references to be looked up now, in order; None where nothing is new and the last look is recent."""
        named, now = intake.named_people(), time.monotonic()
        if named == self._known and now - self._told_at <= RENEW_S:
            return None
        self._known, self._told_at = named, now
        return sorted(named)
