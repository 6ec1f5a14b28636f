"""What a ticket's fields hold, the category first, in the words that people read.

Fail closed: agents' fields, and those that the desk no longer defines, are for the team alone.
"""

from collections.abc import Iterable, Iterator

from bot.domain.desk import Desk
from bot.domain.tickets.custom_field import CATEGORY, CustomField, FieldKind
from bot.domain.tickets.ticket import Ticket
from bot.ports.unit_of_work import UnitOfWork
from bot.text.field_values import parts_of, value_in_words
from bot.text.sentences import words

FormAnswer = tuple[str, str]
"""A field's label and its value."""


def form_answers(
    uow: UnitOfWork,
    desk: Desk,
    ticket: Ticket,
    *,
    language: str,
    sees_all: bool,
    besides: str = "",
    is_brief: bool = False,
) -> tuple[FormAnswer, ...]:
    """By the fields as they are now; `sees_all`: for the team, which reads what is for agents too.

    `besides` is shown beside them: a value that has a line of its own there is left out. `is_brief` leaves out long
    texts.
    """
    lines = set(besides.splitlines())
    answers: list[FormAnswer] = []
    if category := ticket.fields.get(CATEGORY):
        shown = desk.custom_fields.category_in(category, language)
        answers.append((words(language, "commands.category"), shown))
    for field, value in _fields_read(desk, ticket, sees_all=sees_all):
        if not (is_brief and field.kind is FieldKind.LONG_TEXT):
            answers.append((field.label_in(language), value_read(uow, field, value, language=language)))
    return tuple((label, answer) for label, answer in answers if not set(_lines(label, answer)) <= lines)


def answers_as_text(answers: Iterable[FormAnswer]) -> str:
    """`Asset tag: L-204`, a line each."""
    return "\n".join(f"{label}: {answer}" for label, answer in answers)


def value_read(uow: UnitOfWork, field: CustomField, value: str, *, language: str) -> str:
    """A value as people read it; somebody the desk never met goes by the key."""
    people = parts_of(field.kind, value) if field.kind.is_somebody else []
    if field.kind.is_chosen:
        value = "\n".join(field.choice_in(each, language) for each in value.split("\n"))
    names = {key: person.name for key, person in uow.people.find_many(people).items()}
    return value_in_words(field.kind, value, language=language, names=names)


def _lines(label: str, answer: str) -> list[str]:
    return answers_as_text(((label, answer),)).splitlines()


def _fields_read(desk: Desk, ticket: Ticket, *, sees_all: bool) -> Iterator[tuple[CustomField, str]]:
    """In the order in which the ticket has its fields; then what it holds besides."""
    order = [each.name for each in desk.custom_fields.of(ticket)]
    for name in [*order, *(each for each in ticket.fields if each not in order)]:
        value = ticket.fields.get(name, "").strip()
        if name == CATEGORY or not value:
            continue
        field = desk.custom_fields.called(name, ticket)
        if field is None and sees_all:
            yield CustomField(name=name, label=name.replace("_", " ").capitalize()), value
        elif field is not None and (sees_all or not field.is_for_agents):
            yield field, value
