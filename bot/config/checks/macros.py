"""Macros that name fields which cannot be shown or filled so; the file is refused with them."""

from collections.abc import Iterator, Mapping

from bot.config.checks.fields import never
from bot.config.compile.fields import compile_fields
from bot.config.conditions.field_bound import amount
from bot.config.conditions.form_field import impossible_value
from bot.config.file.document import KeyPath, YamlDocument
from bot.config.file.problems import Problem, did_you_mean
from bot.config.schema.desk import DeskFile
from bot.config.schema.macros import MacroSection
from bot.domain.macros.placeholders import FIELD, placeholders_in
from bot.domain.sentence import Sentence, sentence
from bot.domain.tickets.custom_field import CustomField, CustomFields, FieldKind


def impossible_macros(file: DeskFile, document: YamlDocument) -> Iterator[Problem]:
    """Placeholders of fields that there are not or that are for agents alone, and values a field cannot have."""
    fields = compile_fields(file)
    for name, macro in file.macros.items():
        for at, text in _texts(macro):
            for problem in _placeholders(text, fields):
                yield Problem(document.line_of(("macros", name, *at)), problem)
        for field, value in macro.fields.items():
            definition = fields.definition(field)
            if definition is not None and _is_impossible(definition, value):
                yield Problem(document.line_of(("macros", name, "fields", field)), never(definition, value))


def _texts(macro: MacroSection) -> Iterator[tuple[KeyPath, str]]:
    yield ("text",), macro.text
    yield from ((("texts", language), text) for language, text in macro.texts.items())


def _placeholders(text: str, fields: CustomFields) -> Iterator[Sentence]:
    known: Mapping[str, CustomField] = {each.name.lower(): each for each in fields.every()}
    for each in placeholders_in(text):
        if each.field is None:
            continue
        field = known.get(each.field)
        if field is None:
            hint = did_you_mean(each.name, [f"{FIELD}{name}" for name in known])
            yield sentence("configuration.macro_placeholder", text=each.written, hint=hint)
        elif field.is_for_agents:
            yield sentence("configuration.macro_placeholder_for_agents", text=each.written)


def _is_impossible(field: CustomField, value: str) -> bool:
    if field.kind in (FieldKind.NUMBER, FieldKind.DATE):
        return amount(field.kind, value) is None
    return impossible_value(field, value)
