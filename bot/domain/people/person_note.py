"""What agents note of a person for one another. The person never reads it, whatever else they are on the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.search.visibility import Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonNote:
    """`account` is the key of the account that it was written about, `author` an agent's; `at` is desk time, UTC.

    `communities` are the servers that its author works for; empty where they work for all.
    """

    id: int
    account: str
    author: str
    text: str
    at: datetime
    communities: frozenset[str] = frozenset()

    def is_read_by(self, visibility: Visibility) -> bool:
        """Agents who see into every server that its author sees into, since it may tell of any of them."""
        if not visibility.teams or visibility.is_account(self.account):
            return False
        if visibility.sees_everywhere or self.author == visibility.person:
            return True
        return bool(self.communities) and self.communities <= visibility.communities


def scope_of(visibility: Visibility) -> frozenset[str]:
    """The servers that what this agent writes may tell of; empty for all."""
    return frozenset() if visibility.sees_everywhere else visibility.communities


def readable(notes: Iterable[PersonNote], visibility: Visibility) -> list[PersonNote]:
    return [each for each in notes if each.is_read_by(visibility)]
