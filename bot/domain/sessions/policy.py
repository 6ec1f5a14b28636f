"""How long somebody stays signed in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.domain.sessions.identity_provider import IdentityProvider, ProviderGroups


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPolicy:
    """A session is over `idle` after it was used last, and `longest` after it began, whichever comes first.

    `providers` are others who may vouch for people, in the order in which they are offered.
    """

    idle: timedelta = timedelta(hours=12)
    longest: timedelta = timedelta(days=30)
    providers: tuple[IdentityProvider, ...] = ()

    def provider(self, name: str) -> IdentityProvider | None:
        return next((each for each in self.providers if each.name == name), None)

    @property
    def admins(self) -> frozenset[str]:
        """References to those for whom a provider says so."""
        return self._references(lambda groups: groups.admins)

    def agents_of(self, team: str) -> frozenset[str]:
        return self._references(lambda groups: groups.agents.get(team, frozenset()))

    def leads_of(self, team: str) -> frozenset[str]:
        return self._references(lambda groups: groups.leads.get(team, frozenset()))

    def _references(self, values: Callable[[ProviderGroups], frozenset[str]]) -> frozenset[str]:
        return frozenset(
            each.reference(value)
            for each in self.providers
            if each.groups is not None
            for value in values(each.groups)
        )


USUAL_POLICY: Final = SignInPolicy()
