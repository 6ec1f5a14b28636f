"""The folder of articles, looked at before a desk takes it in."""

from bot.config.file.field_types import Names
from bot.config.knowledge.folder import read_folder
from bot.domain.desk import Desk
from bot.domain.errors import ConfigurationError
from bot.domain.sentence import Sentence


def folder_problems(desk: Desk) -> list[Sentence]:
    """What is wrong in it, each with file and line; nothing where there is no folder."""
    folder = desk.knowledge.folder
    if folder is None:
        return []
    try:
        found = read_folder(folder, names_known(desk))
    except ConfigurationError as error:
        return list(error.lines)
    return [line for error in found.errors.values() for line in error.lines]


def names_known(desk: Desk) -> Names:
    """What front matter may name."""
    return {"team": frozenset(desk.teams), "community": frozenset(desk.communities)}
