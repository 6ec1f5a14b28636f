"""A transcript becomes files and the notice that brings them: outside any transaction, after it was read."""

import asyncio
import base64
from contextlib import suppress

import structlog

from bot.documents.stored_bytes import keep_bytes
from bot.documents.transcript import Transcript
from bot.documents.transcript_page import PICTURES, TranscriptPage, text_of
from bot.domain.errors import FileTooLarge
from bot.domain.tickets.conversation import StoredFile
from bot.messages.outbound import Code, Notice, Tone
from bot.ports.file_store import FileStore
from bot.text.sentences import joined, say

log = structlog.get_logger(__name__)

EMBEDDED_BYTES = 5 * 1024 * 1024
"""Of attachments in one page: as text they take a third more, which still fits where ten MiB are the limit."""


class TranscriptFiles:
    def __init__(self, files: FileStore, *, embedded_bytes: int = EMBEDDED_BYTES) -> None:
        self._files = files
        self._page = TranscriptPage()
        self._embedded_bytes = embedded_bytes

    async def notice(self, transcript: Transcript) -> Notice:
        """Raises OSError where the files cannot be written just now."""
        for room in (self._embedded_bytes, 0):
            with suppress(FileTooLarge):
                return Notice(text=transcript.heading, files=await self._make(transcript, room=room))
        too_long = say(transcript.language, "transcripts.too_long", command=Code(transcript.show_command))
        return Notice(text=joined(transcript.heading, too_long), tone=Tone.WARNING)

    async def _make(self, transcript: Transcript, *, room: int) -> tuple[StoredFile, ...]:
        addresses = await self._addresses(transcript, room=room)
        page = await asyncio.to_thread(self._page.html, transcript, addresses)
        text = await asyncio.to_thread(text_of, transcript)
        name = transcript.file_name
        return (
            await self._keep(page, name=f"{name}.html", media_type="text/html"),
            await self._keep(text, name=f"{name}.txt", media_type="text/plain"),
        )

    async def _keep(self, text: str, *, name: str, media_type: str) -> StoredFile:
        # Words from a platform may hold lone surrogates, which no encoding has.
        content = text.encode("utf-8", "replace")
        return await keep_bytes(self._files, content, name=name, media_type=media_type)

    async def _addresses(self, transcript: Transcript, *, room: int) -> dict[str, str]:
        """The bytes of the attachments as addresses, in the order they were sent, as long as there is room."""
        addresses: dict[str, str] = {}
        for file in (file for line in transcript.lines for file in line.files):
            if file.digest is None or file.digest in addresses or file.size > room:
                continue
            try:
                content = b"".join([chunk async for chunk in self._files.read(file.digest)])
            except FileNotFoundError:
                log.warning("an attachment is missing in the file store", digest=file.digest)
                continue
            room -= file.size
            kind = file.media_type if file.media_type in PICTURES else "application/octet-stream"
            addresses[file.digest] = f"data:{kind};base64,{base64.b64encode(content).decode()}"
        return addresses
