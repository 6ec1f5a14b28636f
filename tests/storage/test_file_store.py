"""Files are kept whole or not at all, once each, by their bytes."""

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.errors import FileTooLarge
from storage.file_store import FolderFileStore


async def stream(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


async def broken_stream() -> AsyncIterator[bytes]:
    yield b"half"
    raise ConnectionResetError


def kept_in(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


async def test_a_file_comes_back_byte_for_byte(tmp_path: Path) -> None:
    store = FolderFileStore(tmp_path)
    chunks = [bytes([number]) * 300_000 for number in range(3)]

    kept = await store.keep(stream(*chunks), name="größe.bin", media_type="application/octet-stream")

    assert kept.digest == hashlib.sha256(b"".join(chunks)).hexdigest()
    assert (kept.name, kept.size) == ("größe.bin", 900_000)
    assert b"".join([chunk async for chunk in store.read(kept.digest)]) == b"".join(chunks)


async def test_the_same_bytes_are_kept_once_under_any_name(tmp_path: Path) -> None:
    store = FolderFileStore(tmp_path)

    first = await store.keep(stream(b"same"), name="a.txt", media_type="text/plain")
    second = await store.keep(stream(b"sa", b"me"), name="b.txt", media_type="text/plain")

    assert first.digest == second.digest
    assert kept_in(tmp_path) == [first.digest]


async def test_an_empty_file_is_a_file(tmp_path: Path) -> None:
    kept = await FolderFileStore(tmp_path).keep(stream(), name="empty", media_type="")

    assert kept.size == 0
    assert kept.digest is not None
    assert [chunk async for chunk in FolderFileStore(tmp_path).read(kept.digest)] == []


async def test_a_file_over_the_cap_is_refused_in_the_middle_and_leaves_nothing(tmp_path: Path) -> None:
    asked_for = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal asked_for
        while True:
            asked_for += 1
            yield b"x" * 1024 * 1024

    with pytest.raises(FileTooLarge, match=r"^refusals\.file_too_large\(file=film\.mp4, size=3 MiB\)$"):
        await FolderFileStore(tmp_path, cap=3 * 1024 * 1024).keep(
            endless(), name="film.mp4", media_type="video/mp4"
        )

    assert asked_for == 4
    assert kept_in(tmp_path) == []


async def test_a_file_of_exactly_the_cap_is_kept(tmp_path: Path) -> None:
    kept = await FolderFileStore(tmp_path, cap=4).keep(stream(b"1234"), name="a", media_type="")

    assert kept.size == 4


async def test_a_stream_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ConnectionResetError):
        await FolderFileStore(tmp_path).keep(broken_stream(), name="a", media_type="")

    assert kept_in(tmp_path) == []


@pytest.mark.parametrize("digest", ["0" * 64, "../../etc/passwd", "", "." * 64])
async def test_bytes_that_are_not_there_are_said_so(tmp_path: Path, digest: str) -> None:
    with pytest.raises(FileNotFoundError):
        _ = [chunk async for chunk in FolderFileStore(tmp_path).read(digest)]
