"""What `nudges` of a team may say: when requesters are asked once more, and when a claim without a sign lapses."""

import re
from datetime import timedelta
from itertools import pairwise
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema, model_validator

from bot.config.file.field_types import OpenTime, checked, wrong
from bot.config.file.section import Section
from bot.domain.nudges.policy import ClaimPolicy, NudgePolicy, PendingPolicy

_DAYS = re.compile(r"(\d{1,2})\s*(?:d|days?|working days?)")


def _working_days(text: str) -> int:
    found = _DAYS.fullmatch(text)
    if not found or int(found[1]) == 0:
        raise wrong("configuration.not_working_days", text=text)
    return int(found[1])


def _listed(value: Any) -> Any:  # noqa: ANN401
    return value if isinstance(value, list) else [value]


WorkingDays = Annotated[
    int,
    PlainValidator(checked(_working_days)),
    WithJsonSchema({"type": "string", "examples": ["2 days", "1 day"]}),
]


class PendingNudgesSection(Section):
    """Requesters of pending tickets, who were asked something and say nothing."""

    nudge_after: Annotated[
        list[WorkingDays], BeforeValidator(_listed, json_schema_input_type=str | list[str])
    ] = Field(
        min_length=1,
        max_length=5,
        description="`2 days`, or a list as `[2 days, 4 days]`: working days of the team's calendar after which they "
        "are asked once more.",
    )
    resolve_after: WorkingDays | None = Field(
        None, description="`5 days`: when it is resolved without a reply; never, when left out."
    )

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if any(later <= earlier for earlier, later in pairwise(self.nudge_after)):
            raise wrong("configuration.nudges_not_rising", at="nudge_after")
        if self.resolve_after is not None and self.resolve_after <= self.nudge_after[-1]:
            raise wrong(
                "configuration.resolved_before_nudge",
                last=self.resolve_after,
                first=self.nudge_after[-1],
                at="resolve_after",
            )
        return self

    def compiled(self) -> PendingPolicy:
        return PendingPolicy(after=tuple(self.nudge_after), resolve_after=self.resolve_after)


class ClaimsSection(Section):
    """Tickets of somebody who gives no sign: no reply, no note, no status."""

    lapse_after: OpenTime = Field(
        description="`4h`: open time after which such a ticket goes back to the queue."
    )
    warn_before: OpenTime | None = Field(
        None, description="`1h`: how long before that they are warned; a quarter of it when left out."
    )

    @model_validator(mode="after")
    def _warns_in_time(self) -> Self:
        if self.warn_before is not None and self.warn_before >= self.lapse_after:
            raise wrong(
                "configuration.warned_before_claim",
                length=self.warn_before,
                limit=self.lapse_after,
                at="warn_before",
            )
        return self

    def compiled(self) -> ClaimPolicy:
        quarter = timedelta(seconds=self.lapse_after.total_seconds() // 4)
        return ClaimPolicy(lapse_after=self.lapse_after, warn_before=self.warn_before or quarter)


class NudgesSection(Section):
    """What is done where somebody is waited for and nothing comes."""

    pending: PendingNudgesSection | None = Field(None, description="Requesters of pending tickets.")
    claims: ClaimsSection | None = Field(None, description="Assignees who give no sign.")

    @model_validator(mode="after")
    def _does_something(self) -> Self:
        if self.pending is None and self.claims is None:
            raise wrong("configuration.nudges_empty")
        return self

    def compiled(self) -> NudgePolicy:
        return NudgePolicy(
            pending=self.pending.compiled() if self.pending is not None else None,
            claims=self.claims.compiled() if self.claims is not None else None,
        )
