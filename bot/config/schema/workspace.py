"""The browser page in `desk.yaml`: who is there, and its channels."""

from typing import Annotated, Literal

from pydantic import Field

from bot.config.file.field_types import LanguageCode, TimeZone
from bot.config.file.section import Section


class PersonSection(Section):
    """Somebody one can be in the browser workspace."""

    id: str = Field(pattern="^[a-z0-9_-]+$", description="The person's key is `web:id`.")
    name: str = Field(min_length=1)
    title: str = ""
    role: Literal["employee", "agent", "lead"] = "employee"
    email: str | None = None
    time_zone: TimeZone | None = None
    language: LanguageCode | None = Field(
        default=None, description="What they read; by default what their browser asks for."
    )


class ChannelSection(Section):
    """A channel of the browser workspace; those of inboxes and teams are there without being listed."""

    channel: str = Field(pattern="^[a-z0-9_-]+$")
    topic: str = ""
    topics: dict[LanguageCode, Annotated[str, Field(min_length=1)]] = Field(
        {}, description="Instead of the topic, by the reader’s language."
    )
    staff_only: bool = Field(default=False, description="Seen by agents and leads only.")


class WorkspaceSection(Section):
    """The browser page: who is there, and channels besides those of inboxes and teams."""

    people: list[PersonSection] = Field(default=[])
    channels: list[ChannelSection] = Field(default=[])
    pretend: bool = Field(
        default=False,
        description="Only to try a desk: whoever has the page's link chooses who to be. Else people sign in.",
    )
