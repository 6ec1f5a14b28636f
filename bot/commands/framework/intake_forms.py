"""Asking for help by form where categories have questions of their own: first the category, then the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.commands.framework.command import Command
from bot.commands.framework.forms import form_of, input_for
from bot.domain.desk import Desk
from bot.domain.errors import FieldsRefused, Refused
from bot.domain.sentence import OneOf, Sentence, sentence
from bot.domain.tickets.custom_field import CATEGORY, CustomField
from bot.domain.tickets.privacy_words import read_privacy
from bot.messages import verbs
from bot.messages.inbound import Location
from bot.messages.outbound import Field, Form
from bot.services.context.context import Context
from bot.services.tickets.communities import is_served, tells_server
from bot.services.tickets.fields.answers import answers_as_text, value_read
from bot.services.tickets.fields.entries import read_field
from bot.text.sentences import words

PRIVATE = "private"
"""The field that asks whether the request stays between its requester and the team."""

STEP = "step"
"""Marks what comes from the first step; no field may be called so."""


def without_privacy(command: Command, given: Mapping[str, str]) -> Mapping[str, str] | None:
    """What was typed as the form takes it, where it says that the request is private and nothing else; else None."""
    text, is_private = read_privacy(given.get("text", ""))
    if text or not is_private or all(each.name != PRIVATE for each in command.options):
        return None
    return {**{name: value for name, value in given.items() if name != "text"}, PRIVATE: "yes"}


def first_step(command: Command, desk: Desk, *, given: Mapping[str, str], language: str) -> Form:
    """Which category it is about; what was filled in already is carried along."""
    category = Field(
        name="category",
        label=words(language, "commands.topic"),
        kind="choice",
        value=given.get("category", ""),
        choices=tuple((each, desk.custom_fields.category_in(each, language)) for each in desk.categories),
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
    return Form(
        title=f"{whole.title} · {desk.custom_fields.category_in(category, language)}",
        verb=whole.verb,
        ticket=None,
        fields=tuple(each for each in whole.fields if each.name != "category"),
        submit=whole.submit,
        fixed={"category": category},
        takes_files=whole.takes_files,
    )


def fitted_to_place(form: Form, desk: Desk, location: Location, *, language: str) -> Form:
    """Without what the place settles already, and with what it and the category ask, and what it leaves open."""
    chosen = _with_categories(form, desk, location)
    asking = chosen if form.is_step else _with_fields(chosen, desk, location, language=language)
    fitted = _with_privacy(asking, desk, location, language=language)
    return asking_where(fitted, desk, location, language=language)


def _with_categories(form: Form, desk: Desk, location: Location) -> Form:
    """Without those of teams that get nothing from here."""
    offered = desk.categories_at(location.channel)
    fields = (
        replace(each, choices=tuple(choice for choice in each.choices if choice[0] in offered))
        if each.name == CATEGORY
        else each
        for each in form.fields
    )
    return replace(form, fields=tuple(each for each in fields if each.name != CATEGORY or each.choices))


def _with_fields(form: Form, desk: Desk, location: Location, *, language: str) -> Form:
    """Custom fields follow the request itself."""
    inbox = desk.inbox_at(location.channel)
    asked = desk.custom_fields.asked(
        category=form.fixed.get(CATEGORY, ""), inbox=inbox.name if inbox is not None else None
    )
    if form.verb != verbs.OPEN or not asked:
        return form
    text, *others = form.fields
    return replace(form, fields=(text, *(input_for(each, language=language) for each in asked), *others))


def _with_privacy(form: Form, desk: Desk, location: Location, *, language: str) -> Form:
    """In a private inbox and in direct messages every request is private: the form says it instead of asking."""
    inbox = desk.inbox_at(location.channel)
    if not location.is_direct and (inbox is None or not inbox.is_private):
        is_read_by_all = inbox is None or not inbox.has_private_threads
        return _saying_who_reads(form, language=language) if is_read_by_all else form
    first, *others = (each for each in form.fields if each.name != PRIVATE)
    team = desk.teams.get(desk.router.only_team(inbox.name) or "") if inbox is not None else None
    hint = (
        words(language, "commands.form_is_private_with", team=team.title)
        if team is not None
        else words(language, "commands.form_is_private")
    )
    told = replace(first, hint=hint)
    return replace(form, fields=(told, *others))


def _saying_who_reads(form: Form, *, language: str) -> Form:
    """Where others read what is asked, the choice says what it means to leave it open."""
    hint = words(language, "commands.private_left_open")
    fields = (replace(each, hint=hint) if each.name == PRIVATE else each for each in form.fields)
    return replace(form, fields=tuple(fields))


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


def read_answers(
    context: Context, location: Location, answers: Mapping[str, str]
) -> Sequence[tuple[CustomField, str]]:
    """What was given for the fields that the category and the place ask, in canonical form.

    Raises FieldsRefused with what is wrong, by field.
    """
    desk, category = context.desk, answers.get(CATEGORY, "")
    if category and category not in desk.categories:
        topic, language = sentence("commands.topic"), context.language
        offered = OneOf(tuple(desk.custom_fields.category_in(each, language) for each in desk.categories))
        raise FieldsRefused({CATEGORY: sentence("refusals.choose", label=topic, choices=offered)})
    inbox = desk.inbox_at(location.channel)
    found: list[tuple[CustomField, str]] = []
    problems: dict[str, Sentence] = {}
    for field in desk.custom_fields.asked(category=category, inbox=inbox.name if inbox is not None else None):
        given = answers.get(field.name, "").strip()
        try:
            found.append((field, read_field(context, field, given, by_form=True)))
        except Refused as refusal:
            problems[field.name] = refusal.sentences[0]
        else:
            if not given and field.is_required:
                problems[field.name] = sentence("refusals.missing", label=field.label_in(context.language))
    if problems:
        raise FieldsRefused(problems)
    return [(field, value) for field, value in found if value]


def written_answers(context: Context, answers: Sequence[tuple[CustomField, str]]) -> str:
    """`Asset tag: L-204`, a line each; people by their names."""
    language = context.language
    return answers_as_text(
        (field.label_in(language), value_read(context.uow, field, value, language=language))
        for field, value in answers
    )
