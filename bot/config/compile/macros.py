"""Macros of a checked file."""

from collections.abc import Mapping

from bot.config.conditions.form_field import AS_WRITTEN
from bot.config.schema.macros import MacroSection
from bot.domain.macros.macro import Macro
from bot.domain.tickets.custom_field import CustomFields, FieldKind


def compile_macros(sections: Mapping[str, MacroSection], fields: CustomFields) -> dict[str, Macro]:
    return {name: _compiled(name, each, fields) for name, each in sections.items()}


def _compiled(name: str, section: MacroSection, fields: CustomFields) -> Macro:
    return Macro(
        name=name,
        title=section.title or name,
        text=section.text,
        texts=section.texts,
        status=section.status,
        priority=section.priority,
        add_tags=tuple(tag.lower() for tag in section.add_tags),
        remove_tags=tuple(tag.lower() for tag in section.remove_tags),
        assign=section.assign,
        fields={each: _canonical(each, value, fields) for each, value in section.fields.items()},
        team=section.team,
        counts_as_reply=section.counts_as_reply,
    )


def _canonical(name: str, value: str, fields: CustomFields) -> str:
    """A file may write yes and no as YAML does."""
    field = fields.definition(name)
    is_yes_no = field is not None and field.kind is FieldKind.YES_NO
    return AS_WRITTEN.get(value, value) if is_yes_no else value
