"""What was read in a transaction becomes files and the notice that brings them, outside of any transaction."""

from dataclasses import replace
from typing import assert_never

import structlog

from bot.documents.chart_process import ChartProcess, NotDrawn
from bot.documents.document import Picture, RequestedDocument, TextFile
from bot.documents.stored_bytes import keep_bytes
from bot.documents.transcript import Transcript
from bot.documents.transcript_files import TranscriptFiles
from bot.domain.errors import FileTooLarge
from bot.domain.tickets.conversation import StoredFile
from bot.messages.outbound import Content, Copy, Notice, RichText, Tone
from bot.ports.file_store import FileStore
from bot.text.error_text import explain
from bot.text.sentences import joined, words

log = structlog.get_logger(__name__)

Unmade = Transcript | RequestedDocument
"""What is read from the desk as data, and made into files after the transaction."""


class DocumentBuilder:
    """Completes a message with its files, before it is sent."""

    def __init__(self, files: FileStore, drawing: ChartProcess) -> None:
        self._files = files
        self._drawing = drawing
        self._transcribing = TranscriptFiles(files)

    async def without_lost_files(self, content: Content | None, *, language: str) -> Content | None:
        """Says of each file that is missing from the store that it is, so that the words go without it."""
        match content:
            case Copy() | Notice() if content.files:
                files = [await self._checked(file, language) for file in content.files]
                return replace(content, files=tuple(files))
            case _:
                return content

    async def _checked(self, file: StoredFile, language: str) -> StoredFile:
        if file.problem or file.digest is None or await self._files.has(file.digest):
            return file
        log.error("a file is missing from the file store", name=file.name, digest=file.digest)
        return replace(file, digest=None, problem=words(language, "transcripts.file_lost"))

    async def notice(self, unmade: Unmade) -> Notice:
        """Raises OSError where the files cannot be written just now."""
        match unmade:
            case Transcript():
                return await self._transcribing.notice(unmade)
            case RequestedDocument():
                return await self._document(unmade)
            case never:
                assert_never(never)

    async def _document(self, document: RequestedDocument) -> Notice:
        """With all the files that could be made, and a sentence for each that could not."""
        files: list[StoredFile] = []
        problems: list[RichText] = []
        for page in document.pages:
            try:
                files.append(await self._file(page))
            except (NotDrawn, FileTooLarge) as error:
                problems.append(explain(document.language, error))
        tone = Tone.WARNING if problems else Tone.NEUTRAL
        return Notice(text=joined(document.heading, *problems, by="\n"), files=tuple(files), tone=tone)

    async def _file(self, page: TextFile | Picture) -> StoredFile:
        match page:
            case TextFile():
                content, media_type = page.text.encode("utf-8", "replace"), page.media_type
            case Picture():
                content, media_type = await self._drawing.draw(page.drawn), "image/png"
        return await keep_bytes(self._files, content, name=page.name, media_type=media_type)
