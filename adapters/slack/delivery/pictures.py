"""Pictures in what one person alone is answered: image blocks of files that Slack keeps for the desk.

A file is uploaded once and shared nowhere: https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object.
Slack looks at it for a moment before it can be shown, so what is said in words never waits for it.
"""

import asyncio
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final

import structlog

from adapters.kit.outcomes import Unsure
from adapters.kit.rate_limits import Busy
from adapters.kit.recent import Recent
from adapters.kit.text import cut
from adapters.slack.api.addresses import Json
from adapters.slack.api.calls import SlackRefused
from adapters.slack.api.uploads import Uploads
from bot.domain.tickets.conversation import StoredFile

log = structlog.get_logger(__name__)

SHOWN_TYPES: Final = frozenset({"image/png", "image/jpeg", "image/gif"})
REMEMBERED: Final = 500
PAUSES_S: Final = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Between questions whether Slack is done with a new file."""
LONGEST_ALT: Final = 200


class Pictures:
    """`scale`: real seconds for each second of Slack's."""

    def __init__(self, uploads: Uploads, *, scale: float = 1.0) -> None:
        self._uploads = uploads
        self._scale = scale
        self._ids: Recent[str, str] = Recent(most=REMEMBERED)
        """Of Slack's files, by the digests of ours."""
        self._uploading = asyncio.Lock()

    async def message(self, files: Sequence[StoredFile], *, language: str) -> Json | None:
        """One message with those that Slack can show; None where there is none. Raises SlackRefused, Unsure, Busy."""
        shown = [each for each in files if each.digest is not None and each.media_type in SHOWN_TYPES]
        blocks: list[Json] = []
        for file in shown:
            file_id = await self._id_of(file, language=language)
            if file_id is not None:
                alt = cut(PurePosixPath(file.name).stem or file.name, LONGEST_ALT)
                blocks.append({"type": "image", "slack_file": {"id": file_id}, "alt_text": alt})
        if not blocks:
            return None
        return {"text": ", ".join(block["alt_text"] for block in blocks), "blocks": blocks}

    def forget(self, files: Sequence[StoredFile]) -> None:
        """Slack did not take them: next time they are uploaded again."""
        for each in files:
            self._ids.pop(each.digest or "", None)

    async def _id_of(self, file: StoredFile, *, language: str) -> str | None:
        assert file.digest is not None
        async with self._uploading:
            known = self._ids.get(file.digest)
            if known is not None:
                return known
            try:
                file_id = await self._upload(file, language=language)
            except (OSError, SlackRefused, Unsure, Busy) as error:
                log.warning("a picture could not be sent to Slack", name=file.name, reason=str(error))
                return None
            if file_id is not None:
                self._ids[file.digest] = file_id
            return file_id

    async def _upload(self, file: StoredFile, *, language: str) -> str | None:
        reserved = await self._uploads.reserve([file], language=language)
        if not reserved.uploads:
            return None
        (upload,) = reserved.uploads
        await self._uploads.send([upload], channel=None, thread=None)
        for pause in PAUSES_S:
            if await self._uploads.is_shown(upload.id):
                return upload.id
            await asyncio.sleep(pause * self._scale)
        log.warning("Slack is not done with a picture", name=file.name)
        return None
