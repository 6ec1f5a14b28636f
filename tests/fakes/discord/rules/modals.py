"""Forms: what a modal may hold, and how it looks to the person it pops up for.

https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal
https://discord.com/developers/docs/components/reference
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.fakes.discord.rules.components import CUSTOM_ID, SELECTS, check_options, check_select
from tests.fakes.discord.rules.refusals import Json, NotOffered, Problems

ROW, TEXT_INPUT, TEXT_DISPLAY, LABEL, FILES, RADIO, CHECKBOXES, CHECKBOX = 1, 4, 10, 18, 19, 21, 22, 23
TITLE = 45
ROWS = 5
LABEL_TEXT = 45
LABEL_DESCRIPTION = 100
VALUE = 4000
PLACEHOLDER = 100
UPLOADS = 10  # and boxes ticked
GROUP_OPTIONS = 10
_IN_LABELS = SELECTS | {TEXT_INPUT, FILES, RADIO, CHECKBOXES, CHECKBOX}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in."""

    label: str
    component: Json

    @property
    def custom_id(self) -> str:
        return str(self.component["custom_id"])

    @property
    def kind(self) -> int:
        return int(self.component["type"])

    @property
    def is_required(self) -> bool:
        return bool(self.component.get("required", self.kind != CHECKBOX))


