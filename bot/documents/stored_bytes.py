"""Bytes that the desk made itself, into the file store, which takes them in pieces."""

from collections.abc import AsyncIterator

from bot.domain.tickets.conversation import StoredFile
from bot.ports.file_store import FileStore

PIECE = 256 * 1024


async def keep_bytes(files: FileStore, content: bytes, *, name: str, media_type: str) -> StoredFile:
    """Raises FileTooLarge, and OSError where nothing can be written just now."""
    return await files.keep(_pieces(content), name=name, media_type=media_type)


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), PIECE):
        yield content[start : start + PIECE]
