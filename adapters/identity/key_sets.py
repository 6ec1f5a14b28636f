"""The keys that providers sign with: https://www.rfc-editor.org/rfc/rfc7517.

They change them when they like. A key that is not known yet is looked for once more, and not more often than once a
minute for each provider: anybody can send a token with the name of a key that there is not.
"""

import time
from collections.abc import Sequence
from typing import Final

from adapters.identity.calls import Json, ProviderCalls
from bot.domain.sessions.identity_provider import IdentityProvider

KEPT_S: Final = 3600.0
READ_AGAIN_AFTER_S: Final = 60.0


class KeySets:
    """By the addresses of the sets; seconds are real ones. `read_again_after_s` is less in tests alone."""

    def __init__(self, calls: ProviderCalls, *, read_again_after_s: float = READ_AGAIN_AFTER_S) -> None:
        self._calls = calls
        self._read_again_after_s = read_again_after_s
        self._read: dict[str, tuple[float, Sequence[Json]]] = {}
        self._read_again_at: dict[str, float] = {}

    async def fitting(
        self, provider: IdentityProvider, address: str, *, named: str, family: str
    ) -> Json | None:
        """The one public key of this name and family (RSA, EC); of several without a name none fits."""
        known = self._read.get(address)
        if known is None or time.monotonic() - known[0] >= KEPT_S:
            found = _fitting(await self._keys(provider, address), named, family)
            if found is not None:
                return found
        elif (found := _fitting(known[1], named, family)) is not None:
            return found
        last = self._read_again_at.get(address)
        if last is not None and time.monotonic() - last < self._read_again_after_s:
            return None
        self._read_again_at[address] = time.monotonic()
        return _fitting(await self._keys(provider, address), named, family)

    async def count(self, provider: IdentityProvider, address: str) -> int:
        """How many there are that tokens could be signed with."""
        return len([each for each in await self._keys(provider, address) if each["kty"] in ("RSA", "EC")])

    async def _keys(self, provider: IdentityProvider, address: str) -> Sequence[Json]:
        told = (await self._calls.get(provider, address)).get("keys")
        listed = told if isinstance(told, list) else []
        keys = [
            each
            for each in listed
            if isinstance(each, dict) and isinstance(each.get("kty"), str) and each.get("use", "sig") == "sig"
        ]
        self._read[address] = (time.monotonic(), keys)
        return keys


def _fitting(keys: Sequence[Json], named: str, family: str) -> Json | None:
    of_family = [each for each in keys if each["kty"] == family]
    if not named:
        return of_family[0] if len(of_family) == 1 else None
    return next((each for each in of_family if each.get("kid") == named), None)
