"""Conditions that ask custom fields for values they cannot have; the file is refused with them."""

from collections.abc import Iterator

from bot.config.compile.fields import compile_fields
from bot.config.conditions.form_field import impossible_value
from bot.config.file.document import KeyPath, Plain, YamlDocument
from bot.config.file.problems import Problem, did_you_mean
from bot.config.schema.desk import DeskFile
from bot.domain.sentence import Sentence, sentence
from bot.domain.tickets.custom_field import CustomField, FieldKind

_HOW = {
    FieldKind.NUMBER: "configuration.write_number",
    FieldKind.DATE: "configuration.write_date",
    FieldKind.YES_NO: "configuration.write_yes_no",
}


def impossible_conditions(file: DeskFile, document: YamlDocument) -> Iterator[Problem]:
    """Names that lead nowhere were found before."""
    fields = compile_fields(file)
    for location, name, value in _asked(document.values, (), in_condition=False):
        field = fields.definition(name)
        if field is not None and impossible_value(field, value):
            yield Problem(document.line_of(location), never(field, value))


def never(field: CustomField, value: str) -> Sentence:
    """Why the field cannot have the value, and how it is written."""
    hint = did_you_mean(value, field.choices) if field.kind.is_chosen else sentence(_HOW[field.kind])
    return sentence("configuration.field_never", field=field.name, value=value, hint=hint)


def _asked(value: Plain, location: KeyPath, *, in_condition: bool) -> Iterator[tuple[KeyPath, str, str]]:
    """Where, which field and for which value, for every key `fields` of a condition."""
    if isinstance(value, list):
        for at, each in enumerate(value):
            yield from _asked(each, (*location, at), in_condition=in_condition)
    elif isinstance(value, dict):
        for key, each in value.items():
            if in_condition and key == "fields" and isinstance(each, dict):
                yield from _values_of(each, (*location, key))
            else:
                yield from _asked(each, (*location, key), in_condition=in_condition or key == "when")


def _values_of(asked: dict[str, Plain], location: KeyPath) -> Iterator[tuple[KeyPath, str, str]]:
    for name, wanted in asked.items():
        for each in wanted if isinstance(wanted, list) else [wanted]:
            if isinstance(each, str):
                yield (*location, name), name, each
