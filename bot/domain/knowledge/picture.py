"""Pictures of an article: what its Markdown refers to, as files that the desk keeps and shows with its words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

from bot.domain.tickets.conversation import StoredFile

LARGEST_PICTURE: Final = 4 * 1024 * 1024
"""Bytes: what loads on a phone."""
MOST_PICTURES: Final = 10
"""Of an article: as many as one message of Discord takes."""
PICTURE_TYPES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
SUFFIXES: Final = (".png", ".jpg", ".jpeg", ".gif", ".webp")
_LONGEST_NAME: Final = 80
_BEGINNINGS: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageReference:
    """`![description](source)`, and the line that it is on, from 0. `source` is as somebody wrote it."""

    source: str
    description: str
    line: int

    @property
    def is_elsewhere(self) -> bool:
        """Whether it is an address on the web rather than a file."""
        parts = urlsplit(self.source)
        return bool(parts.scheme or parts.netloc)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePicture:
    """`source` is how the article's text refers to it."""

    source: str
    file: StoredFile


def images_in(markdown: str) -> Iterator[ImageReference]:
    """In the order of the text; one that is shown twice comes twice."""
    from markdown_it import MarkdownIt

    line = 0
    for token in MarkdownIt("commonmark").enable("table").parse(markdown):
        line = token.map[0] if token.map is not None else line
        for child in token.children or ():
            if child.type in ("softbreak", "hardbreak"):
                line += 1
            elif child.type == "image":
                source = unquote(str(child.attrGet("src") or ""))
                yield ImageReference(source=source, description=child.content.strip(), line=line)


def pictures_of(markdown: str, pictures: Sequence[ArticlePicture]) -> tuple[StoredFile, ...]:
    """Those that this text shows, each once, named by their descriptions: what is read where it cannot be seen."""
    if not pictures:
        return ()
    known = {each.source: each.file for each in pictures}
    shown: dict[str, StoredFile] = {}
    for image in images_in(markdown):
        file = known.get(image.source)
        if file is not None:
            shown.setdefault(file.digest or image.source, named(file, image.description))
    return tuple(shown.values())


def named(file: StoredFile, description: str) -> StoredFile:
    """`VPN settings.png` for `![VPN settings](vpn.png)`."""
    words = " ".join("".join(each if each.isprintable() else " " for each in description).split())
    words = words.translate(dict.fromkeys(map(ord, '/\\:*?"<>|'))).strip(". ")[:_LONGEST_NAME]
    return replace(file, name=words + PurePosixPath(file.name).suffix) if words else file


def picture_type(content: bytes) -> str | None:
    """The media type of a PNG, JPEG, GIF or WebP, by how its bytes begin; None for anything else."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((media_type for begin, media_type in _BEGINNINGS if content.startswith(begin)), None)
