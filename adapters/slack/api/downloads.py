"""Files that people sent, streamed with the desk's token; a file is never made public to copy it."""

from collections.abc import AsyncIterator, Mapping, Sequence
from urllib.parse import urlsplit

import aiohttp
import structlog

from adapters.kit.outcomes import Unsure
from adapters.kit.rate_limits import Busy
from adapters.kit.recent import Recent
from adapters.slack.api.addresses import Json
from adapters.slack.api.calls import Calls, SlackRefused
from bot.domain.sentence import sentence
from bot.text.error_text import english

log = structlog.get_logger(__name__)

CHUNK = 64 * 1024
SLACK_HOSTS = ("slack.com", "slack-files.com")
REMEMBERED = 1_000
FILE_TIMEOUT = aiohttp.ClientTimeout(total=120, sock_read=30)


class Downloads:
    """Files may be where the Web API is, and on Slack's own hosts, but nowhere else."""

    def __init__(self, calls: Calls, *, api_url: str) -> None:
        self._calls = calls
        self._api = urlsplit(api_url).netloc
        self._described: Recent[str, Json] = Recent(most=REMEMBERED)

    async def described(self, files: Sequence[str]) -> Mapping[str, Json]:
        """What Slack says of these files, by their ids; one that it does not tell of is left out.

        https://docs.slack.dev/reference/methods/files.info
        """
        found: dict[str, Json] = {}
        for file in files:
            try:
                if file not in self._described:
                    answer = await self._calls.call("files.info", arguments={"file": file})
                    self._described[file] = answer["file"]
                found[file] = self._described[file]
            except (SlackRefused, Unsure, Busy) as error:
                log.warning("Slack does not tell what a file is", file=file, reason=str(error))
        return found

    async def read(self, file: Json) -> AsyncIterator[bytes]:
        """The bytes. Raises OSError when they cannot be had.

        Without the right to see it Slack answers with a page to sign in on, and status 200.
        """
        name = str(file.get("id"))
        address = str(file.get("url_private_download") or file.get("url_private") or "")
        if not self._is_slacks(address):
            raise OSError(english(sentence("operations.slack_file_elsewhere", file=name)))
        headers = {"Authorization": f"Bearer {self._calls.token}"}
        try:
            async with self._calls.session.get(address, headers=headers, timeout=FILE_TIMEOUT) as answer:
                is_page = answer.content_type == "text/html" and file.get("mimetype") != "text/html"
                if answer.status != 200 or is_page:
                    refused = sentence("operations.slack_file_refused", file=name, error=str(answer.status))
                    raise OSError(english(refused))
                async for chunk in answer.content.iter_chunked(CHUNK):
                    yield chunk
        except (aiohttp.ClientError, TimeoutError) as error:
            why = type(error).__name__
            unread = sentence("operations.file_not_downloaded", platform="Slack", file=name, error=why)
            raise OSError(english(unread)) from error

    def _is_slacks(self, address: str) -> bool:
        """The token goes to nobody else."""
        parts = urlsplit(address)
        host = parts.hostname or ""
        is_known = any(host == each or host.endswith(f".{each}") for each in SLACK_HOSTS)
        return parts.netloc == self._api or (parts.scheme == "https" and is_known)
