"""Pictures beside Markdown files: those that an article refers to, and what is wrong with any, by its line."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from bot.config.file.problems import Problem
from bot.domain.errors import reason_of
from bot.domain.knowledge.picture import (
    LARGEST_PICTURE,
    MOST_PICTURES,
    SUFFIXES,
    ArticlePicture,
    images_in,
    picture_type,
)
from bot.domain.sentence import Sentence, sentence
from bot.domain.suggestions import nearest
from bot.domain.tickets.conversation import StoredFile

_MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderPicture:
    """`path` holds the bytes, whose digest `picture` names; the desk keeps them when it takes the article in."""

    path: Path
    picture: ArticlePicture


class _UnusableError(Exception):
    def __init__(self, told: Sentence) -> None:
        super().__init__(str(told))
        self.told = told


def read_pictures(
    body: str, article: Path, folder: Path, *, line: int
) -> tuple[tuple[FolderPicture, ...], tuple[Problem, ...]]:
    """What the article at this path refers to, below the folder; `line` is the one above the body's first."""
    found: dict[str, FolderPicture] = {}
    problems: list[Problem] = []
    for image in images_in(body):
        if image.is_elsewhere or image.source in found:
            continue
        at = line + image.line + 1
        if len(found) == MOST_PICTURES:
            problems.append(Problem(at, sentence("configuration.pictures_too_many", limit=MOST_PICTURES)))
            break
        try:
            found[image.source] = _read(image.source, article, folder)
        except _UnusableError as error:
            problems.append(Problem(at, error.told))
    return tuple(found.values()), tuple(problems)


def _read(source: str, article: Path, folder: Path) -> FolderPicture:
    path = _path_of(source, article, folder)
    try:
        size = path.stat().st_size
        if size > LARGEST_PICTURE:
            sizes = {"size": f"{size / _MIB:.1f} MiB", "limit": f"{LARGEST_PICTURE / _MIB:g} MiB"}
            raise _UnusableError(sentence("configuration.picture_too_large", file=source, **sizes))
        content = path.read_bytes()
    except OSError as error:
        raise _UnusableError(
            sentence("configuration.picture_unreadable", file=source, reason=reason_of(error))
        ) from None
    media_type = picture_type(content)
    if media_type is None:
        raise _UnusableError(sentence("configuration.picture_kind", file=source))
    file = StoredFile(
        name=path.name, media_type=media_type, size=len(content), digest=sha256(content).hexdigest()
    )
    return FolderPicture(path=path, picture=ArticlePicture(source=source, file=file))


def _path_of(source: str, article: Path, folder: Path) -> Path:
    """Where the file is, symbolic links followed. Raises _UnusableError for what is not within the folder."""
    try:
        path = (article.parent / source).resolve()
        is_within = path.is_relative_to(folder.resolve())
        is_file = is_within and path.is_file()
    except (OSError, ValueError):
        is_within, is_file = True, False
    if not is_within:
        raise _UnusableError(sentence("configuration.picture_outside", file=source))
    if is_file:
        return path
    beside = [each.name for each in article.parent.iterdir() if each.suffix.lower() in SUFFIXES]
    meant = nearest(source, beside)
    if meant is None:
        raise _UnusableError(sentence("configuration.picture_missing", file=source))
    raise _UnusableError(sentence("configuration.picture_missing_meant", file=source, word=meant))
