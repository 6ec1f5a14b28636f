"""What a ticket needs before it is resolved, by its team and its category."""

from dataclasses import dataclass

from bot.domain.errors import FieldsRefused
from bot.domain.sentence import Sentence, sentence
from bot.domain.tickets.custom_field import RESOLUTION, CustomField
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.services.context.context import Context

INPUT = "field."
"""Goes before a custom field's name where a form asks for it beside the desk's own questions."""


@dataclass(frozen=True, slots=True)
class OpenRequirements:
    """Fields that hold nothing yet, and whether the words are missing with which it is resolved."""

    fields: tuple[CustomField, ...]
    is_wordless: bool

    def __bool__(self) -> bool:
        return bool(self.fields) or self.is_wordless


class ResolutionIncomplete(FieldsRefused):
    """What resolving needs is `missing`; says what, and how it is set."""

    def __init__(self, context: Context, ticket: Ticket, missing: OpenRequirements) -> None:
        super().__init__(_by_input(context, ticket, missing))
        self.missing = missing
        self.sentences = (
            _what_is_missing(context, ticket, missing),
            *_how_it_is_set(context, ticket, missing),
        )


def missing_to_resolve(context: Context, ticket: Ticket, *, has_words: bool) -> OpenRequirements:
    fields = context.desk.custom_fields
    required = fields.required_of(ticket)
    found = [fields.called(name, ticket) for name in required if not ticket.fields.get(name, "").strip()]
    return OpenRequirements(
        tuple(each for each in found if each is not None), RESOLUTION in required and not has_words
    )


def _by_input(context: Context, ticket: Ticket, missing: OpenRequirements) -> dict[str, Sentence]:
    language = context.language
    found = {
        f"{INPUT}{each.name}": sentence("refusals.missing", label=each.label_in(language))
        for each in missing.fields
    }
    if missing.is_wordless:
        found[RESOLUTION] = sentence("refusals.resolution_required", reference=ticket.reference)
    return found


def _what_is_missing(context: Context, ticket: Ticket, missing: OpenRequirements) -> Sentence:
    if not missing.fields:
        return sentence("refusals.resolution_required", reference=ticket.reference)
    labels = tuple(each.label_in(context.language) for each in missing.fields)
    key = "refusals.resolving_needs_words_and" if missing.is_wordless else "refusals.resolving_needs"
    return sentence(key, reference=ticket.reference, fields=labels)


def _how_it_is_set(context: Context, ticket: Ticket, missing: OpenRequirements) -> tuple[Sentence, ...]:
    if not missing.fields:
        return ()
    values = " ".join(f"{each.name}=…" for each in missing.fields)
    command = f"{verbs.typed(context.desk.command_names, verbs.SET)} {ticket.reference} {values}"
    return (sentence("refusals.set_fields_with", command=command),)
