"""Links to attachments: signed, and gone after a day.

https://discord.com/developers/docs/reference#signed-attachment-cdn-urls
"""

import hashlib
import hmac
from collections.abc import Mapping

from tests.fakes.discord.rules.pace import Pace

LIFE_S = 24 * 60 * 60
_KEY = b"only this server signs with it"


class SignedLinks:
    def __init__(self, pace: Pace, *, cdn_url: str) -> None:
        self._pace = pace
        self._cdn_url = cdn_url

    def url(self, path: str) -> str:
        now = int(self._pace.wall())
        expires = f"{now + LIFE_S:x}"
        return f"{self._cdn_url}/{path}?ex={expires}&is={now:x}&hm={_signature(path, expires)}&"

    def still_good(self, path: str, query: Mapping[str, str]) -> bool:
        """Whether the link is one of ours and has not expired."""
        expires = query.get("ex", "")
        if not hmac.compare_digest(query.get("hm", ""), _signature(path, expires)):
            return False
        return int(expires, 16) > self._pace.wall()


def _signature(path: str, expires: str) -> str:
    return hmac.new(_KEY, f"{path}?{expires}".encode(), hashlib.sha256).hexdigest()
