"""Slack and Discord as a web site sees them that lets people sign in with their accounts there."""

from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.fakes.identity.authority import CLIENT, SECRET, Authority, Grant


@dataclass
class SlackSignIn(Authority):
    """https://docs.slack.dev/authentication/sign-in-with-slack, and what it says of itself at slack.com."""

    person: dict[str, Any] = field(
        default_factory=lambda: {
            "sub": "U1",
            "https://slack.com/user_id": "U1",
            "https://slack.com/team_id": "T1",
        }
    )

    @property
    def description(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.url}/openid/connect/authorize",
            "token_endpoint": f"{self.url}/api/openid.connect.token",
            "userinfo_endpoint": f"{self.url}/api/openid.connect.userInfo",
            "jwks_uri": f"{self.url}/openid/connect/keys",
            "scopes_supported": ["openid", "profile", "email"],
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        }

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/.well-known/openid-configuration", self._or(self._describe)),
            web.get("/openid/connect/authorize", self._or(self._authorize)),
            web.post("/api/openid.connect.token", self._or(self._token)),
            web.get("/openid/connect/keys", self._or(self._keys)),
        ]

    def _names_itself(self) -> dict[str, str]:
        return {}

    def _is_good(self, grant: Grant, form: Any) -> bool:
        """Here it has PKCE for public clients alone: https://docs.slack.dev/authentication/using-pkce."""
        return not grant.challenge and super()._is_good(grant, form)

    def _is_client(self, _request: web.Request, form: Any) -> bool:
        return (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)

    def _refusal(self, error: str, *, status: int) -> web.Response:
        """With status 200: https://docs.slack.dev/apis/web-api/#responses"""
        return web.json_response({"ok": False, "error": error})

    def _granted(self, grant: Grant, token: str) -> dict[str, Any]:
        return {"ok": True, **super()._granted(grant, token)}


@dataclass
class DiscordSignIn(Authority):
    """https://docs.discord.com/developers/topics/oauth2, and what it says of itself at discord.com."""

    person: dict[str, Any] = field(default_factory=lambda: {"sub": "", "id": "4711", "username": "ana"})

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/oauth2/authorize", self._or(self._authorize)),
            web.post("/api/oauth2/token", self._or(self._token)),
            web.get("/api/v10/users/@me", self._or(self._person)),
        ]

    def _granted(self, grant: Grant, token: str) -> dict[str, Any]:
        return {"token_type": "Bearer", "access_token": token, "expires_in": 604800, "scope": "identify"}

    async def _person(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization", "").removeprefix("Bearer ") not in self._tokens:
            return web.json_response({"message": "401: Unauthorized", "code": 0}, status=401)
        return web.json_response(self.person)
