"""`private`: whether the request was asked in private."""

from dataclasses import dataclass

from bot.config.file.condition_key import NameMeanings, condition_key
from bot.domain.routing.conditions import Condition
from bot.domain.routing.request import IN_PRIVATE, Facts, Lead
from bot.domain.sentence import Sentence, sentence


@dataclass(frozen=True, slots=True)
class AskedInPrivate(Condition):
    """It was (or, with `wanted` false, was not) asked where or so that nobody but the team reads it."""

    wanted: bool

    def holds(self, facts: Facts) -> bool:
        return facts.request.is_private is self.wanted

    def why(self, facts: Facts, *, holds: bool) -> Sentence:  # noqa: ARG002
        return sentence("routing.private" if self.wanted is holds else "routing.not_private")

    def leads(self) -> frozenset[Lead] | None:
        return frozenset((IN_PRIVATE,)) if self.wanted else None


@condition_key(
    order=95, description="It was asked in private: so marked, by direct message, or in a private inbox."
)
def private(wanted: bool, _: NameMeanings) -> Condition:  # noqa: FBT001
    return AskedInPrivate(wanted)
