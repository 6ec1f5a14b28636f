"""Tokens that providers sign: whether one holds, and what it says.

They are judged by real time, as the provider has it, and not by desk time. The library that checks signatures is of
the extra `sign-in` and loaded with the first token.
"""

import base64
import binascii
import hmac
import importlib.util
import json
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from adapters.identity.calls import Json, failed
from adapters.identity.endpoints import Endpoints
from adapters.identity.key_sets import KeySets
from bot.domain.sessions.identity_provider import IdentityProvider
from bot.ports.sessions.identity import IdentityFailed, IdentityFailureKind

FAMILIES: Final[Mapping[str, str]] = {
    "RS256": "RSA",
    "RS384": "RSA",
    "RS512": "RSA",
    "PS256": "RSA",
    "PS384": "RSA",
    "PS512": "RSA",
    "ES256": "EC",
    "ES384": "EC",
    "ES512": "EC",
}
"""Signatures that only the provider can make, and their keys: never `none`, never a shared secret."""
LEEWAY_S: Final = 60
"""By how much clocks of providers and ours may differ."""
OLDEST_S: Final = 600
"""How long ago a token may have been made that comes straight from its provider."""
LONGEST: Final = 32_768
LOGOUT: Final = "http://schemas.openid.net/event/backchannel-logout"


def can_check() -> bool:
    """Whether the library is there."""
    return importlib.util.find_spec("joserfc") is not None


class TokenChecks:
    """`now` is real time, in seconds since 1970."""

    def __init__(self, keys: KeySets, *, now: Callable[[], float] = time.time) -> None:
        self._keys = keys
        self._now = now

    async def identity(self, provider: IdentityProvider, at: Endpoints, token: str, *, nonce: str) -> Json:
        """https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation"""
        claims = await self._signed(provider, at, token)
        self._must_be_for_us(provider, at, claims)
        given = claims.get("nonce")
        if not isinstance(given, str) or not hmac.compare_digest(given.encode(), nonce.encode()):
            raise untrusted(provider, "nonce")
        if self._number(provider, claims, "exp") <= self._now() - LEEWAY_S:
            raise untrusted(provider, "exp")
        if not text_in(claims, "sub"):
            raise untrusted(provider, "sub")
        return claims

    async def logout(self, provider: IdentityProvider, at: Endpoints, token: str) -> Json:
        """https://openid.net/specs/openid-connect-backchannel-1_0.html#Validation"""
        claims = await self._signed(provider, at, token)
        self._must_be_for_us(provider, at, claims)
        if "exp" in claims and self._number(provider, claims, "exp") <= self._now() - LEEWAY_S:
            raise untrusted(provider, "exp")
        events = claims.get("events")
        if not isinstance(events, dict) or not isinstance(events.get(LOGOUT), dict):
            raise untrusted(provider, "events")
        if "nonce" in claims:
            raise untrusted(provider, "nonce")
        if not text_in(claims, "jti"):
            raise untrusted(provider, "jti")
        if not text_in(claims, "sub") and not text_in(claims, "sid"):
            raise untrusted(provider, "sub")
        return claims

    async def _signed(self, provider: IdentityProvider, at: Endpoints, token: str) -> Json:
        header = _header(token)
        algorithm, named = header.get("alg"), header.get("kid", "")
        family = FAMILIES.get(algorithm) if isinstance(algorithm, str) else None
        if family is None or not isinstance(named, str) or "crit" in header:
            raise untrusted(provider, "alg")
        if not can_check():
            raise failed(provider, IdentityFailureKind.NOT_READY, "operations.sign_in_extra_missing")
        key = await self._keys.fitting(provider, at.keys, named=named, family=family)
        if key is None or key.get("alg", algorithm) != algorithm:
            raise untrusted(provider, "kid")
        claims = _checked(token, key, str(algorithm))
        if claims is None:
            raise untrusted(provider, "signature")
        return claims

    def _must_be_for_us(self, provider: IdentityProvider, at: Endpoints, claims: Json) -> None:
        if claims.get("iss") != at.issuer:
            raise untrusted(provider, "iss")
        audience = claims.get("aud")
        audiences = audience if isinstance(audience, list) else [audience]
        if provider.client_id not in audiences:
            raise untrusted(provider, "aud")
        is_others_too = len(audiences) > 1
        if (is_others_too or "azp" in claims) and claims.get("azp") != provider.client_id:
            raise untrusted(provider, "azp")
        made_at = self._number(provider, claims, "iat")
        if not -LEEWAY_S <= self._now() - made_at <= OLDEST_S + LEEWAY_S:
            raise untrusted(provider, "iat")
        if "nbf" in claims and self._number(provider, claims, "nbf") > self._now() + LEEWAY_S:
            raise untrusted(provider, "nbf")

    def _number(self, provider: IdentityProvider, claims: Json, name: str) -> float:
        value = claims.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise untrusted(provider, name)
        return float(value)


def untrusted(provider: IdentityProvider, part: str) -> IdentityFailed:
    """`part` is what of the answer does not hold."""
    return failed(provider, IdentityFailureKind.UNTRUSTED, "operations.sign_in_untrusted", part=part)


def text_in(claims: Json, name: str) -> str:
    """A claim that is a text of a usual length, else nothing."""
    value = claims.get(name)
    return value if isinstance(value, str) and 0 < len(value) <= 255 else ""


def _header(token: str) -> Json:
    if len(token) > LONGEST or not token.isascii():
        return {}
    first, _, _ = token.partition(".")
    try:
        header = json.loads(base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)))
    except (ValueError, RecursionError, binascii.Error):
        return {}
    return header if isinstance(header, dict) else {}


def _checked(token: str, key: Json, algorithm: str) -> dict[str, Any] | None:
    """The claims; None where this key did not sign them in this way."""
    from joserfc import jwk, jwt
    from joserfc.errors import JoseError

    public = {name: value for name, value in key.items() if name in ("kty", "n", "e", "crv", "x", "y", "kid")}
    try:
        return jwt.decode(token, jwk.import_key(public), algorithms=[algorithm]).claims
    except (JoseError, ValueError, TypeError, RecursionError):
        return None
