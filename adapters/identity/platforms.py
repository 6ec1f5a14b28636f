"""Platforms that tell a web site whose account somebody has there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from adapters.identity.calls import Json
from adapters.identity.endpoints import Endpoints
from adapters.identity.tokens import text_in, untrusted
from bot.domain.sessions.identity_provider import IdentityProvider
from bot.ports.sessions.identity import VouchedPerson


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformProvider:
    """`endpoints` makes them of the issuer; None: it says them itself. `asked` is added to what it is asked."""

    issuer: str
    scopes: tuple[str, ...]
    account: Callable[[IdentityProvider, Json], VouchedPerson]
    endpoints: Callable[[str], Endpoints] | None = None
    takes_challenge: bool = True
    asked: Callable[[str], Mapping[str, str]]


def _slack_account(provider: IdentityProvider, claims: Json) -> VouchedPerson:
    """https://docs.slack.dev/authentication/sign-in-with-slack"""
    user, team = text_in(claims, "https://slack.com/user_id"), text_in(claims, "https://slack.com/team_id")
    if not user or not team:
        raise untrusted(provider, "https://slack.com/user_id")
    return VouchedPerson(subject=text_in(claims, "sub"), account=f"slack:{user}", workspace=team)


def _slack_workspace(workspace: str) -> Mapping[str, str]:
    return {"team": workspace} if workspace else {}


def _discord_account(provider: IdentityProvider, told: Json) -> VouchedPerson:
    """https://docs.discord.com/developers/resources/user#get-current-user"""
    user = text_in(told, "id")
    if not (user.isascii() and user.isdecimal()):
        raise untrusted(provider, "id")
    return VouchedPerson(subject=user, account=f"discord:{user}")


def _discord_endpoints(issuer: str) -> Endpoints:
    """https://docs.discord.com/developers/topics/oauth2#shared-resources-oauth2-urls"""
    site = issuer.rstrip("/")
    return Endpoints(
        issuer=issuer,
        authorize=f"{site}/oauth2/authorize",
        token=f"{site}/api/oauth2/token",
        person=f"{site}/api/v10/users/@me",
    )


def _once(_workspace: str) -> Mapping[str, str]:
    """Whoever agreed before is not asked again."""
    return {"prompt": "none"}


PLATFORMS: Final[Mapping[str, PlatformProvider]] = {
    "slack": PlatformProvider(
        issuer="https://slack.com",
        scopes=("openid", "profile"),
        account=_slack_account,
        # With OpenID Connect it has PKCE for apps without a secret alone, and making one such cannot be undone:
        # https://docs.slack.dev/authentication/using-pkce. The nonce binds its codes.
        takes_challenge=False,
        asked=_slack_workspace,
    ),
    "discord": PlatformProvider(
        issuer="https://discord.com",
        scopes=("identify",),
        account=_discord_account,
        endpoints=_discord_endpoints,
        asked=_once,
    ),
}
"""By the kind that `desk.yaml` says."""
