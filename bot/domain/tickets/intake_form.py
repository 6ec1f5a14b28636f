"""What a category's form asks for besides the request itself, and what is wrong with an answer."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class FieldKind(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    PEOPLE = "people"
    DATE = "date"


LONGEST_ANSWER = 3_000
"""Characters; as much as Slack's text inputs take: https://docs.slack.dev/reference/block-kit/block-elements"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomField:
    """One question of a category's form; `choices` are for that kind alone."""

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    is_required: bool = False
    hint: str = ""
    choices: tuple[str, ...] = ()

    def problem_with(self, answer: str) -> str:
        """What is wrong with an answer, in words for the person; empty when nothing is."""
        if not answer:
            return f"{self.label} is missing." if self.is_required else ""
        if len(answer) > LONGEST_ANSWER:
            return f"{self.label} is longer than {LONGEST_ANSWER:,} characters; shorten it, or send a file."
        if self.kind is FieldKind.CHOICE and answer not in self.choices:
            return f"{self.label}: choose one of {', '.join(self.choices)}."
        if self.kind is FieldKind.DATE and not _is_date(answer):
            return f"{self.label}: write a date as in 2026-03-02."
        return ""


def _is_date(answer: str) -> bool:
    try:
        return date.fromisoformat(answer).isoformat() == answer
    except ValueError:
        return False
