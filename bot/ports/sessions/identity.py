"""Identity providers: where a browser is sent, what comes back of it, and what they vouch for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from bot.domain.sentence import Sentence
from bot.domain.sessions.identity_provider import IdentityProvider
from bot.ports.sessions.sign_ins import NewSession


class IdentityFailureKind(StrEnum):
    UNREACHABLE = "unreachable"
    """It cannot be asked just now."""
    DECLINED = "declined"
    """It did not take what it was asked."""
    UNTRUSTED = "untrusted"
    """What it is said to have answered does not hold."""
    NOT_READY = "not_ready"
    """Something is missing here."""


class IdentityFailed(Exception):
    """`why` is for the operator; it holds no secret and no words of a person."""

    def __init__(self, kind: IdentityFailureKind, why: Sentence) -> None:
        super().__init__(str(why))
        self.kind = kind
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInQuestion:
    """What a provider is asked. `challenge` is made of a verifier that it reads with the code: RFC 7636."""

    redirect: str
    state: str
    nonce: str
    challenge: str
    workspace: str = ""
    """In which the account should be, where the provider has several; empty where that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeAnswer:
    """What came back by the browser, with what the desk expects. `issuer` is empty where it does not say."""

    code: str = field(repr=False)
    redirect: str
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    issuer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VouchedPerson:
    """What a provider vouches for.

    `account` is the key of an account that it names; `workspace` where that is, empty where there is but one.
    """

    subject: str
    account: str = ""
    workspace: str = ""
    email: str = ""
    is_email_confirmed: bool = False
    sid: str = ""
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class LogoutOrder:
    """Whose sessions end: one of `subject` and `sid` is there. `token` tells it from any other."""

    subject: str
    sid: str
    token: str


class IdentityClient(Protocol):
    """Asks providers. All raise IdentityFailed."""

    async def address(self, provider: IdentityProvider, question: SignInQuestion) -> str:
        """Where a browser is sent to sign in there."""
        ...

    async def redeem(self, provider: IdentityProvider, answer: CodeAnswer) -> VouchedPerson: ...

    async def logout(self, provider: IdentityProvider, token: str) -> LogoutOrder: ...

    async def examine(self, provider: IdentityProvider) -> None:
        """Whether people could sign in there, as far as that can be seen."""
        ...

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInChoice:
    """A provider as it is offered to people."""

    name: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """`kept` is what the browser keeps until it comes back; whoever lacks it is not the one who left."""

    address: str
    kept: str = field(repr=False)


class ProviderSignIns(Protocol):
    """All of them raise StorageUnavailable. `address` is where an attempt comes from: those refused are counted."""

    def choices(self) -> tuple[SignInChoice, ...]: ...

    async def leave(self, name: str) -> Departure:
        """To a provider. Raises NotAllowed where that is not possible."""
        ...

    async def come_back(
        self, name: str, kept: str, answer: Mapping[str, str], *, address: str, browser: str, replaces: str
    ) -> NewSession:
        """With the query that the provider sent along. Raises NotAllowed with why it signs nobody in."""
        ...

    async def end_sessions(self, name: str, token: str, *, address: str) -> int:
        """As the provider orders; returns how many. Raises NotAllowed, and IdentityFailed where it is not sure."""
        ...
