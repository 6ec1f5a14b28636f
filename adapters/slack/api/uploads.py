"""Files into Slack by the external upload, private all the way.

https://docs.slack.dev/messaging/working-with-files#uploading_files. An address and an id are taken first, and
the id goes into the metadata of the text the file belongs to, before anything of it can be seen: by that id
Slack can be asked later whether the file arrived.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from adapters.slack.api.addresses import Json
from adapters.slack.api.calls import Calls, SlackRefused
from bot.domain.tickets.conversation import StoredFile
from bot.ports.file_store import FileStore
from bot.text.amounts import size
from bot.text.sentences import words

FILE_LIMIT = 2**30
"""Bytes: https://slack.com/help/articles/201330736 (1 GB)."""
PART = "file:"
"""How a part begins that is a file's id rather than a message's `ts`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file with the id Slack gave it, and where its bytes go."""

    file: StoredFile
    id: str
    address: str

    @property
    def part(self) -> str:
        return PART + self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservedUpload:
    """`files` are as they will be shown: those that cannot be sent say why."""

    uploads: tuple[Upload, ...]
    files: tuple[StoredFile, ...]


class Uploads:
    def __init__(self, calls: Calls, *, store: FileStore, limit: int) -> None:
        self._calls = calls
        self._store = store
        self._limit = min(limit, FILE_LIMIT)

    async def reserve(self, files: Sequence[StoredFile], *, language: str) -> ReservedUpload:
        """An id for each file that can be sent. Raises Unsure or Busy; what Slack refuses becomes a reason."""
        uploads: list[Upload] = []
        shown: list[StoredFile] = []
        for file in files:
            problem = self._why_not(file, language)
            if not problem:
                try:
                    uploads.append(await self._reserve(file))
                except SlackRefused as error:
                    problem = words(
                        language,
                        "platforms.file_refused",
                        platform="Slack",
                        reason=error.needed or error.error,
                    )
            shown.append(replace(file, problem=problem) if problem else file)
        return ReservedUpload(uploads=tuple(uploads), files=tuple(shown))

    async def send(self, uploads: Sequence[Upload], *, channel: str | None, thread: str | None) -> None:
        """The bytes, then the moment from which on the files can be seen; without a channel by the desk alone.

        Raises as `Calls.call` does.
        """
        for upload in uploads:
            assert upload.file.digest is not None, "only kept files are reserved"
            chunks = self._store.read(upload.file.digest)
            await self._calls.send_bytes(upload.address, chunks, size=upload.file.size)
        entries = [{"id": upload.id, "title": upload.file.name} for upload in uploads]
        arguments: Json = {"files": entries, "channel_id": channel, "thread_ts": thread}
        await self._calls.call("files.completeUploadExternal", arguments=arguments)

    async def is_there(self, file_id: str) -> bool:
        """Whether this file was completed; it may be seen a little later than that."""
        try:
            await self._calls.call("files.info", arguments={"file": file_id})
        except SlackRefused as error:
            if error.error in ("file_not_found", "file_deleted"):
                return False
            raise
        return True

    async def is_shown(self, file_id: str) -> bool:
        """Whether Slack is done with a picture: until then it has no type, and no block shows it."""
        answer = await self._calls.call("files.info", arguments={"file": file_id})
        return bool(answer["file"].get("mimetype"))

    async def remove(self, file_id: str) -> None:
        """The file and every message it stands in."""
        try:
            await self._calls.call("files.delete", arguments={"file": file_id})
        except SlackRefused as error:
            if error.error not in ("file_not_found", "file_deleted"):
                raise

    async def _reserve(self, file: StoredFile) -> Upload:
        answer = await self._calls.call(
            "files.getUploadURLExternal", arguments={"filename": file.name or "file", "length": file.size}
        )
        return Upload(file=file, id=str(answer["file_id"]), address=str(answer["upload_url"]))

    def _why_not(self, file: StoredFile, language: str) -> str:
        if file.problem:
            return file.problem
        if file.digest is None:
            return words(language, "platforms.file_not_saved")
        if file.size > self._limit:
            return words(language, "platforms.file_too_large", limit=size(self._limit, language))
        if file.size == 0:
            return words(language, "platforms.file_empty")
        return ""
