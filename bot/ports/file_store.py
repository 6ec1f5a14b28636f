"""Bytes by their hash, streamed and capped; never used inside a transaction."""

from collections.abc import AsyncIterator
from typing import Protocol

from bot.domain.tickets.conversation import StoredFile


class FileStore(Protocol):
    async def keep(self, chunks: AsyncIterator[bytes], *, name: str, media_type: str) -> StoredFile:
        """Store a stream. Raises FileTooLarge as soon as the cap is passed; nothing is kept then."""
        ...

    async def has(self, digest: str) -> bool:
        """Whether there are bytes with this digest."""
        ...

    def read(self, digest: str) -> AsyncIterator[bytes]:
        """Stream the bytes with this digest; raises FileNotFoundError when there are none."""
        ...
