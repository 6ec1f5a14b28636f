"""Signs people in with OpenID Connect, by authorization code: `bot.ports.sessions.identity.IdentityClient`.

A code that somebody else got is good for nothing here: the token names the nonce of the browser that left, and where
the provider takes a challenge it gives no token for a code without its verifier.
"""

import base64
from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import quote_plus, urlencode, urlsplit

from adapters.identity.calls import PATIENCE_S, Json, ProviderCalls, failed
from adapters.identity.endpoints import Discovery, Endpoints
from adapters.identity.key_sets import READ_AGAIN_AFTER_S, KeySets
from adapters.identity.platforms import PLATFORMS, PlatformProvider
from adapters.identity.tokens import TokenChecks, can_check, text_in, untrusted
from bot.domain.sessions.identity_provider import IdentityProvider
from bot.ports.sessions.identity import (
    CodeAnswer,
    IdentityFailureKind,
    LogoutOrder,
    SignInQuestion,
    VouchedPerson,
)

MOST_GROUPS: Final = 2_000
_LONGEST_CODE: Final = 4_096


class ProviderClient:
    """`secrets` are settings by their names; seconds are real ones."""

    def __init__(
        self,
        secrets: Mapping[str, str],
        *,
        patience_s: float = PATIENCE_S,
        read_again_after_s: float = READ_AGAIN_AFTER_S,
    ) -> None:
        self._secrets = secrets
        self._calls = ProviderCalls(patience_s=patience_s)
        self._discovery = Discovery(self._calls)
        self._keys = KeySets(self._calls, read_again_after_s=read_again_after_s)
        self._tokens = TokenChecks(self._keys)

    async def address(self, provider: IdentityProvider, question: SignInQuestion) -> str:
        endpoints = await self._endpoints(provider)
        preset = PLATFORMS.get(provider.kind)
        asked = {
            "response_type": "code",
            "client_id": provider.client_id,
            "redirect_uri": question.redirect,
            "scope": " ".join(preset.scopes if preset is not None else provider.scopes),
            "state": question.state,
        }
        if endpoints.takes_challenge:
            asked |= {"code_challenge": question.challenge, "code_challenge_method": "S256"}
        if endpoints.keys:
            asked["nonce"] = question.nonce
        if preset is not None:
            asked |= preset.asked(question.workspace)
        mark = "&" if urlsplit(endpoints.authorize).query else "?"
        return f"{endpoints.authorize}{mark}{urlencode(asked)}"

    async def redeem(self, provider: IdentityProvider, answer: CodeAnswer) -> VouchedPerson:
        endpoints = await self._endpoints(provider)
        if answer.issuer != endpoints.issuer and (answer.issuer or endpoints.names_itself):
            raise untrusted(provider, "iss")
        if not 0 < len(answer.code) <= _LONGEST_CODE:
            raise untrusted(provider, "code")
        told = await self._exchanged(provider, endpoints, answer)
        preset = PLATFORMS.get(provider.kind)
        if not endpoints.keys:
            assert preset is not None, "without keys there is a platform that says how to ask"
            return preset.account(provider, await self._person(provider, endpoints, told))
        claims = await self._tokens.identity(
            provider, endpoints, text_in_full(told, "id_token"), nonce=answer.nonce
        )
        if preset is not None:
            return preset.account(provider, claims)
        return _vouched(provider, await self._with_more(provider, endpoints, told, claims))

    async def logout(self, provider: IdentityProvider, token: str) -> LogoutOrder:
        endpoints = await self._endpoints(provider)
        if not endpoints.keys:
            raise untrusted(provider, "kid")
        claims = await self._tokens.logout(provider, endpoints, token)
        return LogoutOrder(
            subject=text_in(claims, "sub"), sid=text_in(claims, "sid"), token=text_in(claims, "jti")
        )

    async def examine(self, provider: IdentityProvider) -> None:
        if not self._secrets.get(provider.secret):
            raise failed(
                provider,
                IdentityFailureKind.NOT_READY,
                "operations.sign_in_secret_unset",
                variable=provider.secret,
            )
        endpoints = await self._endpoints(provider)
        if endpoints.keys and not can_check():
            raise failed(provider, IdentityFailureKind.NOT_READY, "operations.sign_in_extra_missing")
        if endpoints.keys and not await self._keys.count(provider, endpoints.keys):
            raise failed(provider, IdentityFailureKind.UNTRUSTED, "operations.sign_in_no_keys")

    async def close(self) -> None:
        await self._calls.close()

    async def _endpoints(self, provider: IdentityProvider) -> Endpoints:
        preset: PlatformProvider | None = PLATFORMS.get(provider.kind)
        issuer = provider.issuer or (preset.issuer if preset is not None else "")
        if preset is not None and preset.endpoints is not None:
            return preset.endpoints(issuer)
        found = await self._discovery.endpoints(provider, issuer)
        return found if preset is None else replace(found, takes_challenge=preset.takes_challenge)

    async def _exchanged(self, provider: IdentityProvider, endpoints: Endpoints, answer: CodeAnswer) -> Json:
        """The secret goes as the provider takes it: https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1"""
        secret = self._secrets.get(provider.secret, "")
        form = {
            "grant_type": "authorization_code",
            "code": answer.code,
            "redirect_uri": answer.redirect,
        }
        if endpoints.takes_challenge:
            form["code_verifier"] = answer.verifier
        if endpoints.takes_secret_in_form:
            form |= {"client_id": provider.client_id, "client_secret": secret}
            return await self._calls.exchange(provider, endpoints.token, form)
        pair = f"{quote_plus(provider.client_id)}:{quote_plus(secret)}".encode()
        basic = f"Basic {base64.b64encode(pair).decode()}"
        return await self._calls.exchange(provider, endpoints.token, form, Authorization=basic)

    async def _person(self, provider: IdentityProvider, endpoints: Endpoints, told: Json) -> Json:
        token = text_in_full(told, "access_token")
        if not token or not token.isprintable() or not token.isascii():
            raise untrusted(provider, "access_token")
        return await self._calls.get(provider, endpoints.person, Authorization=f"Bearer {token}")

    async def _with_more(
        self, provider: IdentityProvider, endpoints: Endpoints, told: Json, claims: Json
    ) -> Json:
        """With what the token leaves out and the provider tells when it is asked, of the same person."""
        wanted = ["email", provider.account_claim, provider.groups.claim if provider.groups else ""]
        if not endpoints.person or all(name in claims for name in wanted if name):
            return claims
        if not text_in_full(told, "access_token"):
            return claims
        more = await self._person(provider, endpoints, told)
        if more.get("sub") != claims["sub"]:
            raise untrusted(provider, "sub")
        return {**more, **claims}


def text_in_full(told: Json, name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""


def _vouched(provider: IdentityProvider, claims: Json) -> VouchedPerson:
    account = text_in(claims, provider.account_claim) if provider.account_claim else ""
    return VouchedPerson(
        subject=text_in(claims, "sub"),
        account=f"{provider.account_platform}:{account}" if account else "",
        email=text_in(claims, "email"),
        is_email_confirmed=claims.get("email_verified") is True,
        sid=text_in(claims, "sid"),
        groups=_groups(claims.get(provider.groups.claim)) if provider.groups is not None else frozenset(),
    )


def _groups(told: object) -> frozenset[str]:
    listed = [told] if isinstance(told, str) else told if isinstance(told, list) else []
    return frozenset(each for each in listed[:MOST_GROUPS] if isinstance(each, str))
