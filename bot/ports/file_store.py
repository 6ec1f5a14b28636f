"""Bytes by their hash, streamed and capped; never used inside a transaction."""

from collections.abc import AsyncIterator
from typing import Protocol

from bot.domain.tickets.conversation import StoredFile


class FilesUnavailable(OSError):
    """The disk refuses a file; the store tells of it in the log."""


class FileStore(Protocol):
    async def keep(self, chunks: AsyncIterator[bytes], *, name: str, media_type: str) -> StoredFile:
        """Store a stream. Raises FileTooLarge as soon as the cap is passed, or FilesUnavailable; nothing is kept."""
        ...

    async def has(self, digest: str) -> bool:
        """Whether there are bytes with this digest."""
        ...

    def read(self, digest: str) -> AsyncIterator[bytes]:
        """Stream the bytes with this digest; raises FileNotFoundError when there are none."""
        ...
