"""What `similar` of `desk.yaml` may say: who is told of requests that say the same."""

from pydantic import Field

from bot.config.file.section import Section
from bot.domain.demand.similar import USUAL_LEAST, SimilarPolicy


class SimilarSection(Section):
    """A new ticket is compared with those of the last 90 days; all is on when this is left out."""

    open: bool = Field(default=True, description="The card names open tickets that say the same.")
    resolved: bool = Field(
        default=True, description="The card names a resolved ticket that said the same, and how it ended."
    )
    requester: bool = Field(
        default=True,
        description="The requester is asked, alone, whether theirs is about the same as one that they can see.",
    )
    least: float = Field(
        default=USUAL_LEAST,
        ge=0.3,
        le=1,
        description="How alike two requests are at least, from 0.3 to 1: less finds more, and more that is not "
        "meant. Requesters are asked from 0.2 above it.",
    )

    def compiled(self) -> SimilarPolicy:
        return SimilarPolicy(
            open=self.open, resolved=self.resolved, requester=self.requester, least=self.least
        )
