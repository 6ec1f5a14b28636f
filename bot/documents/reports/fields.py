"""The field report: which values the custom fields of new requests have."""

from bot.documents.figures.opened_requests import opened_report
from bot.domain.desk import Desk
from bot.ports.storage.figures.figures import RequestDimension


def _label(desk: Desk, value: str, _language: str) -> str:
    """`Asset tag: 12`; the field's name where it is no more."""
    name, _, is_set_to = value.partition("=")
    field = desk.custom_fields.definition(name)
    return f"{name if field is None else field.label}: {is_set_to}"


FIELDS = opened_report(name="fields", by=RequestDimension.FIELD, label=_label, has_words_of_people=True)