@dataclass(frozen=True, slots=True)
class SeenModal:
    """A form on the screen."""

    opened_by: int  # the interaction
    custom_id: str
    title: str
    words: str  # texts, labels and descriptions
    fields: tuple[Field, ...]
    components: tuple[Json, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(found.label for found in self.fields)

    @property
    def values(self) -> dict[str, str]:
        """What is typed in already, by label."""
        return {f.label: f.component["value"] for f in self.fields if f.component.get("value")}

    def __contains__(self, words: str) -> bool:
        return words in self.words or words in self.title

    def field(self, name: str) -> Field:
        """By its label or custom_id."""
        for found in self.fields:
            if name in (found.label, found.custom_id):
                return found
        raise NotOffered(f"the form has no field {name!r}, only {list(self.labels)}")


def seen_modal(opened_by: int, body: Json) -> SeenModal:
    found = tuple(_fields(body["components"]))
    words = []
    for row in body["components"]:
        words += [row.get("content") or "", row.get("label") or "", row.get("description") or ""]
        words += [component.get("label") or "" for component in row.get("components") or []]
    return SeenModal(
        opened_by=opened_by,
        custom_id=body["custom_id"],
        title=body["title"],
        words="\n".join(filter(None, words)),
        fields=found,
        components=tuple(body["components"]),
    )


def check_modal(problems: Problems, body: Json, path: str = "data") -> None:
    problems.length(f"{path}.custom_id", str(body.get("custom_id") or ""), 1, CUSTOM_ID)
    problems.length(f"{path}.title", str(body.get("title") or ""), 1, TITLE)
    rows = body.get("components") or []
    if not 1 <= len(rows) <= ROWS:
        problems.add(f"{path}.components", "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {ROWS} in length.")
    seen: set[str] = set()
    for number, row in enumerate(rows):
        at = f"{path}.components.{number}"
        for where, component in _check_row(problems, at, row):
            _check_component(problems, where, component)
            custom_id = str(component.get("custom_id") or "")
            if custom_id in seen:
                problems.add(
                    f"{where}.custom_id",
                    "COMPONENT_CUSTOM_ID_DUPLICATED",
                    "Component custom id cannot be duplicated",
                )
            seen.add(custom_id)


def _check_row(problems: Problems, at: str, row: Json) -> Iterator[tuple[str, Json]]:
    kind = row.get("type")
    if kind == LABEL:
        problems.length(f"{at}.label", str(row.get("label") or ""), 1, LABEL_TEXT)
        problems.too_long(f"{at}.description", len(row.get("description") or ""), LABEL_DESCRIPTION)
        inside = row.get("component") or {}
        if inside.get("type") not in _IN_LABELS:
            problems.choice(f"{at}.component.type", inside.get("type"), tuple(sorted(_IN_LABELS)))
        else:
            yield f"{at}.component", inside
    elif kind == ROW:
        inputs = row.get("components") or []
        if len(inputs) != 1:
            problems.add(f"{at}.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 1 in length.")
        for number, component in enumerate(inputs):
            label = str(component.get("label") or "")
            problems.length(f"{at}.components.{number}.label", label, 1, LABEL_TEXT)
            if component.get("type") == TEXT_INPUT:
                yield f"{at}.components.{number}", component
            else:
                problems.choice(f"{at}.components.{number}.type", component.get("type"), (TEXT_INPUT,))
    elif kind == TEXT_DISPLAY:
        problems.length(f"{at}.content", str(row.get("content") or ""), 1, VALUE)
    else:
        problems.choice(f"{at}.type", kind, (ROW, TEXT_DISPLAY, LABEL))


def _check_component(problems: Problems, at: str, component: Json) -> None:
    kind = component["type"]
    problems.length(f"{at}.custom_id", str(component.get("custom_id") or ""), 1, CUSTOM_ID)
    if component.get("disabled"):
        problems.add(f"{at}.disabled", "COMPONENT_DISABLED_INVALID", "Modals cannot have disabled components")
    if kind == TEXT_INPUT:
        _check_text_input(problems, at, component)
    elif kind in SELECTS:
        check_select(problems, at, component)
    elif kind in (RADIO, CHECKBOXES):
        options = component.get("options") or []
        check_options(problems, at, options)
        least = 2 if kind == RADIO else 1
        if not least <= len(options) <= GROUP_OPTIONS:
            problems.add(
                f"{at}.options",
                "BASE_TYPE_BAD_LENGTH",
                f"Must be between {least} and {GROUP_OPTIONS} in length.",
            )
    if kind in (FILES, CHECKBOXES):
        _check_count(problems, at, component)


def _check_count(problems: Problems, at: str, component: Json) -> None:
    """Null is no limit given: https://discord.com/developers/docs/components/reference#file-upload."""
    for key, least in (("min_values", 0), ("max_values", 1)):
        count = component.get(key)
        if count is not None and not least <= count <= UPLOADS:
            problems.add(f"{at}.{key}", "NUMBER_TYPE_MAX", f"Must be between {least} and {UPLOADS}.")


def _check_text_input(problems: Problems, at: str, component: Json) -> None:
    """https://discord.com/developers/docs/components/reference#text-input."""
    if component.get("style") not in (1, 2):
        problems.choice(f"{at}.style", component.get("style"), "(1, 2)")
    problems.too_long(f"{at}.value", len(component.get("value") or ""), VALUE)
    problems.too_long(f"{at}.placeholder", len(component.get("placeholder") or ""), PLACEHOLDER)
    least, most = component.get("min_length") or 0, component.get("max_length", VALUE)
    if not 0 <= least <= VALUE:
        problems.add(f"{at}.min_length", "NUMBER_TYPE_MAX", f"Must be {VALUE} or fewer.")
    if most is not None and not 1 <= most <= VALUE:
        problems.add(f"{at}.max_length", "NUMBER_TYPE_MAX", f"Must be {VALUE} or fewer.")
    value = component.get("value")
    if value and not least <= len(value) <= (most or VALUE):
        problems.add(
            f"{at}.value", "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most or VALUE} in length."
        )


def _fields(rows: list[Json]) -> Iterator[Field]:
    for row in rows:
        if row["type"] == LABEL:
            yield Field(row["label"], row["component"])
        for component in row.get("components") or []:
            yield Field(component["label"], component)


def submitted(modal: SeenModal, values: dict[str, Any]) -> list[Json]:
    """The form as it comes back: https://discord.com/developers/docs/components/reference (each one's response)."""
    next_id = 0
    rows: list[Json] = []
    for row in modal.components:
        next_id += 1
        if row["type"] == LABEL:
            inside = {"id": next_id + 1, **values[row["component"]["custom_id"]]}
            rows.append({"type": LABEL, "id": next_id, "component": inside})
        elif row["type"] == ROW:
            inside = {"id": next_id + 1, **values[row["components"][0]["custom_id"]]}
            rows.append({"type": ROW, "id": next_id, "components": [inside]})
        else:
            rows.append({"type": TEXT_DISPLAY, "id": next_id})
        next_id += 1
    return rows
