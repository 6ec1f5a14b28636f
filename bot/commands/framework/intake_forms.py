"""Asking for help by form where categories have questions of their own: first the category, then the rest."""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.commands.framework.command import Command
from bot.commands.framework.forms import form_of
from bot.domain.desk import Desk
from bot.domain.errors import FieldsRefused
from bot.domain.sentence import OneOf, sentence
from bot.domain.tickets.intake_form import CustomField, FieldKind
from bot.messages.inbound import Location
from bot.messages.outbound import Field, Form
from bot.services.context.context import Context
from bot.services.tickets.communities import is_served, tells_server
from bot.services.tickets.form_answers import answers_as_text, people_named
from bot.text.sentences import words

PRIVATE = "private"
"""The field that asks whether the request stays between its requester and the team."""

_PRIVATE_MARK = re.compile(r"\s*(?:private|privat|privé|prive|privado)\s*:\s*", re.IGNORECASE)
"""How a typed request begins that is for its requester and the team alone, in the languages that Deskbell speaks."""

STEP = "step"
"""Marks what comes from the first step; no field may be called so."""


def read_privacy(text: str) -> tuple[str, bool]:
    """A typed request without the mark that keeps it private, and whether it had one."""
    mark = _PRIVATE_MARK.match(text)
    return (text[mark.end() :], True) if mark else (text, False)


def first_step(command: Command, desk: Desk, *, given: Mapping[str, str], language: str) -> Form:
    """Which category it is about; what was filled in already is carried along."""
    category = Field(
        name="category",
        label=words(language, "commands.topic"),
        kind="choice",
        value=given.get("category", ""),
        choices=tuple((each, each) for each in desk.categories),
    )
    carried = {name: value for name, value in given.items() if name != "category"}
    return Form(
        title=command.form_title(language),
        verb=command.name,
        ticket=None,
        fields=(category,),
        submit=words(language, "commands.next_step"),
        fixed={**carried, STEP: "category"},
        is_step=True,
    )


def second_step(command: Command, desk: Desk, *, given: Mapping[str, str], language: str) -> Form | None:
    """The request and what this category asks; None for an event that does not come from the first step."""
    return about_category(command, desk, given=given, language=language) if STEP in given else None


def about_category(command: Command, desk: Desk, *, given: Mapping[str, str], language: str) -> Form | None:
    """The request and what the given category asks; which category it is, is settled."""
    category = given.get("category", "")
    whole = form_of(command, desk, ticket=None, given=given, language=language)
    if whole is None:
        return None
    text, *others = (each for each in whole.fields if each.name != "category")
    custom = tuple(_field(each) for each in desk.forms.get(category, ()))
    return Form(
        title=f"{whole.title} · {category}",
        verb=whole.verb,
        ticket=None,
        fields=(text, *custom, *others),
        submit=whole.submit,
        fixed={"category": category},
        takes_files=whole.takes_files,
    )


def fitted_to_place(form: Form, desk: Desk, location: Location, *, language: str) -> Form:
    """Without what the place settles already, and with what it leaves open."""
    fitted = _with_privacy(form, desk, location, language=language)
    return asking_where(fitted, desk, location, language=language)


def _with_privacy(form: Form, desk: Desk, location: Location, *, language: str) -> Form:
    """In a private inbox and in direct messages every request is private: the form says it instead of asking."""
    inbox = desk.inbox_at(location.channel)
    if not location.is_direct and (inbox is None or not inbox.is_private):
        return form
    first, *others = (each for each in form.fields if each.name != PRIVATE)
    told = replace(first, hint=words(language, "commands.form_is_private"))
    return replace(form, fields=(told, *others))


def asking_where(form: Form, desk: Desk, location: Location, *, language: str) -> Form:
    """In direct messages, and where those meet who help several servers, the form says which one it is for."""
    served = desk.communities_on(location.channel.platform)
    inbox = desk.inbox_at(location.channel)
    is_known = tells_server(desk, location) or (inbox is not None and inbox.community is not None)
    if (
        form.is_step
        or is_known
        or len(served) < 2
        or not is_served(desk, location.channel, location.community)
    ):
        return form
    where = Field(
        name="community",
        label=words(language, "requester.which_server"),
        kind="choice",
        choices=tuple((each.reference, each.title) for each in served),
    )
    return replace(form, fields=(where, *form.fields))


def check_answers(desk: Desk, answers: Mapping[str, str]) -> tuple[CustomField, ...]:
    """The fields of the chosen category. Raises FieldsRefused with what is wrong, by field."""
    category = answers.get("category", "")
    if category and category not in desk.categories:
        topic = sentence("commands.topic")
        raise FieldsRefused(
            {"category": sentence("refusals.choose", label=topic, choices=OneOf(desk.categories))}
        )
    fields = desk.forms.get(category, ())
    problems = {each.name: each.problem_with(answers.get(each.name, "").strip()) for each in fields}
    if found := {name: problem for name, problem in problems.items() if problem}:
        raise FieldsRefused(found)
    return fields


def written_answers(context: Context, fields: tuple[CustomField, ...], answers: Mapping[str, str]) -> str:
    """`Asset tag: L-204`, a line each; people by their names."""
    given = [(each, answers.get(each.name, "").strip()) for each in fields]
    return answers_as_text(
        tuple(
            (each.label, people_named(context.uow, answer) if each.kind is FieldKind.PEOPLE else answer)
            for each, answer in given
            if answer
        )
    )


def _field(custom: CustomField) -> Field:
    return Field(
        name=custom.name,
        label=custom.label,
        kind=custom.kind.value,
        is_required=custom.is_required,
        hint=custom.hint,
        choices=tuple((each, each) for each in custom.choices),
    )
