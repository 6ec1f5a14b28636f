"""Signed tokens, made by hand: https://www.rfc-editor.org/rfc/rfc7515."""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256


def text(given: bytes) -> str:
    return base64.urlsafe_b64encode(given).rstrip(b"=").decode()


def number(given: int) -> str:
    return text(given.to_bytes((given.bit_length() + 7) // 8, "big"))


@cache
def rsa_key(name: str) -> rsa.RSAPrivateKey:
    """One a name: they take long to make."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(frozen=True)
class RsaKey:
    kid: str
    alg: str = "RS256"
    made_of: str = ""

    def __post_init__(self) -> None:
        """Made at once, and not while somebody waits for an answer."""
        rsa_key(self.made_of or self.kid)

    @property
    def _private(self) -> rsa.RSAPrivateKey:
        return rsa_key(self.made_of or self.kid)

    @property
    def public(self) -> dict[str, Any]:
        numbers = self._private.public_key().public_numbers()
        return {
            "kty": "RSA",
            "kid": self.kid,
            "use": "sig",
            "alg": self.alg,
            "n": number(numbers.n),
            "e": number(numbers.e),
        }

    def sign(self, body: bytes) -> bytes:
        return self._private.sign(body, padding.PKCS1v15(), SHA256())


@dataclass(frozen=True)
class EcKey:
    kid: str
    alg: str = "ES256"
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    @property
    def public(self) -> dict[str, Any]:
        numbers = self.private.public_key().public_numbers()
        x, y = (text(each.to_bytes(32, "big")) for each in (numbers.x, numbers.y))
        return {"kty": "EC", "kid": self.kid, "crv": "P-256", "x": x, "y": y}

    def sign(self, body: bytes) -> bytes:
        r, s = decode_dss_signature(self.private.sign(body, ec.ECDSA(SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


@dataclass(frozen=True)
class NoKey:
    """Says that it need not be signed."""

    kid: str
    alg: str = "none"

    def sign(self, body: bytes) -> bytes:
        return b""


@dataclass(frozen=True)
class SharedKey:
    """Signed with what everybody can read: https://www.rfc-editor.org/rfc/rfc8725#section-2.1"""

    kid: str
    secret: bytes
    alg: str = "HS256"

    def sign(self, body: bytes) -> bytes:
        return hmac.new(self.secret, body, hashlib.sha256).digest()


Key = RsaKey | EcKey | NoKey | SharedKey


def signed(claims: dict[str, Any], key: Key, **header: Any) -> str:
    head = {"alg": key.alg, "kid": key.kid, "typ": "JWT", **header}
    body = ".".join(text(json.dumps(each).encode()) for each in (head, claims))
    return f"{body}.{text(key.sign(body.encode()))}"
