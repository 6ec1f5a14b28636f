"""Files and pictures: attachments behind signed links, and avatars.

https://discord.com/developers/docs/reference#signed-attachment-cdn-urls, …#image-formatting
"""

import base64

from aiohttp import web

from tests.fakes.discord.world.links import SignedLinks
from tests.fakes.discord.world.records import Attachment
from tests.fakes.discord.world.world import World

GONE = "This content is no longer available."
# One transparent pixel.
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


class Cdn:
    def __init__(self, world: World, links: SignedLinks) -> None:
        self._world = world
        self._links = links

    async def attachment(self, request: web.Request) -> web.StreamResponse:
        """404 after the link's time, as for what was deleted."""
        path = request.raw_path.partition("?")[0].partition("/cdn/")[2]
        if not self._links.still_good(path, request.query):
            return web.Response(status=404, text=GONE)
        found = self._find(int(request.match_info["channel"]), int(request.match_info["attachment"]))
        if found is None:
            return web.Response(status=404, text=GONE)
        kind = (found.content_type or "application/octet-stream").partition(";")[0]
        return web.Response(body=found.content, content_type=kind)

    async def default_avatar(self, request: web.Request) -> web.StreamResponse:
        """https://discord.com/developers/docs/reference#image-formatting-cdn-endpoints: six of them."""
        if request.match_info["number"] not in {"0", "1", "2", "3", "4", "5"}:
            return web.Response(status=404)
        return web.Response(body=PICTURE, content_type="image/png")

    async def avatar(self, request: web.Request) -> web.StreamResponse:
        user = self._world.users.get(int(request.match_info["user"]))
        if user is None or user.avatar != request.match_info["hash"]:
            return web.Response(status=404)
        return web.Response(body=PICTURE, content_type="image/png")

    def _find(self, channel: int, attachment_id: int) -> Attachment | None:
        whispers = [w for w in self._world.whispers.values() if w.channel_id == channel]
        held = [*self._world.messages.get(channel, {}).values(), *whispers]
        if attachment_id in self._world.uploads:
            return self._world.uploads[attachment_id]
        return next((a for message in held for a in message.attachments if a.id == attachment_id), None)
