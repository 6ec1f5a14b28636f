"""How well what is known answers requests: what was shown, what it solved, and what no article answers."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.domain.demand.clusters import clusters_of
from bot.domain.demand.likeness import Likenesses
from bot.domain.knowledge.offer import OfferState
from bot.ports.storage.demand import AskedRequest
from bot.ports.unit_of_work import UnitOfWork
from bot.services.demand.request_texts import request_text, spellings

MOST_COUNTED: Final = 20_000
MOST_COMPARED: Final = 2_000
LEAST_ALIKE: Final = 2
"""From how many requests on a question is one that comes again."""
_ASKED_ON: Final = (OfferState.ASKED, OfferState.OPENED)


@dataclass(slots=True, kw_only=True)
class ArticleFigures:
    """How often an article was shown, solved what was asked, and did not help.

    `name` of a fixed answer is its title, and of what is no single article empty.
    """

    title: str
    name: str = ""
    is_earlier: bool = False
    """Whether it is all that agents answered before."""
    shown: int = 0
    solved: int = 0
    failed: int = 0

    def count(self, state: OfferState) -> None:
        """It was shown once more, and this came of it."""
        self.shown += 1
        self.solved += state is OfferState.SOLVED
        self.failed += state is OfferState.ASKED


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingArticle:
    """Requests that say the same and were answered by no article; `words` are what they share."""

    words: tuple[str, ...]
    requests: tuple[str, ...]
    """Their references, the oldest first."""


@dataclass(slots=True, kw_only=True)
class AnswerFigures:
    """`unopened` of the solved ones never became a ticket; articles: the most often shown first.

    `alone` are the unanswered requests that no other is like, the newest first; private ones are counted alone.
    """

    looked_up: int = 0
    shown: int = 0
    solved: int = 0
    unopened: int = 0
    asked_on: int = 0
    articles: list[ArticleFigures] = field(default_factory=list)
    all_shown: ArticleFigures = field(default_factory=lambda: ArticleFigures(title=""))
    """Whatever it was."""
    earlier: ArticleFigures = field(default_factory=lambda: ArticleFigures(title="", is_earlier=True))
    """Of what agents answered before, all together."""
    missing: list[MissingArticle] = field(default_factory=list)
    alone: list[AskedRequest] = field(default_factory=list)
    unanswered: int = 0


def answer_figures(
    uow: UnitOfWork, *, since: datetime, until: datetime, teams: frozenset[str] | None
) -> AnswerFigures:
    """Of requests to these teams in this time; articles that not everybody may read are counted, and not named."""
    found = AnswerFigures()
    by_name: dict[str, ArticleFigures] = {}
    for offer in uow.offers.reported(since=since, until=until, teams=teams, limit=MOST_COUNTED):
        found.looked_up += 1
        if not offer.shown:
            found.unanswered += 1
            continue
        found.shown += 1
        found.solved += offer.state is OfferState.SOLVED
        found.unopened += offer.state is OfferState.SOLVED and offer.ticket is None
        found.asked_on += offer.state in _ASKED_ON
        found.all_shown.count(offer.state)
        for name, title in offer.public_names.items():
            by_name.setdefault(name, ArticleFigures(title=title, name=name)).count(offer.state)
        if offer.references:
            found.earlier.count(offer.state)
    found.articles = sorted(by_name.values(), key=lambda each: (-each.shown, each.title))
    _look_for_missing(uow, found, since=since, until=until, teams=teams)
    return found


def _look_for_missing(
    uow: UnitOfWork, found: AnswerFigures, *, since: datetime, until: datetime, teams: frozenset[str] | None
) -> None:
    asked = uow.offers.unanswered(since=since, until=until, teams=teams, limit=MOST_COMPARED)
    by_id = {each.id: each for each in asked}
    texts = {each.id: request_text(each) for each in asked}
    for cluster in clusters_of(Likenesses(texts.values()), list(texts), least=LEAST_ALIKE):
        spelled = spellings([texts[each] for each in cluster.requests], cluster.words)
        found.missing.append(
            MissingArticle(
                words=tuple(spelled[stem] for stem in cluster.words),
                requests=tuple(by_id[each].reference for each in cluster.requests),
            )
        )
    together = {reference for each in found.missing for reference in each.requests}
    found.alone = [each for each in asked if each.reference not in together]


def failing(figures: AnswerFigures) -> list[ArticleFigures]:
    """Articles that did not help more often than they did, the worst first."""
    found = [each for each in figures.articles if each.failed > each.solved]
    return sorted(found, key=lambda each: (each.solved - each.failed, each.title))


def as_counter(figures: AnswerFigures) -> Counter[str]:
    """The counts by their names."""
    names = ("looked_up", "shown", "solved", "unopened", "asked_on")
    return Counter({name: getattr(figures, name) for name in names})
