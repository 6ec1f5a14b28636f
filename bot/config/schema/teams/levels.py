"""What a team of `desk.yaml` may say of the teams that go on with its tickets."""

from typing import Annotated, Literal

from pydantic import Field

from bot.config.file.field_types import TeamName
from bot.config.file.hours import ClockTime
from bot.config.file.section import Section
from bot.domain.levels.hand_over import HandOverRule
from bot.domain.levels.next_level import NextLevel
from bot.domain.tickets.status import Priority, Status

LiveStatus = Literal[Status.NEW, Status.OPEN, Status.PENDING, Status.ON_HOLD]


class EscalatesSection(Section):
    """The next level, for what the team cannot solve itself."""

    to: TeamName = Field(description="The team that `/desk escalate` moves a ticket to.")
    tried: Literal["required", "optional"] = Field(
        "optional", description="required: whoever escalates has to say what was tried."
    )

    def compiled(self) -> NextLevel:
        return NextLevel(team=self.to, requires_tried=self.tried == "required")


class HandsOverSection(Section):
    """The next region, which goes on when the team's day ends."""

    to: TeamName = Field(
        description="The team that gets the tickets; it may hand over to another one itself."
    )
    at: ClockTime = Field(
        description="`18:00`: the hour, in the zone of the team's calendar, on days on which its hours begin."
    )
    statuses: Annotated[list[LiveStatus], Field(min_length=1)] = Field(
        [Status.NEW, Status.OPEN],
        description="Which tickets go, by status: `[new, open]` when left out; also pending and on_hold.",
    )
    priorities: list[Priority] = Field(
        [], description="Which tickets go, by priority; all when left out: `[high, urgent]`."
    )

    def compiled(self) -> HandOverRule:
        return HandOverRule(
            team=self.to,
            minute=self.at,
            statuses=frozenset(self.statuses),
            priorities=frozenset(self.priorities),
        )


class LevelsSection(Section):
    """Where a team's tickets go on."""

    escalates: EscalatesSection | None = Field(
        None, description="The team that goes on where this one cannot; its agents `/desk escalate` to it."
    )
    hands_over: HandsOverSection | None = Field(
        None,
        description="The team that goes on at the end of the day: its live tickets move there by themselves.",
    )
