"""What is wrong, or worth knowing, in words for the operator."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Cannot work · probably not what was meant · worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`sentence` says what, where, and how to mend it."""

    severity: Severity
    sentence: str
