"""`language`: the language the text is written in."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Annotated

from bot.config.file.condition_key import NameMeanings, condition_key
from bot.config.file.field_types import AsList, LanguageCode
from bot.domain.routing.conditions import Condition
from bot.domain.routing.quotes import one_named
from bot.domain.routing.request import Facts
from bot.domain.sentence import Sentence, sentence


@dataclass(frozen=True, slots=True)
class Language(Condition):
    """The text is written in one of these languages (ISO 639-1 codes)."""

    codes: frozenset[str]

    def holds(self, facts: Facts) -> bool:
        return facts.language in self.codes

    def why(self, facts: Facts, *, holds: bool) -> Sentence:
        if holds:
            return sentence("routing.language", code=facts.language)
        if not facts.language:
            return sentence("routing.language_unclear", choices=one_named(self.codes))
        return sentence("routing.language_other", code=facts.language, choices=one_named(self.codes))

    def choices(self) -> frozenset[Hashable]:
        return self.codes


@condition_key(order=30, description="Language of the text, two-letter codes.")
def language(codes: Annotated[list[LanguageCode], AsList], _: NameMeanings) -> Condition:
    return Language(frozenset(codes))
