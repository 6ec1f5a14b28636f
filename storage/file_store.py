"""Files as bytes by their SHA-256, in a folder: the same bytes are kept once, and nothing is kept by halves.

Bytes go to a temporary file, which is synchronised and renamed when it is whole; all disk work is done on
other threads than the event loop's.
"""

import asyncio
import contextlib
import hashlib
import os
import tempfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import IO, Final, ParamSpec, TypeVar

from bot.domain.errors import FileTooLarge, reason_of
from bot.domain.sentence import sentence
from bot.domain.tickets.conversation import StoredFile
from bot.outage import Outage
from bot.ports.file_store import FilesUnavailable

P = ParamSpec("P")
T = TypeVar("T")

READ_SIZE: Final = 256 * 1024
MIB: Final = 1024 * 1024


class FolderFileStore:
    """`bot.ports.file_store.FileStore` in one folder. `cap` is the largest file in bytes."""

    def __init__(self, folder: Path, *, cap: int = 25 * MIB) -> None:
        self._folder = folder
        self._cap = cap
        self._outage = Outage("storing files")

    async def keep(self, chunks: AsyncIterator[bytes], *, name: str, media_type: str) -> StoredFile:
        """Store a stream. Raises FileTooLarge as soon as the cap is passed, or FilesUnavailable; nothing is kept."""
        file = await self._on_disk(self._open_temporary)
        try:
            digest, size = await self._write(file, chunks, name=name)
            await self._on_disk(self._finish, file, digest)
        except BaseException:
            await asyncio.to_thread(_discard, file)
            raise
        self._outage.worked()
        return StoredFile(name=name, media_type=media_type, size=size, digest=digest)

    async def has(self, digest: str) -> bool:
        """Whether there are bytes with this digest."""
        with contextlib.suppress(FileNotFoundError):
            return await asyncio.to_thread(self._path(digest).is_file)
        return False

    async def read(self, digest: str) -> AsyncIterator[bytes]:
        """Stream the bytes with this digest; raises FileNotFoundError when there are none."""
        file = await asyncio.to_thread(self._path(digest).open, "rb")
        with contextlib.closing(file):
            while chunk := await asyncio.to_thread(file.read, READ_SIZE):
                yield chunk

    async def _write(self, file: IO[bytes], chunks: AsyncIterator[bytes], *, name: str) -> tuple[str, int]:
        hashed, size = hashlib.sha256(), 0
        async for chunk in chunks:
            size += len(chunk)
            if size > self._cap:
                raise FileTooLarge("refusals.file_too_large", file=name, size=f"{self._cap / MIB:g} MiB")
            hashed.update(chunk)
            await self._on_disk(file.write, chunk)
        return hashed.hexdigest(), size

    async def _on_disk(self, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
        """On another thread; what the disk refuses is told once for as long as it does."""
        try:
            return await asyncio.to_thread(work, *given, **named)
        except OSError as error:
            self._outage.failed(
                sentence("operations.files_not_stored", folder=str(self._folder), reason=reason_of(error))
            )
            raise FilesUnavailable(error.errno, error.strerror) from error

    def _open_temporary(self) -> IO[bytes]:
        self._folder.mkdir(parents=True, exist_ok=True)
        return tempfile.NamedTemporaryFile(dir=self._folder, prefix="incoming-", delete=False)

    def _finish(self, file: IO[bytes], digest: str) -> None:
        file.flush()
        os.fsync(file.fileno())
        file.close()
        path = self._path(digest)
        path.parent.mkdir(exist_ok=True)
        Path(file.name).replace(path)
        _synchronise(path.parent)

    def _path(self, digest: str) -> Path:
        if len(digest) != hashlib.sha256().digest_size * 2 or not digest.isalnum():
            raise FileNotFoundError(f"`{digest}` is no digest of a file")
        return self._folder / digest[:2] / digest


def _discard(file: IO[bytes]) -> None:
    with contextlib.suppress(OSError):  # what is still to be written is not wanted
        file.close()
    Path(file.name).unlink(missing_ok=True)


def _synchronise(folder: Path) -> None:
    """Make the new name itself survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
