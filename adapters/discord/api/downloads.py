"""Files that people sent, streamed: Discord's links to them expire, so the bytes are copied at once."""

from collections.abc import AsyncIterator

import aiohttp
import discord

CHUNK = 64 * 1024
FILE_TIMEOUT = aiohttp.ClientTimeout(total=120, sock_read=30)


async def download(attachment: discord.Attachment) -> AsyncIterator[bytes]:
    """The bytes. Raises OSError when they cannot be had."""
    try:
        async with (
            aiohttp.ClientSession(timeout=FILE_TIMEOUT) as session,
            session.get(attachment.url) as answer,
        ):
            if answer.status != 200:
                raise OSError(f"the file {attachment.id} was answered with {answer.status}")
            async for chunk in answer.content.iter_chunked(CHUNK):
                yield chunk
    except (aiohttp.ClientError, TimeoutError) as error:
        raise OSError(f"the file {attachment.id} could not be read: {type(error).__name__}") from error
