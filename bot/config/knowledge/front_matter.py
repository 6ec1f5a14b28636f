"""What may stand above an article, between two lines of `---`."""

from datetime import date
from typing import Annotated

from pydantic import Field, PlainValidator, ValidationInfo, model_validator

from bot.config.file.field_types import (
    LanguageCode,
    PersonReference,
    Tags,
    TeamName,
    checked,
    known,
    wrong,
)
from bot.config.file.section import Section
from bot.domain.knowledge.article import EVERYBODY, LONGEST_TITLE, ArticleAudience, AudienceKind

_OWN_TEAM = "team"
"""The audience of an article that names its team elsewhere."""


def _audience(value: object, info: ValidationInfo) -> ArticleAudience:
    text = checked(str)(value)
    if text == _OWN_TEAM:
        if not info.data.get("team"):
            raise wrong("configuration.audience_without_team")
        return ArticleAudience(kind=AudienceKind.TEAM, name=info.data["team"])
    kind, _, name = (part.strip() for part in text.partition(":"))
    try:
        audience = ArticleAudience.parse(f"{kind}:{name}" if name else kind)
    except ValueError:
        raise wrong("configuration.not_an_audience", text=text) from None
    if audience.kind is AudienceKind.REPLIES:
        raise wrong("configuration.not_an_audience", text=text)
    if audience.name is not None:
        known(audience.kind.value)(audience.name, info)
    return audience


class FrontMatter(Section):
    """All of it may be left out. Names of teams and communities are checked where the desk's are known."""

    title: str | None = Field(None, min_length=1, max_length=LONGEST_TITLE)
    tags: Tags = Field(default_factory=list)
    team: TeamName | None = None
    audience: Annotated[ArticleAudience, PlainValidator(_audience)] = EVERYBODY
    owner: PersonReference | None = None
    review_by: date | None = None
    language: LanguageCode | None = None

    @model_validator(mode="before")
    @classmethod
    def _without_empty_keys(cls, values: object) -> object:
        """A key with nothing after it says nothing: templates have them."""
        if not isinstance(values, dict):
            return values
        return {
            key: value for key, value in values.items() if value is not None or key not in cls.model_fields
        }
