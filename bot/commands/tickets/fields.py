"""`/desk set` and `subject`: what agents set on a ticket by name."""

from collections.abc import Sequence

from bot.commands.framework.command import Call, Command, Option, OptionKind, ReadBy, Role
from bot.commands.framework.fields.assignments import example_of, read_assignments
from bot.commands.framework.fields.forms import ASKED, form_with_fields, read_form
from bot.commands.framework.ticket_filters import of_teams
from bot.domain.tickets.custom_field import CustomField
from bot.domain.tickets.ticket import Ticket
from bot.messages import verbs
from bot.messages.outbound import Form, PrivateReply
from bot.services.tickets.fields.answers import value_read
from bot.services.tickets.fields.changes import rename_ticket, set_fields
from bot.services.tickets.fields.entries import read_field
from bot.text.amounts import listed


def set_on(call: Call, ticket: Ticket) -> PrivateReply | Form:
    """What was typed, or what a form says; where nothing was, the form."""
    if call.option(ASKED):
        values = read_form(call, ticket)
    elif call.option("fields"):
        typed = read_assignments(call.context, ticket, call.option("fields"))
        values = [(field, read_field(call.context, field, given)) for field, given in typed]
    else:
        return _form(call, ticket)
    set_fields(call.context, ticket, values)
    return call.answer("answers.fields_set", reference=ticket.reference, fields=_in_words(call, values))


def _form(call: Call, ticket: Ticket) -> Form:
    fields, example = call.context.desk.custom_fields.of(ticket), example_of(call.context, ticket)
    names = listed([each.name for each in fields], call.context.language)
    instead = call.say("answers.fields_to_set", reference=ticket.reference, names=names, command=example)
    return form_with_fields(call, ticket, fields, instead=instead)


def _in_words(call: Call, values: Sequence[tuple[CustomField, str]]) -> str:
    language = call.context.language
    return listed(
        [
            f"{field.label_in(language)} = {value_read(call.context.uow, field, value, language=language) or '–'}"
            for field, value in values
        ],
        language,
    )


def set_subject(call: Call, ticket: Ticket) -> PrivateReply:
    rename_ticket(call.context, ticket, call.option("subject"))
    return call.answer("answers.subject_set", reference=ticket.reference, subject=ticket.subject)


COMMANDS: tuple[Command, ...] = (
    Command(
        name=verbs.SET,
        place=103,
        who=Role.AGENT,
        on_ticket=set_on,
        fitting=of_teams,
        options=(Option(name="fields", kind=OptionKind.FIELDS, is_required=False),),
        asks_without=frozenset({"fields", ASKED}),
        menu_group="ticket",
        example="set IT-12 asset_tag=4711",
    ),
    Command(
        name=verbs.SUBJECT,
        place=106,
        who=Role.AGENT,
        on_ticket=set_subject,
        fitting=of_teams,
        options=(Option(name="subject", read_by=ReadBy.REQUESTER),),
        has_form=True,
        menu_group="ticket",
        example="subject IT-12 VPN drops every hour",
    ),
)
