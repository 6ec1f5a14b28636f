"""The folder of articles, looked at before a desk takes it in. Nothing in it keeps a desk from starting."""

from collections.abc import Iterator

from bot.config.file.field_types import Names
from bot.config.knowledge.folder import read_folder
from bot.config.loading import Configuration
from bot.domain.desk import Desk
from bot.domain.errors import ConfigurationError, reason_of
from bot.domain.sentence import Sentence, sentence


def article_problems(configuration: Configuration) -> Iterator[Sentence]:
    """What is wrong in it, each with file and line; nothing where there is no folder."""
    desk = configuration.desk
    folder = desk.knowledge.folder
    if folder is None:
        return
    try:
        next(folder.iterdir(), None)
    except OSError as error:
        yield sentence(
            "operations.article_folder_unreadable",
            file=str(configuration.path),
            line=str(configuration.line_of("knowledge", "folder")),
            folder=str(folder.resolve()),
            reason=reason_of(error),
        )
        return
    try:
        found = read_folder(folder, names_known(desk))
    except ConfigurationError as error:
        yield from error.lines
        return
    for key, errors in (("article_unusable", found.errors), ("picture_unusable", found.picture_errors)):
        for name in sorted(errors):
            for line in errors[name].lines:
                yield sentence(f"operations.{key}", problem=line)


def names_known(desk: Desk) -> Names:
    """What front matter may name."""
    return {"team": frozenset(desk.teams), "community": frozenset(desk.communities)}
