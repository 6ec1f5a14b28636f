"""What `macros` of `desk.yaml` may say: a reply, and what changes with it."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from bot.config.conditions.form_field import PlacedName
from bot.config.file.field_types import AsList, LanguageCode, Tags, TeamName, wrong
from bot.config.file.problems import did_you_mean, one_of
from bot.config.file.section import Section
from bot.domain.macros.macro import LONGEST_NAME, SETS, TAKEN_NAMES, MacroAssignee
from bot.domain.macros.placeholders import FIELD, PLACEHOLDERS, placeholders_in, unclosed_in
from bot.domain.tickets.ticket import Priority, Status


def _settable(status: Status) -> Status:
    if status not in SETS:
        raise wrong("configuration.macro_status", status=str(status), choices=one_of(SETS))
    return status


def _single_word(name: str) -> str:
    if not name or any(each.isspace() for each in name):
        raise wrong("configuration.not_a_macro_name", text=name)
    if name.casefold() in TAKEN_NAMES:
        raise wrong("configuration.macro_name_taken", text=name)
    if len(name) > LONGEST_NAME:
        raise wrong("configuration.macro_name_too_long", text=name, number=LONGEST_NAME)
    return name


def _with_known_placeholders(text: str) -> str:
    """Fields are looked at when the whole file is read."""
    if unclosed := unclosed_in(text):
        raise wrong("configuration.macro_placeholder_open", text=unclosed)
    for each in placeholders_in(text):
        if each.name not in PLACEHOLDERS and each.field is None:
            hint = did_you_mean(each.name, (*PLACEHOLDERS, FIELD))
            raise wrong("configuration.macro_placeholder", text=each.written, hint=hint)
    return text


MacroName = Annotated[str, AfterValidator(_single_word)]


MacroText = Annotated[str, Field(min_length=1), AfterValidator(_with_known_placeholders)]


class MacroSection(Section):
    """A canned reply, and what changes with it."""

    title: str | None = Field(
        None, max_length=80, description="What agents choose from; the name when left out."
    )
    text: MacroText = Field(
        description="What the requester is answered, with placeholders such as `{requester.first_name}`."
    )
    texts: dict[LanguageCode, MacroText] = Field(
        {}, description="Instead of the text, by the requester’s language: `{de: Bitte neu starten.}`."
    )
    status: Annotated[Status, AfterValidator(_settable)] | None = Field(
        None, description="`pending`, `on_hold` or `resolved`."
    )
    priority: Priority | None = None
    add_tags: Tags = Field(default=[])
    remove_tags: Annotated[list[str], AsList] = Field(default=[])
    assign: MacroAssignee | None = Field(
        None, description="me: to whoever sends it; nobody: back into the queue."
    )
    fields: dict[PlacedName, str] = Field(
        {}, description="What custom fields are set to: `{cause: Hardware}`; dates as in `2026-03-02`."
    )
    team: TeamName | None = Field(None, description="Where the ticket goes.")
    counts_as_reply: bool = Field(
        default=True,
        description="false for an automatic acknowledgement: it is no first response, nor any other.",
    )

    @model_validator(mode="after")
    def _gives_the_ticket_once(self) -> Self:
        if self.team is not None and self.assign is not None:
            raise wrong("configuration.macro_team_and_assign", at="assign")
        return self
