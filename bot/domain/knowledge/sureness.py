"""Whether what fits a question best is good enough to be shown to somebody who did not ask for it."""

from dataclasses import dataclass
from typing import Final

MOST_AHEAD: Final = 0.15
"""Of a lead over the next article, as much as counts: where there are few articles, all others are far behind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for an article, each from 0 to 1.

    `score` is its best passage's, `ahead` is how much less the next article's has, and `article` is how like the
    question the article as a whole is.
    """

    score: float
    ahead: float
    article: float


NO_EVIDENCE: Final = Evidence(score=0.0, ahead=0.0, article=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SureRule:
    """The evidence is weighed and must reach `least`.

    Set by logistic regression with `tests/bench/knowledge/sure_rule.py`, of the questions of `questions.csv` among
    few and many passages, with the right article there and taken away.
    """

    least: float
    score: float
    ahead: float
    article: float = 0.0

    def holds(self, evidence: Evidence) -> bool:
        ahead = min(evidence.ahead, MOST_AHEAD)
        weighed = self.score * evidence.score + self.ahead * ahead + self.article * evidence.article
        return weighed >= self.least


@dataclass(frozen=True, slots=True, kw_only=True)
class SureRules:
    """By what is looked for: words, meaning, or both."""

    by_words: SureRule
    by_meaning: SureRule
    by_both: SureRule


BY_WORDS: Final = SureRule(least=0.233, score=1.0, ahead=1.58)
BY_MEANING: Final = SureRule(least=0.581, score=1.0, ahead=0.63, article=0.7)
BY_BOTH: Final = SureRule(least=0.551, score=1.0, ahead=0.66, article=0.7)
OF_ARTICLES: Final = SureRules(by_words=BY_WORDS, by_meaning=BY_MEANING, by_both=BY_BOTH)
OF_EARLIER_ANSWERS: Final = SureRules(
    by_words=SureRule(least=0.3, score=1.0, ahead=0.0),
    by_meaning=SureRule(least=0.45, score=1.0, ahead=0.0),
    by_both=SureRule(least=0.4, score=1.0, ahead=0.0),
)
"""Without a lead: that the next one says the same speaks for both. So that nine in ten of what has no answer meet
silence among the questions of `held_out/`: `tests/bench/knowledge/earlier_answers.py` measures it."""
