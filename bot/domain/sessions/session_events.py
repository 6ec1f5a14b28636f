"""What happens to sessions, for the audit log. No secret is in any of it."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInLinkMade(Event):
    """By the person themselves, or for them at the terminal."""

    stored_as: ClassVar[str] = "SignInLinkMade"
    account: str
    way: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSignedIn(Event):
    """`browser` is what the session is known by; `provider` what people read of the one who vouched, if any."""

    stored_as: ClassVar[str] = "PersonSignedIn"
    session: int
    way: str
    browser: str
    provider: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEnded(Event):
    """`cause` is a `SessionEnd`."""

    stored_as: ClassVar[str] = "SessionEnded"
    session: int
    account: str
    browser: str
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInRefused(Event):
    """By the desk. `account` is whose link it was; empty where that is not known. `reason` is a `Refusal`."""

    stored_as: ClassVar[str] = "SignInRefused"
    account: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderSignInRefused(Event):
    """By the desk. `provider` is what people read of it; `account` whose it was, empty where that is not known.

    `reason` is a `ProviderRefusal`.
    """

    stored_as: ClassVar[str] = "ProviderSignInRefused"
    provider: str
    account: str
    reason: str
