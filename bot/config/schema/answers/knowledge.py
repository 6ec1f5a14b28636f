"""What `knowledge` of `desk.yaml` and of a team may say: where articles are kept, and who publishes them."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from bot.config.file.field_types import ElapsedTime, TeamName, wrong
from bot.config.file.section import Section
from bot.config.schema.conditions import When
from bot.domain.directory import PublishedBy
from bot.domain.knowledge.answer_time import AnswerTime
from bot.domain.knowledge.policy import USUAL_POLICY, KnowledgePolicy

SHORTEST_CHECK = timedelta(seconds=5)
SHORTEST_HOLD = timedelta(minutes=1)
LONGEST_HOLD = timedelta(hours=1)


def _seldom_enough(every: timedelta) -> timedelta:
    if every < SHORTEST_CHECK:
        raise wrong("configuration.check_too_often", least=SHORTEST_CHECK)
    return every


def _long_enough(after: timedelta) -> timedelta:
    if not SHORTEST_HOLD <= after <= LONGEST_HOLD:
        raise wrong("configuration.open_after_range", least=SHORTEST_HOLD, most=LONGEST_HOLD)
    return after


class ReviewSection(Section):
    """How articles stay true: `review_by` in an article says when somebody looks at it again."""

    remind: ElapsedTime = Field(
        default=USUAL_POLICY.remind_before,
        description="`7d`: how long before its day a review is named in the week’s digest of its team.",
    )


class FaqSection(Section):
    """What answers a question that comes again, before anything is searched for."""

    when: When = Field(description="Conditions as in routing rules: `{words: [wifi password]}`.")
    article: str | None = Field(default=None, min_length=1, description="The name of an article.")
    answer: str | None = Field(default=None, min_length=1, description="Or a text, in Markdown.")
    title: str | None = Field(default=None, min_length=1, description="What `answer` is called.")

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if (self.article is None) == (self.answer is None):
            raise wrong("configuration.faq_one")
        if self.title is not None and self.answer is None:
            raise wrong("configuration.faq_title", at="title")
        return self


class KnowledgeSection(Section):
    """The knowledge base: articles in a folder of Markdown, beside those written in chat."""

    folder: str | None = Field(
        default=None,
        min_length=1,
        description="A folder of Markdown files, from this file’s own folder on: `knowledge`.",
    )
    check_every: Annotated[ElapsedTime, AfterValidator(_seldom_enough)] = Field(
        default=USUAL_POLICY.check_every, description="`5m`: how often the folder is looked at for changes."
    )
    review: ReviewSection | None = Field(
        default=None, description="When people hear of reviews that are due."
    )
    answers: AnswerTime = Field(
        default=AnswerTime.BESIDE,
        description="When a request is looked up, unless its inbox says: off; beside: its ticket opens at once, and "
        "articles that may answer it are shown to its requester; before: they are shown first, and a ticket opens "
        "if they ask for one, or after `open_after`.",
    )
    faq: list[FaqSection] = Field(
        default=[], description="Answers that win over what is searched for; the first whose condition holds."
    )
    open_after: Annotated[ElapsedTime, AfterValidator(_long_enough)] = Field(
        default=USUAL_POLICY.open_after,
        description="`10m`: when a request that `answers: before` holds back opens as a ticket by itself.",
    )
    from_replies: list[TeamName] = Field(
        default=[],
        description="Teams whose last reply before a ticket was resolved is shown to others who ask the same in "
        "their inboxes, without names, addresses and numbers; never of private tickets and inboxes.",
    )
    pages: bool = Field(
        default=False,
        description="true: articles for everybody can be opened in a browser without signing in, below /kb/, and "
        "what is quoted in chat has a link there. Whoever reaches the desk’s address can read them.",
    )


def knowledge_of(section: KnowledgeSection | None, base: Path) -> KnowledgePolicy:
    """`base` is the folder that `desk.yaml` is in."""
    if section is None:
        return USUAL_POLICY
    return KnowledgePolicy(
        folder=base / section.folder if section.folder is not None else None,
        check_every=section.check_every,
        answers=section.answers,
        open_after=section.open_after,
        has_pages=section.pages,
        from_replies=frozenset(section.from_replies),
        remind_before=section.review.remind if section.review is not None else USUAL_POLICY.remind_before,
    )


class TeamKnowledgeSection(Section):
    """How a team looks after its articles."""

    published_by: PublishedBy = Field(
        default=PublishedBy.AGENTS,
        description="leads: what its agents write is seen once a lead publishes it.",
    )
