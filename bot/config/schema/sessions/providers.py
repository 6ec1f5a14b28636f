"""What `sign_in.providers` of `desk.yaml` may say: who else may vouch for people at a browser."""

import re
from collections.abc import Sequence
from ipaddress import ip_address
from typing import Annotated, Final, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator

from bot.config.file.field_types import (
    SIGN_IN_KIND,
    SIGN_IN_PLATFORM,
    AsList,
    TeamName,
    checked,
    known,
    wrong,
)
from bot.config.file.section import Section
from bot.domain.sessions.identity_provider import OPENID, SETTINGS, IdentityProvider, ProviderGroups

_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,29}")
_VARIABLE: Final = re.compile(rf"{SETTINGS}[A-Z0-9_]{{1,60}}")
_SCOPE: Final = re.compile(r"[\x21\x23-\x5B\x5D-\x7E]{1,100}")
"""RFC 6749, 3.3."""
_USUAL_SCOPES: Final = ("openid", "profile", "email")


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise wrong("configuration.not_a_provider_name", text=text)
    return text


def _secret(text: str) -> str:
    """What does not look like a name may be the secret itself, so it is not repeated."""
    if not _VARIABLE.fullmatch(text):
        raise wrong("configuration.sign_in_secret_name", example=f"{SETTINGS}ACME")
    return text


def _issuer(text: str) -> str:
    """As it is written: https://openid.net/specs/openid-connect-core-1_0.html#IDToken compares it so."""
    try:
        address = urlsplit(text)
        host = address.hostname or ""
        is_right = bool(host) and address.port != 0 and "@" not in address.netloc
    except ValueError:
        host, is_right, address = "", False, urlsplit("")
    is_safe = address.scheme == "https" or (address.scheme == "http" and _is_this_machine(host))
    if not is_right or not is_safe or "?" in text or "#" in text or any(sign.isspace() for sign in text):
        raise wrong("configuration.not_an_issuer", text=text)
    return text


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _scope(text: str) -> str:
    if not _SCOPE.fullmatch(text):
        raise wrong("configuration.not_a_scope", text=text)
    return text


Values = Annotated[list[Annotated[str, Field(min_length=1, max_length=200)]], AsList]
ClaimName = Annotated[str, Field(min_length=1, max_length=200)]


class SignInGroupsSection(Section):
    """What groups of the provider are good for, until the session ends."""

    claim: ClaimName = Field("groups", description="Where the provider tells somebody’s groups.")
    admins: Values = Field([], description="Groups of administrators.")
    agents: dict[TeamName, Values] = Field({}, description="By team, the groups of its agents.")
    leads: dict[TeamName, Values] = Field({}, description="By team, the groups of its leads.")

    def compiled(self) -> ProviderGroups:
        return ProviderGroups(
            claim=self.claim,
            admins=frozenset(self.admins),
            agents={team: frozenset(values) for team, values in self.agents.items()},
            leads={team: frozenset(values) for team, values in self.leads.items()},
        )


class SignInProviderSection(Section):
    """Another way to sign in at a browser, besides links."""

    kind: Annotated[str, AfterValidator(known(SIGN_IN_KIND))] = Field(
        description="`slack`, `discord`, or `oidc` for any other that speaks OpenID Connect.",
        examples=[OPENID],
    )
    name: Annotated[str, AfterValidator(checked(_name))] | None = Field(
        None, description="Its name in addresses: `acme`; the kind when left out."
    )
    title: str | None = Field(
        None, min_length=1, max_length=40, description="What the button says; made of the name when left out."
    )
    client_id: str = Field(min_length=1, max_length=300, description="What the provider calls Deskbell.")
    secret: Annotated[str, AfterValidator(checked(_secret))] = Field(
        description=f"The variable that holds the client’s secret: `{SETTINGS}ACME`."
    )
    issuer: Annotated[str, AfterValidator(checked(_issuer))] | None = Field(
        None, description="Its address, exactly as it calls itself; `oidc` needs it, others have their own."
    )
    scopes: list[Annotated[str, AfterValidator(checked(_scope))]] = Field(
        [], max_length=20, description="Asked for besides `openid profile email`."
    )
    account_claim: ClaimName | None = Field(
        None, description="A claim that holds somebody’s id on a platform: `slack_user_id`."
    )
    account_platform: Annotated[str, AfterValidator(known(SIGN_IN_PLATFORM))] | None = Field(
        None, description="The platform of `account_claim`: `slack`, `discord` or `web`."
    )
    groups: SignInGroupsSection | None = Field(
        None, description="Rights for the length of a session, by groups that the provider tells."
    )

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.kind == OPENID and self.issuer is None:
            raise wrong("configuration.sign_in_without_issuer", at="kind")
        if self.kind != OPENID:
            for key in ("account_claim", "account_platform", "groups", "scopes"):
                if key in self.model_fields_set:
                    raise wrong("configuration.sign_in_of_platform", at=key, option=key, kind=self.kind)
        if (self.account_claim is None) != (self.account_platform is None):
            written = "account_claim" if self.account_claim is not None else "account_platform"
            raise wrong("configuration.sign_in_account_half", at=written)
        return self

    @property
    def called(self) -> str:
        return self.name or self.kind

    def compiled(self) -> IdentityProvider:
        return IdentityProvider(
            kind=self.kind,
            name=self.called,
            title=self.title or self.called.replace("-", " ").title(),
            client_id=self.client_id,
            secret=self.secret,
            issuer=self.issuer or "",
            scopes=(*_USUAL_SCOPES, *(each for each in self.scopes if each not in _USUAL_SCOPES)),
            account_claim=self.account_claim or "",
            account_platform=self.account_platform or "",
            groups=self.groups.compiled() if self.groups is not None else None,
        )


def no_name_twice(providers: Sequence[SignInProviderSection]) -> Sequence[SignInProviderSection]:
    seen: set[str] = set()
    for place, each in enumerate(providers):
        if each.called in seen:
            raise wrong("configuration.sign_in_name_twice", at=place, name=each.called)
        seen.add(each.called)
    return providers
