"""What a ticket's form was answered, the category first, in the words that people read."""

from collections.abc import Iterator

from bot.domain.desk import Desk
from bot.domain.tickets.intake_form import FieldKind
from bot.domain.tickets.ticket import Ticket
from bot.ports.unit_of_work import UnitOfWork

CATEGORY = "category"

FormAnswer = tuple[str, str]
"""The question's label and the answer."""


def form_answers(uow: UnitOfWork, desk: Desk, ticket: Ticket, *, besides: str = "") -> tuple[FormAnswer, ...]:
    """By the form as it is now; a question that was taken out of it goes by its name.

    `besides` is shown beside them: an answer that has a line of its own there is left out.
    """
    lines = set(besides.splitlines())
    answers = [("Category", ticket.fields[CATEGORY])] if ticket.fields.get(CATEGORY) else []
    answers += _other_answers(uow, desk, ticket)
    return tuple((label, answer) for label, answer in answers if not set(_lines(label, answer)) <= lines)


def answers_as_text(answers: tuple[FormAnswer, ...]) -> str:
    """`Asset tag: L-204`, a line each."""
    return "\n".join(f"{label}: {answer}" for label, answer in answers)


def _lines(label: str, answer: str) -> list[str]:
    return answers_as_text(((label, answer),)).splitlines()


def _other_answers(uow: UnitOfWork, desk: Desk, ticket: Ticket) -> Iterator[FormAnswer]:
    known = {each.name: each for each in desk.forms.get(ticket.fields.get(CATEGORY, ""), ())}
    for name, answer in ticket.fields.items():
        if name == CATEGORY or not answer.strip():
            continue
        field = known.get(name)
        label = field.label if field is not None else name.replace("_", " ").capitalize()
        is_people = field is not None and field.kind is FieldKind.PEOPLE
        yield label, people_named(uow, answer) if is_people else answer.strip()


def people_named(uow: UnitOfWork, keys: str) -> str:
    """The names behind keys with commas between; somebody the desk never met goes by the key."""
    listed = [key.strip() for key in keys.split(",") if key.strip()]
    known = uow.people.find_many(listed)
    return ", ".join(known[key].name if key in known else key for key in listed)
