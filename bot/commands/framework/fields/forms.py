"""Custom fields in forms: what a ticket's fields hold, to be changed, and what is missing before it is resolved.

A form says which fields it asked and what they held, since it may stay open while somebody else sets one of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from zlib import crc32

from bot.commands.framework.command import Call
from bot.commands.framework.forms import input_for
from bot.domain.errors import FieldsRefused, Refused
from bot.domain.sentence import Sentence, sentence
from bot.domain.tickets.custom_field import CustomField, FieldKind
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import Field, Form, RichText
from bot.services.context.context import Context
from bot.services.tickets.fields.entries import read_field
from bot.services.tickets.fields.requirements import INPUT
from bot.text.field_values import number_in_words, parts_of

ASKED = "asked"
"""The option in which a form says what it asked."""


def form_with_fields(
    call: Call,
    ticket: Ticket,
    fields: Iterable[CustomField],
    *,
    are_required: bool = False,
    before: tuple[Field, ...] = (),
    instead: RichText,
) -> Form:
    """The command's form for this ticket, with these fields after `before`; `instead` is said where none opens."""
    language, asked = call.context.language, tuple(fields)
    return Form(
        title=f"{call.command.form_title(language)} · {ticket.reference}",
        verb=call.command.name,
        ticket=ticket.reference,
        fields=(*before, *(_input(call, ticket, each, is_required=are_required) for each in asked)),
        submit=call.command.submit(language),
        fixed={ASKED: ",".join(f"{each.name}:{_mark(ticket.fields.get(each.name, ''))}" for each in asked)},
        takes_files=call.command.takes_files,
        instead=instead,
    )


def read_form(call: Call, ticket: Ticket) -> Sequence[tuple[CustomField, str]]:
    """What its sender changed in such a form, in canonical form. Raises FieldsRefused with what is wrong, by field.

    What somebody else set meanwhile is left as it is; where both set one field, that is refused.
    """
    changed: list[tuple[CustomField, str]] = []
    problems: dict[str, Sentence] = {}
    for name, seen in _asked(call.option(ASKED)).items():
        try:
            field, value = _given(call.context, ticket, name, call.option(f"{INPUT}{name}"))
        except Refused as refusal:
            problems[f"{INPUT}{name}"] = refusal.sentences[0]
            continue
        now = ticket.fields.get(name, "")
        if _mark(value) == seen or value == now:
            continue
        if _mark(now) != seen:
            label = field.label_in(call.context.language)
            problems[f"{INPUT}{name}"] = sentence("refusals.field_changed_meanwhile", label=label)
        changed.append((field, value))
    if problems:
        raise FieldsRefused(problems)
    return changed


def _given(context: Context, ticket: Ticket, name: str, given: str) -> tuple[CustomField, str]:
    fields = context.desk.custom_fields.of(ticket)
    field = next((each for each in fields if each.name == name), None)
    if field is None:
        raise Refused(
            "refusals.field_unknown",
            reference=ticket.reference,
            text=name,
            names=tuple(each.name for each in fields),
        )
    return field, read_field(context, field, given, by_form=True)


def _input(call: Call, ticket: Ticket, field: CustomField, *, is_required: bool) -> Field:
    value = _filled_in(call.context, field, ticket.fields.get(field.name, ""))
    asked = input_for(field, language=call.context.language, name=f"{INPUT}{field.name}", value=value)
    return replace(asked, is_required=is_required)


def _filled_in(context: Context, field: CustomField, value: str) -> str:
    """As the platform's form takes it."""
    if field.kind.holds_several:
        return ",".join(parts_of(field.kind, value))
    if field.kind is FieldKind.NUMBER and not context.has_number_inputs(context.actor.platform):
        return number_in_words(value, context.language) if value else ""
    return value


def _asked(option: str) -> Mapping[str, str]:
    """By name, the mark of what the field held."""
    return {name: mark for name, _, mark in (each.partition(":") for each in option.split(",")) if name}


def _mark(value: str) -> str:
    return f"{crc32(value.encode()):x}"
