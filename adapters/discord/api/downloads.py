"""Files that people sent, streamed: Discord's links to them expire, so the bytes are copied at once."""

from collections.abc import AsyncIterator

import aiohttp
import discord

from bot.domain.sentence import sentence
from bot.text.error_text import english

CHUNK = 64 * 1024
FILE_TIMEOUT = aiohttp.ClientTimeout(total=120, sock_read=30)


async def download(attachment: discord.Attachment) -> AsyncIterator[bytes]:
    """The bytes. Raises OSError when they cannot be had."""
    name = str(attachment.id)
    try:
        async with (
            aiohttp.ClientSession(timeout=FILE_TIMEOUT) as session,
            session.get(attachment.url) as answer,
        ):
            if answer.status != 200:
                refused = sentence("operations.discord_file_refused", file=name, error=str(answer.status))
                raise OSError(english(refused))
            async for chunk in answer.content.iter_chunked(CHUNK):
                yield chunk
    except (aiohttp.ClientError, TimeoutError) as error:
        why = type(error).__name__
        unread = sentence("operations.file_not_downloaded", platform="Discord", file=name, error=why)
        raise OSError(english(unread)) from error
