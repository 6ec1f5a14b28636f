"""Each key that desk.yaml may say of what has a form is asked there, or is known to be written in the file alone."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Literal, get_args, get_origin

import pytest
from pydantic.fields import FieldInfo

from bot.config.file.section import Section
from bot.config.schema.calendars import CalendarSection
from bot.config.schema.desk import RuleSection, TeamSection
from bot.config.schema.inboxes import InboxSection
from bot.config.schema.on_call import RotaSection
from bot.config.schema.sla import PolicySection
from bot.documents.console.settings.choice_list import choices_of
from bot.documents.console.settings.entries import fields_of
from bot.documents.console.settings.forms.entry_field import EntryField, EntryFieldKind
from bot.documents.console.settings.forms.field_views import FormTexts, field_view
from bot.documents.console.settings.forms.file_alone import FILE_ALONE, OF_ROWS
from bot.domain.settings.file_change import ValuePath
from bot.ports.console.settings_entries import EntryKind
from bot.text.catalogue import languages

MODELS: Mapping[EntryKind, type[Section]] = {
    EntryKind.TEAM: TeamSection,
    EntryKind.INBOX: InboxSection,
    EntryKind.RULE: RuleSection,
    EntryKind.CALENDAR: CalendarSection,
    EntryKind.ROTA: RotaSection,
    EntryKind.POLICY: PolicySection,
}
CHOSEN = {EntryFieldKind.CHOICE, EntryFieldKind.BOXES, EntryFieldKind.ORDER}
KINDS = pytest.mark.parametrize("kind", EntryKind)


def parts(annotation: Any) -> Iterator[Any]:
    """The types that a value may have, without what is around them."""
    if get_origin(annotation) in (None, Literal):
        yield annotation
    for each in get_args(annotation) if get_origin(annotation) is not Literal else ():
        yield from parts(each)


def is_section(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Section)


def is_collection(annotation: Any) -> bool:
    return any(get_origin(each) in (list, dict) for each in (annotation, *get_args(annotation)))


def keys(model: type[Section]) -> Iterator[tuple[ValuePath, FieldInfo]]:
    """Each key that has a value of its own: sections are looked into, also those of lists and by name."""
    for name, info in model.model_fields.items():
        here = (info.alias or name,)
        inner = next(filter(is_section, parts(info.annotation)), None)
        named = next((each for each in parts(info.annotation) if is_enum(each)), None)
        if inner is not None and not is_collection(info.annotation):
            yield from (((*here, *path), found) for path, found in keys(inner))
        elif inner is not None:
            yield here, info
            yield from (((*here, "*", *path), found) for path, found in keys(inner))
        elif get_origin(info.annotation) is dict and named is not None:
            yield from (((*here, value), info) for value in named)
        else:
            yield here, info


def is_enum(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, StrEnum)


def asked(kind: EntryKind) -> dict[ValuePath, EntryField]:
    found: dict[ValuePath, EntryField] = {}
    for each in fields_of(kind, is_new=False):
        found[each.path] = each
        found |= {(*each.path, "*", *column.path): column for column in each.columns}
    return found


def field_of(path: ValuePath, fields: Mapping[ValuePath, EntryField]) -> EntryField | None:
    """The field of the key, or the one that asks for all keys there in lines."""
    return fields.get(path) or fields.get(path[:-1])


@KINDS
def test_each_key_is_a_field_or_known_to_be_in_the_file_alone(kind: EntryKind) -> None:
    fields = asked(kind)
    elsewhere = {*FILE_ALONE[kind], *OF_ROWS.get(kind, ())}
    known = {path for path, _ in keys(MODELS[kind])}
    forgotten = {
        ".".join(path)
        for path in known
        if not {path[0], ".".join(path[:2])} & elsewhere and field_of(path, fields) is None
    }
    assert forgotten == set()
    named = {path for path in fields if path in known or any(each[: len(path)] == path for each in known)}
    assert set(fields) == named
    assert elsewhere <= {".".join(path[:depth]) for path in known for depth in (1, 2)}
    assert not elsewhere & {".".join(path) for path in fields}


@KINDS
def test_each_value_can_be_chosen_and_a_box_stands_as_the_file_means_it(kind: EntryKind) -> None:
    """Except that a clock of a policy stands still while a ticket is resolved, whatever is written."""
    fields = asked(kind)
    for path, info in keys(MODELS[kind]):
        field = fields.get(path)
        if field is None:
            continue
        found = list(parts(info.annotation))
        if bool in found:
            is_usual = info.default if isinstance(info.default, bool) else None
            assert field.kind in {EntryFieldKind.FLAG, EntryFieldKind.EITHER}, path
            assert field.kind is EntryFieldKind.EITHER or field.is_usual is is_usual, path
        closed = {str(value) for each in found if is_enum(each) for value in each}
        closed |= {value for each in found if get_origin(each) is Literal for value in get_args(each)}
        if field.kind in CHOSEN and closed and info.annotation is not None and kind is not EntryKind.POLICY:
            usual: list[object] = info.default if isinstance(info.default, list) else [info.default]
            assert closed <= {*field.values, *map(str, usual)}, path


@KINDS
@pytest.mark.parametrize("language", languages())
def test_each_field_says_what_it_asks(kind: EntryKind, language: str) -> None:
    texts = FormTexts(values={}, choices=choices_of({}), language=language, problems={})
    for each in fields_of(kind, is_new=True):
        for view in field_view(each, {}, None, texts).every:
            assert view.label
            assert all(label for _, label in view.choices)
