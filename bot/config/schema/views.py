"""What `views` of `desk.yaml` may say: a search with a name, for every agent or for one team."""

from typing import Annotated

from pydantic import AfterValidator, Field

from bot.config.file.field_types import TeamName, wrong
from bot.config.file.section import Section
from bot.domain.errors import Refused
from bot.domain.views.saved_view import LONGEST_NAME, SavedView, read_name


def _can_be_typed(name: str) -> str:
    try:
        return read_name(name)
    except Refused:
        raise wrong("configuration.not_a_view_name", name=name, most=str(LONGEST_NAME)) from None


ViewName = Annotated[str, AfterValidator(_can_be_typed)]


class ViewSection(Section):
    """A list of tickets that agents open by its name with `/desk view`."""

    query: str = Field(
        min_length=1,
        description="As in `/desk search`: `tag:vpn is:open sort:oldest`; see the guide for agents.",
    )
    title: str | None = Field(None, max_length=80, description="Its heading; the name when left out.")
    team: TeamName | None = Field(
        None, description="The team whose agents have it; every agent when left out."
    )

    def compiled(self, name: str) -> SavedView:
        return SavedView(name=name, title=self.title or name, query=self.query, team=self.team)
