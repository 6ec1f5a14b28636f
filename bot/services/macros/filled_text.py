"""A macro's text with what its placeholders stand for on one ticket.

The requester reads it: agents go by their team's name where the team is anonymous, and what fields hold for agents
alone is no value.
"""

from collections.abc import Callable, Collection, Mapping

from bot.domain.errors import FieldsRefused
from bot.domain.macros.macro import Macro
from bot.domain.macros.placeholders import (
    FIELD,
    PLACEHOLDERS,
    FilledText,
    Placeholder,
    fill,
    first_name,
    placeholders_in,
    unclosed_in,
)
from bot.domain.sentence import Sentence, sentence
from bot.domain.suggestions import nearest
from bot.domain.tickets.conversation import Side
from bot.domain.tickets.custom_field import CustomField, CustomFields
from bot.domain.tickets.ticket import Ticket
from bot.messages.outbound import MessageLink
from bot.services.context.context import Context
from bot.services.tickets.fields.answers import value_read

TEXT = "text"
"""The field of a form that a text is written in."""


def fill_macro(context: Context, ticket: Ticket, macro: Macro) -> FilledText:
    """In the language that the requester is spoken to, where the macro has a text in it."""
    return fill(macro.text_in(ticket.language), lambda each: value_of(context, ticket, each))


def fill_edited(
    context: Context, ticket: Ticket, text: str, *, shown: str, left: Collection[str]
) -> FilledText:
    """A text that somebody changed after it was filled as `shown`, when the placeholders `left` had no value.

    Those are filled now, and so are placeholders that were typed; what came from a value stays as it is.
    """
    from_values = {each.name for each in placeholders_in(shown)} - frozenset(left)

    def value(each: Placeholder) -> str:
        is_meant = each.name in PLACEHOLDERS or each.field is not None
        return value_of(context, ticket, each) if is_meant and each.name not in from_values else each.written

    return fill(text, value, keeps_braces=True)


def value_of(context: Context, ticket: Ticket, placeholder: Placeholder) -> str:
    """Nothing where there is none, and for a placeholder that the desk no longer knows."""
    if placeholder.field is not None:
        return _field_value(context, ticket, placeholder.field)
    value = _VALUES.get(placeholder.about)
    return value(context, ticket) if value is not None else ""


def check_placeholders(fields: CustomFields, text: str) -> None:
    """Raises FieldsRefused for the first placeholder that stands for nothing, with the one that was meant."""
    if unclosed := unclosed_in(text):
        raise FieldsRefused({TEXT: sentence("macros.placeholder_open", text=unclosed)})
    for each in placeholders_in(text):
        if each.name in PLACEHOLDERS:
            continue
        field = fields_by_placeholder(fields).get(each.name)
        if field is None:
            raise FieldsRefused({TEXT: _unknown(fields, each)})
        if field.is_for_agents:
            raise FieldsRefused(
                {TEXT: sentence("macros.placeholder_for_agents", placeholder=each.written, field=field.label)}
            )


def fields_by_placeholder(fields: CustomFields) -> Mapping[str, CustomField]:
    """Every custom field of the desk, by `field.asset_tag`."""
    return {f"{FIELD}{each.name.lower()}": each for each in fields.every()}


def _unknown(fields: CustomFields, placeholder: Placeholder) -> Sentence:
    shown = [name for name, each in fields_by_placeholder(fields).items() if not each.is_for_agents]
    known = (*PLACEHOLDERS, *shown)
    literal = f"{{{placeholder.written}}}"
    meant = nearest(placeholder.name, known)
    if meant is not None:
        return sentence(
            "macros.placeholder_meant", placeholder=placeholder.written, word=f"{{{meant}}}", literal=literal
        )
    names = tuple(f"{{{each}}}" for each in known)
    return sentence(
        "macros.placeholder_unknown", placeholder=placeholder.written, names=names, literal=literal
    )


def _field_value(context: Context, ticket: Ticket, name: str) -> str:
    found = (each for each in context.desk.custom_fields.of(ticket) if each.name.lower() == name)
    field = next(found, None)
    if field is None or field.is_for_agents or not ticket.fields.get(field.name, "").strip():
        return ""
    return value_read(context.uow, field, ticket.fields[field.name], language=ticket.language)


def _requester(context: Context, ticket: Ticket) -> str:
    person = context.uow.people.find(ticket.requester)
    return person.name if person is not None else ""


def _agent(context: Context, ticket: Ticket) -> str:
    return context.desk.alias_of(ticket, context.actor) or context.actor.name


def _agents_first_name(context: Context, ticket: Ticket) -> str:
    """An alias is no person's name: it is said whole."""
    return context.desk.alias_of(ticket, context.actor) or first_name(context.actor.name)


def _link(context: Context, ticket: Ticket) -> str:
    """To where the requester reads the ticket."""
    for each in context.uow.conversations.of_ticket(ticket.id):
        if each.side is Side.REQUESTER and not each.is_retired and each.root is not None:
            return context.address_of(MessageLink(ticket.reference, each.channel, each.root))
    return ""


_VALUES: Mapping[tuple[str, str], Callable[[Context, Ticket], str]] = {
    ("requester", "name"): _requester,
    ("requester", "first_name"): lambda context, ticket: first_name(_requester(context, ticket)),
    ("ticket", "number"): lambda _, ticket: ticket.reference,
    ("ticket", "subject"): lambda _, ticket: ticket.subject,
    ("ticket", "link"): _link,
    ("agent", "name"): _agent,
    ("agent", "first_name"): _agents_first_name,
    ("team", "name"): lambda context, ticket: context.team_of(ticket).title,
}
