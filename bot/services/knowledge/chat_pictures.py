"""Pictures that come with an article written in chat: its text refers to each, and keeps those that it refers to."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

from bot.domain.knowledge.picture import (
    LARGEST_PICTURE,
    MOST_PICTURES,
    PICTURE_TYPES,
    ArticlePicture,
    images_in,
)
from bot.domain.sentence import Sentence, sentence
from bot.domain.tickets.conversation import StoredFile

_MIB: Final = 1024 * 1024


def illustrated(
    body: str, *, known: Sequence[ArticlePicture], added: Sequence[StoredFile]
) -> tuple[str, tuple[ArticlePicture, ...]]:
    """The text, with what it does not mention yet at its end, and its pictures in the order of the text.

    One of the same name takes the place of the one before.
    """
    pictures = {each.source: each for each in known}
    mentioned = {each.source for each in images_in(body)}
    for file in added:
        if file.digest is None:
            continue
        source = _source_of(file.name)
        pictures[source] = ArticlePicture(source=source, file=replace(file, name=source))
        if source not in mentioned:
            body = f"{body.rstrip()}\n\n![{_described(file.name)}]({source})"
    used = dict.fromkeys(each.source for each in images_in(body))
    return body, tuple(pictures[source] for source in used if source in pictures)


def problem_with(files: Sequence[StoredFile], pictures: Sequence[ArticlePicture]) -> Sentence | None:
    """Why these files cannot be an article's pictures."""
    for file in files:
        if file.digest is not None and file.media_type not in PICTURE_TYPES:
            return sentence("knowledge.picture_kind", file=file.name)
        if file.digest is not None and file.size > LARGEST_PICTURE:
            limit = f"{LARGEST_PICTURE / _MIB:g} MiB"
            return sentence("knowledge.picture_too_large", file=file.name, limit=limit)
    if len(pictures) > MOST_PICTURES:
        return sentence("knowledge.pictures_too_many", number=MOST_PICTURES)
    return None


def _source_of(name: str) -> str:
    """As Markdown takes it without quotation marks."""
    return re.sub(r"[^\w.-]+", "-", name).strip("-.") or "picture"


def _described(name: str) -> str:
    return re.sub(r"[\W_]+", " ", PurePosixPath(name).stem).strip()
