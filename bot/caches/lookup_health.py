"""How look-ups fare in this process: each trouble is one line in the log, and admins can ask for all of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import structlog

from bot.domain.lookups.lookup import Lookup
from bot.domain.sentence import Sentence, sentence
from bot.outage import Outage
from bot.ports.lookups import LookupFailed, LookupOutcome, NotAskable, PersonFound, PersonUnknown

log = structlog.get_logger(__name__)


class LookupHealth:
    """Used on the event loop alone, but for `lines`, which only reads."""

    def __init__(self) -> None:
        self._outages: dict[str, Outage] = {}
        self._asked: set[str] = set()
        self._odd: defaultdict[str, dict[str, Sentence]] = defaultdict(dict)

    def note(self, lookup: Lookup, outcome: LookupOutcome) -> None:
        outage = self._outages.setdefault(lookup.name, Outage(f"look-up {lookup.name}"))
        match outcome:
            case PersonFound(reading=reading):
                outage.worked()
                for field in reading.odd:
                    self._note_odd(lookup, field, odd_field(lookup, field))
            case PersonUnknown():
                outage.worked()
                self._note_odd(lookup, "", sentence("operations.lookup_unknown_person", lookup=lookup.name))
            case LookupFailed(why=why):
                outage.failed(why)
            case NotAskable():
                return
        self._asked.add(lookup.name)

    def lines(self, lookups: Iterable[Lookup]) -> Iterator[Sentence]:
        """One for each look-up, and one for each of its facts that stands where it cannot be read."""
        for lookup in lookups:
            outage = self._outages.get(lookup.name)
            if outage is not None and outage.cause is not None:
                yield sentence("commands.status_lookup_fails", lookup=lookup.name, reason=outage.cause)
            elif lookup.name in self._asked:
                yield sentence("commands.status_lookup_works", lookup=lookup.name)
            else:
                yield sentence("commands.status_lookup_unasked", lookup=lookup.name)
            yield from list(self._odd[lookup.name].values()) if lookup.name in self._odd else ()

    def _note_odd(self, lookup: Lookup, what: str, told: Sentence) -> None:
        """Once for each fact, until the next start."""
        if what not in self._odd[lookup.name]:
            self._odd[lookup.name][what] = told
            log.warning("an answer to a look-up is not as expected", lookup=lookup.name, cause=told)


def odd_field(lookup: Lookup, field: str) -> Sentence:
    path = next(".".join(each.path) for each in lookup.fields if each.name == field)
    return sentence("operations.lookup_odd", lookup=lookup.name, field=field, path=path)
