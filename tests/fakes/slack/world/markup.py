"""Between what people type and read and what the wire carries: https://docs.slack.dev/messaging/formatting-message-text."""

import html
import re

from tests.fakes.slack.rules.refusals import Json
from tests.fakes.slack.world.workspace import Workspace

_TYPED = re.compile(r"@(?P<name>[\w.-]*\w)|#(?P<channel>[\w-]+)|(?P<link>https?://\S+)")
_WIRE = re.compile(r"<([^<>]*)>")


def typed(text: str, workspace: Workspace) -> str:
    """As Slack's window sends what a person typed: escaped, with mentions, channels and links in brackets."""

    def live(match: re.Match[str]) -> str:
        if match["name"]:
            return _mention(match["name"], workspace) or match[0]
        if match["link"]:
            return f"<{match['link']}>"
        found = (c for c in workspace.channels.values() if c.name == match["channel"])
        return next((f"<#{channel.id}|{channel.name}>" for channel in found), match[0])

    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _TYPED.sub(live, escaped)


def rich_text(wire: str) -> list[Json]:
    """The block Slack makes of a person's message: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block."""
    parts: list[Json] = []
    at = 0
    for match in _WIRE.finditer(wire):
        if match.start() > at:
            parts.append({"type": "text", "text": html.unescape(wire[at : match.start()])})
        parts.append(_element(match[1]))
        at = match.end()
    if at < len(wire):
        parts.append({"type": "text", "text": html.unescape(wire[at:])})
    section = {"type": "rich_text_section", "elements": parts}
    return [{"type": "rich_text", "block_id": "typed", "elements": [section]}]


def read(wire: str, workspace: Workspace) -> str:
    """As a person reads it on the screen: names for ids, labels for links, the date's fallback."""

    def shown(match: re.Match[str]) -> str:
        target, _, label = match[1].partition("|")
        if target.startswith("@"):
            user = workspace.users.get(target[1:])
            return f"@{user.name}" if user is not None else "@unknown"
        if target.startswith("#"):
            channel = workspace.channels.get(target[1:])
            return f"#{channel.name}" if channel is not None else f"#{label}"
        if target.startswith("!subteam^"):
            group = workspace.groups.get(target.removeprefix("!subteam^"))
            return f"@{group.handle}" if group is not None else label
        if target.startswith("!date^"):
            return label
        return label or (f"@{target[1:]}" if target.startswith("!") else target)

    return html.unescape(_WIRE.sub(shown, wire))


def _mention(name: str, workspace: Workspace) -> str | None:
    if name in ("here", "channel", "everyone"):
        return f"<!{name}>"
    user = workspace.user_named(name)
    if user is not None:
        return f"<@{user.id}>"
    group = next((group for group in workspace.groups.values() if group.handle == name), None)
    return f"<!subteam^{group.id}|@{group.handle}>" if group is not None else None


def _element(token: str) -> Json:
    target, _, label = token.partition("|")
    if target.startswith("@"):
        return {"type": "user", "user_id": target[1:]}
    if target.startswith("#"):
        return {"type": "channel", "channel_id": target[1:]}
    if target.startswith("!subteam^"):
        return {"type": "usergroup", "usergroup_id": target.removeprefix("!subteam^")}
    if target.startswith("!"):
        return {"type": "broadcast", "range": target[1:]}
    return {"type": "link", "url": html.unescape(target), **({"text": label} if label else {})}
