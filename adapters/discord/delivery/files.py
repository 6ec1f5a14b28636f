"""Files from the desk's store as attachments, as many and as large as a message takes.

https://discord.com/developers/docs/reference#uploading-files: ten files a message, each within the guild's limit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import structlog

from adapters.discord.api.calls import Upload
from bot.domain.tickets.conversation import StoredFile
from bot.messages.outbound import Copy, MessageContent, Notice
from bot.ports.file_store import FileStore
from bot.text.amounts import size
from bot.text.sentences import words

log = structlog.get_logger(__name__)

PER_MESSAGE = 10
BYTES_TOGETHER = 32 * 1024 * 1024
"""Files in one request, unless a single one is larger: they are held in memory, and sent within a lease."""


class Files:
    """`limit` is the operator's own, in bytes."""

    def __init__(self, store: FileStore, *, limit: int) -> None:
        self._store = store
        self._limit = limit

    def checked(self, contents: list[MessageContent], *, limit: int, language: str) -> list[MessageContent]:
        """The contents, their files spread over as many messages as they take; what is too large says so."""
        last = contents[-1]
        if not isinstance(last, Copy | Notice) or not last.files:
            return contents
        files = [_fitting(file, limit=min(limit, self._limit), language=language) for file in last.files]
        missing = tuple(file for file in files if file.problem)
        groups = list(_groups([file for file in files if not file.problem])) or [()]
        first = replace(last, files=groups[0] + missing)
        return [*contents[:-1], first, *(_only_files(last, group) for group in groups[1:])]

    async def uploads(self, content: MessageContent, *, language: str) -> tuple[MessageContent, list[Upload]]:
        """The bytes to send, and the content, which says so of a file that is not in the store any more."""
        if not isinstance(content, Copy | Notice) or not content.files:
            return content, []
        found, uploads = [], []
        for file in content.files:
            upload = None if file.problem else await self._read(file)
            lost = words(language, "platforms.file_lost")
            found.append(file if upload or file.problem else replace(file, problem=lost))
            uploads += [upload] if upload else []
        return replace(content, files=tuple(found)), uploads

    async def pictures(self, files: Sequence[StoredFile]) -> list[list[Upload]]:
        """The bytes of what is shown with an answer, those of one message together; what is too large is left out."""
        fitting = [each for each in files if each.digest is not None and each.size <= self._limit]
        groups = [[await self._read(file) for file in group] for group in _groups(fitting)]
        found = ([each for each in group if each is not None] for group in groups)
        return [group for group in found if group]

    async def _read(self, file: StoredFile) -> Upload | None:
        if file.digest is None:
            return None
        try:
            content = b"".join([chunk async for chunk in self._store.read(file.digest)])
        except OSError as error:
            log.warning("a file cannot be read from the store", name=file.name, reason=str(error))
            return None
        return Upload(name=file.name or "file", content=content, media_type=file.media_type)


def _groups(files: Sequence[StoredFile]) -> Iterator[tuple[StoredFile, ...]]:
    """As many in each as go in one message, in order."""
    group: tuple[StoredFile, ...] = ()
    for file in files:
        together = sum(each.size for each in group) + file.size
        if group and (len(group) == PER_MESSAGE or together > BYTES_TOGETHER):
            yield group
            group = ()
        group = (*group, file)
    if group:
        yield group


def _fitting(file: StoredFile, *, limit: int, language: str) -> StoredFile:
    if file.problem or file.digest is None:
        return replace(file, problem=file.problem or words(language, "platforms.file_not_saved"))
    if file.size > limit:
        sizes = {"size": size(file.size, language), "limit": size(limit, language)}
        return replace(file, problem=words(language, "platforms.file_too_large_here", **sizes))
    return file


def _only_files(content: Copy | Notice, files: Sequence[StoredFile]) -> MessageContent:
    if isinstance(content, Copy):
        return Copy(
            author=content.author,
            author_key=content.author_key,
            picture=content.picture,
            text="",
            said_at=content.said_at,
            files=tuple(files),
        )
    return Notice(text=(), files=tuple(files))
