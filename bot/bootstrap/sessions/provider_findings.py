"""What the doctor finds of identity providers: each is asked what it says of itself; nobody signs in."""

import asyncio
import time
from urllib.parse import urlsplit

from adapters.identity.routes import back_channel
from bot.config.checks.sessions.providers import ADDRESS, is_safe
from bot.domain.desk import Desk
from bot.domain.findings import Finding
from bot.domain.sentence import sentence
from bot.domain.sessions.identity_provider import OPENID, IdentityProvider
from bot.ports.sessions.identity import IdentityFailed
from bot.services.sessions.provider_sign_ins import Providers


async def findings_of_providers(providers: Providers, desk: Desk) -> list[Finding]:
    """With the addresses to enter there."""
    found = await asyncio.gather(*(_of_provider(providers, each) for each in desk.sign_in.providers))
    told = [finding for each in found for finding in each]
    if found and not is_safe(providers.address):
        told.insert(0, Finding.warning(sentence("configuration.sign_in_without_https", variable=ADDRESS)))
    return told


async def _of_provider(providers: Providers, provider: IdentityProvider) -> list[Finding]:
    if not provider.is_of_use(providers.platforms()):
        facts = {"provider": provider.name, "platform": provider.accounts_on}
        return [Finding.warning(sentence("configuration.sign_in_platform_missing", **facts))]
    began_at = time.monotonic()
    redirect = providers.redirect(provider.name)
    told = [Finding.hint(sentence("operations.sign_in_redirect", provider=provider.name, address=redirect))]
    if provider.kind == OPENID:
        parts = urlsplit(redirect)
        address = back_channel(f"{parts.scheme}://{parts.netloc}", provider.name)
        told.append(
            Finding.hint(sentence("operations.sign_in_back_channel", provider=provider.name, address=address))
        )
    try:
        await providers.client.examine(provider)
    except IdentityFailed as failed:
        return [Finding.warning(failed.why), *told]
    took = f"{(time.monotonic() - began_at) * 1000:.0f}"
    ready = sentence("operations.sign_in_ready", provider=provider.name, milliseconds=took)
    return [Finding.hint(ready), *told]
