"""Views that could not be opened or found: a search that means nothing, a name that is taken. The file is refused."""

from collections.abc import Iterator
from datetime import datetime
from functools import reduce

from bot.config.file.document import YamlDocument
from bot.config.file.problems import Problem
from bot.config.schema.desk import DeskFile
from bot.domain.desk import Desk
from bot.domain.errors import Refused
from bot.domain.search.parsing import read_query
from bot.domain.search.visibility import Visibility
from bot.domain.search.vocabulary import agents_vocabulary
from bot.domain.sentence import Sentence, sentence
from bot.domain.views.saved_view import BUILT_IN, folded_name


def impossible_views(
    file: DeskFile, document: YamlDocument, desk: Desk, *, now: datetime
) -> Iterator[Problem]:
    """Searches are read as by an agent who may know of everything."""
    vocabulary = agents_vocabulary(desk, Visibility(person="", sees_everywhere=True))
    zone = desk.teams[desk.default_team].calendar.zone
    taken = {each.folded for each in BUILT_IN}
    for name, view in file.views.items():
        if not taken.isdisjoint({folded_name(name), folded_name(view.title or name)}):
            yield Problem(
                document.line_of(("views", name)), sentence("configuration.view_name_taken", name=name)
            )
        taken |= {folded_name(name), folded_name(view.title or name)}
        try:
            read_query(view.query, vocabulary, now=now, zone=zone)
        except Refused as refused:
            line = document.line_of(("views", name, "query"))
            yield Problem(line, sentence("configuration.view", name=name, problem=_whole(refused)))


def _whole(refused: Refused) -> Sentence:
    """What is wrong, and what is possible instead."""
    return reduce(
        lambda said, more: sentence("configuration.one_after_another", problem=said, more=more),
        refused.sentences,
    )
