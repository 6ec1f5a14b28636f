"""`asset_tag=4711 tier=gold note="two words"` → fields and what they are to hold."""

import re
from collections.abc import Mapping, Sequence

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
    called = by_what_they_are_called(fields, context.language)
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


def _split(context: Context, ticket: Ticket, words: str) -> Sequence[tuple[str, str]]:
    pairs, rest = pairs_in(words, context.desk.custom_fields.of(ticket), context.language)
    if rest:
        raise Refused("refusals.no_assignment", text=rest, command=example_of(context, ticket))
    return pairs


def pairs_in(
    words: str, fields: Sequence[CustomField], language: str
) -> tuple[Sequence[tuple[str, str]], str]:
    """What these fields, or others by one word, are to hold; up to words that are no assignment, and those."""
    called = _names([each.label_in(language) for each in fields])
    named = re.compile(rf"\s*{called}\s*=", re.IGNORECASE)
    unquoted = re.compile(rf"(.*?)(?=\s+{called}\s*=|$)", re.IGNORECASE | re.DOTALL)
    pairs: list[tuple[str, str]] = []
    rest = words.strip()
    while rest and (name := named.match(rest)) is not None:
        rest = rest[name.end() :]
        if value := _QUOTED.match(rest):
            typed = next((each for each in value.groups() if each is not None), "")
        else:
            value = unquoted.match(rest)
            assert value is not None, "it matches everything"
            typed = value[1]
        pairs.append((name[1] or name[2], typed.strip()))
        rest = rest[value.end() :].strip()
    return pairs, rest


def _names(labels: Sequence[str]) -> str:
    """A pattern of two groups: a label of several words, as the card shows it, quoted or not; or any one word."""
    spaced = sorted((re.escape(each) for each in labels if " " in each), key=len, reverse=True)
    label = rf"""["“”„]?({"|".join(spaced) or "(?!)"})["“”]?"""
    return rf"(?:{label}|({_ONE_WORD}))"


def by_what_they_are_called(fields: Sequence[CustomField], language: str) -> Mapping[str, CustomField]:
    """By name and label, normalised, a name's underscores as spaces; a name comes before another field's label."""
    labels = {normalised(each.label_in(language)): each for each in fields}
    return labels | {normalised(each.name.replace("_", " ")): each for each in fields}


def example_of(context: Context, ticket: Ticket) -> str:
    """`/desk set IT-12 asset_tag=…`. Raises Refused for a ticket without fields."""
    fields = context.desk.custom_fields.of(ticket)
    if not fields:
        raise Refused("refusals.no_fields", reference=ticket.reference)
    command = verbs.typed(context.desk.command_names, verbs.SET)
    return f"{command} {ticket.reference} {fields[0].name}=…"
