from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.knowledge.article import Article
from bot.domain.knowledge.passage import MOST_WORDS, passages_of


def article(body: str, *, title: str = "VPN") -> Article:
    return Article(
        name="vpn", title=title, body=body, version=1, changed_at=datetime(2026, 11, 2, tzinfo=UTC)
    )


def test_a_passage_knows_the_headings_it_stands_under() -> None:
    body = (
        "Intro.\n\n## On a Mac\n\nOpen it.\n\n### Certificates\n\n- one\n- two\n\n## On Windows\n\nOpen it."
    )
    found = [(each.headings, each.text) for each in passages_of(article(body))]
    assert found == [
        ((), "Intro."),
        (("On a Mac",), "Open it."),
        (("On a Mac", "Certificates"), "- one\n- two"),
        (("On Windows",), "Open it."),
    ]


def test_a_heading_that_repeats_the_title_is_no_heading_of_its_own() -> None:
    assert [each.headings for each in passages_of(article("# VPN\n\nIntro.\n\n## Mac\n\nSo."))] == [
        (),
        ("Mac",),
    ]


def test_long_sections_are_cut_between_paragraphs_and_never_within() -> None:
    paragraphs = [f"{number} " + "word " * (MOST_WORDS // 2) for number in range(5)]
    found = passages_of(article("\n\n".join(paragraphs)))
    assert [each.text.count("\n\n") + 1 for each in found] == [2, 2, 1]
    assert [each.position for each in found] == [0, 1, 2]


def test_a_hash_in_code_is_no_heading() -> None:
    (found,) = passages_of(article("Run\n\n```\n# reset\nvpn --reset\n```"))
    assert found.headings == ()
    assert "# reset" in found.text


def test_an_empty_article_has_no_passages() -> None:
    assert passages_of(article("\n \n")) == ()


@given(st.lists(st.text("ab*` \t>1.()\n", max_size=12), max_size=12))
def test_nothing_of_an_article_is_lost(lines: list[str]) -> None:
    body = "\n".join(lines)
    shown = "".join(each.text for each in passages_of(article(body)))
    assert [shown.count(letter) for letter in "ab1"] == [body.count(letter) for letter in "ab1"]
