"""The client of identity providers, loaded once somebody signs in there: a desk without any does not pay for it."""

import importlib.util
from collections.abc import Mapping

from bot.domain.sessions.identity_provider import IdentityProvider
from bot.ports.sessions.identity import CodeAnswer, IdentityClient, LogoutOrder, SignInQuestion, VouchedPerson


class IdentityClientOnDemand:
    """`secrets` are settings by their names."""

    def __init__(self, secrets: Mapping[str, str]) -> None:
        self._secrets = secrets
        self._client: IdentityClient | None = None

    async def address(self, provider: IdentityProvider, question: SignInQuestion) -> str:
        return await self._loaded().address(provider, question)

    async def redeem(self, provider: IdentityProvider, answer: CodeAnswer) -> VouchedPerson:
        return await self._loaded().redeem(provider, answer)

    async def logout(self, provider: IdentityProvider, token: str) -> LogoutOrder:
        return await self._loaded().logout(provider, token)

    async def examine(self, provider: IdentityProvider) -> None:
        await self._loaded().examine(provider)

    async def close(self) -> None:
        if self._client is not None:
            await self._client.close()

    def _loaded(self) -> IdentityClient:
        if self._client is None:
            from adapters.identity.client import ProviderClient

            self._client = ProviderClient(self._secrets)
        return self._client


def has_library() -> bool:
    """Whether the extra `sign-in` is installed; nothing is imported to see that."""
    return importlib.util.find_spec("joserfc") is not None
