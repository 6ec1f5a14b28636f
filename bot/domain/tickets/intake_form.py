"""What a category's form asks for besides the request itself, and what is wrong with an answer."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.sentence import OneOf, Sentence, sentence


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

    def problem_with(self, answer: str) -> Sentence | None:
        """What is wrong with an answer; None when nothing is."""
        if not answer:
            return sentence("refusals.missing", label=self.label) if self.is_required else None
        if len(answer) > LONGEST_ANSWER:
            return sentence("refusals.answer_too_long", label=self.label, limit=LONGEST_ANSWER)
        if self.kind is FieldKind.CHOICE and answer not in self.choices:
            return sentence("refusals.choose", label=self.label, choices=OneOf(self.choices))
        if self.kind is FieldKind.DATE and not _is_date(answer):
            return sentence("refusals.not_a_date", label=self.label)
        return None


def _is_date(answer: str) -> bool:
    try:
        return date.fromisoformat(answer).isoformat() == answer
    except ValueError:
        return False
