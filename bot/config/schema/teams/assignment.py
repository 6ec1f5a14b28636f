"""What a team of `desk.yaml` may say of who is given its tickets: how many, when, and who knows what."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from bot.config.file.field_types import AsList, Category, LanguageCode, PersonReference, Tags, wrong
from bot.config.file.section import Section
from bot.domain.tickets.ticket import Priority

Weight = Annotated[int, Field(ge=0, le=1_000)]
Many = Annotated[int, Field(ge=1, le=10_000)]


class WorkloadSection(Section):
    """How much `assignment` gives to an agent. Claims and assignments by people know no limit."""

    capacity: Many | None = Field(
        None,
        description="Open tickets an agent may have before no more are given; pending and on hold do not count.",
    )
    per_agent: dict[PersonReference, Many] = Field(
        {}, description="Instead of `capacity`, by agent: `{web:bo: 5}`."
    )
    weights: dict[Priority, Weight] = Field(
        {}, description="What a ticket of a priority counts for; 1 when left out: `{urgent: 3, low: 0}`."
    )
    in_hours: bool = Field(
        default=False, description="Tickets are given out in the team's open hours; others wait until then."
    )


class SkillSection(Section):
    """What some agents know. A language, category or tag that no skill names is known to all."""

    agents: Annotated[list[PersonReference], Field(min_length=1), AsList] = Field(description="Who knows it.")
    languages: Annotated[list[LanguageCode], AsList] = Field(
        [], description="Languages of requests: `[de, fr]`."
    )
    categories: Annotated[list[Category], AsList] = Field([], description="Categories of the form.")
    tags: Tags = Field([], description="Tags that routing rules give.")

    @model_validator(mode="after")
    def _knows_something(self) -> Self:
        if not (self.languages or self.categories or self.tags):
            raise wrong("configuration.skill_of_nothing")
        return self
