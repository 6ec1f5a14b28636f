"""What a ticket needs before it is resolved, by its team and its category."""

from dataclasses import dataclass

from bot.domain.errors import FieldsRefused
from bot.domain.sentence import Sentence, sentence
from bot.domain.tickets.custom_field import RESOLUTION, TIME, CustomField
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.services.context.context import Context
from bot.text.sentences import words

INPUT = "field."
"""Goes before a custom field's name where a form asks for it beside the desk's own questions."""


@dataclass(frozen=True, slots=True)
class OpenRequirements:
    """Fields that hold nothing yet, and whether words to resolve it with are missing, or time that was worked."""

    fields: tuple[CustomField, ...]
    is_wordless: bool
    is_untimed: bool = False

    def __bool__(self) -> bool:
        return bool(self.fields) or self.is_wordless or self.is_untimed


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
        tuple(each for each in found if each is not None),
        RESOLUTION in required and not has_words,
        is_untimed=TIME in required
        and fields.called(TIME, ticket) is None
        and not _has_time(context, ticket),
    )


def _has_time(context: Context, ticket: Ticket) -> bool:
    """Whether time was logged, or a timer of the actor's runs on it, which counts when it is resolved."""
    running = () if ticket.worked else context.uow.stopwatches.of_agents(context.accounts)
    return bool(ticket.worked) or any(each.ticket == ticket.id for each in running)


def _by_input(context: Context, ticket: Ticket, missing: OpenRequirements) -> dict[str, Sentence]:
    language = context.language
    found = {
        f"{INPUT}{each.name}": sentence("refusals.missing", label=each.label_in(language))
        for each in missing.fields
    }
    if missing.is_wordless:
        found[RESOLUTION] = sentence("refusals.resolution_required", reference=ticket.reference)
    if missing.is_untimed:
        found[TIME] = sentence("time.required", reference=ticket.reference)
    return found


def _what_is_missing(context: Context, ticket: Ticket, missing: OpenRequirements) -> Sentence:
    if not missing.fields and not missing.is_untimed:
        return sentence("refusals.resolution_required", reference=ticket.reference)
    labels = tuple(each.label_in(context.language) for each in missing.fields)
    if missing.is_untimed:
        labels = (*labels, words(context.language, "time.label"))
    key = "refusals.resolving_needs_words_and" if missing.is_wordless else "refusals.resolving_needs"
    return sentence(key, reference=ticket.reference, fields=labels)


def _how_it_is_set(context: Context, ticket: Ticket, missing: OpenRequirements) -> tuple[Sentence, ...]:
    names, told = context.desk.command_names, list[Sentence]()
    if missing.fields:
        values = " ".join(f"{each.name}=…" for each in missing.fields)
        command = f"{verbs.typed(names, verbs.SET)} {ticket.reference} {values}"
        told.append(sentence("refusals.set_fields_with", command=command))
    if missing.is_untimed:
        command = f"{verbs.typed(names, verbs.TIME)} {ticket.reference} 25m"
        told.append(sentence("time.log_with", command=command))
    return tuple(told)
