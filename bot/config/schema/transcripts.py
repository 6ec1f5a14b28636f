"""What `transcripts` of `desk.yaml` may say: who gets everything that was said once a ticket is closed."""

from pydantic import Field

from bot.config.file.field_types import Channel
from bot.config.file.section import Section
from bot.domain.tickets.transcript import Transcripts


class TranscriptsSection(Section):
    """Who gets a transcript of each ticket that is closed."""

    requester: bool = Field(
        default=False, description="The requester: what was said to and by them, no notes."
    )
    team: bool = Field(default=False, description="The team's thread: everything, with notes and history.")
    channel: Channel | None = Field(
        default=None, description="A channel that only staff read: it gets everything, private requests too."
    )

    def compiled(self) -> Transcripts:
        return Transcripts(to_requester=self.requester, to_team=self.team, channel=self.channel)
