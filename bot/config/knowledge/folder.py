"""A folder of Markdown, read: one article a file, with front matter. A bad file is told and the others are read."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from bot.config.file.document import YamlDocument, parse_document, text_of
from bot.config.file.field_types import Names
from bot.config.file.problems import DeskFileError, Problem
from bot.config.file.translation import problems_of
from bot.config.knowledge.front_matter import FrontMatter
from bot.config.knowledge.pictures import FolderPicture, read_pictures
from bot.domain.errors import ConfigurationError, reason_of
from bot.domain.knowledge.article import (
    EVERYBODY,
    LONGEST_BODY,
    LONGEST_TITLE,
    Article,
    ArticleAudience,
    ArticleOrigin,
)
from bot.domain.sentence import sentence

SUFFIX: Final = ".md"
ABOUT_THE_FOLDER: Final = "readme.md"
"""At the top, it says what a checkout is, in any letter case; it is no article."""
LONGEST_NAME: Final = 200
_FENCE: Final = "---"
_ENDS: Final = (_FENCE, "...")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFile:
    """What one file says. `language` is None where it names none; `name` is its path in the folder, without `.md`."""

    path: Path
    name: str
    title: str
    body: str
    """Markdown, without the front matter."""
    audience: ArticleAudience = EVERYBODY
    tags: tuple[str, ...] = ()
    team: str | None = None
    owner: str | None = None
    review_by: date | None = None
    language: str | None = None
    pictures: tuple[FolderPicture, ...] = ()
    picture_problems: tuple[Problem, ...] = ()
    """Of pictures that cannot be shown: the article describes these instead."""

    def article(self, *, version: int, changed_at: datetime, language: str = "en") -> Article:
        """The article in this file; `language` is that of files which name none."""
        return Article(
            name=self.name,
            title=self.title,
            body=self.body,
            version=version,
            changed_at=changed_at,
            audience=self.audience,
            tags=self.tags,
            team=self.team,
            owner=self.owner,
            review_by=self.review_by,
            language=self.language or language,
            origin=ArticleOrigin.FILE,
            pictures=tuple(each.picture for each in self.pictures),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFolder:
    """`files` are by their articles' names, `errors` by those that the others would have."""

    files: Mapping[str, ArticleFile] = field(default_factory=dict)
    errors: Mapping[str, DeskFileError] = field(default_factory=dict)

    @property
    def picture_errors(self) -> Mapping[str, DeskFileError]:
        """Of files that can be used, pictures that cannot, by the articles' names."""
        return {
            name: DeskFileError(each.path, list(each.picture_problems))
            for name, each in self.files.items()
            if each.picture_problems
        }


def read_folder(folder: Path, names: Names | None = None) -> ArticleFolder:
    """Every file ending in `.md` in the folder and those below, but for hidden ones and a README at the top.

    `names` are the desk's teams and communities (`team`, `community`); without them any name is taken. Raises
    ConfigurationError where the folder cannot be read.
    """
    files: dict[str, ArticleFile] = {}
    errors: dict[str, DeskFileError] = {}
    folded: dict[str, str] = {}
    for path in sorted(_markdown_in(folder)):
        name = name_of(path, folder)
        if (twin := folded.setdefault(name.casefold(), name)) != name:
            told = sentence("configuration.article_twice", name=name, other=twin)
            errors[name] = DeskFileError(path, [Problem(0, told)])
            continue
        try:
            files[name] = read_article(path, folder, names)
        except DeskFileError as error:
            errors[name] = error
    return ArticleFolder(files=files, errors=errors)


def name_of(path: Path, folder: Path) -> str:
    """The article's: the file's path in the folder, with slashes and without `.md`."""
    return path.relative_to(folder).as_posix()[: -len(SUFFIX)]


