"""Slack's wire text → what a person reads: escapes undone, mentions as names, links as addresses. Pure.

https://docs.slack.dev/messaging/formatting-message-text
"""

import html
import re
from collections.abc import Iterator, Mapping

from adapters.slack.api.addresses import Json

_TOKEN = re.compile(r"<([^<>]*)>")
_EMOJI = re.compile(r":([a-z0-9_+'-]+)(?:::skin-tone-([2-6]))?:")
_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|([^<>]*))?>")


def plain(wire: str, *, names: Mapping[str, str], emoji: Mapping[str, str]) -> str:
    """`names` by person's id; `emoji` by short name, as the message's own blocks give them."""
    named = _TOKEN.sub(lambda found: _shown(found[1], names), wire.replace("\x00", ""))
    return html.unescape(
        _EMOJI.sub(lambda found: emoji.get(found[0].strip(":"), emoji.get(found[1], found[0])), named)
    )


def mentioned(wire: str) -> list[str]:
    """The ids of the people a text names without saying what they are called."""
    return list(dict.fromkeys(found[1] for found in _MENTION.finditer(wire) if not found[2]))


def without_mention(wire: str, user: str) -> tuple[str, bool]:
    """The text without a leading mention of this person, and whether they are mentioned anywhere in it."""
    mention = rf"<@{re.escape(user)}(?:\|[^<>]*)?>"
    leading = re.match(rf"\s*{mention}[,:]?\s*", wire)
    if leading:
        return wire[leading.end() :], True
    return wire, re.search(mention, wire) is not None


def emoji_in(message: Json) -> dict[str, str]:
    """The characters of the emoji in a message: its blocks hold them, its text only their short names.

    https://docs.slack.dev/reference/block-kit/blocks/rich-text-block (emoji element, `unicode`)
    """
    found: dict[str, str] = {}
    for element in _elements(message.get("blocks") or []):
        if element.get("type") == "emoji" and element.get("unicode"):
            points = str(element["unicode"]).split("-")
            tone = f"::skin-tone-{element['skin_tone']}" if element.get("skin_tone") else ""
            found[f"{element.get('name')}{tone}"] = "".join(chr(int(point, 16)) for point in points)
    return found


def block_text(blocks: list[Json]) -> str:
    """What blocks say, for the messages of apps that have no text of their own; wire form."""
    lines = []
    for block in blocks:
        said = [block.get("text"), *(block.get("fields") or ()), *(block.get("elements") or ())]
        texts = (part.get("text") for part in said if isinstance(part, dict))
        lines += [text for text in texts if isinstance(text, str) and text]
    return "\n".join(lines)


def _shown(token: str, names: Mapping[str, str]) -> str:
    target, _, label = token.partition("|")
    if target.startswith("@"):
        return f"@{label or names.get(target[1:], target[1:])}"
    if target.startswith("#"):
        return f"#{label or target[1:]}"
    if target.startswith("!subteam^"):
        return label if label.startswith("@") else f"@{label or target.removeprefix('!subteam^')}"
    if target.startswith("!date^"):
        return label
    if target.startswith("!"):
        return f"@{label or target[1:]}"
    return _link(target, label)


def _link(address: str, label: str) -> str:
    """The label of what Slack linked by itself is part of the address; any other keeps the address beside it."""
    if address.startswith(("mailto:", "tel:")):
        return label or address.partition(":")[2]
    if not label or label in address:
        return address
    return f"{label} ({address})"


def _elements(part: object) -> Iterator[Json]:
    if isinstance(part, list):
        for each in part:
            yield from _elements(each)
    elif isinstance(part, dict):
        yield part
        yield from _elements(part.get("elements") or [])
