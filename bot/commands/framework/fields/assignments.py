"""`asset_tag=4711 tier=gold note="two words"` → fields and what they are to hold."""

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.domain.errors import Refused
from bot.domain.normalised_text import normalised
from bot.domain.suggestions import nearest
from bot.domain.tickets.custom_field import CustomField
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.services.context.context import Context

_ONE_WORD = r"[^\s=\"“”„«»]+"
_QUOTED = re.compile(r"""\s*(?:"([^"]*)"|“([^”]*)”|„([^“”]*)[“”]|«([^»]*)»)""")


def read_assignments(context: Context, ticket: Ticket, words: str) -> Sequence[tuple[CustomField, str]]:
    """Each field with what was typed for it, of a field named twice the last. A value goes on up to the next name.

    Raises Refused for what is no assignment, and for a field that the ticket has not.
    """
    found: dict[str, tuple[CustomField, str]] = {}
    for name, value in _split(context, ticket, words):
        field = find_field(context, ticket, name)
        found[field.name] = (field, value)
    return tuple(found.values())


def find_field(context: Context, ticket: Ticket, name: str) -> CustomField:
    """By its name or label, in any letter case. Raises Refused with the fields there are."""
    fields = context.desk.custom_fields.of(ticket)
    called = _by_what_they_are_called(fields, context.language)
    field = called.get(normalised(name.replace("_", " ")))
    if field is not None:
        return field
    if not fields:
        raise Refused("refusals.no_fields", reference=ticket.reference)
    names = [each.name for each in fields]
    meant = nearest(name, names)
    if meant is not None:
        raise Refused("refusals.field_unknown_nearly", reference=ticket.reference, text=name, word=meant)
    raise Refused("refusals.field_unknown", reference=ticket.reference, text=name, names=tuple(names))


def _by_what_they_are_called(fields: Sequence[CustomField], language: str) -> Mapping[str, CustomField]:
    """A name comes before another field's label."""
    labels = {normalised(each.label_in(language)): each for each in fields}
    return labels | {normalised(each.name.replace("_", " ")): each for each in fields}


def _split(context: Context, ticket: Ticket, words: str) -> Iterator[tuple[str, str]]:
    rest = words.strip()
    called = _names(context, ticket)
    named = re.compile(rf"\s*{called}\s*=", re.IGNORECASE)
    unquoted = re.compile(rf"(.*?)(?=\s+{called}\s*=|$)", re.IGNORECASE | re.DOTALL)
    while rest:
        name = named.match(rest)
        if name is None:
            raise Refused("refusals.no_assignment", text=rest, command=example_of(context, ticket))
        rest = rest[name.end() :]
        if value := _QUOTED.match(rest):
            typed = next((each for each in value.groups() if each is not None), "")
        else:
            value = unquoted.match(rest)
            assert value is not None, "it matches everything"
            typed = value[1]
        yield name[1] or name[2], typed.strip()
        rest = rest[value.end() :].strip()


def _names(context: Context, ticket: Ticket) -> str:
    """A pattern of two groups: a label of several words, as the card shows it, quoted or not; or any one word."""
    labels = (each.label_in(context.language) for each in context.desk.custom_fields.of(ticket))
    spaced = sorted((re.escape(each) for each in labels if " " in each), key=len, reverse=True)
    label = rf"""["“”„]?({"|".join(spaced) or "(?!)"})["“”]?"""
    return rf"(?:{label}|({_ONE_WORD}))"


def example_of(context: Context, ticket: Ticket) -> str:
    """`/desk set IT-12 asset_tag=…`. Raises Refused for a ticket without fields."""
    fields = context.desk.custom_fields.of(ticket)
    if not fields:
        raise Refused("refusals.no_fields", reference=ticket.reference)
    command = verbs.typed(context.desk.command_names, verbs.SET)
    return f"{command} {ticket.reference} {fields[0].name}=…"
