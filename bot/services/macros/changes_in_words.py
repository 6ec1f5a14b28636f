"""What a macro does besides answering, a sentence a change."""

from collections.abc import Iterator

from bot.domain.macros.macro import Macro
from bot.domain.sentence import Sentence, sentence
from bot.services.context.context import Context
from bot.services.tickets.fields.answers import value_read

NOTHING = "–"


def changes_in_words(context: Context, macro: Macro) -> Iterator[Sentence]:
    """In the order in which they are made; of fields that the desk no longer has their names."""
    if macro.add_tags or macro.remove_tags:
        tags = [*(f"+{each}" for each in macro.add_tags), *(f"-{each}" for each in macro.remove_tags)]
        yield sentence("macros.change_tags", tags=" ".join(tags))
    if macro.priority is not None:
        yield sentence("macros.change_priority", priority=macro.priority.term)
    for name, value in macro.fields.items():
        label, shown = _field(context, name, value)
        yield sentence("macros.change_field", label=label, value=shown or NOTHING)
    if macro.assign is not None:
        yield sentence(f"macros.change_assign_{macro.assign}")
    if macro.team is not None:
        yield sentence("macros.change_team", team=context.desk.title_of(macro.team))
    if macro.status is not None:
        yield sentence("macros.change_status", status=macro.status.term)


def _field(context: Context, name: str, value: str) -> tuple[str, str]:
    field = context.desk.custom_fields.definition(name)
    if field is None:
        return name, value
    language = context.language
    return field.label_in(language), value_read(context.uow, field, value, language=language)
