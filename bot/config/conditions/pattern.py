"""`pattern`: an RE2 pattern is found in the text."""

import re
from dataclasses import dataclass, field
from typing import Annotated, Any, Self

import re2
from pydantic import AfterValidator

from bot.config.file.condition_key import NameMeanings, condition_key
from bot.config.file.field_types import AsList, checked, wrong
from bot.domain.routing.conditions import Condition, any_of
from bot.domain.routing.pattern_scan import re2_options
from bot.domain.routing.quotes import shortened
from bot.domain.routing.request import Facts, Lead
from bot.domain.sentence import Sentence, sentence


@dataclass(frozen=True, slots=True)
class Pattern(Condition):
    """An RE2 pattern is found in the text as written; letter case counts only after `(?-i)`."""

    pattern: str
    compiled: Any = field(compare=False, repr=False)

    @classmethod
    def of(cls, pattern: str) -> Self:
        """Raises ValueError, saying what RE2 does not like."""
        try:
            return cls(pattern, re2.compile(pattern, re2_options()))
        except re2.error as error:
            raise ValueError(_re2_complaint(error)) from None

    def holds(self, facts: Facts) -> bool:
        return self.compiled.search(facts.text) is not None

    def why(self, facts: Facts, *, holds: bool) -> Sentence:  # noqa: ARG002
        found = self.compiled.search(facts.text)
        if found is None:
            return sentence("routing.pattern_other", pattern=shortened(self.pattern))
        return sentence("routing.pattern", text=shortened(found.group(0)))

    def leads(self) -> frozenset[Lead]:
        return frozenset({("pattern", self.pattern)})


def _re2_complaint(error: Exception) -> str:
    said = error.args[0] if error.args else ""
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)


def _pattern(text: str) -> str:
    try:
        Pattern.of(text)
    except ValueError as error:
        position = _position(text, str(error))
        if not position:
            raise wrong("configuration.not_a_pattern", pattern=text, reason=str(error)) from None
        raise wrong(
            "configuration.not_a_pattern_at", pattern=text, reason=str(error), number=position
        ) from None
    return text


def _position(pattern: str, complaint: str) -> int:
    """The character at fault, from 1; 0 when it cannot be told.

    RE2 quotes the offending piece, or for a parenthesis the whole pattern; where it stands we find.
    """
    piece = complaint.rpartition(": ")[2]
    return 1 + (_lone_parenthesis(pattern) if piece == pattern else pattern.find(piece))


def _lone_parenthesis(pattern: str) -> int:
    """Where the parenthesis stands that is closed but never opened, or opened but never closed; else -1."""
    opened: list[int] = []
    for sign in re.finditer(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()]", pattern):
        if sign[0] == "(":
            opened.append(sign.start())
        elif sign[0] == ")":
            if not opened:
                return sign.start()
            opened.pop()
    return opened[-1] if opened else -1


Re2Pattern = Annotated[str, AfterValidator(checked(_pattern))]


@condition_key(order=20, description="RE2 patterns; letter case counts only after `(?-i)`.")
def pattern(patterns: Annotated[list[Re2Pattern], AsList], _: NameMeanings) -> Condition:
    return any_of(*map(Pattern.of, patterns))
