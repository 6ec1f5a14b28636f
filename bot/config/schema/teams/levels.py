"""What a team of `desk.yaml` may say of the teams that go on with its tickets."""

from typing import Literal

from pydantic import Field

from bot.config.file.field_types import TeamName
from bot.config.file.section import Section
from bot.domain.levels.next_level import NextLevel


class EscalatesSection(Section):
    """The next level, for what the team cannot solve itself."""

    to: TeamName = Field(description="The team that `/desk escalate` moves a ticket to.")
    tried: Literal["required", "optional"] = Field(
        "optional", description="required: whoever escalates has to say what was tried."
    )

    def compiled(self) -> NextLevel:
        return NextLevel(team=self.to, requires_tried=self.tried == "required")


class LevelsSection(Section):
    """Where a team's tickets go on."""

    escalates: EscalatesSection | None = Field(
        None, description="The team that goes on where this one cannot; its agents `/desk escalate` to it."
    )
