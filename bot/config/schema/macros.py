"""What `macros` of `desk.yaml` may say: a reply, and what changes with it."""

from typing import Annotated

from pydantic import AfterValidator, Field

from bot.config.file.field_types import AsList, Tags, TeamName, wrong
from bot.config.file.problems import one_of
from bot.config.file.section import Section
from bot.domain.tickets.macro import SETS, Macro
from bot.domain.tickets.ticket import Priority, Status


def _settable(status: Status) -> Status:
    if status not in SETS:
        raise wrong("configuration.macro_status", status=str(status), choices=one_of(SETS))
    return status


def _single_word(name: str) -> str:
    if not name or any(each.isspace() for each in name):
        raise wrong("configuration.not_a_macro_name", text=name)
    return name


MacroName = Annotated[str, AfterValidator(_single_word)]


class MacroSection(Section):
    """A canned reply, and what changes with it."""

    title: str | None = Field(
        None, max_length=80, description="What agents choose from; the name when left out."
    )
    text: str = Field(min_length=1, description="What the requester is answered.")
    status: Annotated[Status, AfterValidator(_settable)] | None = Field(
        None, description="`pending`, `on_hold` or `resolved`."
    )
    priority: Priority | None = None
    add_tags: Tags = Field(default=[])
    remove_tags: Annotated[list[str], AsList] = Field(default=[])
    team: TeamName | None = Field(None, description="Where the ticket goes.")
    counts_as_reply: bool = Field(
        default=True,
        description="false for an automatic acknowledgement: it is no first response, nor any other.",
    )

    def compiled(self, name: str) -> Macro:
        return Macro(
            name=name,
            title=self.title or name,
            text=self.text,
            status=self.status,
            priority=self.priority,
            add_tags=tuple(tag.lower() for tag in self.add_tags),
            remove_tags=tuple(tag.lower() for tag in self.remove_tags),
            team=self.team,
            counts_as_reply=self.counts_as_reply,
        )
