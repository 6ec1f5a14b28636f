"""`deskbell doctor` asks each provider what it says of itself, and says what to enter there."""

from dataclasses import replace

from adapters.identity.client import ProviderClient
from bot.bootstrap.sessions.provider_findings import findings_of_providers
from bot.domain.findings import Severity
from bot.domain.sentence import sentence
from bot.domain.sessions.identity_provider import OPENID, IdentityProvider
from bot.domain.sessions.policy import SignInPolicy
from bot.services.sessions.provider_sign_ins import Providers
from tests.fakes.desk.everyday_desk import everyday_desk
from tests.fakes.identity.authority import CLIENT, SECRET, SECRET_NAME, Authority, running
from tests.fakes.identity.signatures import NoKey

TOLD = [(Severity.HINT, "redirect"), (Severity.HINT, "back_channel")]


async def found(authority: Authority, *, url: str = "", secret: str = SECRET) -> list[tuple[Severity, str]]:
    provider = IdentityProvider(
        kind=OPENID,
        name="acme",
        title="Acme",
        client_id=CLIENT,
        secret=SECRET_NAME,
        issuer=url or authority.url,
    )
    desk = replace(everyday_desk(), sign_in=SignInPolicy(providers=(provider,)))
    client = ProviderClient({SECRET_NAME: secret})
    providers = Providers(
        client=client,
        secrets={},
        redirect=lambda name: f"https://desk.example.org/sign-in/with/{name}/back",
        workspace=lambda _: "",
        platforms=lambda: ("web",),
        address="https://desk.example.org",
    )
    try:
        findings = await findings_of_providers(providers, desk)
    finally:
        await client.close()
    addresses = [each.sentence.facts["address"] for each in findings if "address" in each.sentence.facts]
    assert addresses == [
        "https://desk.example.org/sign-in/with/acme/back",
        "https://desk.example.org/sign-in/back-channel/acme",
    ]
    return [(each.severity, each.sentence.key.removeprefix("operations.sign_in_")) for each in findings]


async def test_a_provider_that_is_ready_is_said_to_be_with_the_addresses_to_enter() -> None:
    async with running(Authority()) as authority:
        assert await found(authority) == [(Severity.HINT, "ready"), *TOLD]
        assert "/authorize" not in authority.asked


async def test_what_is_wrong_is_said_and_the_addresses_all_the_same() -> None:
    async with running(Authority()) as authority:
        assert await found(authority, secret="") == [(Severity.WARNING, "secret_unset"), *TOLD]
        other = await found(authority, url=authority.url.replace("127.0.0.1", "localhost"))
        assert other == [(Severity.WARNING, "other_issuer"), *TOLD]
        authority.published = [NoKey("none")]
        assert await found(authority) == [(Severity.WARNING, "no_keys"), *TOLD]
    assert await found(authority) == [(Severity.WARNING, "unreachable"), *TOLD]


async def test_a_provider_of_a_platform_that_the_desk_is_not_on_is_said_to_let_nobody_in() -> None:
    provider = IdentityProvider(
        kind="slack", name="slack", title="Slack", client_id=CLIENT, secret=SECRET_NAME
    )
    client = ProviderClient({})
    providers = Providers(
        client=client,
        secrets={},
        redirect=lambda name: f"http://127.0.0.1:8470/sign-in/with/{name}/back",
        workspace=lambda _: "",
        platforms=lambda: ("web",),
        address="",
    )
    findings = await findings_of_providers(
        providers, replace(everyday_desk(), sign_in=SignInPolicy(providers=(provider,)))
    )
    assert [(each.severity, each.sentence) for each in findings] == [
        (
            Severity.WARNING,
            sentence("configuration.sign_in_without_https", variable="DESKBELL_PUBLIC_URL"),
        ),
        (
            Severity.WARNING,
            sentence("configuration.sign_in_platform_missing", provider="slack", platform="slack"),
        ),
    ]
