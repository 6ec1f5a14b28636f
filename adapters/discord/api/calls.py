"""Requests to Discord, through discord.py's own client, which knows its rate limits.

Every outcome is one of four: an answer, a refusal, "not clear", or "come again".
"""

import asyncio
import io
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord
from discord.http import HTTPClient, Route

from adapters.discord.api.addresses import Json
from adapters.discord.api.rate_limiter import RateLimiter
from adapters.kit.outcomes import Unsure
from adapters.kit.rate_limits import Busy, Urgency

PATIENCE_S = 45.0
"""Shorter than a delivery's lease."""
REFUSAL_REMEMBERED_S = 60.0
"""10,000 refused requests in ten minutes ban this machine's address for a while: what was just refused is not
asked again. https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans"""
_SUBJECTS_REMEMBERED = 2_000
_ANYTHING = "*"


class DiscordRefused(Exception):
    """Discord said no. `code` is its own: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json"""

    def __init__(self, *, status: int, code: int, message: str) -> None:
        super().__init__(f"{message or 'refused'} ({code or status})")
        self.status = status
        self.code = code
        self.message = message

    @property
    def is_about_token(self) -> bool:
        """Whether it is the bot's token that Discord does not take; a webhook's has a code of its own."""
        return self.status == 401 and self.code == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file to send with a message."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"


class Calls:
    """`http` belongs to a client that has logged in."""

    def __init__(self, http: HTTPClient, *, limiter: RateLimiter) -> None:
        self._http = http
        self._limiter = limiter
        self._refused: dict[str, tuple[float, DiscordRefused]] = {}

    async def call(
        self,
        method: str,
        path: str,
        *,
        body: Json | list[Json] | None = None,
        query: Mapping[str, str | int] | None = None,
        uploads: Sequence[Upload] = (),
        urgency: Urgency = Urgency.NEW,
        once: bool = False,
        channel_id: int | str | None = None,
        message_id: int | str | None = None,
        guild_id: int | str | None = None,
        user_id: int | str | None = None,
        webhook: tuple[int, str] | None = None,
    ) -> Any:  # noqa: ANN401  JSON, of whatever shape the request's page says
        """Raises DiscordRefused, Unsure and Busy.

        The ids, and a webhook's id and token, fill the path's placeholders; by some of them discord.py tells
        buckets apart. `once`: Discord does not recognise a repetition of this, so a server error is not answered
        by trying again.
        """
        webhook_id, webhook_token = webhook or (None, None)
        parameters = {
            "channel_id": channel_id,
            "message_id": message_id,
            "guild_id": guild_id,
            "user_id": user_id,
            "webhook_id": webhook_id,
            "webhook_token": webhook_token,
        }
        named: dict[str, Any] = {name: value for name, value in parameters.items() if value is not None}
        route = Route(method, path, **named)
        has_embeds = isinstance(body, dict) and bool(body.get("embeds"))
        subject = _subject(route, named, has_embeds=has_embeds, has_files=bool(uploads))
        self._check_refused(subject)
        try:
            lane = f"{route.key}:{route.major_parameters}"
            async with self._limiter.enter(lane, urgency), asyncio.timeout(PATIENCE_S):
                return await self._request(route, body=body, query=query, uploads=uploads, once=once)
        except DiscordRefused as refused:
            self._note_refused(subject, refused)
            raise
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unsure(f"{method} {path}: {type(error).__name__}") from error

    async def _request(
        self,
        route: Route,
        *,
        body: Json | list[Json] | None,
        query: Mapping[str, str | int] | None,
        uploads: Sequence[Upload],
        once: bool,
    ) -> Any:  # noqa: ANN401
        options: dict[str, Any] = {"params": query} if query else {}
        files = [discord.File(io.BytesIO(each.content), filename=each.name) for each in uploads]
        if uploads:
            options["form"] = _form(body if isinstance(body, dict) else {}, uploads, files)
        elif body is not None:
            options["json"] = body
        # discord.py rewinds these before each attempt.
        options["files"] = [*files, _Once()] if once else files
        try:
            return await self._http.request(route, **options)
        except asyncio.CancelledError:
            # discord.py opens this only after its wait for the global limit; cut short there, nothing would ever go
            # out again.
            self._http._global_over.set()  # noqa: SLF001
            raise
        except discord.RateLimited as limited:
            raise Busy(limited.retry_after, platform="Discord") from limited
        except discord.HTTPException as error:
            if error.status == 429:
                raise Busy(_retry_after_s(error), platform="Discord") from error
            if error.status >= 500:
                raise Unsure(f"HTTP {error.status}") from error
            raise DiscordRefused(status=error.status, code=error.code, message=_words(error)) from error
        except RuntimeError as error:
            # What aiohttp says once the desk has hung up.
            raise Unsure(str(error)) from error

    def _check_refused(self, subject: str) -> None:
        for asked in (subject, _ANYTHING):
            until, refused = self._refused.get(asked, (0.0, None))
            if refused is not None and time.monotonic() < until:
                raise DiscordRefused(status=refused.status, code=refused.code, message=refused.message)

    def _note_refused(self, subject: str, refused: DiscordRefused) -> None:
        """Without a token that Discord takes, everything is refused; otherwise what was asked for."""
        if refused.status not in (401, 403) or not subject:
            return
        if len(self._refused) >= _SUBJECTS_REMEMBERED:
            self._refused.clear()
        asked = _ANYTHING if refused.is_about_token else subject
        self._refused[asked] = (time.monotonic() + REFUSAL_REMEMBERED_S, refused)

    def permissions_changed(self) -> None:
        """Somebody changed a role or a channel: what was refused may be allowed now."""
        self._refused.clear()


def _subject(route: Route, named: Mapping[str, Any], *, has_embeds: bool, has_files: bool) -> str:
    """What a refusal is about: the path's ids, and what takes a permission of its own; empty for no ids."""
    return f"{route.key}:{sorted(named.items())}:{has_embeds}:{has_files}" if named else ""


class _Once(discord.File):
    """Stands among a request's files, which discord.py rewinds before each attempt: the second is one too many."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), filename="once")

    def reset(self, *, seek: int | bool = True) -> None:
        if seek:
            raise Unsure("server error")


def _form(body: Json, uploads: Sequence[Upload], files: Sequence[discord.File]) -> list[Json]:
    """https://discord.com/developers/docs/reference#uploading-files"""
    named = [{"id": number, "filename": upload.name} for number, upload in enumerate(uploads)]
    payload = discord.utils._to_json(_with_files(body, named))  # noqa: SLF001
    form: list[Json] = [{"name": "payload_json", "value": payload, "content_type": "application/json"}]
    for number, (upload, file) in enumerate(zip(uploads, files, strict=True)):
        form.append(
            {
                "name": f"files[{number}]",
                "value": file.fp,
                "filename": upload.name,
                "content_type": upload.media_type,
            }
        )
    return form


def _with_files(body: Json, named: list[Json]) -> Json:
    """A forum's post has its files where its message is."""
    if "message" in body:
        return body | {"message": body["message"] | {"attachments": named}}
    return body | {"attachments": named}


def _retry_after_s(error: discord.HTTPException) -> float:
    """How long the server wants to be left alone. discord.py waits for none that answers without `Via`.

    https://discord.com/developers/docs/topics/rate-limits#header-format
    """
    try:
        return max(0.0, float(error.response.headers["Retry-After"]))
    except (KeyError, ValueError):
        return REFUSAL_REMEMBERED_S


def _words(error: discord.HTTPException) -> str:
    return " ".join(error.text.split())
