"""The form in which a macro is written: its text, whose it is, and what changes with it."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from bot.commands.framework.command import Call
from bot.commands.framework.fields.assignments import by_what_they_are_called, pairs_in
from bot.commands.framework.parsing import read_tags
from bot.domain.errors import FieldsRefused, Refused
from bot.domain.macros.macro import SETS, Macro, MacroAssignee
from bot.domain.macros.placeholders import PLACEHOLDERS
from bot.domain.macros.written_macro import MacroOwner, MacroScope
from bot.domain.normalised_text import normalised
from bot.domain.sentence import OneOf, Sentence, sentence
from bot.domain.suggestions import nearest
from bot.domain.tickets.custom_field import CustomField, FieldKind
from bot.domain.tickets.ticket import LONGEST_TAG, MOST_TAGS, Priority
from bot.messages.outbound import Field
from bot.services.context.context import Context
from bot.services.macros.filled_text import TEXT, fields_by_placeholder
from bot.services.macros.known_macros import own
from bot.services.macros.written_changes import NAME
from bot.services.tickets.fields.entries import read_field
from bot.text import terms
from bot.text.amounts import listed
from bot.text.field_values import number_in_words, parts_of
from bot.text.sentences import words


class MacroInput(StrEnum):
    """The form's fields besides the name and the text."""

    OWNER = "owner"
    STATUS = "status"
    PRIORITY = "priority"
    TAGS = "tags"
    ASSIGN = "assign"
    TEAM = "team"
    FIELDS = "fields"


MINE = "me"
"""The value that stands for a macro of one's own; teams stand by their names behind a `:`."""
UNCHANGED = "unchanged"
"""The choice that changes nothing."""

T = TypeVar("T")


def name_field(call: Call, name: str) -> Field:
    return Field(name=NAME, label=_label(call, NAME), value=name, hint=_hint(call, NAME))


def owner_field(call: Call) -> Field:
    """Whose it is to be: one's own, or a team's."""
    teams = call.context.desk.teams_of(call.context.actor)
    mine = words(call.context.language, "macros.only_me")
    choices = ((MINE, mine), *((f":{each.name}", each.title) for each in teams))
    return Field(
        name=MacroInput.OWNER,
        label=_label(call, MacroInput.OWNER),
        kind="choice",
        value=MINE,
        choices=choices,
    )


def text_field(call: Call, text: str, *, is_required: bool = True) -> Field:
    fields = fields_by_placeholder(call.context.desk.custom_fields)
    shown = [f"{{{name}}}" for name, each in fields.items() if not each.is_for_agents]
    names = listed([*(f"{{{each}}}" for each in PLACEHOLDERS), *shown], call.context.language)
    hint = words(call.context.language, "macros.placeholders", names=names)
    return Field(
        name=TEXT,
        label=_label(call, TEXT),
        kind="long_text",
        value=text,
        hint=hint,
        is_required=is_required,
    )


def change_fields(call: Call, macro: Macro | None) -> tuple[Field, ...]:
    """Everything that a macro may change; `macro` is what it does now."""
    context, language = call.context, call.context.language
    statuses = [(str(each), terms.capitalised(terms.status(each, language))) for each in SETS]
    priorities = [(str(each), terms.capitalised(terms.priority(each, language))) for each in Priority]
    assignees = [(str(each), words(language, f"macros.assign_{each}")) for each in MacroAssignee]
    teams = [(each.name, each.title) for each in context.desk.teams.values()]
    tags = " ".join(
        [*(f"+{each}" for each in macro.add_tags), *(f"-{each}" for each in macro.remove_tags)]
        if macro
        else []
    )
    fields = (
        (_text(call, MacroInput.FIELDS, _assignments(context, macro)),)
        if context.desk.custom_fields.every()
        else ()
    )
    return (
        _choice(call, MacroInput.STATUS, statuses, macro.status if macro else None),
        _choice(call, MacroInput.PRIORITY, priorities, macro.priority if macro else None),
        _text(call, MacroInput.TAGS, tags),
        _choice(call, MacroInput.ASSIGN, assignees, macro.assign if macro else None),
        _choice(call, MacroInput.TEAM, teams, macro.team if macro else None),
        *fields,
    )


def read_owner(context: Context, given: str) -> MacroOwner:
    """Raises FieldsRefused for a team that there is not any more."""
    if given in ("", MINE):
        return own(context)
    name = given.removeprefix(":")
    if name not in context.desk.teams:
        raise FieldsRefused({MacroInput.OWNER: sentence("macros.team_gone", team=name)})
    return MacroOwner(MacroScope.TEAM, name)


