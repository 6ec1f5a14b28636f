"""A way to a provider and back: what the browser keeps of it meanwhile, and what only the desk can make of that.

Nothing is written down when somebody leaves, so that nobody fills a table by asking. What the browser keeps is
sealed with a key that comes of the provider's secret; what the provider is told is made from it with that key.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

LIFE: Final = timedelta(minutes=10)
_MARK: Final = "."


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """`provider` is its name in `desk.yaml`; `seed` is known to one browser."""

    provider: str
    seed: str
    made_at: datetime

    def is_in_time(self, now: datetime) -> bool:
        """Not before it was made either: desk time may be set back."""
        return self.made_at <= now < self.made_at + LIFE

    def state(self, secret: str) -> str:
        return self._made("state", secret)

    def nonce(self, secret: str) -> str:
        return self._made("nonce", secret)

    def verifier(self, secret: str) -> str:
        """43 signs: https://www.rfc-editor.org/rfc/rfc7636#section-4.1"""
        return self._made("verifier", secret)

    def challenge(self, secret: str) -> str:
        return _text(hashlib.sha256(self.verifier(secret).encode()).digest())

    def sealed(self, secret: str) -> str:
        body = self._body
        return f"{body}{_MARK}{_signed('seal', body, secret)}"

    def _made(self, purpose: str, secret: str) -> str:
        return _signed(purpose, self._body, secret)

    @property
    def _body(self) -> str:
        return _MARK.join((self.provider, str(int(self.made_at.timestamp())), self.seed))


def new_attempt(provider: str, now: datetime) -> Attempt:
    made_at = datetime.fromtimestamp(int(now.timestamp()), UTC)
    return Attempt(provider=provider, seed=secrets.token_urlsafe(24), made_at=made_at)


def opened(kept: str, secret: str) -> Attempt | None:
    """What was sealed; None where it was not sealed here with this secret."""
    body, _, seal = kept.rpartition(_MARK)
    if not hmac.compare_digest(_signed("seal", body, secret).encode(), seal.encode(errors="replace")):
        return None
    provider, made_at, seed = body.split(_MARK)
    return Attempt(provider=provider, seed=seed, made_at=datetime.fromtimestamp(int(made_at), UTC))


def _signed(purpose: str, body: str, secret: str) -> str:
    """With the name of its purpose, so that what is made for one is good for no other."""
    key = hmac.new(secret.encode(), b"deskbell sign-in", hashlib.sha256).digest()
    return _text(hmac.new(key, f"{purpose} {body}".encode(errors="replace"), hashlib.sha256).digest())


def _text(given: bytes) -> str:
    return base64.urlsafe_b64encode(given).rstrip(b"=").decode()
