"""Rich text as Slack's own rich text block: every word in it is literal, whatever signs it holds.

https://docs.slack.dev/reference/block-kit/blocks/rich-text-block. That is why people's text goes there and
not into mrkdwn: nothing needs escaping, so nothing can be forgotten, and what is copied out is what was said.
"""

import re
from collections.abc import Iterator
from typing import assert_never

from adapters.slack.api.addresses import Identity, Json, message_url, user_of
from adapters.slack.capabilities import PLATFORM
from adapters.slack.render.mrkdwn import DATE, DATE_IN_WORDS, DATE_THAT_STAYS, moment_words
from bot.messages.outbound import (
    Bold,
    Code,
    Mention,
    MessageLink,
    Moment,
    Preformatted,
    Quote,
    RichText,
    Span,
)

_ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?')\]}]")
LINK_LIMIT = 2_900
"""Characters of an address that is made a link; a longer one stays text (Slack takes 3,000)."""


def rich_text(text: RichText, *, identity: Identity, meant: frozenset[str], is_lasting: bool = True) -> Json:
    """One block. `meant` are the keys of those whom the message may ping; others are only named.

    `is_lasting`: it stays as it is, so no day in it is called today.
    """
    shape = DATE_THAT_STAYS if is_lasting else DATE
    elements: list[Json] = []
    for span in text:
        if isinstance(span, Quote):
            if span.text:
                elements.append({"type": "rich_text_quote", "elements": list(_literal(span.text))})
            continue
        if isinstance(span, Preformatted):
            if span.text:
                elements.append(_block(span))
            continue
        for part in _elements(span, identity=identity, meant=meant, shape=shape):
            if not elements or elements[-1]["type"] != "rich_text_section":
                elements.append({"type": "rich_text_section", "elements": []})
            elements[-1]["elements"].append(part)
    return {"type": "rich_text", "elements": elements or [_section("\u00a0")]}


def plain_block(text: str) -> Json:
    """People's words alone."""
    section = {"type": "rich_text_section", "elements": list(_literal(text))}
    return {"type": "rich_text", "elements": [section]}


def _block(lines: Preformatted) -> Json:
    return {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": lines.text}]}


def _section(text: str) -> Json:
    return {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}


def _elements(span: Span, *, identity: Identity, meant: frozenset[str], shape: str) -> Iterator[Json]:
    """`shape` is that of an instant that does not come with words of its own."""
    match span:
        case str():
            yield from _literal(span)
        case Bold():
            yield from _styled(span.text, "bold")
        case Code():
            yield from _styled(span.text, "code")
        case Quote() | Preformatted():
            yield from _literal(span.text)
        case Moment():
            at = int(span.at.timestamp())
            written = DATE_IN_WORDS if span.words else shape
            yield {"type": "date", "timestamp": at, "format": written, "fallback": moment_words(span)}
        case Mention():
            user = user_of(span.key)
            if user is not None and span.key in meant:
                yield {"type": "user", "user_id": user}
            else:
                yield {"type": "text", "text": f"@{span.name}"}
        case MessageLink():
            yield from _link(span, identity)
        case never:
            assert_never(never)


def _styled(text: str, style: str) -> Iterator[Json]:
    if text:
        yield {"type": "text", "text": text, "style": {style: True}}


def _link(link: MessageLink, identity: Identity) -> Iterator[Json]:
    """A label alone where the message is elsewhere, or in direct messages that only two can open."""
    if not link.label:
        return
    if link.channel.platform != PLATFORM or link.channel.is_direct:
        yield {"type": "text", "text": link.label}
        return
    address = message_url(identity, link.channel.channel, link.message_id)
    yield {"type": "link", "url": address, "text": link.label}


def _literal(text: str) -> Iterator[Json]:
    """Text as it is, its web addresses as links that show themselves."""
    at = 0
    if "://" not in text:
        yield from ({"type": "text", "text": text},) if text else ()
        return
    for found in _ADDRESS.finditer(text):
        if len(found[0]) > LINK_LIMIT:
            continue
        if found.start() > at:
            yield {"type": "text", "text": text[at : found.start()]}
        yield {"type": "link", "url": found[0], "text": found[0]}
        at = found.end()
    if at < len(text):
        yield {"type": "text", "text": text[at:]}
