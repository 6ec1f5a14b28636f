"""What `satisfaction` of `desk.yaml` and of a team may say: whether and how requesters are asked how it went."""

from datetime import timedelta

from pydantic import Field

from bot.config.file.field_types import ElapsedTime
from bot.config.file.section import Section
from bot.domain.ratings.satisfaction import RatingScale, Satisfaction


class SatisfactionSection(Section):
    """Some time after a request is resolved, its requester is asked once how it went."""

    ask: bool = Field(default=True, description="no: this team's requesters are not asked.")
    scale: RatingScale = Field(RatingScale.THUMBS, description="thumbs: 👍 or 👎; five: 1 to 5.")
    after: ElapsedTime = Field(
        timedelta(hours=1),
        description="How long after the resolution they are asked; at night, and in quiet hours of their own, later.",
    )
    changeable_for: ElapsedTime = Field(
        timedelta(days=7), description="How long they can change their rating."
    )
    at_most_every: ElapsedTime | None = Field(
        None, description="`30d`: nobody is asked again before so much time has passed."
    )
    anonymous: bool = Field(
        default=False,
        description="Neither agents nor leads learn who rated or which request; ratings count from three on.",
    )

    def compiled(self) -> Satisfaction | None:
        """None where nobody is asked."""
        if not self.ask:
            return None
        return Satisfaction(
            scale=self.scale,
            after=self.after,
            changeable_for=self.changeable_for,
            at_most_every=self.at_most_every,
            is_anonymous=self.anonymous,
        )


def satisfaction_of(
    desk: SatisfactionSection | None, team: SatisfactionSection | None
) -> Satisfaction | None:
    """What holds for a team: each key that it writes itself, and else the desk's."""
    sections = [each for each in (desk, team) if each is not None]
    if not sections:
        return None
    written = {
        name: getattr(each, name)
        for each in sections
        for name in SatisfactionSection.model_fields
        if name in each.model_fields_set
    }
    return SatisfactionSection.model_construct(_fields_set=set(written), **written).compiled()
