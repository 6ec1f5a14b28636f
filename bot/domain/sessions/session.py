"""A session: somebody signed in at one browser, with one of their accounts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.sessions.policy import SignInPolicy

USE_WRITTEN_EVERY: Final = timedelta(minutes=1)
"""How old the last use that is written down may become while a session is in use."""


class SignInWay(StrEnum):
    """What a session began with: a link that was asked for in chat or made at the terminal, an identity provider."""

    LINK = "link"
    TERMINAL = "terminal"
    PROVIDER = "provider"


class SessionEnd(StrEnum):
    """Why a session is over before its time."""

    SIGNED_OUT = "signed_out"
    ENDED = "ended"
    """From elsewhere: by its person, or by an administrator."""
    REPLACED = "replaced"
    """Its browser signed in once more."""
    LEFT = "left"
    """Its person left."""
    PROVIDER = "provider"
    """Its person signed out at the identity provider."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderSession:
    """What a session is at the identity provider with which it began.

    `name` is the provider's, `subject` the person there, `sid` their session there where it is told. `groups` are
    references that hold while the session lasts.
    """

    name: str
    subject: str
    sid: str = ""
    groups: frozenset[str] = frozenset()


NO_PROVIDER: Final = ProviderSession(name="", subject="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """`account` is the key of the account that signed in; instants are desk time, UTC.

    `browser` is what its person knows it by: `Firefox, Linux`.
    """

    id: int
    account: str
    way: SignInWay
    browser: str
    created_at: datetime
    used_at: datetime
    ended_at: datetime | None = None
    provider: ProviderSession = NO_PROVIDER

    def ends_at(self, policy: SignInPolicy) -> datetime:
        return min(self.used_at + policy.idle, self.created_at + policy.longest)

    def is_over(self, now: datetime, policy: SignInPolicy) -> bool:
        return self.ended_at is not None or now >= self.ends_at(policy)

    def is_use_due(self, now: datetime) -> bool:
        """Whether it is time to write down that it is in use."""
        return now >= self.used_at + USE_WRITTEN_EVERY
