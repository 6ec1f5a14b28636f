"""Who looks at which ticket at another replica's consoles, as that replica told last.

Each tells who looks there when that changes, and again every so often: what is lost is known a little later, and
what a replica told that is gone is forgotten.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from bot.ports.console.replicas import Replicas

AGAIN_S: Final = 20.0
KEPT_S: Final = 3 * AGAIN_S
MOST_TOLD: Final = 50
"""People who look at one ticket."""


class PeopleElsewhere:
    """`changed` is called with the ticket's reference, `touched` where somebody began or ceased to write there."""

    def __init__(
        self,
        replicas: Replicas,
        *,
        here: Callable[[str], Mapping[str, str]],
        changed: Callable[[str], None],
        touched: Callable[[str], None],
    ) -> None:
        """`here` are names by keys of the people who look at a ticket at this replica's consoles."""
        self._replicas = replicas
        self._here = here
        self._changed = changed
        self._touched = touched
        self._known: dict[tuple[str, str], tuple[float, Mapping[str, str]]] = {}
        self._told_at = time.monotonic()
        replicas.on_told(self._hear)

    def of(self, ticket: str) -> Mapping[str, str]:
        """Their names by their keys."""
        found = (people for (_, looked_at), (_, people) in self._known.items() if looked_at == ticket)
        return {key: name for people in found for key, name in people.items()}

    def tell(self, ticket: str) -> None:
        """Who looks at it here has changed."""
        people = dict(list(self._here(ticket).items())[:MOST_TOLD])
        self._replicas.tell(json.dumps({"ticket": ticket, "people": people}))

    def touch(self, ticket: str) -> None:
        self._replicas.tell(json.dumps({"ticket": ticket}))

    def tick(self, tickets: Callable[[], Iterator[str]]) -> None:
        """Tells of all tickets that are looked at here once more, where that is due."""
        now = time.monotonic()
        for ticket in self._forget(now):
            self._changed(ticket)
        if now - self._told_at >= AGAIN_S:
            self._told_at = now
            for ticket in dict.fromkeys(tickets()):
                self.tell(ticket)

    def _hear(self, replica: str, text: str) -> None:
        """What another version tells that this one does not know is nothing."""
        try:
            told = json.loads(text)
            ticket, people = str(told["ticket"]), told.get("people")
            found = {str(key): str(name) for key, name in people.items()} if people is not None else None
        except (ValueError, TypeError, AttributeError, KeyError):
            return
        if found is None:
            self._touched(ticket)
            return
        is_new = found and (replica, ticket) not in self._known
        self._forget(time.monotonic())
        self._known[replica, ticket] = (time.monotonic(), found)
        if not found:
            del self._known[replica, ticket]
        self._changed(ticket)
        if is_new and self._here(ticket):
            self.tell(ticket)  # who has just come there does not know yet who is here

    def _forget(self, now: float) -> list[str]:
        gone = [each for each, (heard_at, _) in self._known.items() if now - heard_at > KEPT_S]
        for each in gone:
            del self._known[each]
        return [ticket for _, ticket in gone]
