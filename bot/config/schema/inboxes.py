"""Where requests come in: the keys of `inboxes`."""

from typing import Annotated, Literal, Self

from pydantic import Field, ValidationInfo, model_validator

from bot.config.file.field_types import (
    KEEPS_POSTS,
    PRIVATE_THREADS,
    Channel,
    CommunityName,
    ElapsedTime,
    Labels,
    LanguageCode,
    Names,
    Reaction,
    wrong,
)
from bot.config.file.section import Section
from bot.config.schema.fields import PlacedFields
from bot.domain.directory import Takes
from bot.domain.knowledge.answer_time import AnswerTime


class LimitsSection(Section):
    """How much one person may ask for in an inbox."""

    open: int | None = Field(None, ge=1, description="How many open tickets from here one person may have.")
    cool_down: ElapsedTime | None = Field(
        None, description="How long one person waits between two requests from here: `2m`."
    )

    @model_validator(mode="after")
    def _limits_something(self) -> Self:
        if self.open is None and self.cool_down is None:
            raise wrong("configuration.limits_empty")
        return self


class InboxSection(Section):
    """An intake channel."""

    channel: Channel = Field(description="`platform:channel`.")
    title: str | None = Field(
        None, description="What people read where they choose among inboxes; the name when left out."
    )
    description: str | None = Field(
        None,
        description="What one asks for here, in a line, where people choose among inboxes.",
        max_length=200,
    )
    titles: Labels = Field({}, description="Instead of the title, by the reader’s language: `{de: Technik}`.")
    descriptions: dict[LanguageCode, Annotated[str, Field(min_length=1, max_length=200)]] = Field(
        {}, description="Instead of the description, by the reader’s language."
    )
    takes: Takes = Field(
        Takes.EVERY_MESSAGE,
        description="every_message: each top-level message is a request; commands_only: only `/ticket open`; "
        "on_request: when the desk is mentioned or the message's menu is used; "
        "on_reaction: as on_request, and when somebody marks the message with `reaction`.",
    )
    private: bool = Field(
        default=False,
        description="Requests from here are for the team and the requester only: a post is moved into direct "
        "messages (or a private thread) and removed from the channel.",
    )
    public_by_platform: Literal["accepted"] | None = Field(
        None,
        description="accepted: you know that the platform (Slack) lets no app remove posts, so everyone in the "
        "channel reads them.",
    )
    bots: bool = Field(
        default=False, description="Messages of bots, such as monitoring alerts, are requests too."
    )
    reaction: Reaction | None = Field(
        None, description="The reaction that asks, for `takes: on_reaction`; `ticket` when left out."
    )
    joins: bool = Field(
        default=True,
        description="A second message of the same person within a minute that only adds to the first "
        "(“it is the one on floor 2”, a picture) joins its ticket; a button makes it one of its own.",
    )

    ask_first: bool = Field(
        default=False,
        description="Before a message of fewer than three words becomes a ticket, its author is asked.",
    )
    limits: LimitsSection | None = Field(None, description="How much one person may ask for here.")
    answers: AnswerTime | None = Field(None, description="Overrides `answers` of `knowledge`.")
    fields: PlacedFields = Field(
        [], description="Custom fields of requests from here; the form asks for them."
    )

    community: CommunityName | None = Field(None, description="The server it is in, where there are several.")
    threads: Literal["public", "private"] = Field(
        "public",
        description="private: each request gets a thread that only its requester and the team see (Discord alone).",
    )

    @model_validator(mode="after")
    def _fits_together(self, info: ValidationInfo) -> Self:
        if self.reaction is not None and self.takes is not Takes.ON_REACTION:
            raise wrong("configuration.reaction_unused", at="reaction")
        if self.bots and self.takes is not Takes.EVERY_MESSAGE:
            raise wrong("configuration.bots_unused", at="bots")
        names: Names | None = info.context
        if names is not None:
            self._keeps_private(keeps_posts=self.channel.platform in names[KEEPS_POSTS])
        if self.threads == "private" and names is not None:
            having, platform = names[PRIVATE_THREADS], self.channel.platform
            if platform not in having:
                raise wrong(
                    "configuration.no_private_threads",
                    platform=platform.capitalize(),
                    platforms=tuple(sorted(each.capitalize() for each in having)),
                    at="threads",
                )
        return self

    def _keeps_private(self, *, keeps_posts: bool) -> None:
        stays_public = self.private and keeps_posts and self.takes is not Takes.COMMANDS_ONLY
        if stays_public and self.public_by_platform is None:
            platform = self.channel.platform.capitalize()
            raise wrong("configuration.posts_stay", platform=platform, at="private")
        if self.public_by_platform is not None and not stays_public:
            raise wrong("configuration.public_by_platform_unused", at="public_by_platform")
