"""Discord's rate limits: https://discord.com/developers/docs/topics/rate-limits.

A window per route and major parameter (channel, guild, webhook), told in headers; 50 requests a second for the
bot in all; and sub-limits that no header tells. How many a route takes is not documented, except by its headers:
the numbers here are those that clients have long been told.
"""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.fakes.discord.rules.pace import Pace
from tests.fakes.discord.rules.refusals import Json

MESSAGES = "/channels/{channel_id}/messages"
MESSAGE = f"{MESSAGES}/{{message_id}}"
REACTION = f"{MESSAGE}/reactions/{{emoji}}/@me"
WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
FOLLOW_UP = "/webhooks/{application_id}/{interaction_token}"


@dataclass(frozen=True, slots=True)
class Window:
    limit: int
    per_s: float


OTHERWISE = Window(40, 1)
ROUTES: Mapping[str, Window] = {
    f"POST {MESSAGES}": Window(5, 5),
    f"PATCH {MESSAGE}": Window(5, 5),
    f"DELETE {MESSAGE}": Window(5, 1),
    f"PUT {REACTION}": Window(1, 0.25),
    f"DELETE {REACTION}": Window(1, 0.25),
    f"POST {WEBHOOK}": Window(5, 2),
    f"POST {FOLLOW_UP}": Window(5, 2),
    "PATCH /channels/{channel_id}": Window(5, 15),
    "POST /channels/{channel_id}/typing": Window(5, 5),
    "GET /guilds/{guild_id}/members/search": Window(10, 10),
}
GLOBAL = Window(50, 1)  # https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
RENAMES = Window(2, 10 * 60)
# Edits of messages older than an hour (code 30046): Discord does not say how many it takes.
OLD_EDITS = Window(30, 60 * 60)
# https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
INVALID_REQUESTS = Window(10_000, 10 * 60)


@dataclass(frozen=True, slots=True)
class Limited:
    """Come again after so many of Discord's seconds."""

    wait_s: float
    scope: str  # user, global, shared
    headers: Mapping[str, str]
    code: int | None = None

    def body(self, pace: Pace) -> Json:
        body: Json = {
            "message": "You are being rate limited.",
            "retry_after": pace.real(self.wait_s),
            "global": self.scope == "global",
        }
        return body | ({"code": self.code} if self.code is not None else {})


@dataclass(slots=True)
class _Count:
    window: Window
    resets_at: float = 0.0
    used: int = 0

    def roll(self, now: float) -> None:
        if now >= self.resets_at:
            self.resets_at, self.used = now + self.window.per_s, 0

    @property
    def is_full(self) -> bool:
        return self.used >= self.window.limit


@dataclass(slots=True)
class Limiter:
    pace: Pace
    is_on: bool = True
    routes: dict[str, Window] = field(default_factory=lambda: dict(ROUTES))
    everything: Window = GLOBAL
    renames: Window = RENAMES
    old_edits: Window = OLD_EDITS
    invalid_requests: Window = INVALID_REQUESTS
    _counts: dict[str, _Count] = field(default_factory=dict)

    def take(
        self, route: str, major: str, *, is_counted_globally: bool = True
    ) -> Limited | Mapping[str, str]:
        """Take one request; the headers to answer with, or why not."""
        if not self.is_on:
            return {}
        now = self.pace.elapsed()
        whole = self._count("global", self.everything, now)
        if is_counted_globally and whole.is_full:
            return Limited(whole.resets_at - now, "global", {"X-RateLimit-Global": "true"})
        count = self._count(f"{route} {major}", self.routes.get(route, OTHERWISE), now)
        if count.is_full:
            return Limited(count.resets_at - now, "user", self._headers(route, count, now))
        count.used += 1
        whole.used += is_counted_globally
        return self._headers(route, count, now)

    def take_rename(self, channel_id: int) -> Limited | None:
        """A channel's name or topic: twice in ten minutes, and no header tells."""
        return self._take_quietly(f"rename {channel_id}", self.renames, code=None)

    def take_old_edit(self, channel_id: int) -> Limited | None:
        return self._take_quietly(f"old edit {channel_id}", self.old_edits, code=30046)

    def note_invalid(self) -> None:
        """401, 403 and 429 count towards a ban of the address; a 429 of scope "shared" does not."""
        self._count("invalid", self.invalid_requests, self.pace.elapsed()).used += 1

    @property
    def is_banned(self) -> bool:
        return self._count("invalid", self.invalid_requests, self.pace.elapsed()).is_full

    def _take_quietly(self, key: str, window: Window, *, code: int | None) -> Limited | None:
        if not self.is_on:
            return None
        now = self.pace.elapsed()
        count = self._count(key, window, now)
        if count.is_full:
            return Limited(count.resets_at - now, "user", {}, code)
        count.used += 1
        return None

    def _count(self, key: str, window: Window, now: float) -> _Count:
        count = self._counts.setdefault(key, _Count(window))
        count.window = window  # a test may have changed it
        count.roll(now)
        return count

    def _headers(self, route: str, count: _Count, now: float) -> dict[str, str]:
        """https://discord.com/developers/docs/topics/rate-limits#header-format."""
        wait_s = self.pace.real(count.resets_at - now)
        return {
            "X-RateLimit-Limit": str(count.window.limit),
            "X-RateLimit-Remaining": str(max(0, count.window.limit - count.used)),
            "X-RateLimit-Reset": f"{self.pace.wall() + wait_s:.3f}",
            "X-RateLimit-Reset-After": f"{math.ceil(wait_s * 1000) / 1000:.3f}",
            "X-RateLimit-Bucket": hashlib.sha256(route.encode()).hexdigest()[:32],
        }
