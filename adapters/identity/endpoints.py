"""Where a provider is asked what: https://openid.net/specs/openid-connect-discovery-1_0.html."""

import time
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from adapters.identity.calls import Json, ProviderCalls, failed
from bot.domain.sessions.identity_provider import IdentityProvider
from bot.ports.sessions.identity import IdentityFailureKind

WELL_KNOWN: Final = "/.well-known/openid-configuration"
KEPT_S: Final = 3600.0
"""How long what a provider says of itself is kept; real seconds, since it is no desk's time that it goes by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoints:
    """`names_itself`: it says in each answer by the browser who it is (RFC 9207).

    `takes_challenge`: a code is good for nothing without the verifier that belongs to its challenge (RFC 7636).
    """

    issuer: str
    authorize: str
    token: str
    keys: str = ""
    person: str = ""
    takes_secret_in_form: bool = False
    names_itself: bool = False
    takes_challenge: bool = True


class Discovery:
    """What providers say of themselves, asked once an hour."""

    def __init__(self, calls: ProviderCalls) -> None:
        self._calls = calls
        self._found: dict[str, tuple[float, Endpoints]] = {}

    async def endpoints(self, provider: IdentityProvider, issuer: str) -> Endpoints:
        known = self._found.get(issuer)
        if known is not None and time.monotonic() - known[0] < KEPT_S:
            return known[1]
        told = await self._calls.get(provider, issuer.rstrip("/") + WELL_KNOWN)
        found = _endpoints(provider, issuer, told)
        self._found[issuer] = (time.monotonic(), found)
        return found


def _endpoints(provider: IdentityProvider, issuer: str, told: Json) -> Endpoints:
    if told.get("issuer") != issuer:
        raise failed(
            provider, IdentityFailureKind.UNTRUSTED, "operations.sign_in_other_issuer", issuer=issuer
        )
    ways = told.get("token_endpoint_auth_methods_supported")
    challenges = told.get("code_challenge_methods_supported")
    return Endpoints(
        issuer=issuer,
        authorize=_address(provider, told, "authorization_endpoint"),
        token=_address(provider, told, "token_endpoint"),
        keys=_address(provider, told, "jwks_uri"),
        person=_address(provider, told, "userinfo_endpoint") if told.get("userinfo_endpoint") else "",
        takes_secret_in_form=isinstance(ways, list) and "client_secret_post" in ways,
        names_itself=told.get("authorization_response_iss_parameter_supported") is True,
        takes_challenge=not isinstance(challenges, list) or "S256" in challenges,
    )


def _address(provider: IdentityProvider, told: Json, name: str) -> str:
    """With https, or with http where the issuer has that, which is only so on this machine."""
    address = told.get(name)
    if isinstance(address, str):
        scheme = urlsplit(address).scheme
        if urlsplit(address).netloc and scheme in ("https", urlsplit(str(told["issuer"])).scheme):
            return address
    raise failed(
        provider, IdentityFailureKind.UNTRUSTED, "operations.sign_in_endpoint_unusable", endpoint=name
    )
