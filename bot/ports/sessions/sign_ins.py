"""Signing in at a browser: links become sessions, and sessions say who somebody is and what they may see."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.directory import Person
from bot.domain.sessions.session import Session
from bot.domain.sessions.sign_in_link import SignInSide


class Right(StrEnum):
    """Who may open a route. Each route declares one; what is shown of a single ticket is decided besides."""

    ANYBODY = "anybody"
    """Signed in or not: a page that tells nothing of anybody, or that checks by itself who asks."""
    SIGNED_IN = "signed_in"
    AGENT = "agent"
    """Who works or leads at least one team."""
    LEAD = "lead"
    """Who leads at least one team."""
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """`person` is the account that signed in: what it may do comes from `desk.yaml` for that account alone.

    Its groups hold, besides the platform's, those that an identity provider told for this session.

    `rights` hold SIGNED_IN and whatever else it has now. Which accounts are the same person's is asked of
    `uow.identities` where that is needed.
    """

    session: Session
    person: Person
    rights: frozenset[Right]
    language: str
    """What Deskbell speaks to them; the desk's language where theirs is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInOffer:
    """What a link is good for."""

    person: Person
    side: SignInSide


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSession:
    """`secret` is for the browser alone and is kept nowhere else."""

    secret: str = field(repr=False)
    person: Person
    side: SignInSide
    lasts_s: int
    """Seconds for which a browser keeps it at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    """One of somebody's sessions. `is_this`: the one that asks."""

    session: Session
    account: str
    """The account that signed in, as people read it."""
    ends_at: datetime
    is_this: bool


class SignIns(Protocol):
    """All of them raise StorageUnavailable. `address` is where an attempt comes from: those refused are counted."""

    async def look_at(self, link: str, *, address: str) -> SignInOffer:
        """What the link is good for, which uses nothing up. Raises NotAllowed with why it is good for nothing."""
        ...

    async def sign_in(self, link: str, *, address: str, browser: str, replaces: str) -> NewSession:
        """Use the link up. The session of the secret `replaces`, if any, is over. Raises NotAllowed."""
        ...

    async def signed_in(self, secret: str) -> SignedIn | None:
        """Whose session it is; None for one that is over, or of somebody who left."""
        ...

    async def accounts_of(self, signed_in: SignedIn) -> frozenset[str]:
        """Keys of all accounts of that person, the one that signed in included."""
        ...

    async def sign_out(self, secret: str) -> None: ...

    async def sessions_of(self, signed_in: SignedIn) -> Sequence[OpenSession]:
        """Of all accounts of that person, the one that asks first."""
        ...

    async def end(self, signed_in: SignedIn, session: int) -> None:
        """One of their own, else as an administrator. Raises NotAllowed."""
        ...

    async def end_others(self, signed_in: SignedIn) -> int:
        """All of their own but the one that asks; returns how many there were."""
        ...