def read_article(path: Path, folder: Path, names: Names | None = None) -> ArticleFile:
    """One file. Raises DeskFileError with every problem of the file and its line."""
    name = name_of(path, folder)
    if len(name) > LONGEST_NAME:
        raise DeskFileError(path, [Problem(0, sentence("configuration.path_too_long", limit=LONGEST_NAME))])
    lines = text_of(path).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    end = _end_of_front_matter(path, lines)
    document = _front_matter(path, lines, end)
    try:
        head = FrontMatter.model_validate({} if document is None else document.values, context=names)
    except ValidationError as error:
        assert document is not None
        raise DeskFileError(path, problems_of(error, document, model=FrontMatter)) from None
    body = "\n".join(lines[end:]).strip("\n")
    _check_body(path, body, line=end + 1)
    title, line = (head.title, 0) if head.title else _title_in(body, path, after=end)
    if len(title) > LONGEST_TITLE:
        too_long = sentence("configuration.text_too_long", option="title", number=LONGEST_TITLE)
        raise DeskFileError(path, [Problem(line, too_long)])
    pictures, problems = read_pictures(body, path, folder, line=end + _blank_lines(lines[end:]))
    return ArticleFile(
        path=path,
        name=name,
        title=title,
        body=body,
        audience=head.audience,
        tags=tuple(dict.fromkeys(head.tags)),
        team=head.team,
        owner=head.owner,
        review_by=head.review_by,
        language=head.language,
        pictures=pictures,
        picture_problems=problems,
    )


def _markdown_in(folder: Path) -> Iterator[Path]:
    """Raises ConfigurationError where a folder cannot be listed."""

    def fail(error: OSError) -> None:
        raise ConfigurationError(
            sentence("configuration.folder_unreadable", file=str(error.filename), reason=reason_of(error))
        )

    for at, folders, files in os.walk(folder, onerror=fail):
        folders[:] = [each for each in folders if not each.startswith(".")]
        for each in files:
            is_about_folder = each.lower() == ABOUT_THE_FOLDER and Path(at) == folder
            if each.lower().endswith(SUFFIX) and not each.startswith(".") and not is_about_folder:
                yield Path(at) / each


def _blank_lines(lines: list[str]) -> int:
    """How many there are above the first words."""
    return next((at for at, line in enumerate(lines) if line), 0)


def _end_of_front_matter(path: Path, lines: list[str]) -> int:
    """How many lines it takes, its fences included; 0 where there is none."""
    if lines[0].rstrip() != _FENCE:
        return 0
    for at, line in enumerate(lines[1:], 2):
        if line.rstrip() in _ENDS:
            return at
    raise DeskFileError(path, [Problem(1, sentence("configuration.front_matter_open"))])


def _front_matter(path: Path, lines: list[str], end: int) -> YamlDocument | None:
    """None where nothing is said in it."""
    written = lines[1 : end - 1] if end else []
    if not any(line.strip() and not line.lstrip().startswith("#") for line in written):
        return None
    text = "\n".join(["", *written, ""])
    return parse_document(text, path, no_keys="configuration.front_matter_no_keys")


def _check_body(path: Path, body: str, *, line: int) -> None:
    if not body.strip():
        raise DeskFileError(path, [Problem(line, sentence("configuration.article_empty"))])
    if len(body) > LONGEST_BODY:
        told = sentence("configuration.article_too_long", number=len(body), limit=LONGEST_BODY)
        raise DeskFileError(path, [Problem(0, told)])


def _title_in(body: str, path: Path, *, after: int) -> tuple[str, int]:
    """The first heading and its line, or else what the file is called."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").parse(body)
    for token, following in pairwise(tokens):
        if token.type == "heading_open" and token.map is not None and following.content.strip():
            blank = len(body) - len(body.lstrip("\n"))
            return following.content.strip(), after + blank + token.map[0] + 1
    words = re.sub(r"[-_\s]+", " ", path.name[: -len(SUFFIX)]).strip()
    return (words[:1].upper() + words[1:] or path.name)[:LONGEST_TITLE], 0
