"""Custom fields of a checked file, and where each is asked."""

from collections.abc import Mapping, Sequence

from bot.config.schema.desk import DeskFile
from bot.config.schema.fields import CustomFieldSection, FieldSection
from bot.domain.tickets.custom_field import (
    CATEGORY,
    CAUSE,
    CustomField,
    CustomFields,
    FieldKind,
    FieldReaders,
)

CAUSE_LABELS = {"de": "Ursache", "es": "Causa", "fr": "Cause", "pt": "Causa"}

CATEGORY_LABELS = {"de": "Kategorie", "es": "Categoría", "fr": "Catégorie", "pt": "Categoria"}


def compile_fields(file: DeskFile) -> CustomFields:
    """A team's fields are those of tickets, too, that it has from when it was called otherwise."""
    defined = {name: _compiled(name, each) for name, each in file.fields.items()}
    required_by_category = {name: tuple(each.required_to_resolve) for name, each in file.forms.items()}
    teams = {key: each for name, each in file.teams.items() for key in (name, *each.was)}
    required_by_team = {name: tuple(each.required_to_resolve) for name, each in teams.items()}
    if any(CAUSE in names for names in (*required_by_category.values(), *required_by_team.values())):
        defined.setdefault(CAUSE, _cause())

    def placed(by_name: Mapping[str, Sequence[str | FieldSection]]) -> dict[str, tuple[CustomField, ...]]:
        return {
            name: tuple(
                defined[each] if isinstance(each, str) else _compiled(each.name, each) for each in fields
            )
            for name, fields in by_name.items()
            if fields
        }

    return CustomFields(
        category=_category(file.desk.categories, file.desk.category_labels),
        defined=defined,
        by_category=placed({name: each.fields for name, each in file.forms.items()}),
        by_inbox=placed({name: each.fields for name, each in file.inboxes.items()}),
        by_team=placed({name: each.fields for name, each in teams.items()}),
        required_by_category=required_by_category,
        required_by_team=required_by_team,
    )


def _compiled(name: str, section: CustomFieldSection) -> CustomField:
    return CustomField(
        name=name,
        label=section.label,
        labels=section.labels,
        kind=section.kind,
        readers=section.readers,
        is_required=section.required,
        hint=section.hint,
        choices=tuple(section.choices),
        choice_labels=section.choice_labels,
    )


def _category(categories: Sequence[str], labels: Mapping[str, Mapping[str, str]]) -> CustomField | None:
    if not categories:
        return None
    return CustomField(
        name=CATEGORY,
        label="Category",
        labels=CATEGORY_LABELS,
        kind=FieldKind.CHOICE,
        choices=tuple(categories),
        choice_labels=labels,
    )


def _cause() -> CustomField:
    return CustomField(name=CAUSE, label="Cause", labels=CAUSE_LABELS, readers=FieldReaders.AGENTS)
