"""A sentence of the catalogue, cut into pieces once: words, placeholders, and which of them look special.

`{name}` is a placeholder, `**…**` is bold, backticks are what people can type; `{{` and `}}` are braces.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.messages.outbound import Bold, Code, RichText, Span
from bot.messages.plain import plain

_TOKEN = re.compile(r"(\{\{|\}\}|\{\w+\}|\*\*|`)")


@dataclass(frozen=True)
class Piece:
    """`look` is the class of span that its words get; None leaves them as they are."""

    text: str
    is_placeholder: bool = False
    look: type[Bold] | type[Code] | None = None

    @cached_property
    def as_it_stands(self) -> Span:
        """What it shows where it is no placeholder."""
        return _looking(self.text, self.look)


@dataclass(frozen=True)
class Template:
    """One form of one sentence. Raises ValueError for markup that does not end."""

    source: str

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        pieces: list[Piece] = []
        look: type[Bold | Code] | None = None
        for token in filter(None, _TOKEN.split(self.source)):
            if token in _LOOKS:
                look = _turned(look, _LOOKS[token], self.source)
            elif token in ("{{", "}}"):
                pieces.append(Piece(token[0], look=look))
            elif token.startswith("{"):
                pieces.append(Piece(token[1:-1], is_placeholder=True, look=look))
            else:
                pieces.append(Piece(token, look=look))
        if look is not None:
            raise ValueError(f"markup does not end: {self.source!r}")
        return tuple(pieces)

    @cached_property
    def unfilled(self) -> str:
        """The sentence in plain text, where nothing fills it: a card has some thirty such labels. Raises KeyError."""
        return plain(self.filled({}))

    @property
    def placeholders(self) -> frozenset[str]:
        return frozenset(piece.text for piece in self.pieces if piece.is_placeholder)

    def filled(self, spans: Mapping[str, Span | RichText]) -> RichText:
        """The sentence with its placeholders filled. Raises KeyError for one that is not.

        What stands between one pair of backticks is one span, so that a command with a fact in it is copied whole.
        """
        found: list[Span] = []
        for piece in self.pieces:
            for span in _spans_of(piece, spans):
                before = found[-1] if found else None
                if isinstance(before, Code) and isinstance(span, Code):
                    found[-1] = Code(before.text + span.text)
                else:
                    found.append(span)
        return tuple(found)


_LOOKS: Mapping[str, type[Bold] | type[Code]] = {"**": Bold, "`": Code}


def _spans_of(piece: Piece, spans: Mapping[str, Span | RichText]) -> Iterator[Span]:
    if not piece.is_placeholder:
        yield piece.as_it_stands
        return
    value = spans[piece.text]
    for each in value if isinstance(value, tuple) else (value,):
        if each != "":
            yield _looking(each, piece.look)


def _turned(
    look: type[Bold] | type[Code] | None, marked: type[Bold] | type[Code], source: str
) -> type[Bold] | type[Code] | None:
    """What holds after a mark: it begins, or ends what it began."""
    if look is not None and look is not marked:
        raise ValueError(f"markup within markup: {source!r}")
    return marked if look is None else None


def _looking(span: Span, look: type[Bold] | type[Code] | None) -> Span:
    """Words with this look; a span that has its own keeps it."""
    return look(span) if look is not None and isinstance(span, str) and span else span
