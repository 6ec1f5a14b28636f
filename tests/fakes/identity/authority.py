"""An identity provider that speaks OpenID Connect, and can lie and fail in every way.

It keeps to https://openid.net/specs/openid-connect-core-1_0.html, RFC 6749 and RFC 7636, and refuses what those do.
"""

import base64
import hashlib
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.fakes.identity.signatures import Key, RsaKey, signed, text

CLIENT, SECRET = "deskbell", "sesame-4711-open"
SECRET_NAME = "DESKBELL_SIGN_IN_ACME"
"""The setting that holds the secret wherever a test signs in."""
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
FIRST_KEY = RsaKey("first")

Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What a code is good for, once."""

    redirect: str
    challenge: str
    nonce: str


@dataclass
class Authority:
    """`person` are the claims of whoever comes, who is signed in there; `changed` is put over those of each token."""

    url: str = ""
    person: dict[str, Any] = field(default_factory=lambda: {"sub": "ana-1"})
    told_apart: dict[str, Any] = field(default_factory=dict)
    """Claims that are no part of the token, and told when it is asked for them."""
    changed: dict[str, Any] = field(default_factory=dict)
    """A claim of None is left out."""
    described: dict[str, Any] = field(default_factory=dict)
    """Put over what it says of itself."""
    key: Key = FIRST_KEY
    """Signs."""
    published: list[Key] = field(default_factory=lambda: [FIRST_KEY])
    declines: str = ""
    """The error with which it sends people back."""
    answering: dict[str, Answering] = field(default_factory=dict)
    """By path, what takes the place of its own answer."""
    asked: list[str] = field(default_factory=list)
    """The paths that it was asked for."""
    _grants: dict[str, Grant] = field(default_factory=dict)
    _tokens: set[str] = field(default_factory=set)

    @property
    def issuer(self) -> str:
        return self.url

    @property
    def description(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "id_token_signing_alg_values_supported": ["RS256", "ES256"],
            "authorization_response_iss_parameter_supported": True,
            **self.described,
        }

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/.well-known/openid-configuration", self._or(self._describe)),
            web.get("/authorize", self._or(self._authorize)),
            web.post("/token", self._or(self._token)),
            web.get("/keys", self._or(self._keys)),
            web.get("/userinfo", self._or(self._person)),
        ]

    def token(self, **claims: Any) -> str:
        """Whatever it is told to sign."""
        now = int(time.time())
        given = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, **claims, **self.changed}
        return signed({name: value for name, value in given.items() if value is not None}, self.key)

    def logout_token(self, **claims: Any) -> str:
        """https://openid.net/specs/openid-connect-backchannel-1_0.html#LogoutToken"""
        given = {"sub": self.person["sub"], "jti": secrets.token_hex(8), "events": {LOGOUT: {}}, **claims}
        return self.token(**given)

    def _or(self, usual: Answering) -> Answering:
        async def answer(request: web.Request) -> web.StreamResponse:
            self.asked.append(request.path)
            return await self.answering.get(request.path, usual)(request)

        return answer

    async def _describe(self, _: web.Request) -> web.StreamResponse:
        return web.json_response(self.description)

    async def _keys(self, _: web.Request) -> web.StreamResponse:
        return web.json_response(
            {"keys": [each.public for each in self.published if hasattr(each, "public")]}
        )

    async def _authorize(self, request: web.Request) -> web.StreamResponse:
        """Everybody is signed in here and agrees; https://www.rfc-editor.org/rfc/rfc9207 says who answers."""
        asked = request.query
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert asked.get("code_challenge_method", "S256") == "S256"
        answer = {"state": asked["state"], **self._names_itself()}
        if self.declines:
            answer["error"] = self.declines
        else:
            answer["code"] = secrets.token_urlsafe(16)
            self._grants[answer["code"]] = Grant(
                redirect=asked["redirect_uri"],
                challenge=asked.get("code_challenge", ""),
                nonce=asked.get("nonce", ""),
            )
        raise web.HTTPFound(f"{asked['redirect_uri']}?{urlencode(answer)}")

    def _names_itself(self) -> dict[str, str]:
        return {"iss": self.issuer}

    async def _token(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        if not self._is_client(request, form):
            return self._refusal("invalid_client", status=401)
        grant = self._grants.pop(str(form.get("code")), None)
        if grant is None or not self._is_good(grant, form):
            return self._refusal("invalid_grant", status=400)
        token = secrets.token_urlsafe(16)
        self._tokens.add(token)
        return web.json_response(self._granted(grant, token))

    def _is_good(self, grant: Grant, form: Any) -> bool:
        verifier = str(form.get("code_verifier", ""))
        challenge = text(hashlib.sha256(verifier.encode()).digest()) if verifier else ""
        is_same = (grant.redirect, grant.challenge) == (form.get("redirect_uri"), challenge)
        is_proved = len(verifier) >= 43 or not grant.challenge
        return is_same and is_proved and form.get("grant_type") == "authorization_code"

    def _granted(self, grant: Grant, token: str) -> dict[str, Any]:
        identity = self.token(**self.person, nonce=grant.nonce)
        return {"token_type": "Bearer", "access_token": token, "id_token": identity}

    def _is_client(self, request: web.Request, _form: Any) -> bool:
        expected = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        return request.headers.get("Authorization") == f"Basic {expected}"

    def _refusal(self, error: str, *, status: int) -> web.Response:
        return web.json_response({"error": error}, status=status)

    async def _person(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization", "").removeprefix("Bearer ") not in self._tokens:
            return web.json_response({"error": "invalid_token"}, status=401)
        return web.json_response({"sub": self.person["sub"], **self.told_apart})


@asynccontextmanager
async def running(authority: Authority) -> AsyncIterator[Authority]:
    application = web.Application()
    application.add_routes(authority.routes())
    server = TestServer(application)
    await server.start_server()
    authority.url = str(server.make_url("")).rstrip("/")
    try:
        yield authority
    finally:
        await server.close()
