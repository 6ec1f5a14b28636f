"""Markdown that people wrote, as rich text: each platform shows it in its own way, and nothing in it can ping.

What a message cannot show is said in words: a picture is its description, and a table lines of one width.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from bot.messages.outbound import Bold, Code, Preformatted, Quote, RichText
from bot.messages.plain import plain
from bot.text.sentences import joined

_WEB: Final = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
_BULLET, _PICTURE = "• ", "🖼 "
_WIDEST: Final = 40
"""Letters of a table's cell, beyond which it is cut: a phone shows about as many in a line."""


def markdown_text(written: str) -> RichText:
    """All of it, block by block, with a line left free between paragraphs."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table").enable("strikethrough")
    return joined(*_blocks(parser.parse(written)), by="\n\n")


def markdown_words(written: str) -> str:
    """The same without looks: what can be typed, quoted and searched."""
    return plain(markdown_text(written))


_Tokens = Sequence[Any]
"""Of markdown-it, which is imported where it is needed first."""


def _blocks(tokens: _Tokens) -> Iterator[RichText]:
    for token, inner in _outermost(tokens):
        match token.type:
            case "heading_open":
                yield (Bold(plain(_inline(inner[0].children or ()))),)
            case "paragraph_open":
                yield _inline(inner[0].children or ())
            case "bullet_list_open" | "ordered_list_open":
                yield joined(*_items(token, inner, depth=0), by="\n")
            case "blockquote_open":
                yield (Quote(plain(joined(*_blocks(inner), by="\n"))),)
            case "fence" | "code_block":
                yield (Preformatted(token.content.rstrip("\n")),)
            case "table_open":
                yield (Preformatted(_table(inner)),)
            case "hr":
                yield ("———",)
            case _:
                if token.content:
                    yield (token.content,)


def _outermost(tokens: _Tokens) -> Iterator[tuple[Any, _Tokens]]:
    """Each block that is in no other, with what is between its beginning and its end."""
    at = 0
    while at < len(tokens):
        token, end = tokens[at], at
        if token.nesting == 1:
            depth = 1
            while depth:
                end += 1
                depth += tokens[end].nesting
        yield token, tokens[at + 1 : end]
        at = end + 1


def _items(token: Any, inner: _Tokens, *, depth: int) -> Iterator[RichText]:  # noqa: ANN401
    number = int(token.attrGet("start") or 1)
    indent = "   " * depth
    for _, item in _outermost(inner):
        mark = f"{number}. " if token.type == "ordered_list_open" else _BULLET
        number += 1
        text: RichText = (f"{indent}{mark}",)
        for block, within in _outermost(item):
            if block.type in ("bullet_list_open", "ordered_list_open"):
                text = joined(text, *_items(block, within, depth=depth + 1), by="\n")
            elif block.type == "paragraph_open":
                separator = () if len(text) == 1 else ("\n",)
                text = (*text, *separator, *_inline(within[0].children or ()))
            else:
                text = joined(text, *_blocks([block, *within]), by="\n")
        yield text


def _inline(tokens: _Tokens) -> RichText:
    found: list[Any] = []
    strong: list[str] | None = None
    links: list[tuple[str, int]] = []
    for token in tokens:
        if token.type == "strong_open":
            strong = []
        elif token.type == "strong_close":
            found.append(Bold("".join(strong or ())))
            strong = None
        elif token.type == "link_open":
            links.append((str(token.attrGet("href") or ""), len(found)))
        elif token.type == "link_close":
            address, begun = links.pop()
            ending = _address_after(
                address, plain(tuple(found[begun:])) if strong is None else "".join(strong)
            )
            (found if strong is None else strong).append(ending)
        elif strong is not None:
            strong.append(plain((_span(token),)))
        else:
            found.append(_span(token))
    return tuple(each for each in found if each)


def _span(token: Any) -> str | Code:  # noqa: ANN401
    match token.type:
        case "code_inline":
            return Code(token.content)
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "image":
            address = str(token.attrGet("src") or "")
            said = token.content or address.rpartition("/")[2]
            return f"{_PICTURE}{said}{_address_after(address, said)}"
        case _:
            return str(token.content)


def _address_after(address: str, label: str) -> str:
    """Behind its label, where it leads out of the article and the label does not say it already."""
    bare = address.removeprefix("mailto:")
    return f" ({bare})" if _WEB.match(address) and bare not in label else ""


def _table(tokens: _Tokens) -> str:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(plain(_inline(token.children or ())))
    widths = [min(max(map(len, column)), _WIDEST) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)
