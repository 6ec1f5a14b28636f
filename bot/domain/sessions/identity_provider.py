"""Who may vouch for somebody at a browser: an identity provider, as `desk.yaml` names it."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from bot.domain.directory import CLAIMED

SETTINGS: Final = "DESKBELL_SIGN_IN_"
"""The names of settings that hold secrets of providers begin so."""
OPENID: Final = "oidc"
"""The kind of a provider that belongs to no platform of the desk's."""


class ProviderRefusal(StrEnum):
    """Why somebody who comes from a provider is not signed in."""

    ELSEWHERE = "elsewhere"
    """It did not begin in this browser, or not with this provider."""
    LATE = "late"
    USED = "used"
    UNTRUSTED = "untrusted"
    """What the provider is said to have answered does not hold."""
    FOREIGN = "foreign"
    """An account of another workspace than the one that the desk is in."""
    UNKNOWN = "unknown"
    UNCONFIRMED = "unconfirmed"
    """Known by an address alone that the provider does not vouch for."""
    SEVERAL = "several"
    """The address is several people's."""
    LEFT = "left"
    TOO_MANY = "too_many"


OF_PEOPLE: Final = frozenset(
    {
        ProviderRefusal.FOREIGN,
        ProviderRefusal.UNKNOWN,
        ProviderRefusal.UNCONFIRMED,
        ProviderRefusal.SEVERAL,
        ProviderRefusal.LEFT,
    }
)
"""Those of somebody for whom the provider vouches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderGroups:
    """What the values of a claim are good for, while a session lasts. Teams are named as in `desk.yaml`."""

    claim: str
    admins: frozenset[str] = frozenset()
    agents: Mapping[str, frozenset[str]] = field(default_factory=dict)
    leads: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def values(self) -> frozenset[str]:
        """All that are good for anything."""
        return self.admins.union(*self.agents.values(), *self.leads.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityProvider:
    """`kind` is `oidc` or the name of the platform whose accounts it tells; `secret` names a setting.

    `issuer` is empty where it is the platform's own. `account_claim` holds what `account_platform` calls an account.
    """

    kind: str
    name: str
    title: str
    client_id: str
    secret: str
    issuer: str = ""
    scopes: tuple[str, ...] = ()
    account_claim: str = ""
    account_platform: str = ""
    groups: ProviderGroups | None = None

    @property
    def platform(self) -> str:
        """Whose accounts it tells; empty where it tells people's addresses."""
        return "" if self.kind == OPENID else self.kind

    @property
    def accounts_on(self) -> str:
        """The platform without which it leads to nobody's account; empty where any will do."""
        return self.platform or self.account_platform

    def is_of_use(self, platforms: Container[str]) -> bool:
        """Whether it leads to accounts of one of these, on which the desk is."""
        return not self.accounts_on or self.accounts_on in platforms

    def reference(self, value: str) -> str:
        """What whoever has this group is in: nobody's key, group or address is written like it."""
        return f"{self.name}{CLAIMED}{value}"

    def references(self, values: Iterable[str]) -> frozenset[str]:
        """Of those values that are good for anything."""
        known = self.groups.values if self.groups is not None else frozenset[str]()
        return frozenset(self.reference(each) for each in known.intersection(values))
