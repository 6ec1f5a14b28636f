"""What is wrong, or worth knowing, for the operator."""

from dataclasses import dataclass
from enum import StrEnum

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
