"""An earlier answer: what an agent told a requester last before their ticket was resolved, kept for others.

It is found by whoever asks in an inbox what goes to the same team, and by that team's agents; where servers share a
desk, only in its own.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import quote

from bot.domain.knowledge.article import Article, ArticleAudience, AudienceKind
from bot.domain.knowledge.passage import Passage

MOST_KEPT: Final = 2_000
"""Of one team, the newest: older ones make room, so that finding one costs the same however long a desk runs."""
LONGEST: Final = 1_500
"""Characters: as much is shown whole. What is longer is better made an article."""
LONGEST_QUESTION: Final = 600
EARLIER_ANSWERS: Final = "reply//"
"""How their names begin, as no article's does: a file's path has no two slashes, what is written in chat has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierAnswer:
    """`ticket` is the id of the one that it answered; `question` and `text` say nothing of people any more.

    `message` is the id of the reply; None for what was said with the resolution. `community` is the name of the
    server that it was asked in, where several share the desk.
    """

    ticket: int
    message: int | None
    team: str
    community: str | None
    question: str
    text: str
    language: str
    said_at: datetime

    @property
    def name(self) -> str:
        return name_of(self.ticket)

    @property
    def article(self) -> Article:
        """As it is indexed, beside articles."""
        return Article(
            name=self.name,
            title="",
            body=self.text,
            version=1,
            changed_at=self.said_at,
            audience=readers_of(self.team, self.community),
            team=self.team,
            language=self.language,
        )

    @property
    def passage(self) -> Passage:
        """Found by the words of the question as by those of a heading."""
        return Passage(article=self.name, title="", headings=(self.question,), text=self.text, position=0)


def name_of(ticket: int) -> str:
    """What it is called beside articles."""
    return f"{EARLIER_ANSWERS}{ticket}"


def ticket_of(name: str) -> int | None:
    """The id of the ticket whose earlier answer has this name; None for the name of an article."""
    number = name.removeprefix(EARLIER_ANSWERS)
    return int(number) if number != name and number.isdecimal() else None


def readers_of(team: str, community: str | None) -> ArticleAudience:
    """Who may find a team's earlier answers, where several servers share the desk in one of them."""
    places = (team,) if community is None else (team, community)
    return ArticleAudience(kind=AudienceKind.REPLIES, name="/".join(quote(each, safe="") for each in places))
