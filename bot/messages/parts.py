"""Long contents as an ordered list of parts, none longer than the platform's limit.

Nothing is lost in splitting: the parts' texts, put together, are the whole. An edit keeps to the parts
there are, so that none lands below later messages; the last one then ends with how to read the rest.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from bot.messages.outbound import (
    Board,
    Bold,
    Card,
    Code,
    Copy,
    Mention,
    MessageContent,
    MessageLink,
    Moment,
    Notice,
    Preformatted,
    Quote,
    RichText,
    Span,
)

MOMENT_LENGTH = 24


def split(content: MessageContent, *, limit: int) -> list[MessageContent]:
    """As many parts as it takes; one for what fits."""
    match content:
        case Card() | Board():
            return [content]
        case Copy():
            return _copies(content, list(_pieces(content.text, limit)) or [""])
        case Notice():
            return _notices(content, _rich_pieces(content.text, limit))
        case _:
            assert_never(content)


def fit(content: MessageContent, *, limit: int, count: int, ending: str) -> list[MessageContent]:
    """At most `count` parts; `ending` stands on a line of its own where the rest does not fit."""
    parts = split(content, limit=limit)
    if len(parts) <= count:
        return parts
    ending = f"\n{ending}"
    match content:
        case Card() | Board():
            return parts
        case Copy():
            texts = list(_pieces(content.text, limit))[:count]
            texts[-1] = texts[-1][: limit - len(ending)] + ending
            return _copies(content, texts)
        case Notice():
            pieces = _rich_pieces(content.text, limit)[:count]
            pieces[-1] = (*_rich_pieces(pieces[-1], limit - len(ending))[0], ending)
            return _notices(content, pieces)
        case _:
            assert_never(content)


def _copies(copy: Copy, texts: list[str]) -> list[MessageContent]:
    """Each part says which it is; what it answers comes with the first, the files with the last."""
    total = len(texts)
    if total == 1:
        return [replace(copy, text=texts[0])]
    return [
        replace(
            copy,
            text=text,
            label=f"{copy.label} ({number}/{total})".strip(),
            quote=copy.quote if number == 1 else "",
            mentions=copy.mentions if number == 1 else (),
            files=copy.files if number == total else (),
        )
        for number, text in enumerate(texts, start=1)
    ]


def _notices(notice: Notice, texts: list[RichText]) -> list[MessageContent]:
    """The first part pings; buttons and files come with the last."""
    last = len(texts) - 1
    return [
        replace(
            notice,
            text=text,
            buttons=notice.buttons if number == last else (),
            menu=notice.menu if number == last else None,
            files=notice.files if number == last else (),
            mentions=notice.mentions if number == 0 else (),
        )
        for number, text in enumerate(texts)
    ]


def _pieces(text: str, limit: int) -> Iterator[str]:
    """Cut after a line, else after a word, else anywhere; nothing is dropped."""
    rest = text
    while len(rest) > limit:
        cut = _cut_at(rest, limit)
        yield rest[:cut]
        rest = rest[cut:]
    if rest:
        yield rest


def _cut_at(text: str, limit: int) -> int:
    for separator in ("\n", " "):
        found = text.rfind(separator, limit // 2, limit)
        if found > 0:
            return found + 1
    return limit


def length_of(text: RichText, *, link: int) -> int:
    """About how many characters a platform writes for it, where a link to a message takes `link` of them."""
    return sum(link if isinstance(each, MessageLink) else _length(each) for each in text)


def _rich_pieces(text: RichText, limit: int) -> list[RichText]:
    """Cut after a line where the piece has one in its second half, else between two spans."""
    pieces: list[RichText] = []
    current: list[Span] = []
    room = limit
    for span in text:
        for piece in _span_pieces(span, limit):
            length = _length(piece)
            if length > room and current:
                whole, begun = _at_line(current, limit)
                pieces.append(whole)
                current = [*begun]
                room = limit - sum(map(_length, current))
                if length > room and current:
                    pieces.append(tuple(current))
                    current, room = [], limit
            current.append(piece)
            room -= length
    return [*pieces, tuple(current)]


def _at_line(spans: list[Span], limit: int) -> tuple[RichText, RichText]:
    """What ends with the last line that is whole, and the line that has begun; all and nothing where none is late."""
    for at in range(len(spans) - 1, -1, -1):
        span = spans[at]
        if not isinstance(span, str) or "\n" not in span:
            continue
        end = span.rfind("\n") + 1
        whole = (*spans[:at], span[:end])
        if sum(map(_length, whole)) < limit // 2:
            break
        begun = (span[end:], *spans[at + 1 :]) if span[end:] else tuple(spans[at + 1 :])
        return whole, begun
    return tuple(spans), ()


def _span_pieces(span: Span, limit: int) -> Iterator[Span]:
    match span:
        case str():
            yield from _pieces(span, limit)
        case Quote() | Preformatted() | Code() | Bold():
            for piece in _pieces(span.text, limit):
                yield replace(span, text=piece)
        case Moment() | Mention() | MessageLink():
            yield span
        case _:
            assert_never(span)


def _length(span: Span) -> int:
    match span:
        case str():
            return len(span)
        case Quote() | Preformatted() | Code() | Bold():
            return len(span.text)
        case Moment():
            return max(MOMENT_LENGTH, len(span.words))
        case Mention():
            return len(span.name) + 1
        case MessageLink():
            return len(span.label)
        case _:
            assert_never(span)
