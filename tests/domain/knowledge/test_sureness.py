"""Whether an article is shown to somebody who did not ask for it."""

from dataclasses import replace

import pytest

from bot.domain.knowledge.sureness import BY_BOTH, BY_MEANING, BY_WORDS, MOST_AHEAD, Evidence, SureRule

PLAIN = Evidence(score=0.45, ahead=0.05, article=0.35)


@pytest.mark.parametrize("rule", [BY_WORDS, BY_MEANING, BY_BOTH])
def test_what_is_sure_stays_so_with_more_evidence_and_nothing_is_sure_without_any(rule: SureRule) -> None:
    sure = Evidence(score=0.9, ahead=0.3, article=0.9)
    assert rule.holds(sure)
    assert rule.holds(replace(sure, score=1.0))
    assert not rule.holds(Evidence(score=0.0, ahead=0.0, article=0.0))


@pytest.mark.parametrize("more", [{"score": 0.6}, {"ahead": 0.15}, {"article": 0.5}])
def test_a_better_passage_a_lead_and_a_likelier_article_each_help(more: dict[str, float]) -> None:
    weighed = SureRule(least=0.75, score=1.0, ahead=0.7, article=0.7)
    assert not weighed.holds(PLAIN)
    assert weighed.holds(replace(PLAIN, **more))


def test_being_the_only_article_says_little() -> None:
    alone = Evidence(score=MOST_AHEAD, ahead=MOST_AHEAD * 5, article=0.0)
    assert not any(rule.holds(alone) for rule in (BY_MEANING, BY_BOTH))
    assert BY_BOTH.holds(replace(PLAIN, ahead=MOST_AHEAD)) == BY_BOTH.holds(replace(PLAIN, ahead=1.0))
