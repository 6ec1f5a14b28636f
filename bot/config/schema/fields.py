"""What `desk.yaml` may say of custom fields: what they are, where they are asked, and what resolving needs."""

from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    Field,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)

from bot.config.file.field_types import (
    FIELD,
    REQUIRED,
    AsList,
    FieldName,
    Labels,
    known,
    wrong,
)
from bot.config.file.section import Section
from bot.domain.tickets.custom_field import RESOLUTION, FieldKind, FieldReaders


class CustomFieldSection(Section):
    """Something that tickets hold besides their words."""

    label: str = Field(min_length=1, max_length=75, description="What people read.")
    labels: Labels = Field(
        {}, description="Instead of the label, by the reader’s language: `{de: Inventarnummer}`."
    )
    kind: FieldKind = Field(FieldKind.TEXT, description="How it is answered.")
    readers: FieldReaders = Field(
        FieldReaders.REQUESTER,
        alias="for",
        description="requester: the form asks for it, and both sides read it; agents: they alone set and read it.",
    )
    required: bool = Field(default=False, description="The form is not taken without it.")
    hint: str = Field("", max_length=150, description="A few words below the field.")
    choices: list[str] = Field([], max_length=100, description="For the kinds `choice` and `choices`.")
    choice_labels: dict[str, Labels] = Field(
        {}, description="Instead of a choice, by the reader’s language: `{Silver: {de: Silber}}`."
    )

    @model_validator(mode="after")
    def _has_choices(self) -> Self:
        if self.kind.is_chosen and not self.choices:
            raise wrong("configuration.choices_missing", kind=self.kind.value, at="choices")
        if not self.kind.is_chosen and self.choices:
            raise wrong("configuration.choices_unused", at="choices")
        if unknown := [each for each in self.choice_labels if each not in self.choices]:
            raise wrong("configuration.label_of_no_choice", text=unknown[0], at="choice_labels")
        if self.kind is FieldKind.CHOICES and (holding := [each for each in self.choices if "," in each]):
            raise wrong("configuration.choice_with_comma", text=holding[0], at="choices")
        if self.required and self.readers is FieldReaders.AGENTS:
            raise wrong("configuration.required_of_agents", at="required")
        return self


class FieldSection(CustomFieldSection):
    """A custom field that is defined where it is asked."""

    name: FieldName = Field(description="Short and unchanging: `asset_tag`; rules may look at it.")


def _by_name_or_whole(
    value: Any,  # noqa: ANN401
    handler: ValidatorFunctionWrapHandler,
    info: ValidationInfo,
) -> str | FieldSection:
    return known(FIELD)(value.strip(), info) if isinstance(value, str) else handler(value)


def _defined(name: str) -> str:
    if name == RESOLUTION:
        raise wrong("configuration.field_resolution", text=name)
    return name


DefinedName = Annotated[FieldName, AfterValidator(_defined)]
PlacedField = Annotated[
    FieldSection, WrapValidator(_by_name_or_whole, json_schema_input_type=str | FieldSection)
]
"""The name of a field under `fields`, or a field that is defined here."""
PlacedFields = list[PlacedField]
Required = Annotated[list[Annotated[str, AfterValidator(known(REQUIRED))]], AsList]


class FormSection(Section):
    """What a category asks, and what its tickets need before they are resolved."""

    fields: PlacedFields = Field([], description="Names of `fields`, or fields defined here.")
    required_to_resolve: Required = Field(
        [],
        description="What its tickets need before they are resolved: fields, `resolution`, `cause` or `time`.",
    )


def _fields_alone(value: Any, handler: ValidatorFunctionWrapHandler) -> FormSection:  # noqa: ANN401
    form: FormSection = handler({"fields": value} if isinstance(value, list) else value)
    return form


Form = Annotated[
    FormSection, WrapValidator(_fields_alone, json_schema_input_type=list[PlacedField] | FormSection)
]
"""A list stands for a form with these fields and no more."""
