"""An earlier answer is named as no article is, and is for one team in one place."""

from datetime import UTC, datetime

from bot.domain.knowledge.article import EVERYBODY, ArticleAudience
from bot.domain.knowledge.earlier_answer import EarlierAnswer, name_of, readers_of, ticket_of
from bot.domain.knowledge.index_words import meant_text, passage_words
from bot.domain.knowledge.readership import ANYBODY, Readership

ANSWER = EarlierAnswer(
    ticket=12,
    message=7,
    team="it",
    community=None,
    question="The printer jams",
    text="Open the tray",
    language="en",
    said_at=datetime(2026, 3, 2, tzinfo=UTC),
)


def test_its_name_says_which_ticket_it_is_from_and_no_articles_does() -> None:
    assert ticket_of(name_of(12)) == 12
    for name in ("", "reply", "reply/12", "network/reply//12", "reply//", "reply//vpn"):
        assert ticket_of(name) is None


def test_those_of_one_team_in_one_place_find_it_and_nothing_else() -> None:
    here, there = readers_of("it", "acme"), readers_of("it", "globex")
    assert (
        len({here, there, readers_of("it", None), readers_of("it/acme", None), readers_of("acme", "it")}) == 5
    )
    readers = Readership(replies=(here,))
    assert readers.audiences == (here,)
    assert readers.covers(here)
    assert not readers.covers(there)
    assert not ANYBODY.covers(here)
    assert EVERYBODY in ANYBODY.audiences
    assert ArticleAudience.parse(here.key) == here


def test_it_is_found_by_what_was_asked_and_by_what_was_answered() -> None:
    words = passage_words(ANSWER.article, ANSWER.passage)
    assert {"printer", "jam", "tray"} <= set(words)
    assert "The printer jams" in meant_text(ANSWER.passage, ())
