"""What somebody gave for a custom field, typed or in a form, in the canonical form that tickets keep."""

import re

from bot.domain.directory import Person
from bot.domain.errors import Refused
from bot.domain.tickets.custom_field import CustomField
from bot.services.context.context import Context
from bot.services.context.named_people import is_oneself, people_named, told_apart
from bot.text.field_values import read_value

_BETWEEN_PEOPLE = re.compile(r"[,\n]")


def read_field(context: Context, field: CustomField, given: str, *, by_form: bool = False) -> str:
    """Empty for nothing. Raises Refused, which names the field, what was given and what is accepted.

    `by_form`: it comes from the platform's own form, which may have an input for numbers.
    """
    if not field.kind.is_somebody:
        is_plain = by_form and context.has_number_inputs(context.actor.platform)
        return read_value(field, given, language=context.language, is_canonical_number=is_plain)
    named = [each.strip() for each in _BETWEEN_PEOPLE.split(given) if each.strip()]
    if len(named) > 1 and not field.kind.holds_several:
        raise Refused("refusals.field_one_person", label=field.label_in(context.language), text=given)
    keys = [_person(context, field, each).key for each in named]
    return "\n".join(dict.fromkeys(keys))


def _person(context: Context, field: CustomField, words: str) -> Person:
    if is_oneself(words):
        return context.actor
    found = people_named(context, words)
    label = field.label_in(context.language)
    if not found:
        raise Refused("refusals.field_person", label=label, text=words)
    if len(found) > 1:
        raise Refused("refusals.field_ambiguous_person", label=label, text=words, people=told_apart(found))
    return found[0]
