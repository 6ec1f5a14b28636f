"""What a condition of `desk.yaml` may ask of a request, in routing rules and in variants of SLA policies."""

from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from bot.config.file.field_types import (
    AsList,
    Category,
    GroupName,
    InboxName,
    LanguageCode,
    PersonReference,
    Re2Pattern,
    TeamName,
    TierName,
    Word,
    wrong,
)
from bot.config.file.section import Section


def _not_nothing(value: object) -> object:
    if value is None:
        raise wrong("nothing stands here; leave the key out, or check the indentation of what follows")
    return value


NotNothing = BeforeValidator(_not_nothing)


class When(Section):
    """A condition. Several keys together must all hold; of several values of one key, one is enough."""

    words: Annotated[list[Word], AsList] | None = Field(
        None, min_length=1, description="Whole words or phrases; letter case and accents do not count."
    )
    pattern: Annotated[list[Re2Pattern], AsList] | None = Field(
        None, min_length=1, description="RE2 patterns; letter case counts only after `(?-i)`."
    )
    inbox: Annotated[list[InboxName], AsList] | None = Field(None, min_length=1)
    platform: Annotated[list[str], AsList] | None = Field(None, min_length=1)
    person: Annotated[list[PersonReference], AsList] | None = Field(None, min_length=1)
    group: Annotated[list[GroupName], AsList] | None = Field(None, min_length=1)
    tier: Annotated[list[TierName], AsList] | None = Field(None, min_length=1)
    category: Annotated[list[Category], AsList] | None = Field(None, min_length=1)
    field: dict[str, Annotated[list[str], AsList]] | None = Field(
        None, min_length=1, description="Form fields and the values they may have."
    )
    language: Annotated[list[LanguageCode], AsList] | None = Field(
        None, min_length=1, description="Language of the text, two-letter codes."
    )
    inside_hours_of: TeamName | None = Field(None, description="The team is at work.")
    outside_hours_of: TeamName | None = Field(None, description="The team is not at work.")
    any: list["When"] | None = Field(None, min_length=1, description="At least one of these holds.")
    all: list["When"] | None = Field(None, min_length=1, description="Each of these holds.")
    not_: "When | None" = Field(None, alias="not", description="This does not hold.")

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if all(getattr(self, name) is None for name in type(self).model_fields):
            raise wrong("this condition asks nothing; leave `when` out for a rule that takes everything")
        return self