def read_macro(call: Call, name: str, texts: Mapping[str, str]) -> Macro:
    """What the form says. Raises FieldsRefused with what is wrong, by field."""
    reader = _FieldReader()
    add, remove = reader.of(MacroInput.TAGS, lambda: _tags(call.option(MacroInput.TAGS))) or ((), ())
    macro = Macro(
        name=name,
        title=name,
        text=call.option(TEXT),
        texts=texts,
        status=reader.of(
            MacroInput.STATUS, lambda: _one_of(call, MacroInput.STATUS, {str(each): each for each in SETS})
        ),
        priority=reader.of(
            MacroInput.PRIORITY,
            lambda: _one_of(call, MacroInput.PRIORITY, {str(each): each for each in Priority}),
        ),
        add_tags=add,
        remove_tags=remove,
        assign=reader.of(
            MacroInput.ASSIGN,
            lambda: _one_of(call, MacroInput.ASSIGN, {str(each): each for each in MacroAssignee}),
        ),
        team=reader.of(
            MacroInput.TEAM,
            lambda: _one_of(call, MacroInput.TEAM, {each: each for each in call.context.desk.teams}),
        ),
        fields=reader.of(MacroInput.FIELDS, lambda: _fields(call.context, call.option(MacroInput.FIELDS)))
        or {},
    )
    if macro.team is not None and macro.assign is not None:
        reader.problems[MacroInput.ASSIGN] = sentence("macros.team_or_assign")
    if reader.problems:
        raise FieldsRefused(reader.problems)
    return macro


class _FieldReader:
    """Reads field by field, so that all that is wrong is told at once."""

    def __init__(self) -> None:
        self.problems: dict[str, Sentence] = {}

    def of(self, name: str, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except Refused as refusal:
            self.problems[name] = refusal.sentences[0]
            return None


def _one_of(call: Call, name: str, choices: Mapping[str, T]) -> T | None:
    # A choice that is too long for one menu is several, in one of which nothing may be changed.
    given = [each for each in call.option(name).split(", ") if each not in ("", UNCHANGED)]
    if not given:
        return None
    if len(given) > 1 or given[0] not in choices:
        raise Refused("refusals.choose", label=_label(call, name), choices=OneOf(tuple(choices)))
    return choices[given[0]]


def _tags(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    add, remove = read_tags(text)
    if any(len(each) > LONGEST_TAG for each in (*add, *remove)) or len(add) > MOST_TAGS:
        raise Refused("macros.tags_too_long", number=LONGEST_TAG, most=MOST_TAGS)
    return add, remove


def _fields(context: Context, text: str) -> Mapping[str, str]:
    values: dict[str, str] = {}
    pairs, rest = pairs_in(text, context.desk.custom_fields.every(), context.language)
    if rest:
        raise Refused("macros.not_an_assignment", text=rest)
    for name, given in pairs:
        field = _field(context, name)
        values[field.name] = read_field(context, field, given)
    return values


def _field(context: Context, name: str) -> CustomField:
    every = context.desk.custom_fields.every()
    field = by_what_they_are_called(every, context.language).get(normalised(name.replace("_", " ")))
    if field is not None:
        return field
    names = tuple(each.name for each in every)
    if meant := nearest(name, names):
        raise Refused("macros.field_meant", text=name, word=meant)
    raise Refused("macros.field_unknown", text=name, names=names)


def _assignments(context: Context, macro: Macro | None) -> str:
    """As they are typed."""
    typed = (
        []
        if macro is None
        else [f"{name}={_typed(context, name, value)}" for name, value in macro.fields.items()]
    )
    return " ".join(typed)


def _typed(context: Context, name: str, value: str) -> str:
    field = context.desk.custom_fields.definition(name)
    kind = field.kind if field is not None else FieldKind.TEXT
    if kind.holds_several:
        value = ", ".join(parts_of(kind, value))
    elif kind is FieldKind.NUMBER and value:
        value = number_in_words(value, context.language)
    return f'"{value}"' if any(each.isspace() for each in value) else value


def _choice(call: Call, name: str, choices: Sequence[tuple[str, str]], value: str | None) -> Field:
    keep = (UNCHANGED, words(call.context.language, "macros.keep"))
    return Field(
        name=name,
        label=_label(call, name),
        kind="choice",
        is_required=False,
        value=str(value) if value is not None else UNCHANGED,
        choices=(keep, *choices),
    )


def _text(call: Call, name: str, value: str) -> Field:
    return Field(name=name, label=_label(call, name), is_required=False, value=value, hint=_hint(call, name))


def _label(call: Call, name: str) -> str:
    return words(call.context.language, f"macros.{name}_label")


def _hint(call: Call, name: str) -> str:
    return words(call.context.language, f"macros.{name}_hint")
