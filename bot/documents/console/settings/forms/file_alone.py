"""Keys of `desk.yaml` that no field of a form asks, each with the sentence that says where it is written instead."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.documents.console.settings.file_values import listed
from bot.ports.console.settings_entries import EntryKind

IN_PLACE: Final = ".*"
"""Behind a key whose entries are names, and which a form asks: what is defined there instead of named."""
FILE_ALONE: Final[Mapping[EntryKind, Mapping[str, str]]] = {
    **{each: {} for each in EntryKind},
    EntryKind.TEAM: {f"fields{IN_PLACE}": "desk_forms.alone_fields"},
    EntryKind.INBOX: {
        f"fields{IN_PLACE}": "desk_forms.alone_fields",
        "titles": "desk_forms.alone_titles",
        "descriptions": "desk_forms.alone_descriptions",
    },
    EntryKind.POLICY: {"variants": "desk_forms.alone_variants"},
}
"""By the kind of form. A variant is a policy with a condition, and a field a form of its own."""
OF_ROWS: Final[Mapping[EntryKind, frozenset[str]]] = {EntryKind.RULE: frozenset({"when"})}
"""What rows of the form ask that are no fields: a condition's."""


def told_alone(kind: EntryKind, entry: Mapping[str, Any]) -> Iterator[str]:
    """Keys of sentences about what the file says of this entry and the form does not ask."""
    for key, told in FILE_ALONE[kind].items():
        there = listed(entry.get(key.removesuffix(IN_PLACE)))
        if there and not (key.endswith(IN_PLACE) and all(isinstance(each, str) for each in there)):
            yield told
