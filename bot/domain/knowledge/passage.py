"""A passage: as much of an article as answers one question, and can be quoted in a message."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.domain.knowledge.article import Article

if TYPE_CHECKING:
    from markdown_it.token import Token

MOST_WORDS: Final = 120
"""A passage ends with the paragraph, list or code that reaches this many words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Part of an article, in Markdown; `headings` are those above it, the outermost first, without the title."""

    article: str
    """The article's name."""
    title: str
    headings: tuple[str, ...]
    text: str
    position: int
    """From 0, in the article's order."""


def passages_of(article: Article) -> tuple[Passage, ...]:
    """The article in order: no passage crosses a heading, and none is cut within a paragraph, list or code."""
    found = (
        Passage(
            article=article.name, title=article.title, headings=headings, text="\n\n".join(blocks), position=0
        )
        for headings, section in _sections(article.title, article.body)
        for blocks in _gathered(section)
    )
    return tuple(
        Passage(
            article=each.article, title=each.title, headings=each.headings, text=each.text, position=position
        )
        for position, each in enumerate(found)
    )


def _sections(title: str, body: str) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """The blocks below each heading, as they were written; a first heading that repeats the title is left out."""
    lines = body.splitlines()
    headings: list[tuple[int, str]] = []
    blocks: list[str] = []
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    for token, following in _outermost(tokens):
        if token.type != "heading_open":
            assert token.map is not None
            blocks.append("\n".join(lines[token.map[0] : token.map[1]]).strip("\n"))
            continue
        if blocks:
            yield tuple(words for _, words in headings), blocks
            blocks = []
        level = int(token.tag[1:])
        words = following.content.strip()
        headings = [each for each in headings if each[0] < level]
        if words and words != title:
            headings.append((level, words))
    if blocks:
        yield tuple(words for _, words in headings), blocks


def _outermost(tokens: list["Token"]) -> Iterator[tuple["Token", "Token"]]:
    """Each block of the document with the token after it: a heading's words follow its beginning."""
    for token, following in zip(tokens, [*tokens[1:], tokens[-1]] if tokens else [], strict=True):
        if token.level == 0 and token.nesting >= 0 and token.map is not None:
            yield token, following


def _gathered(blocks: Iterable[str]) -> Iterator[list[str]]:
    gathered: list[str] = []
    many = 0
    for block in blocks:
        gathered.append(block)
        many += len(block.split())
        if many >= MOST_WORDS:
            yield gathered
            gathered, many = [], 0
    if gathered:
        yield gathered
