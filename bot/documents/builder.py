"""What was read in a transaction becomes files and the notice that brings them, outside of any transaction."""

from typing import assert_never

from bot.documents.chart_process import ChartProcess, NotDrawn
from bot.documents.document import Picture, RequestedDocument, TextFile
from bot.documents.stored_bytes import keep_bytes
from bot.documents.transcript import Transcript
from bot.documents.transcript_files import TranscriptFiles
from bot.domain.errors import FileTooLarge
from bot.domain.tickets.conversation import StoredFile
from bot.messages.outbound import Notice, Tone
from bot.ports.file_store import FileStore

Unmade = Transcript | RequestedDocument
"""What is read from the desk as data, and made into files after the transaction."""


class DocumentBuilder:
    def __init__(self, files: FileStore, drawing: ChartProcess) -> None:
        self._files = files
        self._drawing = drawing
        self._transcribing = TranscriptFiles(files)

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
        files, problems = [], []
        for page in document.pages:
            try:
                files.append(await self._file(page))
            except (NotDrawn, FileTooLarge) as error:
                problems.append(f"\n{error.sentence}")
        tone = Tone.WARNING if problems else Tone.NEUTRAL
        return Notice(text=(*document.heading, *problems), files=tuple(files), tone=tone)

    async def _file(self, page: TextFile | Picture) -> StoredFile:
        match page:
            case TextFile():
                content, media_type = page.text.encode("utf-8", "replace"), page.media_type
            case Picture():
                content, media_type = await self._drawing.draw(page.drawn), "image/png"
        return await keep_bytes(self._files, content, name=page.name, media_type=media_type)
