"""What is wrong, or worth knowing, for the operator."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from bot.domain.sentence import Sentence


class Severity(StrEnum):
    """Cannot work · probably not what was meant · worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`sentence` says what, where, and how to fix it."""

    severity: Severity
    sentence: Sentence

    @classmethod
    def error(cls, sentence: Sentence) -> Self:
        return cls(severity=Severity.ERROR, sentence=sentence)

    @classmethod
    def warning(cls, sentence: Sentence) -> Self:
        return cls(severity=Severity.WARNING, sentence=sentence)

    @classmethod
    def hint(cls, sentence: Sentence) -> Self:
        return cls(severity=Severity.HINT, sentence=sentence)
