"""Kept files as answers: a browser shows pictures in place and saves all else, and runs nothing of them."""

from collections.abc import AsyncIterator, Callable
from typing import Final
from urllib.parse import quote

from aiohttp import web

from bot.domain.tickets.conversation import StoredFile

SHOWN_INLINE: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""Types a browser may show in place; SVG is not among them, for it can hold scripts."""
SEALED: Final = ("sandbox", "default-src 'none'", "frame-ancestors 'none'")
"""The policy of what is downloaded: it runs nothing and is framed nowhere."""


async def send_kept(
    request: web.Request, file: StoredFile | None, read: Callable[[str], AsyncIterator[bytes]]
) -> web.StreamResponse | None:
    """None for no file, and for one whose bytes are gone: nothing was sent yet."""
    if file is None or file.digest is None:
        return None
    try:
        return await send_stored(request, file, read(file.digest))
    except FileNotFoundError:
        return None


async def send_stored(
    request: web.Request, file: StoredFile, chunks: AsyncIterator[bytes]
) -> web.StreamResponse:
    """Raises FileNotFoundError, before anything is sent, where its bytes are gone. `HEAD` gets none of them."""
    first = await anext(chunks, b"")
    response = web.StreamResponse(headers=_headers(file))
    response.content_length = file.size
    await response.prepare(request)
    if request.method == "HEAD":
        return response
    await response.write(first)
    async for chunk in chunks:
        await response.write(chunk)
    await response.write_eof()
    return response


def _headers(file: StoredFile) -> dict[str, str]:
    shown_as = "inline" if file.media_type in SHOWN_INLINE else "attachment"
    return {
        "Content-Type": file.media_type,
        "Content-Disposition": f"{shown_as}; filename*=UTF-8''{quote(file.name, safe='')}",
        "Content-Security-Policy": "; ".join(SEALED),
        "Cache-Control": "private, max-age=3600",
    }
